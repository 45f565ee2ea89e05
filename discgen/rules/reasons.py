"""Reasons of changes: that they say something, and that a large change has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.rules.case import Case

_SHORTEST = 4
_SAYS_NOTHING = re.compile(
    r"(?:无|其[他它]|正常|[增减]加?少?|增长|下降|变[化动]|调整|因素|原因|收入|支出|预算|经费|资金|(?:工作|业务|实际)(?:需要|情况)"
    r"|根据|按照?|的|因|由于|有所|[比较]|与|[上今本去]年|略|一定|等|安排|需要)+"
)
_SIGNS = re.compile(r"[\s，。、；：,.;:（）()]")


def reasons_say_something(case: Case) -> Iterator[Diagnostic]:
    """Y001: a reason says more than that there was a change."""
    narrative = case.disclosure.narrative
    for prose in (*narrative.reasons.values(), *narrative.reasons_by_code.values()):
        said = _SIGNS.sub("", prose.text)
        if len(said) < _SHORTEST or _SAYS_NOTHING.fullmatch(said):
            hint = "写出是哪些人员、项目或政策使它增减"
            yield warning("Y001", f"增减原因“{prose.text}”等于没有说", prose.place, hint)


def large_changes_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """Y002: a part or a class whose change the form prints has a reason where it is beyond the form's threshold.

    One that makes up a whole change by itself is accounted for by the reason of that.
    """
    narrative, form = case.disclosure.narrative, case.form
    told = {case.book.change(name).value for key, name in form.reasons.items() if key in narrative.reasons}
    large = {
        key: _large(case, name)
        for key, name in form.large_changes.items()
        if key not in narrative.reasons and case.book.change(name).value not in told
    }
    yield from _unexplained(case, "reasons", large, narrative.reasons, narrative.place)
    if form.large_code_changes:
        place = case.below(Place(narrative.place.file), "reasons_by_code")
        parts = [part for part in case.book.group(form.large_code_changes) if part.key not in narrative.reasons_by_code]
        by_code = {part.key: _large(case, part.name) for part in parts}
        yield from _unexplained(case, "reasons_by_code", by_code, narrative.reasons_by_code, place)


def _unexplained(
    case: Case, section: str, large: Mapping[str, tuple[str, str] | None], written: Mapping[str, object], place: Place
) -> Iterator[Diagnostic]:
    """A finding for each change that is a large one; all have the same lines to paste."""
    changes = {key: change for key, change in large.items() if change}
    hint = case.to_add(section, {key: f"{about}的主要原因是" for key, (about, _) in changes.items()}, written)
    for about, size in changes.values():
        yield warning("Y002", f"{about}{size}，超过{case.form.threshold}%，没有写原因", place, hint)


def _large(case: Case, name: str) -> tuple[str, str] | None:
    """Which way a fact changed and by how much; None where its change is no large one."""
    fact, prior, change = case.book.this(name), case.book.prior(name).value, case.book.change(name).value
    form = case.form
    if not change or prior is None or abs(change) * 100 <= prior * form.threshold:
        return None
    size = f"{form.numbers['text'].rounded(abs(change)):,f}{form.numbers['text'].unit}"
    rate = f"（{abs(change) * 100 / prior:.0f}%）" if prior > 0 else ""
    return f"{fact.title}比上年{'增加' if change > 0 else '减少'}", f"{size}{rate}"
