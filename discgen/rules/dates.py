"""Dates of a document: when goal sheets were filled in and assets counted, and those told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from discgen.diagnostics import Diagnostic, Place, error, warning
from discgen.load.target import KINDS
from discgen.model.disclosure import Disclosure
from discgen.phrases import chinese_day
from discgen.rules.case import Case
from discgen.rules.passages import texts_and_labels

_APPROVED_BY = (6, 30)
"""人大 has approved a year's budget by then, so that its sheets have long been filled in."""
_DAY = re.compile(r"(?<!\d)(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_A_LEAP_YEAR = "2000"
_RANGE = re.compile(
    r"(?<!\d)(?P<from>20\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?|20\d{2}(?=[-—–~～至]{1,2}20\d{2}年))"
    r"(?:[-—–~～至]{1,2}|到)(?P<to>20\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
)


def days_are_in_the_calendar(case: Case) -> Iterator[Diagnostic]:
    """P035: a day or a month that a text names exists; a month alone is judged after its year only (13月, 三个月)."""
    for one in texts_and_labels(case):
        for found in _DAY.finditer(one.judged):
            if (found["year"] or found["day"]) and not _exists(found):
                what = "这一天" if found["day"] else "这个月"
                yield error("P035", f"没有{found[0]}{what}", one.at(found.start()), "核对月份和日期")


def ranges_go_forward(case: Case) -> Iterator[Diagnostic]:
    """P046: what lasts from one day, month or year to another ends no earlier than it begins."""
    for one in texts_and_labels(case):
        for found in _RANGE.finditer(one.judged):
            begin, end = (tuple(map(int, re.findall(r"\d+", found[side]))) for side in ("from", "to"))
            shared = min(len(begin), len(end))
            if end[:shared] < begin[:shared]:
                yield error("P046", f"“{found[0]}”倒过来了：结束早于开始", one.at(found.start()), "核对起止日期")


def _exists(found: re.Match[str]) -> bool:
    try:
        date(int(found["year"] or _A_LEAP_YEAR), int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return False
    return True


def dates_are_of_the_year(case: Case) -> Iterator[Diagnostic]:
    """Y006: a goal sheet is filled in, and assets are counted, when the document is prepared.

    A budget is prepared last year or in the first half of this one, accounts this year or the next.
    """
    disclosure = case.disclosure
    for name, sheet in disclosure.goal_sheets():
        if sheet.filled_on:
            place = case.below(sheet.place, "filled_on")
            yield from _untimely(f"“{name}”的填报日期", sheet.filled_on, place, disclosure)
    as_of = disclosure.assets.as_of if disclosure.assets else None
    if disclosure.assets and as_of:
        place = case.below(Place(disclosure.assets.place.file), "assets", "as_of")
        yield from _untimely("国有资产的日期", as_of, place, disclosure)


def _untimely(what: str, day: date, place: Place, disclosure: Disclosure) -> Iterator[Diagnostic]:
    year, is_budget = disclosure.year, disclosure.target.kind == "budget"
    first = date(year - 1, 1, 1) if is_budget else date(year, 1, 1)
    last = date(year, *_APPROVED_BY) if is_budget else date(year + 1, 12, 31)
    hint = f"核对{place.path[-1]}，应在{chinese_day(first)}至{chinese_day(last)}之间"
    if is_budget and day.year > year:
        yield error("Y006", f"{what}是{chinese_day(day)}，{year}年已经过完", place, hint)
    elif not first <= day <= last:
        yield warning(
            "Y006",
            f"{what}是{chinese_day(day)}，不在编制{year}年{KINDS[disclosure.target.kind].title}的时候",
            place,
            hint,
        )
