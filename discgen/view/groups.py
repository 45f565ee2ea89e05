"""Rows of indicators in groups that may stand on different pages.

The labels beside them, 一级指标 and 二级指标, reach down over several rows. One that reached over the
end of a page would be missing on the next, and the table would be no grid to a reader that speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from discgen.narrative.evaluations import EvaluationPage, ScoreRow
from discgen.narrative.fit import indicator_heights, runs_on
from discgen.narrative.goal_sheets import GoalSheetPage, IndicatorRow

Row = TypeVar("Row", IndicatorRow, ScoreRow)
Numbered = tuple[tuple[int, Row], ...]
"""Rows with their number among all of their table, from 0."""

_ROOM = 300.0
"""Points that a group may take: less than half a page, so that little of one stays empty."""
_CHARACTERS = (9, 3, 5, 5, 3, 2, 2, 5)
"""What fits a line of each cell of a score, at least (`templates/document/document.css`)."""
_LINE, _BESIDE = 12.0, 4.5
"""Points: of a line of a score, and of what stands above and below it."""


def goal_groups(page: GoalSheetPage) -> tuple[Numbered[IndicatorRow], ...]:
    """All rows as one group, unless the sheet needs more than a page."""
    if runs_on(page):
        return tuple(_parted(page.indicators, indicator_heights(page)))
    return (tuple(enumerate(page.indicators)),)


def score_groups(page: EvaluationPage) -> tuple[Numbered[ScoreRow], ...]:
    """A group for each 一级指标, or several where it has very many."""
    return tuple(_parted(page.scores, [_height(row) for row in page.scores]))


def _height(row: ScoreRow) -> float:
    lines = (-(-len(text) // width) for text, width in zip(row.cells, _CHARACTERS, strict=True))
    return _LINE * max(1, *lines) + _BESIDE


def _parted(rows: Sequence[Row], heights: Sequence[float]) -> Iterator[Numbered[Row]]:
    """A new group begins with a 一级指标, and where the last one is high enough."""
    begin, height = 0, 0.0
    for at, row in enumerate(rows):
        if at > begin and (row.dimension != rows[at - 1].dimension or height + heights[at] > _ROOM):
            yield _labelled(rows, begin, at)
            begin, height = at, 0.0
        height += heights[at]
    if rows:
        yield _labelled(rows, begin, len(rows))


def _labelled(rows: Sequence[Row], begin: int, end: int) -> Numbered[Row]:
    """A group with labels that reach over its own rows."""
    group: list[tuple[int, Row]] = []
    dimension_span = end - begin
    for _, found in groupby(range(begin, end), key=lambda at: rows[at].aspect):
        numbers = list(found)
        aspect_span = len(numbers)
        for at in numbers:
            group.append((at, replace(rows[at], dimension_span=dimension_span, aspect_span=aspect_span)))
            dimension_span = aspect_span = 0
    return tuple(group)
