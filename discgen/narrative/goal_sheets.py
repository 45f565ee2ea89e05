"""Goal sheets as the form lays them out: rows of indicators side by side for the two periods, prose worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from discgen.form.form import Form, GoalSheetForm
from discgen.ledger.facts import Fact
from discgen.model.disclosure import Disclosure
from discgen.model.project import FundLevel, Indicator, Project
from discgen.money import NumberStyle
from discgen.narrative.markup import plain
from discgen.narrative.prose import ProseReader


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One line of the indicator table. A span of 0 means that a cell above reaches down to it."""

    dimension: str
    dimension_span: int
    aspect: str
    aspect_span: int
    whole_period: tuple[str, str]
    annual: tuple[str, str]


@dataclass(frozen=True, slots=True)
class GoalSheetPage:
    """A goal sheet with every text ready."""

    title: str
    year: str
    project: Project
    name: str
    department: str
    unit: str
    attribute: str
    period: str
    totals: tuple[str, str]
    funds: tuple[tuple[str, str, str], ...]
    prose: tuple[tuple[str, str], ...]
    goals: tuple[str, str]
    indicators: tuple[IndicatorRow, ...]
    filled_on: str
    labels: Mapping[str, str]


def lay_out(disclosure: Disclosure, form: Form, reader: ProseReader) -> tuple[GoalSheetPage, ...]:
    """The pages of all projects, in their order; funds are in the unit of the form's goal sheet."""
    return tuple(_page(project, disclosure, form, reader) for project in disclosure.projects)


def _page(project: Project, disclosure: Disclosure, form: Form, reader: ProseReader) -> GoalSheetPage:
    sheet, words, style = project.goal_sheet, form.goal_sheet, form.numbers["goal_sheet"]
    department = disclosure.department
    facts = _citable(project)
    return GoalSheetPage(
        title=words.title.format(region=department.region.name, level=department.region.level),
        year=words.labels["year"].format(year=disclosure.year),
        project=project,
        name=project.name,
        department=f"{department.code}-{department.name}",
        unit=department.unit(project.unit).name,
        attribute=words.attributes[sheet.attribute],
        period=words.labels["period_years"].format(years=sheet.period_years),
        totals=(style.show(sheet.whole_period.total), style.show(sheet.annual.total)),
        funds=tuple(_funds(project, words, style)),
        prose=tuple((label, plain(reader.read(sheet.prose[key], **facts))) for key, label in words.prose.items()),
        goals=(
            plain(reader.read(sheet.whole_period.goal, **facts)),
            plain(reader.read(sheet.annual.goal, **facts)),
        ),
        indicators=tuple(_indicator_rows(sheet.indicators, words)),
        filled_on=_day(sheet.filled_on),
        labels=words.labels,
    )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _citable(project: Project) -> dict[str, Fact]:
    """What the prose of a sheet may cite besides the document's facts: `whole_period` and `annual`."""
    sheet = project.goal_sheet
    periods = {"whole_period": ("实施期资金", sheet.whole_period), "annual": ("年度资金", sheet.annual)}
    return {
        name: Fact(f"project.{project.id}.{name}", title, period.total, project.lines)
        for name, (title, period) in periods.items()
    }


def _funds(project: Project, words: GoalSheetForm, style: NumberStyle) -> Iterator[tuple[str, str, str]]:
    """Label, 实施期 and 年度 by level; a level that is not written is nothing."""
    sheet = project.goal_sheet
    for level, label in words.fund_levels.items():
        amounts = [period.funds.get(FundLevel(level), Decimal(0)) for period in (sheet.whole_period, sheet.annual)]
        yield label, style.show(amounts[0]), style.show(amounts[1])


def _indicator_rows(indicators: tuple[Indicator, ...], words: GoalSheetForm) -> Iterator[IndicatorRow]:
    for dimension, aspects in words.dimensions.items():
        by_aspect = [(aspect, _sides(indicators, aspect)) for aspect in aspects]
        dimension_span = sum(len(sides) for _, sides in by_aspect)
        for aspect, sides in by_aspect:
            aspect_span = len(sides)
            for whole_period, annual in sides:
                yield IndicatorRow(dimension, dimension_span, aspect, aspect_span, whole_period, annual)
                dimension_span = aspect_span = 0


def _sides(indicators: tuple[Indicator, ...], aspect: str) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Name and target in both columns; an aspect without indicators still has its empty line."""
    chosen = [indicator for indicator in indicators if indicator.aspect == aspect]
    sides = [(_side(one.name, one.whole_period), _side(one.name, one.annual)) for one in chosen]
    return sides or [(("", ""), ("", ""))]


def _side(name: str, target: str | None) -> tuple[str, str]:
    return ("", "") if target is None else (name, target)
