"""Rows as they are written: none twice, and none without money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from discgen.diagnostics import Diagnostic, Place, note, warning
from discgen.model.line import Line, Source
from discgen.money import ZERO
from discgen.rules.case import Case

_NOWHERE = Place("")
_NAMES = {
    Source.INCOME: "收入",
    Source.EXPENDITURE: "支出",
    Source.BASIC: "基本支出",
    Source.PROJECT: "项目金额",
    Source.THREE_PUBLIC: "“三公”经费",
}


def rows_are_written_once(case: Case) -> Iterator[Diagnostic]:
    """R016: no row of budget.yaml, accounts.yaml or a project repeats another in all but the amount; both would be added.

    A negative one takes back what the other says.
    """
    for source, name in _NAMES.items():
        first: dict[Line, Line] = {}
        for line in case.disclosure.lines.get(source, ()):
            key = replace(line, amount=ZERO, place=_NOWHERE)
            if key in first and line.amount >= 0 <= first[key].amount:
                said = f"{name}里这一行与第{first[key].place.line}行只有金额不同，两行会相加"
                yield warning("R016", said, line.place, "删去多写的一行，或合成一行")
            first.setdefault(key, line)


def rows_have_money(case: Case) -> Iterator[Diagnostic]:
    """R017: a project or a row of expenditure has money; one without is in no table."""
    for line in case.disclosure.lines.get(Source.PROJECT, ()):
        if not line.amount:
            yield warning("R017", "项目的金额是0", line.place, "写上金额；本年没有安排的，移走这个项目")
    for line in case.disclosure.lines.get(Source.EXPENDITURE, ()):
        if not line.amount:
            yield note("R017", "支出的金额是0，表里不会有这一行", line.place, "写上金额，或删去")
