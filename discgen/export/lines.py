"""The lines of a document as CSV: one row a line, everything it knows, so that it can be read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from discgen.ledger.query import CLASSIFICATION_OF, DIMENSIONS
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Source

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
    """How each dimension of `_NAME_OF` tells the name of a value."""
    by_code = {dimension: disclosure.dictionaries[of].name for dimension, of in CLASSIFICATION_OF.items()}
    return by_code | {
        "unit": lambda unit: disclosure.department.unit(unit).name,
        "project": lambda project: disclosure.project(project).name,
    }


def _named(line: Line, names: Mapping[str, Callable[[str], str]]) -> dict[str, str]:
    values = {dimension: getattr(line, dimension) for dimension in names}
    return {_NAME_OF[dimension]: names[dimension](value) for dimension, value in values.items() if value is not None}
