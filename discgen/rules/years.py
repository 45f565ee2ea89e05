"""This year's facts and words beside last year's: what may not change without a word, and what may not stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from discgen.diagnostics import Diagnostic, Place, note, warning
from discgen.form.files import newest_form
from discgen.model.line import Fund, Lines, Origin, Source, total
from discgen.model.project import GoalSheet, Project
from discgen.model.prose import Prose
from discgen.money import in_yuan
from discgen.rules.case import Case
from discgen.rules.reconciliation import FUND_NAMES

_QUOTED = 20
"""As many signs of a duty are quoted."""
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
        hint = (
            f"改了名的，在{case.narrative_file}的notes下加一行，例如other: 本部门由{before.name}更名。"
            "没有改名的，核对department.yaml的name和former_names"
        )
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


def nothing_has_vanished(case: Case) -> Iterator[Diagnostic]:
    """Y012: a department with fewer duties or offices than last year has lost one, or somebody forgot it."""
    if case.prior is None:
        return
    now, before = case.disclosure.narrative, case.prior.narrative
    for key, name, had, has in (
        (("duties",), "职责", [duty.text for duty in before.duties], [duty.text for duty in now.duties]),
        (("organisation", "offices"), "内设机构", before.offices, now.offices),
        (("organisation", "centres"), "所属中心", before.centres, now.centres),
    ):
        gone = [one for one in had if one not in has]
        if gone and 0 < len(has) < len(had):
            said = f"{name}比上年少{len(had) - len(has)}项，上年有“{gone[0][:_QUOTED]}”"
            place = case.below(Place(now.place.file), "overview", *key)
            yield note("Y012", said, place, "三定方案没有改的，补上")


def form_is_of_the_year(case: Case) -> Iterator[Diagnostic]:
    """Y014: there is no newer form of the same line that the document's year may use."""
    disclosure = case.disclosure
    newest = newest_form(disclosure.form, disclosure.year)
    if newest != disclosure.form:
        said = f"{disclosure.year}年的文件用的是旧表式{disclosure.form}，已经有{newest}"
        hint = f"改成 form: {newest}，整本文件照新表式重新排；本地今年仍用旧表式的，在waivers.yaml里说明"
        yield warning("Y014", said, disclosure.form_place, hint)


def last_year_is_known(case: Case) -> Iterator[Diagnostic]:
    """Y013: what the form compares has figures of last year, or it is said why there are none.

    Last year's files have them all; `prior` of nothing but its source says why.
    """
    disclosure, declared = case.disclosure, case.disclosure.declared_prior
    names = dict.fromkeys((*case.form.reasons.values(), *case.form.large_changes.values()))
    unknown = [name for name in names if case.book.this(name).value and case.book.prior(name).value is None]
    if case.prior is not None or not unknown or (declared and not declared.lines):
        return
    if declared is None:
        hint = (
            f"上年用本程序编的，把上年的文件放在{disclosure.year - 1}/；不是的，写prior，照上年公开的录入，写明出处；"
            "确实没有上年数的，prior只写source，说明为什么"
        )
        yield note("Y013", "没有上年数，文字里不作比较", disclosure.place, hint)
        return
    for part, titles in _parts_left_out(case, declared.lines, unknown).items():
        said = f"prior里没有{part}，{'、'.join(titles)}在文字里不作比较"
        yield warning("Y013", said, declared.place, f"在prior下补上{part}；上年没有的，写{part}: []")


def _parts_left_out(case: Case, lines: Lines, names: Iterable[str]) -> dict[Source, list[str]]:
    """The titles of facts by the source that they need and that was not declared."""
    found: dict[Source, list[str]] = {}
    for name in names:
        question = case.book.catalogue.facts[name]
        for source in question.query.sources:
            if source not in lines:
                found.setdefault(source, []).append(question.title)
    return found
