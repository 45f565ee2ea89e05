"""Where a character of a text stands in its file: texts are folded over lines, quoted and indented there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from discgen.diagnostics import Place
from discgen.load.tree import Tree

_QUOTES = "\"'"
_BLOCK = "|>"


def place_within(tree: Tree, place: Place, text: str, offset: int) -> Place:
    """The place of the character of `text` at `offset`; `place`, where the text begins, if it cannot be found.

    Layout changes blanks only, so the signs that are none are counted, and must be the same in
    the file: they are not where a quoted text has escapes.
    """
    before, signs = _written(tree, place, text)
    if offset >= len(text) or text[offset].isspace():
        last = before[min(offset, len(text))] - 1
        if last < 0:
            return place
        return replace(place, line=signs[last][0], column=signs[last][1] + 1) if last < len(signs) else place
    at = before[offset]
    return replace(place, line=signs[at][0], column=signs[at][1]) if at < len(signs) else place


@lru_cache(maxsize=8)  # of one text many characters are asked for in turn
def _written(tree: Tree, place: Place, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """How many signs that are not blank stand before each character of a text, and the line and column of each of them,
    up to the first that is another in the file.
    """
    before, places = [0], []
    for sign in text:
        before.append(before[-1] + (not sign.isspace()))
    signs = (sign for sign in text if not sign.isspace())
    for (line, column, written), sign in zip(_signs(tree.lines, place), signs, strict=False):
        if written != sign:
            break
        places.append((line, column))
    return before, places


def _signs(lines: tuple[str, ...], place: Place) -> Iterator[tuple[int, int, str]]:
    """What is not blank from the beginning of a text on, each sign with its line and column."""
    line, column = place.line, place.column
    if line > len(lines):
        return
    first = lines[line - 1][column - 1 : column]
    if first and first in _BLOCK:
        line, column = line + 1, 1
    elif first and first in _QUOTES:
        column += 1
    for number in range(line, len(lines) + 1):
        for at, sign in enumerate(lines[number - 1][column - 1 :], start=column):
            if not sign.isspace():
                yield number, at, sign
        column = 1
