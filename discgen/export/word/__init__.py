"""A document as a Word file: the pages of `discgen.word` written with python-docx; the same bytes for the same data."""
