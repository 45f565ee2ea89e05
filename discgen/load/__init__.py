"""From bytes to located trees: every value keeps its file, line and column, every scalar its text."""
