"""What stops an import: problems in Chinese, each with the file, sheet and cell. Nothing is written then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from discgen.errors import Refusal


class ColumnProblem(str):
    """A problem that is gone when its column is not imported."""

    __slots__ = ("column",)
    column: str
    """The head of the column, as `--ignore-column` takes it."""

    def __new__(cls, message: str, column: str) -> Self:
        """The message in Chinese, and the column."""
        made = super().__new__(cls, message)
        made.column = column
        return made


class HandEditedError(Refusal):
    """What is to be replaced was written or edited by hand; `--force` replaces it."""


class ImportProblemsError(Refusal):
    """The files cannot be facts as they stand: all problems, each with its cell, and hints what to do."""

    exit_code = 1

    def __init__(self, *problems: str, hints: Iterable[str] = ()) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        self.hints = tuple(dict.fromkeys(hints))
        super().__init__("\n".join(self.problems))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that may be left out, in order."""
        return tuple(dict.fromkeys(problem.column for problem in self.problems if isinstance(problem, ColumnProblem)))


def refuse(problems: Iterable[str]) -> None:
    """Raises ImportProblemsError with the problems, where there are any."""
    if listed := list(problems):
        raise ImportProblemsError(*listed)
