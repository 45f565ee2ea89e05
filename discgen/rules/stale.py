"""Years that were left standing when last year's file was copied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.model.prose import Prose
from discgen.rules.case import Case

_QUOTED = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|[（(][^（）()]*\d号[）)]|\{\{[^{}]*\}\}")
"""Titles and numbers of documents, and expressions: their years are right as they are."""
_NEAR, _WINDOW = 12, 80
"""As many signs before a year are looked at for what is said of it, of a list of years more."""
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
_DONE = re.compile(
    r"年(?:\d{1,2}月)?(?:\d{1,2}日|[底末初中]|[上中下]旬|[上下]半年)?(?:已经?)?(?:全部|正式|如期)?"
    r"(?:竣工|完工|开工|建成|投用|投入使用|启用|通过验收|完成|签订|立项|中标|购置|采购|开通|上线|交付|验收)"
)
"""What was done in an earlier year, where the text goes on to this one: 2023年12月竣工，2025年6月前结算."""
_AHEAD = re.compile(r"(?<![原曾按])(?:预计|预期|计划|拟|力争|争取|打算|准备)(?:[于在到至从]|本年度?|今年)*$")
_GOES_ON = re.compile(r"年度?(?:新增(?:项目|的项目)|预计|力争|争取|拟(?!定|订))")
_ENTERED = re.compile(r"(?:列入|纳入|编入)$")
_BUDGET = re.compile(r"年度?(?:部门)?预算")
_LAST_MONTHS = re.compile(r"年(?:度?[底末]|1[0-2]月|第?四季度|下半年)")
"""What was still to come when the budget was written."""
_ENDING = re.compile(r"尾款|质保|结转|欠|清算|跨年|续")
"""What the name of a project may bear an older year for."""


def years_are_not_left_over(case: Case) -> Iterator[Diagnostic]:
    """Y005: a plan, a measure and the goal of the year speak of this year; a target or a name bears none before last year.

    Nor does any text look forward to a year that is past. Left alone are years inside 《》 and of
    文号, and what is told as past (自2018年起, 已于2021年完成, 2023年竣工 where the text goes on to this year).
    """
    year = case.disclosure.year
    for prose in _plans(case):
        stale = _stale(prose.text, year)
        if stale:
            hint = "改成本年的安排；说的是以前的事，写明“已于”哪年"
            yield warning("Y005", f"本年的计划或目标写的是{stale[0]}年", prose.at(stale.start()), hint)
    plans = set(_plans(case))
    for prose in case.disclosure.texts():
        found = _awaited(prose.text, year)
        if found and not (prose in plans and _stale(prose.text, year)):
            said = f"“{found[0]}年”已经过去，文字里却还说是将来的事"
            yield warning("Y005", said, prose.at(found.start()), f"改成{year}年；说的是以前的事，写明“已于”哪年")
    for text, place in _marks(case):
        years = years_of(text)
        if years and max(years) < year - 1 and not _ENDING.search(text):
            yield warning("Y005", f"“{text}”里的年份是{max(years)}年，本年是{year}年", place, "改成本年的")


def _stale(text: str, year: int) -> re.Match[str] | None:
    """The year that a plan of `year` should not speak of."""
    found = present_years(text)
    if any(int(one[0]) == year for one in found):
        found = [one for one in found if not _DONE.match(text, one.end())]
        return next((one for one in found if int(one[0]) < year - 1), None)
    return max(found, key=lambda one: int(one[0]), default=None)


def _awaited(text: str, year: int) -> re.Match[str] | None:
    """A year before `year` that the text looks forward to, or counts its money in."""
    for one in _YEAR.finditer(_bare(text)):
        before, past = text[max(0, one.start() - _NEAR) : one.start()], int(one[0]) < year
        ahead = _AHEAD.search(before) or _GOES_ON.match(text, one.end())
        entered = _ENTERED.search(before) and _BUDGET.match(text, one.end())
        recent = int(one[0]) == year - 1 and _LAST_MONTHS.match(text, one.end())
        if past and (ahead or entered) and not recent:
            return one
    return None


def years_of(text: str) -> list[int]:
    """The years that a text speaks of as present or to come."""
    return [int(found[0]) for found in present_years(text)]


def present_years(text: str) -> list[re.Match[str]]:
    """Where it speaks of them: matches whose positions are those of the text."""
    bare = _bare(text)
    return [
        one
        for one in _YEAR.finditer(bare)
        if not (_PAST.search(bare[max(0, one.start() - _WINDOW) : one.start()]) or _SINCE.match(bare, one.end()))
    ]


def _bare(text: str) -> str:
    return _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), text)


def _plans(case: Case) -> Iterator[Prose]:
    """What is to be done this year, in words."""
    disclosure = case.disclosure
    proses = [
        *(
            prose
            for _, sheet in disclosure.goal_sheets()
            for prose in (sheet.prose["plan"], sheet.prose.get("measures"), sheet.annual.goal)
        ),
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
