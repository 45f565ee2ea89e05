"""Two states of a department in the words of a budget: which facts differ, and what of the document with them."""
