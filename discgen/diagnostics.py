"""A finding: what is wrong, where, and what to do about it. Every check returns these frozen records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

DocumentPath = tuple[str | int, ...]
"""Keys and indices that lead from the root of a YAML file to a value."""


class Severity(StrEnum):
    """How grave a finding is: only errors stop a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(Struct, frozen=True, order=True):
    """Where a fact is written. Line and column count from 1; `file` is relative to the workspace."""

    file: str
    line: int = 1
    column: int = 1
    path: DocumentPath = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fix(Struct, frozen=True):
    """A safe correction: the first `old` in the value that the finding points at becomes `new`."""

    old: str
    new: str


class Diagnostic(Struct, frozen=True):
    """One finding: what is wrong, where, what to do, and the mend where a program may make it."""

    code: str
    severity: Severity
    message: str
    place: Place
    hint: str = ""
    fix: Fix | None = None

    @property
    def path(self) -> str:
        """The place inside the file as text, such as `expenditure[0].basic`."""
        return show_path(self.place.path)


def show_path(path: DocumentPath) -> str:
    """Keys joined by dots, indices in brackets."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file, line, column and code, each finding once."""
    key = {(d.place.file, d.place.line, d.place.column, d.code, d.message): d for d in diagnostics}
    return [key[k] for k in sorted(key)]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops a build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def did_you_mean(written: str, known: Sequence[str], otherwise: str, cutoff: float = 0.6) -> str:
    """A hint that names what of `known` is spelled most like `written`; `otherwise` where nothing is."""
    near = nearest(written, known, cutoff=cutoff)
    return f"是不是“{near[0]}”？" if near else otherwise


_COMPARED = 60
"""A word that is longer is no misspelling of one that we know; to compare it would take long."""


def nearest(written: str, known: Sequence[str], n: int = 1, cutoff: float = 0.6) -> list[str]:
    """What of `known` is spelled most like `written`, the best `n` of them."""
    return list(_nearest(written, tuple(known), n, cutoff)) if len(written) <= _COMPARED else []


@lru_cache(maxsize=1000)
def _nearest(written: str, known: tuple[str, ...], n: int, cutoff: float) -> tuple[str, ...]:
    return tuple(get_close_matches(written, known, n, cutoff))


_QUOTED_AT_MOST = 100
"""As long as a name may be: names are quoted whole, for two may differ in their last sign."""
_SHOWN = 40
_LONG_QUOTE = re.compile(f"“([^“”]{{{_SHOWN}}})[^“”]{{{_QUOTED_AT_MOST - _SHOWN + 1},}}+”")
_MOST_CHARACTERS = 1_000


def short(text: str) -> str:
    """A text as a message quotes it: the beginning where it is long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _with_short_quotes(text: str) -> str:
    """A message or a hint in which nothing long is quoted whole, whatever the value was."""
    if len(text) <= _QUOTED_AT_MOST:
        return text
    text = _LONG_QUOTE.sub(r"“\1…”", text)
    return text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"


def error(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """An error, which stops a build."""
    return Diagnostic(code, Severity.ERROR, _with_short_quotes(message), place, _with_short_quotes(hint), fix)


def warning(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """A warning, which does not."""
    return Diagnostic(code, Severity.WARNING, _with_short_quotes(message), place, _with_short_quotes(hint), fix)


def note(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """A note: something a reviewer may want to look at."""
    return Diagnostic(code, Severity.NOTE, _with_short_quotes(message), place, _with_short_quotes(hint), fix)
