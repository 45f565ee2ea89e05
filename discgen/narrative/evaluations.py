"""Self-evaluation reports as the form lays them out: budget execution, indicators with scores, the grade, prose worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.form.sheets import EvaluationForm
from discgen.ledger.facts import Fact
from discgen.model.disclosure import Disclosure
from discgen.model.evaluation import Evaluation, ScoredIndicator
from discgen.money import ZERO, NumberStyle, round_half_up
from discgen.narrative.markup import plain
from discgen.narrative.prose import ProseReader


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One indicator with its result. A span of 0 means that a cell above reaches down to it."""

    dimension: str
    dimension_span: int
    aspect: str
    aspect_span: int
    cells: tuple[str, ...]
    """Name, 年初指标, 调整后指标, 实际完成值, 定性值情况说明, 权重, 得分, 偏差原因."""
    place: Place


@dataclass(frozen=True, slots=True)
class EvaluationPage:
    """A report with every text ready."""

    title: str
    name: str
    unit: str
    department: str
    reported: str
    background: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, str], ...]
    plan: str
    spending: tuple[tuple[str, ...], ...]
    """A row each: source, four amounts in 元, 结（转）余, rate, score, reason; the first is 合计."""
    scores: tuple[ScoreRow, ...]
    conclusion: str
    results: tuple[tuple[str, str], ...]
    closing: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]


BACKGROUND = ("summary", "basis", "necessity", "measures")
CLOSING = ("experience", "problems", "improvements")
GOALS = ("whole_period", "annual")
"""The texts of a report by their keys, in the order in which they are printed."""


def lay_out_evaluations(disclosure: Disclosure, form: Form, reader: ProseReader) -> tuple[EvaluationPage, ...]:
    """The reports in the order of their files; amounts are in the unit of the form's evaluation style."""
    if form.evaluation is None:
        return ()
    style = form.numbers["evaluation"]
    return tuple(_page(one, disclosure, form.evaluation, style, reader) for one in disclosure.evaluations)


def _page(
    evaluation: Evaluation, disclosure: Disclosure, form: EvaluationForm, style: NumberStyle, reader: ProseReader
) -> EvaluationPage:
    department = disclosure.department
    unit = department.unit(evaluation.unit)
    facts = _citable(evaluation)
    prose = {key: plain(reader.read(text, **facts)) for key, text in evaluation.prose.items()}
    goals = {key: plain(reader.read(text, **facts)) for key, text in evaluation.goals.items()}
    results = {key: plain(reader.read(text, **facts)) for key, text in evaluation.results.items()}
    return EvaluationPage(
        title=form.title,
        name=evaluation.name,
        unit=_labelled(unit.code, unit.name),
        department=_labelled(department.code, department.name),
        reported=form.labels["reported"].format(year=disclosure.year),
        background=tuple((form.prose[key], prose[key]) for key in BACKGROUND),
        goals=tuple((form.labels[key], goals.get(key, "")) for key in GOALS),
        plan=prose["plan"],
        spending=tuple(_spending(evaluation, form, style)),
        scores=tuple(_score_rows(evaluation.indicators, form)),
        conclusion=form.labels["conclusion"].format(
            name=evaluation.name,
            execution=_points(form.execution_score(evaluation)),
            indicators=_points(evaluation.indicator_score),
            total=_points(form.total_score(evaluation)),
            grade=form.grade(evaluation).name,
        ),
        results=tuple((label, results.get(key, "")) for key, label in form.results.items()),
        closing=tuple((form.prose[key], prose[key]) for key in CLOSING),
        labels=form.labels,
    )


def _labelled(code: str, name: str) -> str:
    return f"{code}-{name}" if code else name


def _citable(evaluation: Evaluation) -> dict[str, Fact]:
    """What the prose of a report may cite besides the document's facts: its 全年预算数 and 全年执行数."""
    amounts = {"adjusted": ("全年预算数", evaluation.adjusted), "executed": ("全年执行数", evaluation.executed)}
    return {
        name: Fact(f"evaluation.{evaluation.id}.{name}", title, value, ()) for name, (title, value) in amounts.items()
    }


def _spending(evaluation: Evaluation, form: EvaluationForm, style: NumberStyle) -> Iterator[tuple[str, ...]]:
    rows = [(row.requested, row.approved, row.adjusted, row.executed) for row in evaluation.spending]
    whole = tuple(sum(column, ZERO) for column in zip(*rows, strict=True))
    score = _points(form.execution_score(evaluation))
    rate = "" if evaluation.rate is None else f"{_points(evaluation.rate)}%"
    yield (form.labels["total"], *_amounts(whole, style), rate, score, "")
    for row, amounts in zip(evaluation.spending, rows, strict=True):
        yield (form.fund_levels[row.level], *_amounts(amounts, style), "", "", row.deviation)


def _amounts(amounts: tuple[Decimal, ...], style: NumberStyle) -> tuple[str, ...]:
    """The four amounts, and what is left of the budget."""
    _, _, adjusted, executed = amounts
    return (*(style.show(amount) for amount in amounts), style.show(adjusted - executed))


def _points(number: Decimal) -> str:
    """Points or a rate to two places at most, without noughts at the end."""
    return f"{round_half_up(number, 2).normalize():f}"


def _score_rows(indicators: tuple[ScoredIndicator, ...], form: EvaluationForm) -> Iterator[ScoreRow]:
    for dimension, aspects in form.dimensions.items():
        by_aspect = [(aspect, [one for one in indicators if one.aspect == aspect]) for aspect in aspects]
        present = [(aspect, found) for aspect, found in by_aspect if found]
        dimension_span = sum(len(found) for _, found in present)
        for aspect, found in present:
            aspect_span = len(found)
            for one in found:
                yield ScoreRow(dimension, dimension_span, aspect, aspect_span, _score_cells(one), one.place)
                dimension_span = aspect_span = 0


def _score_cells(one: ScoredIndicator) -> tuple[str, ...]:
    points = (_points(one.weight), _points(one.score))
    return (one.name, one.initial_target, one.target, one.actual, one.explanation, *points, one.deviation)
