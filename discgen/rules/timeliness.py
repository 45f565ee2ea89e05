"""预算法第十四条: what the finance bureau has approved is published within twenty days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from discgen.diagnostics import Diagnostic, Place, error, warning
from discgen.phrases import chinese_day
from discgen.rules.case import Case

DAYS = 20
"""批复后二十日内."""


def published_in_time(case: Case) -> Iterator[Diagnostic]:
    """Y011: publication follows approval, by no more than the days that 预算法第十四条 gives."""
    approved, published = case.disclosure.approved_on, case.disclosure.published_on
    if approved is None or published is None:
        return
    place = case.below(Place(case.disclosure.place.file), "published_on")
    if published < approved:
        said = f"{chinese_day(published)}公开，早于{chinese_day(approved)}批复"
        yield error("Y011", said, place, "核对approved_on和published_on")
    elif published > last_day(approved):
        said = f"{chinese_day(approved)}批复，{chinese_day(published)}才公开，过了{(published - approved).days}天"
        yield warning("Y011", said, place, f"应在{chinese_day(last_day(approved))}以前公开；核对两个日期")


def last_day(approved: date) -> date:
    """The last day on which what was approved is published in time."""
    return approved + timedelta(days=DAYS)
