"""The additions of a table as formulas of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from openpyxl.utils import get_column_letter

from discgen.tables.table import Sum, Table

Position = tuple[int, int]
"""A cell of a table's body: its row and its column, counted from 0."""


def additions(table: Table) -> dict[Position, tuple[Position, ...]]:
    """The cells that are sums, with the cells they are the sum of; of two additions for a cell, the first.

    An addition that does not lead to one set of cells beyond doubt is left out.
    """
    places = _places(table)
    found: dict[Position, tuple[Position, ...]] = {}
    for addition in table.sums:
        for total in places.get(id(addition.total), []):
            cell = table.rows[total[0]].cells[total[1]]
            parts = _parts(total, addition, places) if f"{cell.row}/{cell.column}" == addition.name else ()
            if parts:
                found.setdefault(total, parts)
    return found


def _places(table: Table) -> dict[int, list[Position]]:
    """Where each answer is shown. Cells and additions share their answers, which are told apart by identity."""
    places: dict[int, list[Position]] = {}
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells.cells):
            if cell.answer is not None:
                places.setdefault(id(cell.answer), []).append((row, column))
    return places


def _parts(total: Position, addition: Sum, places: Mapping[int, list[Position]]) -> tuple[Position, ...]:
    """The cells of the parts, all in the total's column or all in its row; none where that is in doubt."""
    ways = []
    for line in (1, 0):  # down the column, along the row
        near = [
            [place for place in places.get(id(part), []) if place != total and place[line] == total[line]]
            for part in addition.parts
        ]
        if all(len(found) == 1 for found in near):
            ways.append(tuple(found[0] for found in near))
    return ways[0] if len(ways) == 1 and len(set(ways[0])) == len(ways[0]) else ()


def formula(parts: tuple[Position, ...], first_row: int) -> str:
    """`=SUM(B5:B7)+B9`, where the body begins in `first_row` of the sheet, counted from 1."""
    return "=" + "+".join(_term(run, first_row) for run in _runs(parts))


def _runs(parts: tuple[Position, ...]) -> Iterator[list[Position]]:
    """The cells, which stand in one line, as runs of neighbours."""
    for _, run in groupby(enumerate(sorted(parts)), key=lambda item: sum(item[1]) - item[0]):
        yield [place for _, place in run]


def _term(run: list[Position], first_row: int) -> str:
    first, last = (f"{get_column_letter(column + 1)}{row + first_row}" for row, column in (run[0], run[-1]))
    return first if len(run) == 1 else f"SUM({first}:{last})"
