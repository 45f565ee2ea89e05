"""A project and its 绩效目标表, from a file of `projects/` or `goal_sheets/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.model.build_lines import fund_of, origin_of, unit_of
from discgen.model.line import Category, Line, Nature
from discgen.model.prose import Prose
from discgen.model.record import Record, Reference
from discgen.reference.codes import Classification
from discgen.reference.vocabulary import Named


class Attribute(Named, dimension="attribute"):
    """项目属性."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"
    CONTINUING = "continuing"


class FundLevel(Named, dimension="fund_level"):
    """Which level of government, or who else, pays."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    LOCAL = "local"
    SELF_RAISED = "self_raised"
    OTHER = "other"


GOVERNMENT_LEVELS = (FundLevel.CENTRAL, FundLevel.PROVINCIAL, FundLevel.LOCAL)
"""The levels of government, the highest first."""


class Indicator(Struct, frozen=True):
    """A 三级指标. A target is None in the column that does not show it."""

    aspect: str
    name: str
    whole_period: str | None
    annual: str | None
    place: Place


class Period(Struct, frozen=True):
    """One column of a goal sheet, 实施期 or 年度: funds in 元 by level, and the goal, where the sheet has one."""

    funds: Mapping[FundLevel, Decimal]
    goal: Prose | None
    place: Place

    @property
    def total(self) -> Decimal:
        """All funds of the period, in 元."""
        return sum(self.funds.values(), Decimal(0))


class GoalSheet(Struct, frozen=True):
    """项目支出绩效目标申报表. `prose` is by the key in YAML: summary, basis, necessity, measures, plan."""

    attribute: Attribute
    period_years: int
    whole_period: Period
    annual: Period
    prose: Mapping[str, Prose]
    indicators: tuple[Indicator, ...]
    filled_on: date | None
    place: Place

    def texts(self) -> tuple[Prose, ...]:
        """All prose of the sheet."""
        goals = (self.whole_period.goal, self.annual.goal)
        return (*self.prose.values(), *(goal for goal in goals if goal))


class Project(Struct, frozen=True):
    """One file of `projects/`."""

    id: str
    """The name of its file, without the ending."""
    name: str
    unit: str
    function_code: str
    category: Category | None
    lines: tuple[Line, ...]
    goal_sheet: GoalSheet | None
    statement: Mapping[str, Prose]
    """项目经费情况说明, by the key in YAML; empty where there is none."""
    place: Place


class SeparateSheet(Struct, frozen=True):
    """A goal sheet that belongs to no project of the department: one file of `goal_sheets/`."""

    id: str
    """The name of its file, without the ending."""
    name: str
    department: str
    """主管部门及代码, as it is printed."""
    unit: str
    goal_sheet: GoalSheet
    place: Place


PROSE_KEYS = ("summary", "basis", "necessity", "measures", "plan")


def build_project(file: Record, reference: Reference) -> Project:
    """The project of one file, its id being the name of the file."""
    name_of_file = PurePosixPath(file.tree.file).stem
    unit = unit_of(file, reference) or ""
    code = file.code("function", reference.dictionaries[Classification.FUNCTION])
    category = Category(file.text("category")) if "category" in file else None
    lines = tuple(
        Line(
            row.amount("amount"),
            row.tree.place(row.path),
            fund=fund_of(row),
            origin=origin_of(row),
            nature=Nature.PROJECT,
            unit=unit,
            function_code=code,
            project=name_of_file,
            category=category,
        )
        for row in file.each("amounts")
    )
    return Project(
        id=name_of_file,
        name=file.text("name"),
        unit=unit,
        function_code=code,
        category=category,
        lines=lines,
        goal_sheet=_goal_sheet(file.at("goal_sheet")) if "goal_sheet" in file else None,
        statement=file.proses("statement"),
        place=file.tree.place(("name",)),
    )


def build_separate_sheet(file: Record) -> SeparateSheet:
    """The sheet of one file, its id being the name of the file."""
    department = file.at("department")
    return SeparateSheet(
        id=PurePosixPath(file.tree.file).stem,
        name=file.text("name"),
        department=f"{department.text('code')}-{department.text('name')}",
        unit=file.text("unit"),
        goal_sheet=_goal_sheet(file.at("goal_sheet")),
        place=file.tree.place(("name",)),
    )


def _goal_sheet(sheet: Record) -> GoalSheet:
    return GoalSheet(
        attribute=Attribute(sheet.text("attribute")),
        period_years=int(sheet.text("period_years")),
        whole_period=_period(sheet, "whole_period"),
        annual=_period(sheet, "annual"),
        prose={key: sheet.prose(key) for key in PROSE_KEYS},
        indicators=tuple(_indicators(sheet.at("indicators"))),
        filled_on=sheet.day("filled_on") if "filled_on" in sheet else None,
        place=sheet.tree.place(sheet.path),
    )


def _period(sheet: Record, column: str) -> Period:
    funds = sheet.at("funds", column)
    amounts = {level: funds.amount(level) for level in FundLevel if level in funds}
    goals = sheet.at("goal")
    return Period(amounts, goals.prose(column) if column in goals else None, funds.tree.place(funds.path))


def _indicators(aspects: Record) -> Iterator[Indicator]:
    for aspect in aspects:
        for row in aspects.each(aspect):
            whole_period, annual = _targets(row)
            yield Indicator(aspect, row.text("name"), whole_period, annual, row.tree.place(row.path))


def _targets(row: Record) -> tuple[str | None, str | None]:
    if not row.is_mapping("target"):
        return row.text("target"), row.text("target")
    target = row.at("target")
    return target.optional("whole_period") or None, target.optional("annual") or None
