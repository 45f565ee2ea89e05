"""The head of a table: a tree of labels laid out as rows of spanning cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count, groupby

from discgen.form.table_spec import LINE_NUMBER, ColumnSpec
from discgen.tables.table import Head

Labels = Callable[[str], str]


def head_rows(columns: tuple[ColumnSpec, ...], label: Labels) -> list[list[Head]]:
    """Rows of heads; a column without heads above it reaches down over all of them."""
    depth = max(column.depth() for column in columns)
    rows: list[list[Head]] = [[] for _ in range(depth)]
    for column in _joined(columns):
        _place(column, 0, rows, label)
    return rows


def _joined(columns: Sequence[ColumnSpec]) -> list[ColumnSpec]:
    """The columns with neighbours under the same words brought under one head: blocks that go on with one another."""
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
    rows[level].append(Head(label(column.label), len(column.leaves()), height))
    for below in column.columns:
        _place(below, level + height, rows, label)


def number_row(leaves: Sequence[ColumnSpec], which: str) -> list[Head]:
    """The 栏次 under the heads: 1, 2, 3 … over all columns, or over those with amounts beside the word itself."""
    if which == "all":
        return [Head(str(number), 1, 1) for number in range(1, len(leaves) + 1)]
    heads: list[Head] = []
    numbers = count(1)
    for kind, run in groupby(leaves, key=lambda leaf: LINE_NUMBER if leaf.show == LINE_NUMBER else bool(leaf.show)):
        if kind is True:
            heads.append(Head("栏次", len(list(run)), 1))
        else:
            heads += [Head("" if kind else str(next(numbers)), 1, 1) for _ in run]
    return heads
