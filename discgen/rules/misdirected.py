"""Reasons that cannot be those of the change they are given for: another direction, another's money, another year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from discgen.diagnostics import Diagnostic, warning
from discgen.ledger.facts import Fact
from discgen.model.department import Unit
from discgen.model.prose import Prose
from discgen.money import ZERO
from discgen.rules.case import Case
from discgen.rules.stale import present_years

_NOT_MONEY = r"(?!.{0,6}(?:效率|效能|效益|水平|能力|质量|力度|标准化|覆盖|比例))"
_UP = re.compile(
    rf"增加(?!的){_NOT_MONEY}|增长|增多|增大|增设|增添|新增|上升|上涨|上调|提高{_NOT_MONEY}|扩大{_NOT_MONEY}|加大{_NOT_MONEY}|追加|调增|较多"
)
_DOWN = re.compile(
    "减少(?!的)|下降|降低|下调|压减|压缩|压降|缩减|削减|精简|核减|调减|取消|不再安排|停止|停用|完结|完工|付清|较少|节约|严控|从严"
)
_NEGATED = re.compile(
    "(?:不再?|未再?|没有|无|停止|避免|防止)(?:增加|增长|新增|增设|追加|提高|上升|减少|压减|压缩|下降|降低|核减)"
)
_TURNS_ROUND = re.compile(
    "增加的|减少的|退休|离休|离职|辞职|调出|调离|去世|死亡|划出|撤销|减免|返还|结[余转]|节余|盘活"
)
"""What makes costs fall by its growth, or the other way round."""
_PAST = "上年|去年|前年|往年|以前年度"
_CLAUSE = re.compile("[，；。、,;]")
_MOVED = re.compile("划转|划入|划出|转入|转隶|并入|调入|借调|合并|整合|承接|接收|移交|职能")
_WINDOW = 40
"""As many signs before a year are looked at."""
_BASED_ON = re.compile(r"(?:按照?|根据|依据|执行|参照)[^，；。]{0,8}$")
_SPAN = re.compile(r"(?:19|20)\d{2}年?[-—–~至到]+$")


@dataclass(frozen=True, slots=True)
class _Explained:
    """A reason with the change that it is given for."""

    prose: Prose
    title: str
    change: Fact


def _explained(case: Case) -> Iterator[_Explained]:
    narrative, form = case.disclosure.narrative, case.form
    names = {**form.large_changes, **form.reasons}
    for key, prose in narrative.reasons.items():
        if key in names:
            yield _Explained(prose, case.book.this(names[key]).title, case.book.change(names[key]))
    groups = filter(None, (form.code_reasons, form.large_code_changes))
    for part in (part for group in groups for part in case.book.group(group)):
        if part.key in narrative.reasons_by_code:
            yield _Explained(narrative.reasons_by_code[part.key], part.title, case.book.change(part.name))


def reasons_go_the_way_of_the_change(case: Case) -> Iterator[Diagnostic]:
    """P030: a reason that speaks of one direction only speaks of that in which the figures went.

    What it says of last year, and what grows while costs fall (退休), may explain either.
    """
    style = case.form.numbers["text"]
    for one in _explained(case):
        shown = style.rounded(one.change.value or ZERO)
        if not shown:
            continue
        contrary = only_direction(one.prose.typed, case.disclosure.year, up=shown < 0)
        if contrary:
            way = "增加" if shown > 0 else "减少"
            said = f"{one.title}比上年{way}{abs(shown):,f}{style.unit}，原因却只说“{contrary}”"
            yield warning("P030", said, one.prose.place, f"写出使它{way}的原因；原因没有错的，核对上年数和本年数")


def only_direction(text: str, year: int, *, up: bool) -> str:
    """The first word by which a text speaks of going up (or down) and never of the contrary; empty where it does not."""
    if _NEGATED.search(text) or _TURNS_ROUND.search(text):
        return ""
    past = re.compile(f"{_PAST}|{year - 1}年")
    clauses = [clause for clause in _CLAUSE.split(text) if not past.search(clause)]
    sought, other = (_UP, _DOWN) if up else (_DOWN, _UP)
    if any(other.search(clause) for clause in clauses):
        return ""
    found = next(filter(None, map(sought.search, clauses)), None)
    return found[0] if found else ""


def reasons_are_about_this_money(case: Case) -> Iterator[Diagnostic]:
    """P031: a reason names no unit that has none of the money, and no other department of the workspace."""
    for one in _explained(case):
        text = one.prose.typed
        if _MOVED.search(text):
            continue
        holders = {line.unit for line in one.change.lines}
        if holders and None not in holders:
            for unit in _named_units(case, text):
                if unit.id not in holders:
                    said = f"原因说的是{unit.short_name}，{one.title}里没有它的钱"
                    yield warning("P031", said, one.prose.place, "改成这笔钱的单位的原因")
        for name in sorted(case.neighbours):
            if name in text:
                said = f"原因里写的“{name}”是另一个部门或它的单位"
                yield warning("P031", said, one.prose.place, "多半是照抄来的：改成本部门的原因")


def _named_units(case: Case, text: str) -> list[Unit]:
    """Units that the text names, a name inside a longer one left out."""
    named = [unit for unit in case.disclosure.department.units if unit.short_name in text]
    return [
        unit
        for unit in named
        if not any(unit.short_name != other.short_name and unit.short_name in other.short_name for other in named)
    ]


def reasons_are_of_these_years(case: Case) -> Iterator[Diagnostic]:
    """P032: a reason of the change since last year names this year or last, unless for a rule, a plan or a beginning."""
    narrative, year = case.disclosure.narrative, case.disclosure.year
    for prose in (*narrative.reasons.values(), *narrative.reasons_by_code.values()):
        for found in present_years(prose.text):
            before = prose.text[max(0, found.start() - _WINDOW) : found.start()]
            if int(found[0]) in (year, year - 1) or _BASED_ON.search(before) or _SPAN.search(before):
                continue
            said = f"原因里写的是{found[0]}年，这里说的是{year}年比{year - 1}年"
            yield warning("P032", said, prose.place, "改成这两年里的原因；说的是从那年起的，写明“自某年起”")
