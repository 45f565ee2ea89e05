"""This year's facts and words beside last year's: what may not change without a word, and what may not stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.model.disclosure import Disclosure
from discgen.model.line import Fund, Origin, Source, total
from discgen.model.project import GoalSheet, Project
from discgen.model.prose import Prose
from discgen.money import in_yuan
from discgen.rules.case import Case
from discgen.rules.reconciliation import FUND_NAMES

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")


def new_names_are_told(case: Case) -> Iterator[Diagnostic]:
    """Y003: a department that is called otherwise than last year says what it was called."""
    if case.prior is None:
        return
    before, now = case.prior.department, case.disclosure.department
    told = "".join(prose.text for prose in case.disclosure.narrative.texts())
    if before.name != now.name and before.name not in told and before.short_name not in told:
        place = Place(case.disclosure.narrative.place.file)
        said = f"部门名称与上年不同（上年是“{before.name}”），文字里没有说明"
        hint = f"在{case.narrative_file}的notes下加一行，例如other: 本部门由{before.name}更名。"
        yield warning("Y003", said, case.below(place, "notes"), hint)


def goal_sheets_are_written_anew(case: Case) -> Iterator[Diagnostic]:
    """Y004: the plan and the goal of the year are not last year's word for word.

    A project's 概况, 依据, 必要性 and 措施 may well stay what they were.
    """
    before = {(one.unit, one.name): one for one in (case.prior.projects if case.prior else ())}
    for project in case.disclosure.projects:
        sheet, former = project.goal_sheet, before.get((project.unit, project.name))
        if sheet is None or former is None or former.goal_sheet is None:
            continue
        said, old = _of_the_year(sheet), _of_the_year(former.goal_sheet)
        same = [name for name, prose in said.items() if name in old and prose.text == old[name].text]
        if same:
            yield _copied(project, same, said[same[0]])


def _of_the_year(sheet: GoalSheet) -> dict[str, Prose]:
    goal = {"年度目标": sheet.annual.goal} if sheet.annual.goal else {}
    return {"实施计划": sheet.prose["plan"], **goal}


def _copied(project: Project, same: list[str], first: Prose) -> Diagnostic:
    said = f"“{project.name}”的{'和'.join(same)}与上年一字不差"
    return warning("Y004", said, first.place, "按本年要做的事重写")


def dates_are_of_the_year(case: Case) -> Iterator[Diagnostic]:
    """Y006: a goal sheet is filled in, and assets are counted, when the document is prepared.

    A budget is prepared last year or this one, accounts this year or the next.
    """
    disclosure = case.disclosure
    for name, sheet in disclosure.goal_sheets():
        if sheet.filled_on and sheet.filled_on.year not in _years_of_preparing(disclosure):
            said = f"“{name}”的填报日期是{_day(sheet.filled_on)}，不在编制{disclosure.year}年预算的时候"
            yield warning("Y006", said, case.below(sheet.place, "filled_on"), "核对filled_on的年份")
    as_of = disclosure.assets.as_of if disclosure.assets else None
    if disclosure.assets and as_of and as_of.year not in _years_of_preparing(disclosure):
        said = f"国有资产截至{_day(as_of)}，不是编制{disclosure.year}年文件时的数"
        place = case.below(Place(disclosure.assets.place.file), "assets", "as_of")
        yield warning("Y006", said, place, "核对as_of，资产也要用新的数")


def _years_of_preparing(disclosure: Disclosure) -> tuple[int, int]:
    first = disclosure.year if disclosure.target.kind == "accounts" else disclosure.year - 1
    return first, first + 1


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def carryover_is_of_last_year(case: Case) -> Iterator[Diagnostic]:
    """Y007: 上年结转 of a fund is no more than last year's whole budget of it (表1 of both years).

    A fund without a budget last year is not judged: money given in the course of a year is carried over too.
    """
    declared = case.disclosure.declared_prior
    lines = case.prior.lines if case.prior else declared.lines if declared else {}
    for fund in () if case.disclosure.merged_from else Fund:
        budget = total(line for line in lines.get(Source.INCOME, ()) if line.fund is fund)
        carried = [
            line for line in case.ledger.lines(Source.INCOME) if line.fund is fund and line.origin is Origin.CARRYOVER
        ]
        if 0 < budget < total(carried):
            said = f"{FUND_NAMES[fund]}上年结转{in_yuan(total(carried))}，多于上年全部预算{in_yuan(budget)}"
            yield warning("Y007", said, carried[0].place, "核对结转的位数和单位，以及fund")


def explanations_are_of_this_year(case: Case) -> Iterator[Diagnostic]:
    """Y008: a reason is not last year's word for word, nor a note that speaks of a year."""
    if case.prior is None:
        return
    now, before = case.disclosure.narrative, case.prior.narrative
    for key, prose in (*now.reasons.items(), *now.reasons_by_code.items()):
        former = before.reasons.get(key) or before.reasons_by_code.get(key)
        if former and former.text == prose.text:
            yield warning("Y008", f"{key}的增减原因与上年一字不差", prose.place, "按本年的增减重写")
    for key, prose in now.notes.items():
        if key in before.notes and before.notes[key].text == prose.text and _YEAR.search(prose.typed):
            yield warning("Y008", f"{key}说到年份，却与上年一字不差", prose.place, "核对年份和内容")
