"""Numbers that stay with their unit in a table's cell, given to Pango as word joiners.

`≤1500元/套` in a narrow column is not broken before 元 or after the stroke; a joiner has no glyph
and is not in the text of the PDF. Where the column is narrower than the whole, the line breaker
turns the joiners before units and after 个, not those inside 万元 or 平方米, into places to break
again (`loosened`).
"""

from __future__ import annotations

import re

from discgen.render.pdf.quotes import ZERO_WIDTH_SPACE

WORD_JOINER = "\u2060"
_HAN = "[\u4e00-\u9fff]"
_QUANTITY = re.compile(
    rf"(?:&[lg]t;|[≤≥=＝＜＞])?\d[\d,.]*[%％]?(?:{_HAN}{{1,5}}(?:/\d*{_HAN}{{1,4}})*)?(?=$|[，。；、）)])"
)
_BEFORE_UNIT = re.compile(f"(?:(?<!{_HAN})|(?<=个)){WORD_JOINER}(?={_HAN})")
_CELL = re.compile(r"(<td\b[^>]*>)([^<]+)")
_PIECE = re.compile(rf"&[lg]t;|[\d.,%％]+|{_HAN}|.")


def keep_units(html: str) -> str:
    """The page, with the quantities of its cells kept together."""
    return _CELL.sub(lambda found: found[1] + _QUANTITY.sub(_joined, found[2]), html)


def _joined(found: re.Match[str]) -> str:
    return WORD_JOINER.join(_PIECE.findall(found[0]))


def loosened(text: str) -> str:
    """The text with places to break instead of the joiners before its units, as long in bytes."""
    return _BEFORE_UNIT.sub(ZERO_WIDTH_SPACE, text)
