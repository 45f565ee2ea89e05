"""What a table is made of, as a form's `tables/*.yaml` says it (`schema/table.schema.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from msgspec import Struct, field

from discgen.diagnostics import Place
from discgen.ledger.query import WrittenQuery, WrittenSources, WrittenWhere
from discgen.reference.decode import PlaceOf

NOWHERE = Place("")
"""The place of what is made by a program."""

_SumPlace: TypeAlias = Annotated[Place, PlaceOf(("parts", "under"))]
"""Where something says what it is the sum of, or what it is part of; else where it begins."""

LINE_NUMBER = "line_number"
"""What a column of 行次 shows."""
LABELLED = ("label", "code", "department_economic_name", "name")
"""Where the label of a fixed row stands: in the first of these columns that the block has."""
DIMENSIONS_OF_MADE_ROWS: Mapping[str, tuple[str, ...]] = {
    "function_code": ("function_code",),
    "income_code": ("income_code",),
    "function_class": ("function_code",),
    "economic_pair": ("department_economic_code", "government_economic_code"),
    "department_economic_code": ("department_economic_code",),
    "department_economic_catalogue": ("department_economic_code",),
    "unit": ("unit",),
    "project": ("project",),
    "project_by_unit": ("unit", "project"),
}
"""The dimensions that lines must know for rows to be made of them, by the kind of made rows (`each`)."""


class ColumnSpec(Struct, frozen=True):
    """A head that spans columns, or (without any below it) a column.

    A column shows either a text of its row (`show`) or the amount that its row and its
    `where` ask for, of its own `sources` where it names them. `parts` are the keys of the
    columns it is the sum of. `place` is where its sum is written, else where it begins.
    """

    label: str
    columns: tuple[ColumnSpec, ...] = ()
    key: str = ""
    show: str = ""
    sources: WrittenSources = ()
    where: WrittenWhere = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    width: int = 0
    place: _SumPlace = NOWHERE

    def flat_columns(self) -> tuple[ColumnSpec, ...]:
        """The columns under this head, itself where it is one."""
        return tuple(below for column in self.columns for below in column.flat_columns()) or (self,)

    def depth(self) -> int:
        """How many rows of heads it needs."""
        return 1 + max((column.depth() for column in self.columns), default=0)


class RowSpec(Struct, frozen=True):
    """A fixed row, or (with `each`) the rows of that kind made from the lines.

    `under` names the row that the made rows add up to; `parts` the rows a fixed row is the sum
    of. A row may have `sources` of its own, or show a `count` of assets instead of an amount.
    Of the 类, or of a printed catalogue of codes, only those `present` are listed, or those `without` are left out
    while they are empty. `first` and `last` bound a catalogue, in which the classes `not_applicable` are only marked. `place` is as a column's.
    """

    id: str = ""
    label: str = ""
    kind: str = "line"
    sources: WrittenSources = ()
    where: WrittenWhere = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    depth: int = 0
    count: str = ""
    each: str = ""
    numbered: bool = False
    present: bool = False
    without: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    not_applicable: tuple[str, ...] = ()
    under: str = ""
    place: _SumPlace = NOWHERE


class BlockSpec(Struct, frozen=True):
    """A block of columns with its own rows; blocks stand side by side. `place` is where its source is written."""

    base: WrittenQuery
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    foot: tuple[RowSpec, ...] = ()
    place: Annotated[Place, PlaceOf(("source",))] = NOWHERE

    def flat_columns(self) -> tuple[ColumnSpec, ...]:
        """The columns of the block, those under heads among them."""
        return tuple(below for column in self.columns for below in column.flat_columns())


class TableSpec(Struct, frozen=True):
    """One table of a form. `title` and `notes` may hold `{year}`.

    `numbers` names the form's style for its amounts; `column_numbers` is none, all (every
    column has its 栏次) or amounts (only those with amounts).
    """

    id: str
    title: str
    blocks: tuple[BlockSpec, ...]
    orientation: str = "portrait"
    dense: bool = False
    """Whether its rows are set closer, so that a long table keeps to its page."""
    numbers: str = "table"
    column_numbers: str = "none"
    notes: tuple[str, ...] = ()
    empty_note: str = ""
    """What stands under the table when it has no amounts; empty for the form's own words."""
