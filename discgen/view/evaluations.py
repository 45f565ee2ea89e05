"""Self-evaluation reports on paper: budget execution, indicators with their scores, the grade, and prose under the form's labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.form.sheets import EvaluationForm
from discgen.ledger.facts import Fact
from discgen.model.evaluation import Evaluation, ScoredIndicator
from discgen.model.line import Line, total
from discgen.model.prose import Prose
from discgen.money import ZERO, NumberStyle, percent, round_half_up
from discgen.narrative.blocks import Paragraph
from discgen.view.sheets import Figure, Group, LabelledText, in_groups
from discgen.yamltext.tree import Tree

BACKGROUND = ("summary", "basis", "necessity", "measures")
CLOSING = ("experience", "problems", "improvements")
GOALS = ("whole_period", "annual")
"""The texts of a report by their keys, in the order in which they are printed."""
SPENT = ("requested", "approved", "adjusted", "executed")
"""The amounts that a source of funds is written with."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An indicator with its result."""

    dimension: str
    aspect: str
    cells: tuple[str, ...]
    """Name, 年初指标, 调整后指标, 实际完成值, 定性值情况说明, 权重, 得分, 偏差原因."""
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """预算执行情况 of a source of funds, or of all: four amounts in 元, 结（转）余 and the rate; the score, and the reason."""

    label: str
    figures: tuple[Figure, ...]
    score: str
    deviation: str
    place: Place = field(compare=False)


class EvaluationView(Struct, frozen=True):
    """A self-evaluation report, beginning on a page of its own, every text ready. `place` is where it is written."""

    anchor: str
    place: Place
    title: str
    name: str
    unit: str
    department: str
    reported: str
    background: tuple[LabelledText, ...]
    goals: tuple[LabelledText, ...]
    plan: LabelledText
    spending: tuple[SpendingRow, ...]
    """The first is 合计."""
    scores: tuple[ScoreRow, ...]
    conclusion: str
    results: tuple[LabelledText, ...]
    closing: tuple[LabelledText, ...]
    labels: Mapping[str, str]
    paper: str = "portrait"

    @property
    def address(self) -> str:
        """What the report is called among those of the document, whatever comes before it."""
        return f"e:{PurePosixPath(self.place.file).stem}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All amounts and rates, row by row."""
        return tuple(figure for row in self.spending for figure in row.figures)

    @property
    def groups(self) -> tuple[Group[ScoreRow], ...]:
        """The scores of each 一级指标, or of parts of it where it has very many."""
        return in_groups(self.scores, [_height(row) for row in self.scores])


def evaluations(document: Document) -> tuple[EvaluationView, ...]:
    """The reports in the order of their files; amounts are in the unit of the form's evaluation style."""
    form = document.form.evaluation
    if form is None:
        return ()
    trees = document.disclosure.trees()
    return tuple(
        _report(f"e{number}", evaluation, trees[evaluation.place.file], document, form)
        for number, evaluation in enumerate(document.disclosure.evaluations, start=1)
    )


def _report(
    anchor: str, evaluation: Evaluation, tree: Tree, document: Document, form: EvaluationForm
) -> EvaluationView:
    disclosure, worked_out = document.disclosure, document.text.prose
    department = disclosure.department
    head = department.supervisor or department
    unit = department.unit(evaluation.unit)
    return EvaluationView(
        anchor=anchor,
        place=evaluation.place,
        title=form.title,
        name=evaluation.name,
        unit=_with_code(unit.code, unit.name),
        department=_with_code(head.code, head.name),
        reported=form.labels["reported"].format(year=disclosure.year),
        background=tuple(_text(form.prose[key], evaluation.prose[key], worked_out) for key in BACKGROUND),
        goals=tuple(_text(form.labels[key], evaluation.goals.get(key), worked_out) for key in GOALS),
        plan=_text("", evaluation.prose["plan"], worked_out),
        spending=tuple(_spending(evaluation, tree, document.form.numbers["evaluation"], form)),
        scores=tuple(_score_rows(evaluation.indicators, form)),
        conclusion=form.labels["conclusion"].format(
            name=evaluation.name,
            execution=_points(form.execution_score(evaluation)),
            indicators=_points(evaluation.indicator_score),
            total=_points(form.total_score(evaluation)),
            grade=form.grade(evaluation).name,
        ),
        results=tuple(_text(label, evaluation.results.get(key), worked_out) for key, label in form.results.items()),
        closing=tuple(_text(form.prose[key], evaluation.prose[key], worked_out) for key in CLOSING),
        labels=form.labels,
    )


