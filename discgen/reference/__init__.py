"""What ships with the program beside its code: where it lies, how it becomes types, and what values and codes are called."""
