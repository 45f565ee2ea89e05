"""Percentages and counts that are typed where nothing in the files has them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from discgen.diagnostics import Diagnostic, warning
from discgen.model.line import UnitKind
from discgen.model.prose import Prose
from discgen.money import round_half_up
from discgen.phrases import chinese_number
from discgen.rules.case import Case
from discgen.rules.percentages import rate_of_change

_CHANGE = re.compile(
    r"(?:^|(?<=[，。、；]))(?:本年度?|今年)?(?:同比|[比较与](?:上年|去年)(?:度|数|同期)*(?:相比)?[，,]?)"
    r"(?:增长|增加|上升|提高|下降|减少|降低|压减)了?约?(?P<typed>\d+(?:\.\d+)?)[%％]"
)
"""A change without a subject of its own: it is that of the money which the clause is about."""
_OTHER_SUBJECT = re.compile(
    "基数|标准|比例|比率|费率|单价|价格|人数|人员(?:数|规模)|人员(?!经费|支出)(?=[，。；、]|[^，。；]{0,3}[增减多少升降])|数量|件|次数|人次|批次|面积|工资(?!福利)|水平|率"
)
_LAST_CLAUSE = re.compile("[^，。；]*[，。；、]?$")
"""What stands right before a change without a subject: what the sentence says earlier is told of something else."""
_WINDOW = 100
"""As many signs of it are looked at."""
_NUMBER = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WHOLE = r"(?:共|共有|全部|全部的|合计|下设|下属|所属|内设|内设有|设有)"
_COUNTED = re.compile(
    rf"{_WHOLE}{_NUMBER}[个家](?:(?P<units>(?:预算|二级预算|基层预算|所属|下属|直属)?单位)"
    r"|(?P<offices>(?:职能)?[科股处]室|内设机构)|(?P<projects>(?:预算)?项目))"
)
_COUNTED_AFTER = re.compile(
    rf"(?:(?P<units>(?:下属|所属|预算|直属|二级预算|基层预算)单位)|(?P<offices>内设(?:机构|科室|股室|处室))|(?P<projects>预算项目))"
    rf"(?:[共合]?计|[共总]?[有为]|共){{0,2}}{_NUMBER}[个家](?![^，。；、）]*[中的内])"
)
_NAMES = {"units": "单位", "offices": "内设机构", "projects": "项目"}


def changes_are_known(case: Case) -> Iterator[Diagnostic]:
    """P039: a change in percent, typed in a reason or a purpose of the money itself, is one that the money had.

    Where last year is not known by code, any figure of the document will do.
    """
    narrative, form = case.disclosure.narrative, case.form
    names = {**form.large_changes, **form.reasons}
    groups = [group for group in (form.code_reasons, form.large_code_changes, form.purposes) if group]
    parts = {part.key: part.name for group in groups for part in case.book.group(group)}
    for key, prose in (
        *narrative.reasons.items(),
        *narrative.reasons_by_code.items(),
        *narrative.purposes.items(),
    ):
        typed = prose.typed
        for found in _CHANGE.finditer(typed):
            clause = _LAST_CLAUSE.search(typed, max(0, found.start() - _WINDOW), found.start())
            if clause is None or not _OTHER_SUBJECT.search(clause[0]):
                yield from _unknown(case, prose, found, names.get(key) or parts.get(key, ""))


def _unknown(case: Case, prose: Prose, found: re.Match[str], name: str) -> Iterator[Diagnostic]:
    own = rate_of_change(case, name) if name else None
    every = [own] if own is not None else [rate_of_change(case, one) for one in case.book.catalogue.facts]
    places = len(found["typed"].partition(".")[2])
    if any(rate is not None and round_half_up(rate, places) == Decimal(found["typed"]) for rate in every):
        return
    known = (
        f"，{case.book.this(name).title}的幅度是{case.form.percent.show(own)}"
        if own is not None
        else "，与任何数都对不上"
    )
    hint = f"核对后改成 {{{{ {name} | versus_prior }}}}，或删去" if own is not None else "核对后改正，或删去"
    yield warning("P039", f"文字里手写了“{found[0]}”{known}", prose.at_typed(found.start()), hint)


def counts_are_right(case: Case) -> Iterator[Diagnostic]:
    """P040: units, offices and projects that are counted as all there are (共3个单位, 内设15个科室) are so many."""
    known = {kind: counts for kind, counts in _counts(case).items() if counts}
    for prose in case.disclosure.narrative.texts():
        for found in (*_COUNTED.finditer(prose.typed), *_COUNTED_AFTER.finditer(prose.typed)):
            kind = next(name for name in _NAMES if found[name])
            number = _read(found["n"])
            if kind in known and number is not None and number not in known[kind]:
                there = "、".join(f"{one}个" for one in sorted(known[kind]))
                said = f"文字里手写了“{found[0]}”，本文件的{_NAMES[kind]}是{there}"
                yield warning("P040", said, prose.at_typed(found.start()), "核对个数")


def _counts(case: Case) -> Mapping[str, set[int]]:
    """What each may be counted as: units with or without the 机关, offices with or without centres, projects."""
    disclosure, stated = case.disclosure, case.disclosure.performance
    kinds = Counter(unit.kind for unit in disclosure.department.units)
    units, offices = kinds.total(), len(disclosure.narrative.offices)
    projects = {len(disclosure.projects), len(disclosure.evaluations)}
    return {
        "units": {units, units - 1, *kinds.values(), units - kinds[UnitKind.ADMINISTRATIVE]} - {0},
        "offices": {offices, offices + len(disclosure.narrative.centres)} - {0},
        "projects": (projects | ({stated.projects, stated.evaluated} if stated else set())) - {0},
    }


def _read(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    return next((one for one in range(1, 100) if chinese_number(one) == number.replace("两", "二")), None)
