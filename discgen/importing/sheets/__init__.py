"""Files and workbooks to sheets of cells, and what heads and cells say."""
