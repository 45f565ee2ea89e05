"""What a form says of its two kinds of sheets: 绩效目标表, and 项目支出绩效自评分析报告 with its points and grades."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct, field

from discgen.model.disclosure import Grade
from discgen.model.evaluation import Evaluation
from discgen.money import round_half_up

_WHOLE = Decimal(100)


class GoalSheetForm(Struct, frozen=True):
    """The labels of 绩效目标表. `dimensions` lists the 二级指标 of each 一级指标, in order.

    `periods` are the columns of goals and indicators: whole_period and annual, or annual alone.
    """

    title: str
    periods: tuple[str, ...]
    labels: Mapping[str, str]
    attributes: Mapping[str, str]
    fund_levels: Mapping[str, str]
    prose: Mapping[str, str]
    dimensions: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, str] = field(default_factory=dict)
    """What the title calls a 预算级次, where that is not its own name."""

    @property
    def aspects(self) -> tuple[str, ...]:
        """All 二级指标 of the form."""
        return tuple(aspect for aspects in self.dimensions.values() for aspect in aspects)


class GradeStep(Struct, frozen=True):
    """A grade and the points from which on it is given."""

    grade: Grade
    name: str
    at_least: Decimal


class EvaluationForm(Struct, frozen=True):
    """What 项目支出绩效自评分析报告 looks like, and how its points are given. Weights are points of 100."""

    title: str
    labels: Mapping[str, str]
    fund_levels: Mapping[str, str]
    prose: Mapping[str, str]
    results: Mapping[str, str]
    dimensions: Mapping[str, tuple[str, ...]]
    execution_weight: Decimal
    indicator_weight: Decimal
    grades: tuple[GradeStep, ...]

    @property
    def aspects(self) -> tuple[str, ...]:
        """All 二级指标 of the form."""
        return tuple(aspect for aspects in self.dimensions.values() for aspect in aspects)

    @property
    def grade_names(self) -> Mapping[Grade, str]:
        """What each grade is called."""
        return {step.grade: step.name for step in self.grades}

    def execution_score(self, evaluation: Evaluation) -> Decimal:
        """预算执行得分: the weight by the rate of execution, which counts up to 100 %; nothing to spend is well spent."""
        rate = evaluation.rate
        return self.execution_weight * min(rate if rate is not None else _WHOLE, _WHOLE) / _WHOLE

    def total_score(self, evaluation: Evaluation) -> Decimal:
        """总得分, to two places, as it is shown and graded."""
        return round_half_up(self.execution_score(evaluation) + evaluation.indicator_score, 2)

    def grade(self, evaluation: Evaluation) -> GradeStep:
        """The grade of the total score."""
        score = self.total_score(evaluation)
        return next((step for step in self.grades if score >= step.at_least), self.grades[-1])
