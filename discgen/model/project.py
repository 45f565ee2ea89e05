"""A project and its 绩效目标表."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from discgen.diagnostics import Place
from discgen.model.line import Category, Line
from discgen.model.prose import Prose


class Attribute(StrEnum):
    """项目属性."""

    ONE_OFF = "one_off"
    RECURRING = "recurring"
    CONTINUING = "continuing"


class FundLevel(StrEnum):
    """Which level of government, or who else, pays."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    LOCAL = "local"
    SELF_RAISED = "self_raised"
    OTHER = "other"


GOVERNMENT_LEVELS = (FundLevel.CENTRAL, FundLevel.PROVINCIAL, FundLevel.LOCAL)
"""The levels of government, the highest first."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A 三级指标. A target is None in the column that does not show it."""

    aspect: str
    name: str
    whole_period: str | None
    annual: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Period:
    """One column of a goal sheet, 实施期 or 年度: funds in 元 by level, and the goal, where the sheet has one."""

    funds: Mapping[FundLevel, Decimal]
    goal: Prose | None
    place: Place

    @property
    def total(self) -> Decimal:
        """All funds of the period, in 元."""
        return sum(self.funds.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class GoalSheet:
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


@dataclass(frozen=True, slots=True)
class Project:
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


@dataclass(frozen=True, slots=True)
class SeparateSheet:
    """A goal sheet that belongs to no project of the department: one file of `goal_sheets/`."""

    id: str
    """The name of its file, without the ending."""
    name: str
    department: str
    """主管部门及代码, as it is printed."""
    unit: str
    goal_sheet: GoalSheet
    place: Place
