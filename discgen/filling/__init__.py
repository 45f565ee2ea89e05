"""A bureau's empty workbook, filled from a document: its own sheets, heads and styles, our facts and text."""
