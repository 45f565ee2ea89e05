"""Goal sheets as the form lays them out: rows of indicators, side by side for each period, prose worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.form.sheets import GoalSheetForm
from discgen.ledger.facts import Fact
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line
from discgen.model.project import FundLevel, GoalSheet, Indicator
from discgen.money import NumberStyle
from discgen.narrative.markup import plain
from discgen.narrative.prose import ProseReader


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One line of the indicator table. A span of 0 means that a cell above reaches down to it.

    `place` is where its indicator is written; None for the empty line of an aspect without any.
    """

    dimension: str
    dimension_span: int
    aspect: str
    aspect_span: int
    sides: tuple[tuple[str, str], ...]
    """Name and target in each period that the form prints."""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class GoalSheetPage:
    """A goal sheet with every text ready. `place` is where it is written."""

    title: str
    year: str
    place: Place
    name: str
    department: str
    unit: str
    attribute: str
    period: str
    totals: tuple[str, str]
    funds: tuple[tuple[str, str, str], ...]
    prose: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    goals: tuple[str, ...]
    indicators: tuple[IndicatorRow, ...]
    filled_on: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A goal sheet with what stands at its head; `lines` are those of its project."""

    id: str
    name: str
    department: str
    unit: str
    sheet: GoalSheet
    lines: tuple[Line, ...] = ()


def lay_out(disclosure: Disclosure, form: Form, reader: ProseReader) -> tuple[GoalSheetPage, ...]:
    """The pages of all projects, then of the separate sheets; funds are in the unit of the form's goal sheet."""
    if form.goal_sheet is None:
        return ()
    style = form.numbers["goal_sheet"]
    return tuple(_page(entry, disclosure, form.goal_sheet, style, reader) for entry in _entries(disclosure))


def _entries(disclosure: Disclosure) -> Iterator[_Entry]:
    department = disclosure.department
    label = "-".join(part for part in (department.code, department.name) if part)
    for project in disclosure.projects:
        if project.goal_sheet:
            unit = department.unit(project.unit).name
            yield _Entry(project.id, project.name, label, unit, project.goal_sheet, project.lines)
    for one in disclosure.separate_sheets:
        yield _Entry(one.id, one.name, one.department, one.unit, one.goal_sheet)


def _page(
    entry: _Entry, disclosure: Disclosure, words: GoalSheetForm, style: NumberStyle, reader: ProseReader
) -> GoalSheetPage:
    sheet, region = entry.sheet, disclosure.department.region
    facts = _citable(entry)
    goals = (getattr(sheet, period).goal for period in words.periods)
    return GoalSheetPage(
        title=words.title.format(region=region.name, level=words.levels.get(region.level, region.level)),
        year=words.labels["year"].format(year=disclosure.year),
        place=sheet.place,
        name=entry.name,
        department=entry.department,
        unit=entry.unit,
        attribute=words.attributes[sheet.attribute],
        period=words.labels["period_years"].format(years=sheet.period_years),
        totals=(style.show(sheet.whole_period.total), style.show(sheet.annual.total)),
        funds=tuple(_funds(sheet, words, style)),
        prose=tuple((label, plain(reader.read(sheet.prose[key], **facts))) for key, label in words.prose.items()),
        periods=tuple(words.labels[period] for period in words.periods),
        goals=tuple(plain(reader.read(goal, **facts)) if goal else "" for goal in goals),
        indicators=tuple(_indicator_rows(sheet.indicators, words)),
        filled_on=_day(sheet.filled_on),
        labels=words.labels,
    )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _citable(entry: _Entry) -> dict[str, Fact]:
    """What the prose of a sheet may cite besides the document's facts: `whole_period` and `annual`."""
    periods = {"whole_period": ("实施期资金", entry.sheet.whole_period), "annual": ("年度资金", entry.sheet.annual)}
    return {
        name: Fact(f"project.{entry.id}.{name}", title, period.total, entry.lines)
        for name, (title, period) in periods.items()
    }


def _funds(sheet: GoalSheet, words: GoalSheetForm, style: NumberStyle) -> Iterator[tuple[str, str, str]]:
    """Label, 实施期 and 年度 by level; a level that is not written is nothing."""
    for level, label in words.fund_levels.items():
        amounts = [period.funds.get(FundLevel(level), Decimal(0)) for period in (sheet.whole_period, sheet.annual)]
        yield label, style.show(amounts[0]), style.show(amounts[1])


def _indicator_rows(indicators: tuple[Indicator, ...], words: GoalSheetForm) -> Iterator[IndicatorRow]:
    for dimension, aspects in words.dimensions.items():
        by_aspect = [(aspect, _printed(indicators, aspect, words.periods)) for aspect in aspects]
        dimension_span = sum(len(rows) for _, rows in by_aspect)
        for aspect, rows in by_aspect:
            aspect_span = len(rows)
            for sides, place in rows:
                yield IndicatorRow(dimension, dimension_span, aspect, aspect_span, sides, place)
                dimension_span = aspect_span = 0


_Printed = tuple[tuple[tuple[str, str], ...], Place | None]
"""Name and target in each column, and where they are written."""


def _printed(indicators: tuple[Indicator, ...], aspect: str, periods: tuple[str, ...]) -> list[_Printed]:
    """The indicators of an aspect; one without any still has its empty line."""
    chosen = [indicator for indicator in indicators if indicator.aspect == aspect]
    rows: list[_Printed] = [
        (tuple(_side(one.name, getattr(one, period)) for period in periods), one.place) for one in chosen
    ]
    return rows or [((("", ""),) * len(periods), None)]


def _side(name: str, target: str | None) -> tuple[str, str]:
    return ("", "") if target is None else (name, target)
