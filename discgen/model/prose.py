"""Text as its author wrote it, expressions and all, and where each of its characters stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from discgen.diagnostics import Place
from discgen.yamltext.tree import Tree

EXPRESSION = re.compile(r"\{\{[^{}]*+\}\}")
"""An expression with its braces, whatever is written in it."""
_QUOTES = "\"'"
_BLOCK = "|>"
_AT_ONCE = 1_000
"""Characters of a line that are looked at at a time: a whole file may be one line."""


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
        """Where the character at this offset of the text is written; where the text begins, if that is not known."""
        return place_within(self.tree, self.place, self.text, offset) if self.tree else self.place

    def at_typed(self, offset: int) -> Place:
        """The same of an offset in what was typed out."""
        for expression in EXPRESSION.finditer(self.text):
            if expression.start() > offset:
                break
            offset += len(expression[0])
        return self.at(offset)


def place_within(tree: Tree, place: Place, text: str, offset: int) -> Place:
    """The place of the character of `text` at `offset`; `place`, where the text begins, if it cannot be found.

    Layout changes blanks only, so all other characters are counted; they must be the same in the file, which they
    are not where a quoted text has escapes.
    """
    before, places = _written(tree, place, text)
    blank = offset >= len(text) or text[offset].isspace()
    at = before[min(offset, len(text))] - blank
    if not 0 <= at < len(places):
        return place
    line, column = places[at]
    return Place(place.file, line, column + blank, place.path)


@lru_cache(maxsize=8)  # of one text many characters are asked for in turn
def _written(tree: Tree, place: Place, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """How many signs that are not blank stand before each character of a text, and the line and column of each of them,
    up to the first that is another in the file.
    """
    before = [0, *accumulate(not sign.isspace() for sign in text)]
    signs = "".join(text.split())
    places: list[tuple[int, int]] = []
    for line, column, piece in _pieces(tree.lines, place):
        bare = "".join(piece.split())
        left = signs[len(places) : len(places) + len(bare)]
        alike = len(left) if bare.startswith(left) else _alike(bare, left)
        columns = [at for at, sign in enumerate(piece, start=column) if not sign.isspace()]
        places += [(line, at) for at in columns[:alike]]
        if alike < len(bare) or len(places) == len(signs):
            break
    return before, places


def _alike(first: str, second: str) -> int:
    """How many signs two texts have alike from the beginning on."""
    return next(
        (at for at, (sign, counterpart) in enumerate(zip(first, second, strict=False)) if sign != counterpart), 0
    )


def _pieces(lines: tuple[str, ...], place: Place) -> Iterator[tuple[int, int, str]]:
    """The file from the beginning of a text on, each piece with the line and column where it begins."""
    line, column = place.line, place.column
    if line > len(lines):
        return
    first = lines[line - 1][column - 1 : column]
    if first and first in _BLOCK:
        line, column = line + 1, 1
    elif first and first in _QUOTES:
        column += 1
    for number in range(line, len(lines) + 1):
        for at in range(column, len(lines[number - 1]) + 1, _AT_ONCE):
            yield number, at, lines[number - 1][at - 1 : at - 1 + _AT_ONCE]
        column = 1
