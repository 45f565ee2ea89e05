"""What the days of approval and publication say of the checklist's row 及时性."""

from __future__ import annotations

from discgen.model.disclosure import Disclosure
from discgen.phrases import chinese_day
from discgen.rules.timeliness import DAYS, last_day


def timeliness(disclosure: Disclosure) -> tuple[bool, str]:
    """Whether it can be judged, and what there is to say; that it is late is for rule Y011 to find."""
    approved, published = disclosure.approved_on, disclosure.published_on
    file = f"{disclosure.target.kind}.yaml"
    if approved and published:
        return True, f"{chinese_day(approved)}批复，{chinese_day(published)}公开"
    if approved:
        due = chinese_day(last_day(approved))
        return False, f"{chinese_day(approved)}批复，应在{due}以前公开；公开后在{file}写published_on"
    missing = "approved_on" if published else "approved_on和published_on"
    return False, f"{file}没有写{missing}，请自行核对：批复后{DAYS}日内公开"
