"""Names that lack a sign which the same name has elsewhere: a slip of the keyboard that no schema can see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.model.disclosure import Disclosure
from discgen.rules.case import Case

_SHORTEST = 3
"""Shorter names are near each other by chance."""
_OFTEN = 2
"""How often this year's document has the full name, for it to be the right one; last year's counts as often enough."""


def names_lack_no_sign(case: Case) -> Iterator[Diagnostic]:
    """G017: a name is not one sign shorter than a name that other sheets, last year's or the form have in full."""
    counted = Counter(name for name, _ in _names(case.disclosure))
    full = {name for name, number in counted.items() if number >= _OFTEN}
    full |= {name for name, _ in _names(case.prior)} if case.prior else set()
    full |= {aspect.removesuffix("指标") for aspect in case.form.goal_sheet.aspects} if case.form.goal_sheet else set()
    for name, place in _names(case.disclosure):
        if counted[name] > 1 or name in full or len(name) < _SHORTEST:
            continue
        meant = next((other for other in sorted(full) if _lacks_one(name, other)), None)
        if meant:
            yield warning("G017", f"“{name}”比别处的“{meant}”少一个字", case.below(place, "name"), "核对名称")


def _names(disclosure: Disclosure) -> Iterator[tuple[str, Place]]:
    """Names of projects, indicators and reports, each with its place."""
    for project in disclosure.projects:
        yield project.name, project.place
    for sheet in disclosure.separate_sheets:
        yield sheet.name, sheet.place
    for _, content in disclosure.goal_sheets():
        yield from ((one.name, one.place) for one in content.indicators)
    for evaluation in disclosure.evaluations:
        yield evaluation.name, evaluation.place
        yield from ((one.name, one.place) for one in evaluation.indicators)


def _lacks_one(short: str, long: str) -> bool:
    """Whether `short` is `long` without one of its signs."""
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
