"""A chart laid out: bars below each other, each between its label and its figures, in points of a text page's measure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil
from typing import ClassVar

from msgspec import Struct

from discgen.form.form import Form
from discgen.ledger.facts import Fact
from discgen.money import ZERO, percent
from discgen.narrative.blocks import Chart
from discgen.view.paper import ems

_TOP = 24.0
"""Room above the bars for the unit."""
_FOOT = 8.4
_ROW = 25.92
_ROW_OF_TWO = 17.5
"""That of a bar beside one of the other year."""
_BETWEEN_PARTS = 9.0
"""Room between what two parts had in two years."""
_MOST_COMPARED = 12
"""So many parts of two years fit a page."""
_LAST_YEAR = "上年"
_LONGEST_LABEL = 16
"""Ems of a label on one line."""


class Bar(Struct, frozen=True):
    """A bar: the lines of its label, its figures, its length, and the row it stands in, from `top` on.

    A bar of last year is set lighter.
    """

    label: tuple[str, ...]
    figures: str
    length: float
    top: float
    height: float
    is_last_year: bool


class ChartView(Struct, frozen=True):
    """A chart: its title, its bars, which all begin at `start`, their unit, and what it says to one who cannot see it.

    The `gap` is that between a bar and what stands on either side of it, `line` the height of a label's lines.
    """

    width: ClassVar = 439.2
    label_size: ClassVar = 10.5
    figure_size: ClassVar = 9.5
    bar_height: ClassVar = 15.5
    gap: ClassVar = 5.0
    line: ClassVar = 13.0

    title: str
    bars: tuple[Bar, ...]
    start: float
    height: float
    unit: str
    description: str


def view_chart(chart: Chart, form: Form) -> ChartView:
    """A chart with its figures as the form writes them in text; those of a whole's parts have their shares."""
    style = form.numbers["text"]
    parts = _parts(chart)
    this_year = [part.value or ZERO for part in parts if not part.is_last_year]
    whole = sum(this_year, ZERO) if sum(value != 0 for value in this_year) > 1 else ZERO
    amounts = [f"{style.rounded(part.value or ZERO):,f}" for part in parts]
    shares = [
        "" if part.is_last_year or not whole else f"（{form.percent.show(percent(part.value or ZERO, whole) or ZERO)}）"
        for part in parts
    ]
    figures = [f"{amount}{share}" for amount, share in zip(amounts, shares, strict=True)]
    labels = [(_LAST_YEAR,) if part.is_last_year else _label_lines(part.title) for part in parts]
    start = max(ems(line) for lines in labels for line in lines) * ChartView.label_size + ChartView.gap
    lengths = _lengths([part.value or ZERO for part in parts], figures, ChartView.width - start)
    compares = any(part.is_last_year for part in parts)
    bars: list[Bar] = []
    top = _TOP
    for label, figure, length, part in zip(labels, figures, lengths, parts, strict=True):
        if compares and bars and not part.is_last_year:
            top += _BETWEEN_PARTS
        height = max(_ROW_OF_TWO if compares else _ROW, len(label) * ChartView.line)
        bars.append(Bar(label, figure, length, top, height, part.is_last_year))
        top += height
    in_words = "；".join(f"{part.title}{amount}{style.unit}" for part, amount in zip(parts, amounts, strict=True))
    return ChartView(chart.title, tuple(bars), start, top + _FOOT, style.unit, f"{chart.title}：{in_words}")


def _parts(chart: Chart) -> list[Fact]:
    """The parts that are known; where those of two years would leave the page, this year's alone."""
    parts = [part for part in chart.parts if part.value is not None]
    this_year = [part for part in parts if not part.is_last_year]
    return parts if len(this_year) <= _MOST_COMPARED else this_year


def _label_lines(title: str) -> tuple[str, ...]:
    """A label on as few lines as hold it, each about as long as the others."""
    size = ceil(len(title) / ceil(ems(title) / _LONGEST_LABEL))
    return tuple(title[begin : begin + size] for begin in range(0, len(title), size))


def _lengths(amounts: Sequence[Decimal], figures: Sequence[str], room: float) -> list[float]:
    """How long each bar is, if the figures after every bar are to have their place in the room."""
    rooms = [room - ChartView.gap - ems(text) * ChartView.figure_size for text in figures]
    scale = min((room / float(amount) for amount, room in zip(amounts, rooms, strict=True) if amount > 0), default=0.0)
    return [float(max(amount, ZERO)) * scale for amount in amounts]
