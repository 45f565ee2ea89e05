"""Texts that a spreadsheet would calculate, made inert for a CSV, and back; see docs/decisions/0018-text-in-csv.md."""

from __future__ import annotations

import re

_CALCULATED = re.compile("[\\s\"'“”‘’]*[=+\\-@＝＋－＠]|[\"'“”‘’]*[\t\r\n]")
"""How a formula begins: the signs OWASP lists, also full-width, which East Asian editions take for them, and behind
blanks and quotation marks, which some programs take away before they look.
"""
_MARK = "'"


def inert(text: str) -> str:
    """The text as a cell that a spreadsheet does not calculate."""
    return f"{_MARK}{text}" if _CALCULATED.match(text) else text


def as_written(cell: str) -> str:
    """The text that `inert` made the cell of."""
    text = cell.removeprefix(_MARK)
    return text if inert(text) == cell else cell
