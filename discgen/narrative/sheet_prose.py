"""The prose of goal sheets and self-evaluation reports, worked out with the amounts that only this prose may cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.ledger.facts import Fact
from discgen.model.disclosure import Disclosure
from discgen.model.evaluation import Evaluation
from discgen.model.line import Line
from discgen.model.project import GoalSheet
from discgen.model.prose import Prose
from discgen.narrative.blocks import Paragraph
from discgen.narrative.prose import ProseReader


def prose_of_sheets(disclosure: Disclosure, form: Form, reader: ProseReader) -> dict[Place, Paragraph]:
    """What each prose that the form's sheets and reports print comes to, by the place where it is written."""
    return {
        prose.place: reader.paragraph(prose, **citable)
        for prose, citable in (*_of_goal_sheets(disclosure, form), *_of_evaluations(disclosure, form))
    }


_Citing = tuple[Prose, Mapping[str, Fact]]
"""Prose, and what it may cite besides the document's facts."""


def _of_goal_sheets(disclosure: Disclosure, form: Form) -> Iterator[_Citing]:
    """Prose may cite `whole_period` and `annual`, the sheet's own funds."""
    if form.goal_sheet is None:
        return
    own = [(project.id, project.goal_sheet, project.lines) for project in disclosure.projects if project.goal_sheet]
    separate = [(sheet.id, sheet.goal_sheet, ()) for sheet in disclosure.separate_sheets]
    for name, sheet, lines in [*own, *separate]:
        goals = [getattr(sheet, period).goal for period in form.goal_sheet.periods]
        for prose in (*(sheet.prose[key] for key in form.goal_sheet.prose), *filter(None, goals)):
            yield prose, _funds(name, sheet, lines)


def _funds(name: str, sheet: GoalSheet, lines: tuple[Line, ...]) -> dict[str, Fact]:
    periods = {"whole_period": ("实施期资金", sheet.whole_period), "annual": ("年度资金", sheet.annual)}
    return {key: Fact(f"project.{name}.{key}", title, period.total, lines) for key, (title, period) in periods.items()}


def _of_evaluations(disclosure: Disclosure, form: Form) -> Iterator[_Citing]:
    """Prose may cite `adjusted` and `executed`, the report's 全年预算数 and 全年执行数."""
    for evaluation in disclosure.evaluations if form.evaluation else ():
        for prose in evaluation.texts():
            yield prose, _spent(evaluation)


def _spent(evaluation: Evaluation) -> dict[str, Fact]:
    amounts: dict[str, tuple[str, Decimal]] = {
        "adjusted": ("全年预算数", evaluation.adjusted),
        "executed": ("全年执行数", evaluation.executed),
    }
    return {key: Fact(f"evaluation.{evaluation.id}.{key}", title, value, ()) for key, (title, value) in amounts.items()}
