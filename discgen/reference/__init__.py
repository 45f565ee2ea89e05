"""The data that ship with the program: where the files are, how they become types, what values and codes are called."""
