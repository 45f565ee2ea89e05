"""Text as its author wrote it, expressions and all, with the place it was written at."""

from __future__ import annotations

from dataclasses import dataclass

from discgen.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Prose:
    """One piece of prose."""

    text: str
    place: Place
