"""A file of facts in canonical form: read with its remarks, put in order, written, and proved to say the same."""
