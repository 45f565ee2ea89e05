"""Where the heads of a table stand on the grid of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from discgen.tables.table import Head, Table

_NUMBERS = "栏次"


@dataclass(frozen=True, slots=True)
class PlacedHead:
    """A head with its upper left corner, rows and columns counted from 0."""

    row: int
    column: int
    head: Head

    def columns(self) -> range:
        """The columns it spans."""
        return range(self.column, self.column + self.head.columns)


def place_heads(table: Table) -> Iterator[PlacedHead]:
    """The heads in reading order; one that reaches down keeps its columns from the rows below."""
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
