"""Where a character of a text stands in its file: texts are folded over lines, quoted and indented there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from discgen.diagnostics import Place
from discgen.load.tree import Tree

_QUOTES = "\"'"
_BLOCK = "|>"


def place_within(tree: Tree, place: Place, text: str, offset: int) -> Place:
    """The place of the character of `text` at `offset`; `place`, where the text begins, if it cannot be found.

    Layout changes blanks only, so the signs that are none are counted, and must be the same in
    the file: they are not where a quoted text has escapes.
    """
    blank = text[offset : offset + 1].isspace() or offset >= len(text)
    before = "".join(text[:offset].split())
    wanted = before if blank else before + text[offset]
    line, column = place.line, place.column
    signs = _signs(tree.lines, place)
    for sign in wanted:
        line, column, written = next(signs, (0, 0, ""))
        if written != sign:
            return place
    return replace(place, line=line, column=column + bool(blank and wanted))


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
