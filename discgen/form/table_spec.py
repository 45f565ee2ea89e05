"""What a table is made of, as a form's `tables/*.yaml` says it (`schema/table.schema.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from discgen.diagnostics import DocumentPath, Place
from discgen.ledger.query import Query, read_sources, read_where
from discgen.model.line import Source
from discgen.yamltext.tree import Tree

NOWHERE = Place("")
"""The place of what is made by a program."""

Where = Mapping[str, tuple[str, ...]]

LINE_NUMBER = "line_number"
"""What a column of 行次 shows."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A head that spans columns, or (without any below it) a column.

    A column shows either a text of its row (`show`) or the amount that its row and its
    `where` ask for, of its own `sources` where it names them. `parts` are the keys of the
    columns it is the sum of. `place` is where its sum is written, else where it begins.
    """

    label: str
    columns: tuple[ColumnSpec, ...] = ()
    key: str = ""
    show: str = ""
    sources: tuple[Source, ...] = ()
    where: Where = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    width: int = 0
    place: Place = NOWHERE

    def leaves(self) -> tuple[ColumnSpec, ...]:
        """The columns under this head, itself where it is one."""
        return tuple(leaf for column in self.columns for leaf in column.leaves()) or (self,)

    def depth(self) -> int:
        """How many rows of heads it needs."""
        return 1 + max((column.depth() for column in self.columns), default=0)


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A fixed row, or (with `each`) the rows that one maker makes from the lines.

    `under` names the row that the made rows add up to; `parts` the rows a fixed row is the sum
    of. A row may have `sources` of its own, or show a `count` of things instead of an amount.
    Of the 类, only those `present` are listed, or those `without` are left out while they are empty.
    `first` and `last` bound a printed catalogue of codes, in which the classes `not_applicable`
    are only marked. `place` is as a column's.
    """

    id: str = ""
    label: str = ""
    kind: str = "line"
    sources: tuple[Source, ...] = ()
    where: Where = field(default_factory=dict)
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
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """A block of columns with its own rows; blocks stand side by side. `place` is where its source is written."""

    base: Query
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    foot: tuple[RowSpec, ...]
    place: Place = NOWHERE

    def leaves(self) -> tuple[ColumnSpec, ...]:
        """The columns of the block."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a form. `title` and `notes` may hold `{year}`.

    `numbers` names the form's style for its amounts; `column_numbers` is none, all (every
    column has its 栏次) or amounts (only those with amounts).
    """

    id: str
    title: str
    orientation: str
    dense: bool
    """Whether its rows are set closer, so that a long table keeps to its page."""
    numbers: str
    column_numbers: str
    blocks: tuple[BlockSpec, ...]
    notes: tuple[str, ...]
    empty_note: str
    """What stands under the table when it has no amounts; empty for the form's own words."""


def read_table_spec(name: str, tree: Tree) -> TableSpec:
    """`tables/<name>.yaml` in typed form. In the tree nothing may be wrong: `check_table.wrong_table` tells what is."""
    data: Any = tree.root
    return TableSpec(
        id=name,
        title=data["title"],
        orientation=data.get("orientation", "portrait"),
        dense=data.get("dense") == "true",
        numbers=data.get("numbers", "table"),
        column_numbers=data.get("column_numbers", "none"),
        blocks=tuple(_block(tree, ("blocks", at), block) for at, block in enumerate(data["blocks"])),
        notes=tuple(data.get("notes", ())),
        empty_note=data.get("empty_note", ""),
    )


def _block(tree: Tree, path: DocumentPath, data: Mapping[str, Any]) -> BlockSpec:
    return BlockSpec(
        base=Query(read_sources(data["source"])).narrowed(read_where(data.get("where", {}))),
        columns=tuple(_column(tree, (*path, "columns", at), one) for at, one in enumerate(data["columns"])),
        rows=tuple(_row(tree, (*path, "rows", at), row) for at, row in enumerate(data["rows"])),
        foot=tuple(_row(tree, (*path, "foot", at), row) for at, row in enumerate(data.get("foot", ()))),
        place=tree.place((*path, "source")),
    )


def _column(tree: Tree, path: DocumentPath, data: Mapping[str, Any]) -> ColumnSpec:
    below = data.get("columns", ())
    return ColumnSpec(
        label=data["label"],
        columns=tuple(_column(tree, (*path, "columns", at), one) for at, one in enumerate(below)),
        key=data.get("key", ""),
        show=data.get("show", ""),
        sources=read_sources(data.get("source")),
        where=read_where(data.get("where", {})),
        parts=tuple(data.get("parts", ())),
        width=int(data.get("width", 0)),
        place=_place(tree, path, data),
    )


def _row(tree: Tree, path: DocumentPath, data: Mapping[str, Any]) -> RowSpec:
    return RowSpec(
        id=data.get("id", ""),
        label=data.get("label", ""),
        kind=data.get("kind", "line"),
        sources=read_sources(data.get("source")),
        where=read_where(data.get("where", {})),
        parts=tuple(data.get("parts", ())),
        depth=int(data.get("depth", 0)),
        count=data.get("count", ""),
        each=data.get("each", ""),
        numbered=data.get("numbered") == "true",
        present=data.get("present") == "true",
        without=tuple(data.get("without", ())),
        first=data.get("first", ""),
        last=data.get("last", ""),
        not_applicable=tuple(data.get("not_applicable", ())),
        under=data.get("under", ""),
        place=_place(tree, path, data),
    )


def _place(tree: Tree, path: DocumentPath, data: Mapping[str, Any]) -> Place:
    """Where it says what it is the sum of, or what it is part of; else where it begins."""
    return tree.place((*path, next((key for key in ("parts", "under") if key in data), "")))
