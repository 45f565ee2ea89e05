"""A Word file that came back against the document as it is now: which edits are prose, which numbers, which the form's."""
