"""Years that were left standing when last year's file was copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.model.prose import Prose
from discgen.rules.case import Case

_QUOTED = re.compile(r"《[^》]*》|〔[^〕]*〕|[（(][^（）()]*\d号[）)]|\{\{.*?\}\}", re.DOTALL)
"""Titles and numbers of documents, and expressions: their years are right as they are."""
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}(?=年|[-—–/.]\d{1,2}(?!\d))")
_PAST = re.compile(
    r"(?:[自从]|已[于在]?|(?:原|旧|现有|现用|既有)[^，。；\d]{0,12}[于在]|(?:兑现|补发|补缴|清算|结清|偿还|支付|拨付|发放|缴纳)(?:(?:19|20)\d{2}年?度?[、和及至])*)$"
)
"""What comes before a year that is not this one's: 自2018年, 已于2021年, 原系统于2016年, 兑现2022年补贴."""
_SINCE = re.compile(
    r"年(?:度|\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|至今|开始|底?前?已)"
    r"|年度?(?:签订|未完成|遗留|结转|启动的|立项的|开工的)|年[^，。；]{1,10}(?:以来|[以之]?后(?=[，。；]|$))"
)
"""What comes after one: 2018年以来, 2021年签订的合同, 2021年机构改革后."""
_ENDING = re.compile(r"尾款|质保|结转|欠|清算|跨年|续")
"""What the name of a project may bear an older year for."""


def years_are_not_left_over(case: Case) -> Iterator[Diagnostic]:
    """Y005: a plan and the goal of the year speak of this year; a target or a name bears none before last year.

    Left alone are years inside 《》 and of 文号, and what is told as past (自2018年起, 已于2021年完成).
    """
    year = case.disclosure.year
    for prose in _plans(case):
        found = present_years(prose.text)
        said = [int(one[0]) for one in found]
        stale = next((one for one in said if one < year - 1), None)
        if said and year not in said:
            stale = max(said)
        if stale:
            place = prose.at(found[said.index(stale)].start())
            hint = "改成本年的安排；说的是以前的事，写明“已于”哪年"
            yield warning("Y005", f"本年的计划或目标写的是{stale}年", place, hint)
    for text, place in _marks(case):
        years = years_of(text)
        if years and max(years) < year - 1 and not _ENDING.search(text):
            yield warning("Y005", f"“{text}”里的年份是{max(years)}年，本年是{year}年", place, "改成本年的")


def years_of(text: str) -> list[int]:
    """The years that a text speaks of as present or to come."""
    return [int(found[0]) for found in present_years(text)]


def present_years(text: str) -> list[re.Match[str]]:
    """Where it speaks of them: matches whose positions are those of the text."""
    bare = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)
    found = [(bare[: match.start()], match, bare[match.end() :]) for match in _YEAR.finditer(bare)]
    return [match for before, match, after in found if not (_PAST.search(before) or _SINCE.match(after))]


def _plans(case: Case) -> Iterator[Prose]:
    """What is to be done this year, in words."""
    disclosure = case.disclosure
    proses = [
        *(prose for _, sheet in disclosure.goal_sheets() for prose in (sheet.prose["plan"], sheet.annual.goal)),
        *(one.statement.get(key) for one in disclosure.projects for key in ("plan", "period", "budget", "goal")),
        *(prose for one in disclosure.evaluations for prose in (one.prose["plan"], one.goals.get("annual"))),
    ]
    return (prose for prose in proses if prose)


def _marks(case: Case) -> Iterator[tuple[str, Place]]:
    """Targets and names."""
    disclosure = case.disclosure
    for _, sheet in disclosure.goal_sheets():
        for indicator in sheet.indicators:
            for target in {indicator.whole_period, indicator.annual}:
                yield target or "", case.below(indicator.place, "target")
    for evaluation in disclosure.evaluations:
        yield evaluation.name, evaluation.place
        for scored in evaluation.indicators:
            yield scored.target, case.below(scored.place, "target")
    for project in disclosure.projects:
        yield project.name, project.place
    for separate in disclosure.separate_sheets:
        yield separate.name, separate.place
