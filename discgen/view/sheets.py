"""What goal sheets and self-evaluation reports are made of: texts with their place, figures with their fact, rows in groups.

The labels beside indicators, 一级指标 and 二级指标, reach down over several rows. One that reached over the end of a page
would be missing on the next, and the table would be no grid to a reader that speaks: rows are parted into groups that
may stand on different pages, each with labels of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.ledger.facts import Fact

_GROUP_HEIGHT = 300.0
"""Points that a group may take: less than half a page, so that little of one stays empty."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with the form's label, where it has one of its own. `place` is where its author wrote it; None where nobody did.

    Like all that stands on a sheet, two are equal where they read alike.
    """

    label: str
    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is printed, with the fact it shows; None for points, and for what nobody wrote.

    `place` is where its sheet is written, `key` what it is called on it: no two figures of a document have both.
    """

    text: str
    key: str = field(compare=False)
    place: Place = field(compare=False)
    fact: Fact | None = field(default=None, compare=False, repr=False)


class _Labels(Protocol):
    """A row of indicators: which 一级指标 and which 二级指标 it belongs to."""

    @property
    def dimension(self) -> str: ...

    @property
    def aspect(self) -> str: ...


Row = TypeVar("Row", bound=_Labels, covariant=True)  # noqa: PLC0105 - plain Row reads better


class GroupedRow(Struct, Generic[Row], frozen=True):
    """A row with its number among all of its table, from 0. A span of 0 means that the label above reaches down to it."""

    row: Row
    number: int
    dimension_span: int
    aspect_span: int


Group = tuple[GroupedRow[Row], ...]


def in_one_group(rows: Sequence[Row]) -> Group[Row]:
    """All rows together."""
    return tuple(_grouped(list(enumerate(rows))))


def in_groups(rows: Sequence[Row], heights: Sequence[float]) -> tuple[Group[Row], ...]:
    """A new group begins with a 一级指标, and where the last one is high enough."""
    groups: list[list[tuple[int, Row]]] = []
    height = 0.0
    for number, row in enumerate(rows):
        if not number or row.dimension != rows[number - 1].dimension or height + heights[number] > _GROUP_HEIGHT:
            groups.append([])
            height = 0.0
        groups[-1].append((number, row))
        height += heights[number]
    return tuple(tuple(_grouped(group)) for group in groups)


def _grouped(rows: Iterable[tuple[int, Row]]) -> Iterator[GroupedRow[Row]]:
    for _, of_dimension in groupby(rows, key=lambda numbered: numbered[1].dimension):
        in_dimension = list(of_dimension)
        dimension_span = len(in_dimension)
        for _, of_aspect in groupby(in_dimension, key=lambda numbered: numbered[1].aspect):
            in_aspect = list(of_aspect)
            aspect_span = len(in_aspect)
            for number, row in in_aspect:
                yield GroupedRow(row, number, dimension_span, aspect_span)
                dimension_span = aspect_span = 0