def _with_code(code: str, name: str) -> str:
    return f"{code}-{name}" if code else name


def _text(label: str, prose: Prose | None, worked_out: Mapping[Place, Paragraph]) -> LabelledText:
    """What became of the prose; nothing where its author left it out."""
    return LabelledText(label, worked_out[prose.place].text, prose.place) if prose else LabelledText(label, "")


def _spending(evaluation: Evaluation, tree: Tree, style: NumberStyle, form: EvaluationForm) -> Iterator[SpendingRow]:
    by_row = [
        {key: (Line(getattr(row, key), tree.place((*row.place.path, key))),) for key in SPENT}
        for row in evaluation.spending
    ]
    whole = {key: tuple(line for lines in by_row for line in lines[key]) for key in SPENT}
    rate = "" if evaluation.rate is None else f"{_points(evaluation.rate)}%"
    figures = _Figures(evaluation, form, style)
    label, score = form.labels["total"], _points(form.execution_score(evaluation))
    yield SpendingRow(label, figures.of_row(0, evaluation.id, label, whole, rate), score, "", evaluation.spending_place)
    for number, (row, lines) in enumerate(zip(evaluation.spending, by_row, strict=True), start=1):
        label = form.fund_levels[row.level]
        name = f"{evaluation.id}.{row.level}"
        yield SpendingRow(label, figures.of_row(number, name, label, lines, ""), "", row.deviation, row.place)


class _Figures(Struct, frozen=True):
    """The figures of 预算执行情况: the amounts that are written, what is left, and the rate where it is printed."""

    evaluation: Evaluation
    form: EvaluationForm
    style: NumberStyle

    def of_row(
        self, number: int, name: str, label: str, lines: Mapping[str, tuple[Line, ...]], rate: str
    ) -> tuple[Figure, ...]:
        """Those of the `number`th row, whose facts are called by `name`; `lines` are those of each amount."""
        facts = {key: self._fact(name, label, key, total(of_key), of_key) for key, of_key in lines.items()}
        adjusted, executed = facts["adjusted"], facts["executed"]
        left = (adjusted.value or ZERO) - (executed.value or ZERO)
        share = percent(executed.value or ZERO, adjusted.value or ZERO) or ZERO
        facts["balance"] = self._fact(name, label, "balance", left, (), adjusted, executed)
        facts["rate"] = self._fact(name, label, "rate", share, (), executed, adjusted)
        texts = {key: self.style.show(fact.value or ZERO) for key, fact in facts.items()} | {"rate": rate}
        return tuple(
            Figure(text, f"spending{number}/{key}", self.evaluation.place, facts[key] if text else None)
            for key, text in texts.items()
        )

    def _fact(self, name: str, label: str, key: str, value: Decimal, lines: tuple[Line, ...], *operands: Fact) -> Fact:
        title = f"{label}，{self.form.labels[key].partition('（元）')[0]}"
        lines = (*lines, *(line for fact in operands for line in fact.lines))
        return Fact(f"evaluation.{name}.{key}", title, value, lines, operands=operands)


def _points(number: Decimal) -> str:
    """Points or a rate to two places at most, without noughts at the end."""
    return f"{round_half_up(number, 2).normalize():f}"


def _score_rows(indicators: Sequence[ScoredIndicator], form: EvaluationForm) -> Iterator[ScoreRow]:
    """The indicators in the form's order of aspects."""
    for dimension, aspects in form.dimensions.items():
        for aspect in aspects:
            for indicator in indicators:
                if indicator.aspect == aspect:
                    yield ScoreRow(dimension, aspect, _score_cells(indicator), indicator.place)


def _score_cells(indicator: ScoredIndicator) -> tuple[str, ...]:
    return (
        indicator.name,
        indicator.initial_target,
        indicator.target,
        indicator.actual,
        indicator.explanation,
        _points(indicator.weight),
        _points(indicator.score),
        indicator.deviation,
    )


_CHARACTERS = (9, 3, 5, 5, 3, 2, 2, 5)
"""What fits a line of each cell of a score, at least (`templates/document/document.css`)."""
_LINE, _AROUND_LINES = 12.0, 4.5
"""Points: of a line of a score, and of what stands above and below its lines."""


def _height(row: ScoreRow) -> float:
    lines = (-(-len(text) // width) for text, width in zip(row.cells, _CHARACTERS, strict=True))
    return _LINE * max(1, *lines) + _AROUND_LINES
