"""From a workspace to all that a document rests on: its own facts, those of other years and departments, its form."""
