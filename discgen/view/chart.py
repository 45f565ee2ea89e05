"""A chart laid out: bars below each other, each between its label and its figures, in points of a text page's measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import ClassVar

from discgen.form.form import Form
from discgen.money import ZERO, percent
from discgen.narrative.blocks import Chart
from discgen.view.paper import ems

_TOP = 24.0
"""Room above the bars for the unit."""
_FOOT = 8.4
_ROW = 25.92
_LONGEST_LABEL = 16
"""Ems of a label on one line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: the lines of its label, its figures, its length, and the row it stands in, from `top` on.

    A bar of last year is set lighter.
    """

    label: tuple[str, ...]
    figures: str
    length: float
    top: float
    height: float
    is_last_year: bool


@dataclass(frozen=True, slots=True)
class ChartView:
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
    parts = [(part.title, part.value, part.name.startswith("prior.")) for part in chart.parts if part.value is not None]
    whole = sum((amount for _, amount, _ in parts), ZERO)
    amounts = [f"{style.rounded(amount):,f}" for _, amount, _ in parts]
    shares = [
        "" if chart.compares_years else f"（{form.percent.show(percent(amount, whole) or ZERO)}）"
        for _, amount, _ in parts
    ]
    labels = [_label_lines(title) for title, _, _ in parts]
    figures = [f"{amount}{share}" for amount, share in zip(amounts, shares, strict=True)]
    start = max(ems(line) for lines in labels for line in lines) * ChartView.label_size + ChartView.gap
    lengths = _lengths([amount for _, amount, _ in parts], figures, ChartView.width - start)
    bars: list[Bar] = []
    top = _TOP
    for label, figure, length, (_, _, is_last_year) in zip(labels, figures, lengths, parts, strict=True):
        bars.append(Bar(label, figure, length, top, max(_ROW, len(label) * ChartView.line), is_last_year))
        top += bars[-1].height
    figures_in_words = "；".join(
        f"{title}{amount}{style.unit}" for (title, _, _), amount in zip(parts, amounts, strict=True)
    )
    return ChartView(chart.title, tuple(bars), start, top + _FOOT, style.unit, f"{chart.title}：{figures_in_words}")


def _label_lines(title: str) -> tuple[str, ...]:
    """A label on as few lines as hold it, each about as long as the others."""
    size = ceil(len(title) / ceil(ems(title) / _LONGEST_LABEL))
    return tuple(title[begin : begin + size] for begin in range(0, len(title), size))


def _lengths(amounts: Sequence[Decimal], figures: Sequence[str], room: float) -> list[float]:
    """How long each bar is, if the figures after every bar are to have their place in the room."""
    rooms = [room - ChartView.gap - ems(text) * ChartView.figure_size for text in figures]
    scale = min((room / float(amount) for amount, room in zip(amounts, rooms, strict=True) if amount > 0), default=0.0)
    return [float(max(amount, ZERO)) * scale for amount in amounts]
