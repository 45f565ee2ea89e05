"""From ledgers and tables of other programs (XLSX, CSV) to the facts of a department-year."""
