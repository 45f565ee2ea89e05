"""What a check says: one frozen record for each finding, and the place it points at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

DocumentPath = tuple[str | int, ...]
"""Keys and indices that lead from the root of a YAML file to a value."""


class Severity(StrEnum):
    """How grave a finding is: only errors stop a build."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fact is written. Line and column count from 1; `file` is relative to the workspace."""

    file: str
    line: int = 1
    column: int = 1
    path: DocumentPath = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe mend: the first `old` in the file from the finding's place on becomes `new`."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
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
    near = get_close_matches(written, known, n=1, cutoff=cutoff)
    return f"是不是“{near[0]}”？" if near else otherwise


def error(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """An error, which stops a build."""
    return Diagnostic(code, Severity.ERROR, message, place, hint, fix)


def warning(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """A warning, which does not."""
    return Diagnostic(code, Severity.WARNING, message, place, hint, fix)


def note(code: str, message: str, place: Place, hint: str = "", fix: Fix | None = None) -> Diagnostic:
    """A note: something a reviewer may want to look at."""
    return Diagnostic(code, Severity.NOTE, message, place, hint, fix)
