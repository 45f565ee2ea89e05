"""The head of a table: a tree of labels laid out as rows of spanning cells, and where each stands on the grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, groupby

from msgspec import Struct
from msgspec.structs import replace

from discgen.form.table_spec import LINE_NUMBER, ColumnSpec
from discgen.tables.table import Head, Table

Labels = Callable[[str], str]


def head_rows(columns: tuple[ColumnSpec, ...], label: Labels) -> list[list[Head]]:
    """Rows of heads; a column without heads above it reaches down over all of them."""
    depth = max(column.depth() for column in columns)
    rows: list[list[Head]] = [[] for _ in range(depth)]
    for column in _joined(columns):
        _place(column, 0, rows, label)
    return rows


def _joined(columns: Sequence[ColumnSpec]) -> list[ColumnSpec]:
    """The columns, neighbours under the same words brought under one head: where a block continues another."""
    joined: list[ColumnSpec] = []
    for column in columns:
        last = joined[-1] if joined else None
        if last and last.columns and column.columns and last.label == column.label:
            joined[-1] = replace(last, columns=(*last.columns, *column.columns))
        else:
            joined.append(column)
    return joined


def _place(column: ColumnSpec, level: int, rows: list[list[Head]], label: Labels) -> None:
    height = 1 if column.columns else len(rows) - level
    rows[level].append(Head(label(column.label), len(column.flat_columns()), height))
    for below in column.columns:
        _place(below, level + height, rows, label)


def number_row(columns: Sequence[ColumnSpec], which: str) -> list[Head]:
    """The 栏次 under the heads: 1, 2, 3 … over all columns, or over those with amounts beside the word itself."""
    if which == "all":
        return [Head(str(number), 1, 1) for number in range(1, len(columns) + 1)]
    heads: list[Head] = []
    numbers = count(1)
    for kind, run in groupby(columns, key=_kind_of_numbering):
        if kind is True:
            heads.append(Head("栏次", len(list(run)), 1))
        else:
            heads += [Head("" if kind else str(next(numbers)), 1, 1) for _ in run]
    return heads


def _kind_of_numbering(column: ColumnSpec) -> str | bool:
    return LINE_NUMBER if column.show == LINE_NUMBER else bool(column.show)


_NUMBERS = "栏次"


class PlacedHead(Struct, frozen=True):
    """A head with its upper left corner, rows and columns counted from 0."""

    row: int
    column: int
    head: Head

    def columns(self) -> range:
        """The columns it spans."""
        return range(self.column, self.column + self.head.columns)


def place_heads(table: Table) -> Iterator[PlacedHead]:
    """The heads in reading order; a head that reaches down keeps its columns from the rows below."""
    free_from = [0] * len(table.columns)
    for row, heads in enumerate(table.heads):
        column = 0
        for head in heads:
            while free_from[column] > row:
                column += 1
            placed = PlacedHead(row, column, head)
            for spanned in placed.columns():
                free_from[spanned] = row + head.rows
            yield placed
            column += head.columns


def column_labels(table: Table, between: str = "") -> list[str]:
    """The heads over each column from the top, joined; without 栏次, which name nothing."""
    above: list[list[str]] = [[] for _ in table.columns]
    for placed in place_heads(table):
        label = placed.head.label
        if label and label != _NUMBERS and not label.isdigit():
            for column in placed.columns():
                above[column].append(label)
    return [between.join(labels) for labels in above]
