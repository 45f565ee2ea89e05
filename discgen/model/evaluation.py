"""项目支出绩效自评: what a project was to reach, what it reached, and the scores of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePosixPath

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.model.build_lines import unit_of
from discgen.model.project import FundLevel
from discgen.model.prose import Prose
from discgen.model.record import Record, Reference
from discgen.money import ZERO, percent


class Spending(Struct, frozen=True):
    """Budget execution from one source of funds, in 元: asked for, approved, budget after 调整, executed."""

    level: FundLevel
    requested: Decimal
    approved: Decimal
    adjusted: Decimal
    executed: Decimal
    deviation: str
    place: Place


class ScoredIndicator(Struct, frozen=True):
    """A 三级指标 with its result. Weights and scores are points."""

    aspect: str
    name: str
    initial_target: str
    target: str
    actual: str
    explanation: str
    deviation: str
    weight: Decimal
    score: Decimal
    place: Place


class Evaluation(Struct, frozen=True):
    """One file of `evaluations/`. `prose` and `results` are by the key in YAML."""

    id: str
    """The name of its file, without the ending."""
    name: str
    unit: str
    spending: tuple[Spending, ...]
    indicators: tuple[ScoredIndicator, ...]
    prose: Mapping[str, Prose]
    goals: Mapping[str, Prose]
    results: Mapping[str, Prose]
    place: Place
    spending_place: Place
    indicators_place: Place

    @property
    def adjusted(self) -> Decimal:
        """全年预算数, in 元."""
        return sum((row.adjusted for row in self.spending), ZERO)

    @property
    def executed(self) -> Decimal:
        """全年执行数, in 元."""
        return sum((row.executed for row in self.spending), ZERO)

    @property
    def rate(self) -> Decimal | None:
        """预算执行率 in hundredths; None where there was nothing to spend."""
        return percent(self.executed, self.adjusted)

    @property
    def indicator_score(self) -> Decimal:
        """指标得分."""
        return sum((indicator.score for indicator in self.indicators), ZERO)

    @property
    def indicator_weight(self) -> Decimal:
        """What the indicators' scores can add up to."""
        return sum((indicator.weight for indicator in self.indicators), ZERO)

    def texts(self) -> tuple[Prose, ...]:
        """All prose of the report."""
        return (*self.prose.values(), *self.goals.values(), *self.results.values())


PROSE_KEYS = ("summary", "basis", "necessity", "measures", "plan", "experience", "problems", "improvements")


def build_evaluation(file: Record, reference: Reference) -> Evaluation:
    """The self-evaluation of one file, its id being the name of the file."""
    return Evaluation(
        id=PurePosixPath(file.tree.file).stem,
        name=file.text("name"),
        unit=unit_of(file, reference) or "",
        spending=tuple(_spending(row) for row in file.each("funds")),
        indicators=tuple(_indicator(row, aspect) for aspect in file.at("indicators") for row in _of(file, aspect)),
        prose={key: file.prose(key) for key in PROSE_KEYS},
        goals=file.proses("goal"),
        results=file.proses("results"),
        place=file.tree.place(("name",)),
        spending_place=file.tree.place(("funds",)),
        indicators_place=file.tree.key_place(("indicators",)),
    )


def _of(file: Record, aspect: str) -> list[Record]:
    return list(file.at("indicators").each(aspect))


def _spending(row: Record) -> Spending:
    requested, approved, adjusted, executed = (
        row.amount(key) for key in ("requested", "approved", "adjusted", "executed")
    )
    return Spending(
        level=FundLevel(row.text("level")),
        requested=requested,
        approved=approved,
        adjusted=adjusted,
        executed=executed,
        deviation=row.optional("deviation"),
        place=row.tree.place(row.path),
    )


def _indicator(row: Record, aspect: str) -> ScoredIndicator:
    return ScoredIndicator(
        aspect=aspect,
        name=row.text("name"),
        initial_target=row.optional("initial_target"),
        target=row.text("target"),
        actual=row.optional("actual"),
        explanation=row.optional("explanation"),
        deviation=row.optional("deviation"),
        weight=Decimal(row.text("weight")),
        score=Decimal(row.text("score")),
        place=row.tree.place(row.path),
    )
