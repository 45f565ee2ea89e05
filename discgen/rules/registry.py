"""Binds functions to the codes they find, runs those that a disclosure is to be held to, and drops mere consequences.

All else that holds of a code (its severity, its kinds of disclosure, what it blocks) is in `catalogue`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

from msgspec import Struct
from msgspec.structs import replace

from discgen import rules
from discgen.diagnostics import Diagnostic, Fix, Place, Severity, error, note, warning
from discgen.rules.case import Case
from discgen.rules.catalogue import rule_of
from discgen.validate.shipped import ShippedDataError

_OF_SEVERITY = {Severity.ERROR: error, Severity.WARNING: warning, Severity.NOTE: note}


class Check(Struct, frozen=True):
    """A function that looks at a case, and the codes of what it finds, which are for the same kinds of disclosure."""

    codes: tuple[str, ...]
    find: Callable[[Case], Iterator[Diagnostic]]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of disclosure it is for. Raises ShippedDataError where its rule does not say."""
        kinds = rule_of(self.codes[0]).kinds
        if not kinds:
            raise ShippedDataError(f"schema/rules/{self.codes[0]}/rule.yaml没有写kinds，这条规则对哪种文件都不检查")
        return kinds


_BOUND: list[Check] = []


def rule(*codes: str) -> Callable[[Callable[[Case], Iterator[Diagnostic]]], Callable[[Case], Iterator[Diagnostic]]]:
    """Bind a function to the codes that it finds."""

    def bind(find: Callable[[Case], Iterator[Diagnostic]]) -> Callable[[Case], Iterator[Diagnostic]]:
        _BOUND.append(Check(codes, find))
        return find

    return bind


def finding(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """A finding of a code that has but one severity; of others the function says which, by `error`, `warning` or `note`."""
    (severity,) = rule_of(code).severities
    return _OF_SEVERITY[severity](code, message, place, hint, fix)


@cache
def all_checks() -> tuple[Check, ...]:
    """The checks of every module in this package, by code."""
    for module in iter_modules(rules.__path__, f"{rules.__name__}."):
        import_module(module.name)
    return tuple(sorted(_BOUND, key=lambda check: check.codes))


MOST_OF_A_CHECK = 5_000
"""No real text breaks a rule more often; to report every place in a file of nonsense would take minutes."""


def run(case: Case) -> list[Diagnostic]:
    """What all checks of the kind of disclosure find."""
    kind = case.disclosure.target.kind
    findings = [result for check in all_checks() if kind in check.kinds for result in _first(check.find(case))]
    return without_consequences(findings)


def _first(findings: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings of a check up to the limit; the last of them is an error and says that there may be more."""
    yield from islice(findings, MOST_OF_A_CHECK - 1)
    for last in islice(findings, 1):
        hint = f"{last.hint}；这一类只查到这里（{MOST_OF_A_CHECK:,}处），改了再检查"
        yield replace(last, severity=Severity.ERROR, hint=hint)


def without_consequences(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings but those whose cause is found in the same value of the same file, or anywhere for some."""
    codes = {item.code for item in findings}
    in_values = {(item.code, item.place.file, item.place.path) for item in findings}

    def is_consequence(item: Diagnostic) -> bool:
        place, causes = item.place, rule_of(item.code).caused_by
        in_same_value = ((cause, place.file, place.path) in in_values for cause in causes.same_value)
        return not codes.isdisjoint(causes.anywhere) or any(in_same_value)

    return [item for item in findings if not is_consequence(item)]
