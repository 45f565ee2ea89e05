"""What stands on the pages of a document once it is laid out: their contents, and text that leaves its cell or its page.

The style sheet breaks whatever has no place to break, and amounts are set smaller until they fit. `overflows` is the
independent look: what stands outside all the same would be printed over its neighbour, or cut off at the paper's edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from weasyprint.formatting_structure import boxes

from discgen.render.layout.breaks import ZERO_WIDTH_SPACE
from discgen.render.layout.engine import laid_out
from discgen.render.layout.justify import CLOSING
from discgen.render.pdf.artifact import Overflow


class PageContents(Struct, frozen=True):
    """What stands on a page: its texts and the addresses of its images, a line each, and its named places.

    The number of the page and what else stands in its margins is left out.
    """

    text: str
    places: tuple[str, ...]


def page_contents(html: str) -> list[PageContents]:
    """The pages that the HTML is laid out on."""
    pages = laid_out(html).pages
    return [PageContents("\n".join(_contents(page._page_box)), tuple(page.anchors)) for page in pages]


def _contents(page: Any) -> Iterator[str]:
    for child in page.children:
        if isinstance(child, boxes.MarginBox):
            continue
        for box in child.descendants():
            if isinstance(box, boxes.TextBox):
                yield box.text
            elif isinstance(box, boxes.ReplacedBox):
                yield box.element.get("src", "")


_TOLERANCE = 1.0
"""CSS pixels: what rounding adds, and a line that is drawn between two cells."""


class _Room(Struct, frozen=True):
    """What a text may take, in CSS pixels from the upper left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, text: Any) -> bool:
        # The right half of a closing mark is blank: at the end of a line it may stand outside.
        seen = text.text.rstrip().rstrip(ZERO_WIDTH_SPACE)
        blank = text.style["font_size"] / 2 if seen.endswith(tuple(CLOSING)) else 0.0
        return bool(
            self.left - _TOLERANCE <= text.position_x
            and text.position_x + text.width - blank <= self.right + _TOLERANCE
            and self.top - _TOLERANCE <= text.position_y
            and text.position_y + text.height <= self.bottom + _TOLERANCE
        )


def overflows(document: Any) -> Iterator[Overflow]:
    """The lines of a laid-out document that their cells, or the pages, do not hold."""
    for number, page in enumerate(document.pages, start=1):
        box = page._page_box
        for text in _outside(box, _content(box)):
            yield Overflow(number, text)


def _outside(box: Any, room: _Room) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        if box.text.strip() and not room.holds(box):
            yield box.text.strip()
    elif isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _outside(child, _room(child, room))


def _room(box: Any, around: _Room) -> _Room:
    """The room inside a box: that of a cell and of a margin is its own."""
    if isinstance(box, boxes.TableCellBox | boxes.MarginBox):
        left, top = box.position_x, box.position_y
        return _Room(left, top, left + box.margin_width(), top + box.margin_height())
    return around


def _content(box: Any) -> _Room:
    left, top = box.content_box_x(), box.content_box_y()
    return _Room(left, top, left + box.width, top + box.height)
