"""Percentages typed in the narrative beside the figures that they are said of.

Only what leaves no doubt is judged: a figure that the form compares with last year, named at the beginning of a sentence
and compared with last year; 基本支出 and 项目支出 as a share of all expenditure. Any fact with such a percentage will
do, rounded as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, warning
from discgen.model.prose import Prose
from discgen.money import percent, round_half_up
from discgen.rules.case import Case

_BEGINNING = r"(?:^|(?<=[。；;\n]))(?:其中[，：]?)?(?:本年度?|今年|本部门|部门)*"
_SAME = r"(?:支出|预算|决算|总额|总计|合计|数)*"
"""What may follow the name of a figure without making it another."""
_RATE = rf"{_SAME}(?:同比|[比较与同](?:上年|去年)(?:度|数|同期)*(?:相比)?[，,]?)(?:增长|增加|下降|减少)了?"
_SHARE = rf"{_SAME}占(?:本年|全部|部门)*(?:总支出|支出)(?:预算|决算|总额|总计|合计)?的?"
_FIGURE = r"(?P<typed>\d+(?:\.\d+)?)[%％](?!以[上下内]|左右|的(?:要求|比例|目标))"
_PARTS = ("基本支出", "项目支出")
_WHOLE = "支出总计"


def percentages_are_right(case: Case) -> Iterator[Diagnostic]:
    """P037: a percentage typed of a figure is one that the figure has."""
    for prose in case.disclosure.narrative.texts():
        if "%" in prose.typed or "％" in prose.typed:
            yield from _rates(case, prose)
            yield from _shares(case, prose)


def _rates(case: Case, prose: Prose) -> Iterator[Diagnostic]:
    for name, title in _compared(case).items():
        rate = rate_of_change(case, name)
        subject = re.escape(title.removesuffix("总计").removesuffix("一般公共预算"))
        for found in re.finditer(f"{_BEGINNING}{subject}{_RATE}{_FIGURE}", prose.typed):
            every = (rate_of_change(case, other) for other in case.book.catalogue.facts)
            if rate is not None and not any(_reads_as(one, found["typed"]) for one in every):
                yield _wrong(prose, found, f"{title}的幅度是{case.form.percent.show(rate)}", name)


def _compared(case: Case) -> dict[str, str]:
    """The figures that the form compares with last year, by name with their titles."""
    names = (*case.form.reasons.values(), *case.form.large_changes.values())
    return {name: case.book.this(name).title for name in names}


def rate_of_change(case: Case, name: str) -> Decimal | None:
    """How much a fact changed, in hundredths of last year; none where that is not known or was nothing."""
    change, before = case.book.change(name).value, case.book.prior(name).value
    return percent(abs(change), before) if change is not None and before and before > 0 else None


def _shares(case: Case, prose: Prose) -> Iterator[Diagnostic]:
    for title in _PARTS:
        for found in re.finditer(f"{_BEGINNING}{title}{_SHARE}{_FIGURE}", prose.typed):
            shares = [share for share in _every_share(case, title) if share is not None]
            if shares and not any(_reads_as(share, found["typed"]) for share in shares):
                told = "、".join(dict.fromkeys(map(case.form.percent.show, shares)))
                yield _wrong(prose, found, f"{title}占支出{told}", "")


def _every_share(case: Case, title: str) -> Iterator[Decimal | None]:
    """What facts of this title are of those that are called all expenditure."""
    facts = [case.book.this(name) for name in case.book.catalogue.facts]
    parts = [fact.value for fact in facts if fact.title == title and fact.value is not None]
    wholes = [fact.value for fact in facts if fact.title == _WHOLE and fact.value is not None]
    return (percent(part, whole) for part in parts for whole in wholes)


def _reads_as(value: Decimal | None, typed: str) -> bool:
    return value is not None and round_half_up(value, len(typed.partition(".")[2])) == Decimal(typed)


def _wrong(prose: Prose, found: re.Match[str], known: str, name: str) -> Diagnostic:
    said = f"文字里手写了“{found[0]}”，{known}"
    hint = f"核对后改成 {{{{ {name} | versus_prior }}}}，或删去" if name else "核对后改正，或删去"
    return warning("P037", said, prose.at_typed(found.start()), hint)
