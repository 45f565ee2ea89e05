"""Text as its author wrote it, expressions and all, with the place it was written at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discgen.diagnostics import Place

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prose:
    """One piece of prose."""

    text: str
    place: Place

    @property
    def typed(self) -> str:
        """What the author typed out, without the expressions."""
        return _EXPRESSION.sub("", self.text)
