"""Goal sheets on paper: what stands in their cells, and how small each must be set to stay on one page.

The bureau's own system prints a sheet on a page. The height of a sheet is worked out from its texts for each of the
sizes that the style sheet has (`templates/document/document.css`), and the largest that fits is chosen. All measures
are in points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.document import Document
from discgen.form.sheets import GoalSheetForm
from discgen.ledger.facts import Fact
from discgen.model.line import Line, total
from discgen.model.project import FundLevel, GoalSheet, Indicator
from discgen.money import ZERO, NumberStyle
from discgen.view.paper import GOAL_SHEET_HEIGHT, GOAL_SHEET_WIDTH, ems
from discgen.view.sheets import Figure, Group, LabelledText, in_groups, in_one_group
from discgen.yamltext.tree import Tree

PERIODS = ("whole_period", "annual")
"""实施期 and 年度, the columns of funds."""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A line of the indicator table: name and target in each period that the form prints.

    `place` is where its indicator is written; None for the empty line of an aspect without any.
    """

    dimension: str
    aspect: str
    sides: tuple[tuple[str, str], ...]
    place: Place | None = field(default=None, compare=False)


class FundRow(Struct, frozen=True):
    """The amounts of one level of funds: of 实施期 and of 年度."""

    label: str
    figures: tuple[Figure, ...]


class GoalSheetView(Struct, frozen=True):
    """A goal sheet on a page of its own, every text ready. `place` is where it is written.

    `level` is that of its heading in the outline; `density` names the size it is set in.
    """

    anchor: str
    title: str
    year: str
    place: Place
    name: str
    department: str
    unit: str
    attribute: str
    period: str
    totals: tuple[Figure, ...]
    funds: tuple[FundRow, ...]
    prose: tuple[LabelledText, ...]
    periods: tuple[str, ...]
    goals: tuple[LabelledText, ...]
    indicators: tuple[IndicatorRow, ...]
    filled_on: str
    labels: Mapping[str, str]
    density: str = "normal"
    level: int = 1
    paper: str = "goal"

    @property
    def address(self) -> str:
        """What the sheet is called among those of the document, whatever comes before it."""
        return f"g:{PurePosixPath(self.place.file).stem}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All amounts: of 实施期, then of 年度, each with its total first."""
        columns = zip(self.totals, *(row.figures for row in self.funds), strict=True)
        return tuple(figure for column in columns for figure in column)

    @property
    def runs_on(self) -> bool:
        """Whether the sheet needs more than a page."""
        return _height(self, SIZES[-1]) > GOAL_SHEET_HEIGHT

    @property
    def groups(self) -> tuple[Group[IndicatorRow], ...]:
        """The rows of indicators: together, unless the sheet needs more than a page."""
        if self.runs_on:
            heights = [_row_height(lines, SIZES[-1]) for lines in _indicator_lines(self, SIZES[-1])]
            return in_groups(self.indicators, heights)
        return (in_one_group(self.indicators),)


def goal_sheets(document: Document, level: int = 1) -> tuple[GoalSheetView, ...]:
    """The sheets of all projects, then the separate ones; funds are in the unit of the form's goal sheet."""
    form = document.form.goal_sheet
    if form is None:
        return ()
    trees = document.disclosure.trees()
    sheets = [
        _sheet(f"g{number}", entry, trees[entry.sheet.place.file], document, form)
        for number, entry in enumerate(_entries(document), start=1)
    ]
    return tuple(
        replace(sheet, density=density, level=level) for sheet, density in zip(sheets, densities(sheets), strict=True)
    )


def overflowing_sheets(document: Document) -> Iterator[Diagnostic]:
    """G006: a sheet that fits a page at no size runs on to the next one."""
    for sheet in goal_sheets(document):
        if sheet.runs_on:
            message = f"“{sheet.name}”的绩效目标表太长，一页放不下"
            yield warning("G006", message, sheet.place, "把文字写短些，或合并指标")


class _Entry(Struct, frozen=True):
    """A goal sheet with what stands at its head."""

    id: str
    name: str
    department: str
    unit: str
    sheet: GoalSheet


def _entries(document: Document) -> Iterator[_Entry]:
    disclosure = document.disclosure
    department = disclosure.department
    head = department.supervisor or department
    label = "-".join(part for part in (head.code, head.name) if part)
    for project in disclosure.projects:
        if project.goal_sheet:
            yield _Entry(project.id, project.name, label, department.unit(project.unit).name, project.goal_sheet)
    for separate in disclosure.separate_sheets:
        yield _Entry(separate.id, separate.name, separate.department, separate.unit, separate.goal_sheet)


