"""Each table of a document as CSV, and its lines."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.document import Document
from discgen.export.amounts import in_unit
from discgen.export.inert import inert
from discgen.export.lines import COLUMNS, csv_text, line_rows
from discgen.export.names import table_name
from discgen.tables.heads import column_labels
from discgen.tables.table import Cell, Table

_ENCODING = "utf-8-sig"
"""With its mark, without which Excel takes Chinese text for GBK."""


def as_csv(document: Document) -> dict[str, bytes]:
    """A file a table, and `lines.csv`."""
    year = document.disclosure.year
    tables = {f"{table_name(table, year)}.csv": csv_text(_rows(table)) for table in document.tables}
    texts = tables | {"lines.csv": csv_text([COLUMNS, *map(_inert_line, line_rows(document.disclosure))])}
    return {name: text.encode(_ENCODING) for name, text in texts.items()}


def _rows(table: Table) -> Iterator[list[str]]:
    """One row of heads, that of an amount with its unit; then the body, amounts exact in that unit."""
    yield [
        label if column.show else f"{label}（{table.unit}）"
        for label, column in zip(column_labels(table, "/"), table.columns, strict=True)
    ]
    for row in table.rows:
        yield [_shown(cell, table.unit) for cell in row.cells]


def _shown(cell: Cell, unit: str) -> str:
    return inert(cell.text) if cell.answer is None else in_unit(cell.answer.value, unit)


def _inert_line(row: list[str]) -> list[str]:
    return [text if column == "amount" else inert(text) for column, text in zip(COLUMNS, row, strict=True)]
