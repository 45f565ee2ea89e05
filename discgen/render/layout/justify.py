"""两端对齐 and 标点挤压 of Chinese lines: characters stretched apart, marks set at half their width.

CSS Text 3 asks for the first (7.4, `text-justify: auto` on ideographs); Pango stretches spaces only, so a Chinese line
would stay ragged. The rest of a line's width is shared out as letter spacing over its Chinese characters and
punctuation; digits and Latin words stay as they are. Readers of PDF take a gap of a tenth of an em for a space, and
then nobody finds the phrase: a line is stretched by less, and ends short of the margin where that does not suffice.

The second is CLREQ 3.1.6: marks give up the empty half of their square, always where two of them meet, as in `）。`
and `：“`, and where a line needs the room. The font's feature `halt` takes the half away; in a font without it marks
keep their width. Opening marks keep theirs: WeasyPrint draws what `halt` moves to the left a little too far, which
poppler does not forgive either (see `_APART`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from discgen.render.layout.breaks import ZERO_WIDTH_SPACE
from discgen.render.layout.replacement import replacement

_CHINESE = re.compile("[\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]+")
_PARAGRAPHS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
"""What may end a paragraph for Pango."""
MOST_STRETCH = 0.09
"""Share of an em by which two characters may stand apart."""
_CLOSE_ENOUGH = 0.05
"""CSS pixels."""

_justify_spaces = inline.justify_line
_set_text = line_break.Layout.set_text


def _justify_line(context: Any, line: Any, room: float) -> None:
    texts = [box for box in _text_boxes(line) if _CHINESE.search(box.text)]
    chinese = sum(len(run) for box in texts for run in _CHINESE.findall(box.text))
    if chinese < sum(len(box.text) for box in _text_boxes(line)) / 3:
        _justify_spaces(context, line, room)
    elif chinese:
        _shift(line, 0.0, _stretched(texts, chinese, room))


def _text_boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            yield from _text_boxes(child)


def _stretched(texts: list[Any], chinese: int, room: float) -> dict[int, tuple[Any, float]]:
    """New layouts and widths by box, together wider by `room`, or by less where characters would stand too far apart."""
    most = MOST_STRETCH * min(box.style["font_size"] for box in texts)
    spacing = min(room / chinese, most)
    layouts: dict[int, tuple[Any, float]] = {}
    for _ in range(2):
        # The gain is linear in the spacing, so the second try is exact.
        layouts = {id(box): _laid_out(box, spacing) for box in texts}
        gain = sum(layouts[id(box)][1] - box.width for box in texts)
        if gain <= 0 or abs(gain - room) < _CLOSE_ENOUGH:
            break
        spacing = min(spacing * room / gain, most)
    return layouts


def _laid_out(box: Any, spacing: float) -> tuple[Any, float]:
    # Pango spaces no letter out at the end of a line, but one before a space without width it does.
    text = box.text.rstrip(ZERO_WIDTH_SPACE)
    layout = line_break.Layout(box.style)
    layout.chinese_spacing = spacing
    layout.squeezed = getattr(box.pango_layout, "squeezed", ())
    layout.set_text(text, justify=True)
    width = line_break.line_size(layout.get_first_line()[0], box.style)[0]
    layout.deactivate()
    return layout, width


def _set_spaced_text(layout: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
    """Set the text as ever, then widths of marks and the spacing: a layout is set anew when it is drawn."""
    pango.pango_layout_set_attributes(layout.layout, ffi.NULL)  # those of another text
    _set_text(layout, text, justify)
    # Drawing asks for one paragraph: to ask for it now has Pango shape the text once.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, not _PARAGRAPHS.search(text))
    spacing = getattr(layout, "chinese_spacing", 0.0)
    layout.is_as_drawn = justify or not (spacing or layout.justification_spacing)
    if not justify:
        spacing = 0.0
    if spacing:
        _space_out(layout, spacing)
    halve(layout, getattr(layout, "squeezed", ()), spacing)


def _space_out(layout: Any, spacing: float) -> None:
    """Letter spacing on the runs of Chinese; Pango counts bytes of UTF-8."""
    attributes = _attributes(layout)
    for run in _CHINESE.finditer(layout.text):
        attribute = pango.pango_attr_letter_spacing_new(int(spacing * TO_UNITS))
        attribute.start_index = len(layout.text[: run.start()].encode())
        attribute.end_index = attribute.start_index + len(run.group().encode())
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _attributes(layout: Any) -> Any:
    """What is said of parts of a layout's text, to be added to and set again."""
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    return attributes


def _shift(box: Any, advance: float, layouts: dict[int, tuple[Any, float]]) -> float:
    """Move a box right by `advance`, widen what was stretched in it, and return what its followers move by."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        if id(box) in layouts:
            layout, width = layouts[id(box)]
            advance, box.pango_layout, box.width = advance + width - box.width, layout, width
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += advance
        start = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _shift(child, advance, layouts)
        box.width += advance - start
    else:
        box.translate(advance, 0)
    return advance


_APART = 0.01
"""Share of an em by which a mark keeps more than its half: poppler reads what overlaps by half an em out of order."""
_OPENING = "（《〈「『【〔“‘"
CLOSING = "，。、；：！？）》〉」』】〕”’"
_YIELDING = ("）》〉」』】〕”’", "，、；：", "。！？")
"""Which marks inside a line give way first, each kind from the end of the line."""


_TOUCHING = re.compile(f"[{CLOSING}](?={ZERO_WIDTH_SPACE}*[{CLOSING}{_OPENING}])")


def touching(text: str) -> frozenset[int]:
    """Where marks stand that lose their empty half to the mark beside them."""
    return frozenset(match.start() for match in _TOUCHING.finditer(text))


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
    attributes = _attributes(layout)
    around = int((spacing + _APART * layout.style["font_size"]) * TO_UNITS)
    for at in places:
        # Pango counts bytes of UTF-8.
        start = len(layout.text[:at].encode())
        for attribute in (pango.pango_attr_font_features_new(b"halt=1"), pango.pango_attr_letter_spacing_new(around)):
            attribute.start_index, attribute.end_index = start, start + len(layout.text[at].encode())
            pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


REPLACEMENTS = (
    replacement(inline, "justify_line", _justify_line),
    replacement(line_break.Layout, "set_text", _set_spaced_text),
)
