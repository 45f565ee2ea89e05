"""A table as data. HTML, JSON and what else there may be are views of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from discgen.ledger.query import Answer
from discgen.money import NumberStyle, is_rounding_tail


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of the table's head."""

    label: str
    columns: int
    rows: int


_CODES = ("line_number", "class_code", "group_code", "item_code")
"""Texts that are centred: 行次, and codes over several columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key within its block, which text it shows (none: amounts), and its share of the width in percent."""

    key: str
    show: str
    width: float

    @property
    def style(self) -> str:
        """How its cells are set: `amount`, `code` or `text`."""
        if not self.show:
            return "amount"
        return "code" if self.show in _CODES else "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, an amount with the answer it shows, or nothing.

    An amount has an address within its table: its row and its column by their ids in the form.
    """

    text: str
    answer: Answer | None = None
    indent: int = 0
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row. `kind` is that of its rows in all blocks: line, subtotal, total, heading or blank."""

    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """A shown amount and the shown amounts that it is the sum of.

    `name` and `part_names` are their addresses within the table: `201/total`, row and column.
    """

    name: str
    total: Answer
    parts: tuple[Answer, ...]
    part_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the form, filled. `sums` are all the additions a reader can check in it."""

    id: str
    number: int
    label: str
    title: str
    unit: str
    orientation: str
    dense: bool
    heads: tuple[tuple[Head, ...], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    notes: tuple[str, ...]

    def amounts(self) -> Iterator[Cell]:
        """The cells that show an amount."""
        return (cell for row in self.rows for cell in row.cells if cell.answer is not None)


def has_tail(sums: tuple[Sum, ...], style: NumberStyle) -> bool:
    """Whether a shown total anywhere differs from the sum of its shown parts.

    Raises ValueError where rounding alone cannot explain the difference: the form then calls
    parts what are not.
    """
    found = False
    for one in sums:
        total, parts = style.rounded(one.total.value), [style.rounded(part.value) for part in one.parts]
        if not is_rounding_tail(total, parts, style.places):
            raise ValueError(f"{one.name}: the parts do not make up the total")
        found = found or total != sum(parts)
    return found
