"""How small a goal sheet must be set to stay on one page, as the bureau's own system prints it.

The height of the sheet is worked out from its texts for each of the sizes that the style
sheet has (`templates/document/document.css`), the largest that fits being chosen. All
measures are in points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from discgen.diagnostics import Diagnostic, warning
from discgen.narrative.goal_sheets import GoalSheetPage

_PAGE_WIDTH = 510.0
"""A4 less two margins of 15mm."""
_BESIDE = 4.5
"""Padding on both sides of a text and the line between two cells."""
_ROOM = 690.0
"""A4 less margins of 15mm and 18mm, the title, the year and the foot."""
COLUMNS = {
    "label": 0.15,
    "dimension": 0.098,
    "aspect": 0.133,
    "name": 0.177,
    "target": 0.115,
    "side": 0.292,
    "half": 0.425,
    "wide": 0.85,
}
"""Shares of the page width: a column each, and the cells that span several."""
_ONE_PERIOD = {"name": 0.425, "target": 0.292}
"""The columns of a sheet with one period, which has room for both."""


@dataclass(frozen=True, slots=True)
class Size:
    """A way to set a sheet."""

    name: str
    font: float
    line: float
    padding: float


SIZES = (
    Size("normal", 9, 12, 2),
    Size("compact", 8.5, 11, 1.4),
    Size("tight", 7.5, 9.5, 1),
)


def density(page: GoalSheetPage) -> str:
    """The name of the largest size at which the sheet fits a page; the smallest where none does."""
    return next((size.name for size in SIZES if _height(page, size) <= _ROOM), SIZES[-1].name)


def densities(pages: Sequence[GoalSheetPage]) -> list[str]:
    """The sizes of a document's sheets in order: the usual one gives way to the next, so that neighbours match."""
    chosen = [density(page) for page in pages]
    usual, smaller = SIZES[0].name, SIZES[1].name
    return [smaller if name == usual and set(chosen) != {usual} else name for name in chosen]


def overflows(pages: Iterable[GoalSheetPage]) -> Iterator[Diagnostic]:
    """G006: a sheet that fits a page at no size runs on to the next one."""
    for page in pages:
        if runs_on(page):
            said = f"“{page.name}”的绩效目标表太长，一页放不下"
            yield warning("G006", said, page.place, "把文字写短些，或合并指标")


def runs_on(page: GoalSheetPage) -> bool:
    """Whether the sheet needs more than a page."""
    return _height(page, SIZES[-1]) > _ROOM


def indicator_heights(page: GoalSheetPage) -> list[float]:
    """The heights of the rows of indicators at the smallest size."""
    return [_row_height(lines, SIZES[-1]) for lines in _indicator_lines(page, SIZES[-1])]


def _height(page: GoalSheetPage, size: Size) -> float:
    rows = [*_head_lines(page, size), *[1] * (1 + len(page.funds))]
    rows += [max(_lines(label, "label", size), _lines(text, "wide", size)) for label, text in page.prose]
    rows += [1, max(_lines(goal, "half" if len(page.goals) > 1 else "wide", size) for goal in page.goals)]
    rows += [_lines(page.labels["dimension"], "dimension", size), *_indicator_lines(page, size)]
    return sum(_row_height(lines, size) for lines in rows)


def _row_height(lines: int, size: Size) -> float:
    return lines * size.line + 2 * size.padding + 0.5


def _head_lines(page: GoalSheetPage, size: Size) -> list[int]:
    """The rows of name, department with unit, and attribute with period."""
    labels = page.labels
    department = (labels["department"], page.department, labels["unit"], page.unit)
    attribute = (labels["attribute"], page.attribute, labels["period"], page.period)
    columns = ("label", "half", "aspect", "side")
    name = max(_lines(labels["name"], "label", size), _lines(page.name, "wide", size))
    rows = [
        max(_lines(text, column, size) for text, column in zip(row, columns, strict=True))
        for row in (department, attribute)
    ]
    return [name, *rows]


def _indicator_lines(page: GoalSheetPage, size: Size) -> list[int]:
    """Lines of each row; an aspect's name may need more than its only row does."""
    result = []
    widths = COLUMNS if len(page.periods) > 1 else COLUMNS | _ONE_PERIOD
    for row in page.indicators:
        names = max(_lines(name, "name", size, widths) for name, _ in row.sides)
        targets = max(_lines(target, "target", size, widths) for _, target in row.sides)
        aspect = _lines(row.aspect, "aspect", size) if row.aspect_span == 1 else 1
        result.append(max(names, targets, aspect))
    return result


def _lines(text: str, column: str, size: Size, widths: Mapping[str, float] = COLUMNS) -> int:
    room = widths[column] * _PAGE_WIDTH - _BESIDE
    return max(1, ceil(_ems(text) * size.font / room))


def _ems(text: str) -> float:
    """Width in characters: a Chinese one is 1, a Latin one about half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.56 for char in text)
