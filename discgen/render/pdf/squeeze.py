"""标点挤压: Chinese marks give up the empty half of their square (CLREQ 3.1.6).

Always where two of them meet, as in `）。` and `：“`; and where a line needs the room. It is the
font's feature `halt` that takes the half away; in a font without it marks keep their width.
Marks that open keep theirs: WeasyPrint draws what `halt` moves to the left a little too far, which
poppler does not forgive either (see `_APART`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from weasyprint.text.ffi import TO_UNITS, ffi, pango

from discgen.render.pdf.quotes import ZERO_WIDTH_SPACE

_APART = 0.01
"""Share of an em by which a mark keeps more than its half: poppler reads what overlaps by half an em out of order."""
_OPENING = "（《〈「『【〔“‘"
CLOSING = "，。、；：！？）》〉」』】〕”’"
_YIELDING = ("）》〉」』】〕”’", "，、；：", "。！？")
"""Which marks inside a line give way first, each kind from the end of the line."""


def touching(text: str) -> frozenset[int]:
    """Where marks stand that lose their empty half to the mark beside them."""
    seen = [(at, char) for at, char in enumerate(text) if char != ZERO_WIDTH_SPACE]
    return frozenset(at for (at, char), (_, next_) in pairwise(seen) if char in CLOSING and next_ in CLOSING + _OPENING)


def yielding(text: str) -> Iterator[int]:
    """Where the other marks stand, in the order in which they give way: the one that ends the line is the first."""
    taken = touching(text)
    last = len(text.rstrip(ZERO_WIDTH_SPACE)) - 1
    if text and text[last] in CLOSING and last not in taken:
        yield last
    for marks in _YIELDING:
        yield from (at for at in range(last - 1, -1, -1) if text[at] in marks and at not in taken)


def halve(layout: Any, more: Iterable[int], spacing: float = 0.0) -> None:
    """Set the touching marks of the layout's text at half width, and `more` of its marks.

    `spacing` is the letter spacing around them, in CSS pixels.
    """
    places = sorted(touching(layout.text) | set(more))
    if not places:
        return
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    around = int((spacing + _APART * layout.style["font_size"]) * TO_UNITS)
    for at in places:
        # Pango counts bytes of UTF-8.
        start = len(layout.text[:at].encode())
        for attribute in (pango.pango_attr_font_features_new(b"halt=1"), pango.pango_attr_letter_spacing_new(around)):
            attribute.start_index, attribute.end_index = start, start + len(layout.text[at].encode())
            pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)
