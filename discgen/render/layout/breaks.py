"""Where text may be broken that Pango would not break, and the other way round: characters without a glyph, not in the PDF's text.

Pango before 1.56 follows LB19 of UAX 14, which forbids any break beside “ and ”: it cannot tell an English
quotation from a Chinese one, and lines end early and are stretched. A zero-width space allows the break between a
Chinese character and an opening mark, and between a closing mark and a Chinese character.

A number stays with its unit in a table's cell: a word joiner keeps `≤1500元/套` from being broken before 元 or after
the stroke. Where the column is narrower than the whole, the line breaker turns the joiners before units and after 个
(not those inside 万元 or 平方米) into places to break again (`loosened`).
"""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BREAKABLE = re.compile(f"(?<=[{_HAN}，、；：。）》])(?=[“‘])|(?<=[”’])(?=[{_HAN}（《])")
_TEXT = re.compile(r"(<(?:p|td)\b[^>]*>)([^<]+)")
"""The text of paragraphs and cells. Headings are left alone: bookmarks are made of them."""
ZERO_WIDTH_SPACE = "\u200b"


def allow_breaks(html: str) -> str:
    """The page, with places to break in its paragraphs and cells."""
    return _TEXT.sub(lambda match: match[1] + _BREAKABLE.sub(ZERO_WIDTH_SPACE, match[2]), html)


WORD_JOINER = "\u2060"
_HAN_CHARACTER = "[\u4e00-\u9fff]"
_QUANTITY = re.compile(
    rf"(?:&[lg]t;|[≤≥=＝＜＞])?\d[\d,.]*[%％]?(?:{_HAN_CHARACTER}{{1,5}}(?:/\d*{_HAN_CHARACTER}{{1,4}})*)?(?=$|[，。；、）)])"
)
_BEFORE_UNIT = re.compile(f"(?:(?<!{_HAN_CHARACTER})|(?<=个)){WORD_JOINER}(?={_HAN_CHARACTER})")
_CELL = re.compile(r"(<td\b[^>]*>)([^<]+)")
_PIECE = re.compile(rf"&[lg]t;|[\d.,%％]+|{_HAN_CHARACTER}|.")


def keep_units(html: str) -> str:
    """The page, with the quantities of its cells kept together."""
    return _CELL.sub(lambda match: match[1] + _QUANTITY.sub(_joined, match[2]), html)


def _joined(match: re.Match[str]) -> str:
    return WORD_JOINER.join(_PIECE.findall(match[0]))


def loosened(text: str) -> str:
    """The text with places to break instead of the joiners before its units, as long in bytes."""
    return _BEFORE_UNIT.sub(ZERO_WIDTH_SPACE, text)
