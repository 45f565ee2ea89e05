"""All that a document rests on, read once: its own facts, those of other years and departments, and the names of others."""
