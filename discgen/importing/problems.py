"""What stops an import: problems in Chinese, each with the file, sheet and cell. Nothing is written then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class ColumnProblem(str):
    """A trouble that is over when a column is not imported."""

    __slots__ = ("column",)
    column: str
    """The head of the column, as `--ignore-column` takes it."""

    def __new__(cls, said: str, column: str) -> Self:
        """What is said in Chinese, and the column."""
        made = super().__new__(cls, said)
        made.column = column
        return made


class ImportProblemsError(ValueError):
    """What is in the files cannot be facts as it stands: all that was found, each with its cell, and advice on it."""

    def __init__(self, troubles: Iterable[str], hints: Iterable[str] = ()) -> None:
        self.troubles = tuple(dict.fromkeys(troubles))
        self.hints = tuple(dict.fromkeys(hints))
        super().__init__("\n".join(self.troubles))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that may be left out, in order."""
        return tuple(dict.fromkeys(one.column for one in self.troubles if isinstance(one, ColumnProblem)))
