"""Text as its author wrote it, expressions and all, with the place it was written at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from discgen.diagnostics import Place
from discgen.load.tree import Tree
from discgen.load.within import place_within

EXPRESSION = re.compile(r"\{\{[^{}]*+\}\}")
"""An expression with its braces, whatever is written in it."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One piece of prose."""

    text: str
    place: Place
    tree: Tree | None = field(default=None, repr=False, compare=False)
    """The file it is from."""

    @property
    def typed(self) -> str:
        """What the author typed out, without the expressions."""
        return EXPRESSION.sub("", self.text)

    def at(self, offset: int) -> Place:
        """Where the character at this offset of the text is written; where the text begins, if that cannot be told."""
        return place_within(self.tree, self.place, self.text, offset) if self.tree else self.place

    def at_typed(self, offset: int) -> Place:
        """The same of an offset in what was typed out."""
        for expression in EXPRESSION.finditer(self.text):
            if expression.start() > offset:
                break
            offset += len(expression[0])
        return self.at(offset)
