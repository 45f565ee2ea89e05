"""Line breaks beside Chinese quotation marks, given to Pango as zero-width spaces.

Pango before 1.56 follows LB19 of UAX 14, which forbids any break beside “ and ”: it cannot
tell an English quotation from a Chinese one. Lines then end early and are stretched. Between a
Chinese character and a mark that opens, and between a mark that closes and a Chinese character,
Chinese may break; the space has no glyph and is not in the text of the PDF.
"""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_BREAK = re.compile(f"(?<=[{_HAN}，、；：。）》])(?=[“‘])|(?<=[”’])(?=[{_HAN}（《])")
_TEXT = re.compile(r"(<(?:p|td)\b[^>]*>)([^<]+)")
"""The text of paragraphs and cells. Headings are left alone: bookmarks are made of them."""
ZERO_WIDTH_SPACE = "\u200b"


def allow_breaks(html: str) -> str:
    """The page, with places to break in its paragraphs and cells."""
    return _TEXT.sub(lambda found: found[1] + _BREAK.sub(ZERO_WIDTH_SPACE, found[2]), html)
