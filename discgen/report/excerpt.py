"""A line of a file and a caret under one of its characters, as a terminal shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

WIDTH = 100
"""How many terminal columns of a line are shown."""

_CUT = "..."
"""What stands for what is left out; plain dots, because terminals do not agree how wide “…” is."""
_LOOKED_AT = 1_000
"""Characters on either side of the column: those that take no room leave some for others, but not for all of a long line."""
_WIDE = ("W", "F")
_UNDER_ANOTHER = ("Mn", "Me")
_INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Cn")


def width(text: str) -> int:
    """How many terminal columns a text takes: Chinese characters two, combining marks none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in _UNDER_ANOTHER:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def excerpt(line: str, column: int, room: int = WIDTH) -> tuple[str, str]:
    """The line, cut around the column where it is longer than `room`, and the line with the caret."""
    line = line.rstrip()
    at = min(column - 1, len(line))
    near = max(0, at - _LOOKED_AT)
    shown = [_visible(character) for character in line[near : at + _LOOKED_AT]]
    at -= near
    start, end = _window(shown, at, room)
    before = _CUT if near + start else ""
    after = _CUT if near + end < len(line) else ""
    caret = " " * width(before + "".join(shown[start:at])) + "^"
    return f"{before}{''.join(shown[start:end])}{after}", caret


def _visible(character: str) -> str:
    """Controls, direction marks and the like would move what stands beside them, or the terminal's cursor."""
    if character == "\t":
        return " "
    return "?" if unicodedata.category(character) in _INVISIBLE else character


def _window(shown: Sequence[str], at: int, room: int) -> tuple[int, int]:
    """From where to where a line is shown: some of what is before the column, then what fits."""
    sizes = [_width(character) for character in shown]
    if sum(sizes) <= room:
        return 0, len(shown)
    start, used = at, 0
    while start > 0 and used + sizes[start - 1] <= room // 2:
        start -= 1
        used += sizes[start]
    end = at
    while end < len(shown) and used + sizes[end] <= room:
        used += sizes[end]
        end += 1
    while start > 0 and used + sizes[start - 1] <= room:
        start -= 1
        used += sizes[start]
    return start, end