def _sheet(anchor: str, entry: _Entry, tree: Tree, document: Document, form: GoalSheetForm) -> GoalSheetView:
    sheet, disclosure, prose = entry.sheet, document.disclosure, document.text.prose
    region = disclosure.department.region
    goals = [getattr(sheet, period).goal for period in form.periods]
    totals, funds = _funds(entry, tree, document.form.numbers["goal_sheet"], form)
    return GoalSheetView(
        anchor=anchor,
        title=form.title.format(region=region.name, level=form.levels.get(region.level, region.level)),
        year=form.labels["year"].format(year=disclosure.year),
        place=sheet.place,
        name=entry.name,
        department=entry.department,
        unit=entry.unit,
        attribute=form.attributes[sheet.attribute],
        period=form.labels["period_years"].format(years=sheet.period_years),
        totals=totals,
        funds=funds,
        prose=tuple(
            LabelledText(label, prose[sheet.prose[key].place].text, sheet.prose[key].place)
            for key, label in form.prose.items()
        ),
        periods=tuple(form.labels[period] for period in form.periods),
        goals=tuple(
            LabelledText("", prose[goal.place].text, goal.place) if goal else LabelledText("", "") for goal in goals
        ),
        indicators=tuple(_indicator_rows(sheet.indicators, form)),
        filled_on=_day(sheet.filled_on),
        labels=form.labels,
    )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _funds(
    entry: _Entry, tree: Tree, style: NumberStyle, form: GoalSheetForm
) -> tuple[tuple[Figure, ...], tuple[FundRow, ...]]:
    """The totals of both periods, and the rows of levels; of a level that is not written nothing is printed as an amount.

    What a goal sheet declares is no money of a ledger: its facts are about lines of its own.
    """
    sheet = entry.sheet
    totals: list[Figure] = []
    rows: dict[str, list[Figure]] = {level: [] for level in form.fund_levels}
    for name in PERIODS:
        period = getattr(sheet, name)
        lines = {
            level: Line(amount, tree.place((*period.place.path, str(level)))) for level, amount in period.funds.items()
        }
        title = form.labels[f"{name}_total"].rstrip("：")
        fact = Fact(f"project.{entry.id}.{name}", title, total(lines.values()), tuple(lines.values()))
        totals.append(Figure(style.show(period.total), f"total.{name}/n", sheet.place, fact))
        for level, label in form.fund_levels.items():
            line = lines.get(FundLevel(level))
            part = Fact(f"{fact.name}.{level}", f"{title}，{label}", line.amount, (line,)) if line else None
            text = style.show(line.amount if line else ZERO)
            rows[level].append(Figure(text, f"{level}.{name}/n", sheet.place, part))
    return tuple(totals), tuple(FundRow(label, tuple(rows[level])) for level, label in form.fund_levels.items())


def _indicator_rows(indicators: Sequence[Indicator], form: GoalSheetForm) -> Iterator[IndicatorRow]:
    """The indicators in the form's order of aspects; an aspect without any still has its empty line."""
    for dimension, aspects in form.dimensions.items():
        for aspect in aspects:
            chosen = [indicator for indicator in indicators if indicator.aspect == aspect]
            for indicator in chosen:
                sides = tuple(_side(indicator.name, getattr(indicator, period)) for period in form.periods)
                yield IndicatorRow(dimension, aspect, sides, indicator.place)
            if not chosen:
                yield IndicatorRow(dimension, aspect, (("", ""),) * len(form.periods))


def _side(name: str, target: str | None) -> tuple[str, str]:
    return ("", "") if target is None else (name, target)


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
_AROUND_TEXT = 4.5
"""Padding on both sides of a text and the line between two cells."""


class Size(Struct, frozen=True):
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


def densities(sheets: Sequence[GoalSheetView]) -> list[str]:
    """The sizes of a document's sheets in order: the usual one gives way to the next, so that neighbours match."""
    chosen = [density(sheet) for sheet in sheets]
    usual, smaller = SIZES[0].name, SIZES[1].name
    return [smaller if name == usual and set(chosen) != {usual} else name for name in chosen]


def density(sheet: GoalSheetView) -> str:
    """The name of the largest size at which the sheet fits a page; the smallest where none does."""
    return next((size.name for size in SIZES if _height(sheet, size) <= GOAL_SHEET_HEIGHT), SIZES[-1].name)


def _height(sheet: GoalSheetView, size: Size) -> float:
    rows = [*_head_lines(sheet, size), *[1] * (1 + len(sheet.funds))]
    rows += [max(_lines(row.label, "label", size), _lines(row.text, "wide", size)) for row in sheet.prose]
    rows += [1, max(_lines(goal.text, "half" if len(sheet.goals) > 1 else "wide", size) for goal in sheet.goals)]
    rows += [_lines(sheet.labels["dimension"], "dimension", size), *_indicator_lines(sheet, size)]
    return sum(_row_height(lines, size) for lines in rows)


def _row_height(lines: int, size: Size) -> float:
    return lines * size.line + 2 * size.padding + 0.5


def _head_lines(sheet: GoalSheetView, size: Size) -> list[int]:
    """The rows of name, department with unit, and attribute with period."""
    labels = sheet.labels
    department = (labels["department"], sheet.department, labels["unit"], sheet.unit)
    attribute = (labels["attribute"], sheet.attribute, labels["period"], sheet.period)
    columns = ("label", "half", "aspect", "side")
    name = max(_lines(labels["name"], "label", size), _lines(sheet.name, "wide", size))
    rows = [
        max(_lines(text, column, size) for text, column in zip(row, columns, strict=True))
        for row in (department, attribute)
    ]
    return [name, *rows]


def _indicator_lines(sheet: GoalSheetView, size: Size) -> list[int]:
    """Lines of each row; an aspect's name may need more than its only row does."""
    result = []
    widths = COLUMNS if len(sheet.periods) > 1 else COLUMNS | _ONE_PERIOD
    rows_of_aspect = Counter((row.dimension, row.aspect) for row in sheet.indicators)
    for row in sheet.indicators:
        names = max(_lines(name, "name", size, widths) for name, _ in row.sides)
        targets = max(_lines(target, "target", size, widths) for _, target in row.sides)
        aspect = _lines(row.aspect, "aspect", size) if rows_of_aspect[row.dimension, row.aspect] == 1 else 1
        result.append(max(names, targets, aspect))
    return result


def _lines(text: str, column: str, size: Size, widths: Mapping[str, float] = COLUMNS) -> int:
    room = widths[column] * GOAL_SHEET_WIDTH - _AROUND_TEXT
    return max(1, ceil(ems(text) * size.font / room))
