"""Facts to the texts of a year's files."""
