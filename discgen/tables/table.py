"""A table as data. HTML, JSON and what else there may be are views of it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place
from discgen.form.table_spec import NOWHERE
from discgen.ledger.query import Answer
from discgen.money import ZERO, NumberStyle


class Head(Struct, frozen=True):
    """A cell of the table's head."""

    label: str
    columns: int
    rows: int


_CODES = ("line_number", "class_code", "group_code", "item_code")
"""Texts that are centred: 行次, and codes over several columns."""


class Column(Struct, frozen=True):
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


class Cell(Struct, frozen=True):
    """A text, an amount with the answer it shows, or nothing.

    An amount has an address within its table: its row and its column by their ids in the form.
    """

    text: str
    answer: Answer | None = None
    indent: int = 0
    row: str = ""
    column: str = ""


class Row(Struct, frozen=True):
    """A printed row. `kind` is that of its rows in all blocks: line, subtotal, total, heading or blank."""

    kind: str
    cells: tuple[Cell, ...]


class Sum(Struct, frozen=True):
    """A shown amount and the shown amounts that it is the sum of.

    `name` and `part_names` are their addresses within the table: `201/total`, row and column.
    """

    name: str
    total: Answer
    parts: tuple[Answer, ...]
    part_names: tuple[str, ...]
    place: Place = NOWHERE
    """Where the form says what the parts are."""

    @property
    def is_even(self) -> bool:
        """Whether the parts make up the total, to the 分."""
        return self.total.value == sum((part.value for part in self.parts), ZERO)


class Table(Struct, frozen=True):
    """One table of the form, filled. `sums` are all the additions a reader can check in it.

    `faults` are what the form would print wrong; with any, the table is not fit to be published.
    """

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
    faults: tuple[Diagnostic, ...] = ()

    def amounts(self) -> Iterator[Cell]:
        """The cells that show an amount."""
        return (cell for row in self.rows for cell in row.cells if cell.answer is not None)


def has_tail(sums: tuple[Sum, ...], style: NumberStyle) -> bool:
    """Whether a shown total anywhere differs from the sum of its shown parts; exact, the two are the same."""
    return any(
        style.rounded(addition.total.value) != sum(style.rounded(part.value) for part in addition.parts)
        for addition in sums
        if addition.is_even
    )
