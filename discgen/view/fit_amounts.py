"""How small the amounts of a table must be set to stay within their columns.

Columns are as wide as the form says; a department with more money, or a form in 元, needs
more digits than the form's author saw. All measures are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor

from discgen.tables.table import Row, Table

PAGE_WIDTHS = {"portrait": 493.2, "landscape": 739.8}
"""A4 less margins of 18mm on either side."""
USUAL_SIZE = 9.0
"""The size of amounts where all fit."""
_BESIDE = {False: 6.5, True: 4.5}
"""Padding on both sides and the line between two cells, by whether the table is dense (`templates/document/document.css`)."""
_NARROW = {",": 0.25, ".": 0.25, "-": 0.34}
"""Shares of the size, as of a Times; a digit is half as wide as it is high."""


def amount_size(table: Table, widths: Sequence[float]) -> float | None:
    """The size at which every amount fits its column, in tenths rounded down; None where the usual one does.

    `widths` are those of the columns, in percent.
    """
    whole = PAGE_WIDTHS[table.orientation]
    sizes = [
        (width / 100 * whole - beside(table)) / widest
        for number, (column, width) in enumerate(zip(table.columns, widths, strict=True))
        if column.style == "amount" and (widest := widest_amount(table.rows, number))
    ]
    size = min(sizes, default=USUAL_SIZE)
    return floor(size * 10) / 10 if size < USUAL_SIZE else None


def beside(table: Table) -> float:
    """What a column is wider than the text it has room for."""
    return _BESIDE[table.dense]


def widest_amount(rows: Iterable[Row], number: int) -> float:
    """The width of the column's widest text, as a multiple of the size."""
    texts = (row.cells[number].text for row in rows if row.kind != "heading")
    return max((sum(_NARROW.get(char, 0.5 if char.isdigit() else 1.0) for char in text) for text in texts), default=0)
