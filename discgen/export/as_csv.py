"""Each table of a document as CSV, and its lines: one row a line, everything it knows, so that it can be read back.

A text that a spreadsheet would calculate is made inert; see docs/decisions/0018-text-in-csv.md.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from discgen.document import Document
from discgen.export.names import table_name
from discgen.ledger.query import CLASSIFICATION_OF, DIMENSIONS
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Source
from discgen.money import exact_in_unit
from discgen.tables.heads import column_labels
from discgen.tables.table import Cell, Table

LINES_FILE = "lines.csv"
"""The lines, among the files that are each a table."""
_ENCODING = "utf-8-sig"
"""With its mark, without which Excel takes Chinese text for GBK."""


def as_csv(document: Document) -> dict[str, bytes]:
    """A file a table, and `LINES_FILE`."""
    year = document.disclosure.year
    tables = {f"{table_name(table, year)}.csv": csv_text(_rows(table)) for table in document.tables}
    texts = tables | {LINES_FILE: csv_text([COLUMNS, *map(_inert_line, line_rows(document.disclosure))])}
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
    return inert(cell.text) if cell.answer is None else exact_in_unit(cell.answer.value, unit)


def _inert_line(row: list[str]) -> list[str]:
    return [text if column == "amount" else inert(text) for column, text in zip(COLUMNS, row, strict=True)]


_NAME_OF = {
    dimension: f"{dimension.removesuffix('_code')}_name" for dimension in (*CLASSIFICATION_OF, "unit", "project")
}
"""The dimensions that hold a code or an id, each with the column beside it that holds the name."""

COLUMNS = (
    "year",
    "source",
    *(name for dimension in DIMENSIONS for name in (dimension, _NAME_OF.get(dimension)) if name),
    "amount",
    "file",
    "line",
)
"""The columns of lines.csv. `amount` is in 元; a dimension that the line does not know is empty."""


def lines_csv(disclosure: Disclosure) -> str:
    """The lines that the files state, source by source, in the order they are written in."""
    return csv_text([COLUMNS, *line_rows(disclosure)])


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as RFC 4180 has them."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def line_rows(disclosure: Disclosure) -> Iterator[list[str]]:
    """A row a line, in the order of `COLUMNS`."""
    names = _names(disclosure)
    for source, lines in disclosure.lines.items():
        for line in lines:
            known = _known(source, line, disclosure.year) | _named(line, names)
            yield [known.get(column, "") for column in COLUMNS]


def _known(source: Source, line: Line, year: int) -> dict[str, str]:
    dimensions = {name: str(value) for name in DIMENSIONS if (value := getattr(line, name)) is not None}
    return dimensions | {
        "year": str(year),
        "source": source,
        "amount": f"{line.amount:f}",
        "file": line.place.file,
        "line": str(line.place.line),
    }


def _names(disclosure: Disclosure) -> Mapping[str, Callable[[str], str]]:
    """What looks up the name of a value, by the dimensions of `_NAME_OF`."""
    by_code = {dimension: disclosure.dictionaries[of].name for dimension, of in CLASSIFICATION_OF.items()}
    return by_code | {
        "unit": lambda unit: disclosure.department.unit(unit).name,
        "project": lambda project: disclosure.project(project).name,
    }


def _named(line: Line, names: Mapping[str, Callable[[str], str]]) -> dict[str, str]:
    values = {dimension: getattr(line, dimension) for dimension in names}
    return {_NAME_OF[dimension]: names[dimension](value) for dimension, value in values.items() if value is not None}


_CALCULATED = re.compile("[\\s\"'“”‘’]*[=+\\-@＝＋－＠]|[\"'“”‘’]*[\t\r\n]")
"""How a formula begins: the signs OWASP lists, also full-width, which East Asian editions take for them, and behind
blanks and quotation marks, which some programs take away before they look.
"""
_MARK = "'"


def inert(text: str) -> str:
    """The text as a cell that a spreadsheet does not calculate."""
    return f"{_MARK}{text}" if _CALCULATED.match(text) else text


def as_written(cell: str) -> str:
    """The text that `inert` made the cell of."""
    text = cell.removeprefix(_MARK)
    return text if inert(text) == cell else cell
