"""A document as a word processor has it: taken from the pages that are laid out for paper, and read from a file that came back."""
