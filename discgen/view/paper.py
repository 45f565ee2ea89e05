"""The paper that a document is set on, in points, and how wide a text is on it."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

TABLE_WIDTHS = {"portrait": 493.2, "landscape": 739.8}
"""A4 less margins of 18mm on either side."""
GOAL_SHEET_WIDTH = 510.0
"""A4 less two margins of 15mm."""
GOAL_SHEET_HEIGHT = 690.0
"""A4 less margins of 15mm and 18mm, the title, the year and the foot of a goal sheet."""
_LATIN = 0.56


@lru_cache(maxsize=4096)
def ems(text: str) -> float:
    """The width of a text as a multiple of its size: a Chinese character is 1, a Latin one about half."""
    return sum(map(_em, text))


@cache
def _em(character: str) -> float:
    return 1.0 if is_wide(character) else _LATIN


def is_wide(character: str) -> bool:
    """Whether a character takes a whole square; ambiguous ones are set in the Chinese font and do too."""
    return unicodedata.east_asian_width(character) in "WFA"
