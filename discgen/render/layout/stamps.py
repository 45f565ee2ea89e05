"""Page numbers in the margins of pages: drawn by WeasyPrint for some numbers, so that any number can be put in afterwards.

A unit does not know what number its first page has. What stands in a margin and counts pages is left off the page and
becomes a stamp instead: where WeasyPrint puts the text for numbers of several widths says how it is aligned, and texts with
each digit and each two of them beside each other say how any number is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise, takewhile
from typing import Any

from pydyf import _to_bytes
from weasyprint import layout
from weasyprint.draw import draw_stacking_context
from weasyprint.formatting_structure import boxes
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import create_layout

from discgen.render.layout.structure import POINTS_PER_PIXEL
from discgen.render.pdf.artifact import Figures, Stamp

_make_margin_boxes = layout.make_margin_boxes
_SAMPLES = (4, 17, 111)
"""Numbers that have no digit in common where they begin and end: their texts show what stands around them."""


@cache
def install() -> None:
    """Keep page numbers off the pages in this process from now on."""
    layout.make_margin_boxes = _without_numbers


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A margin box as it is for each number of the samples."""

    context: Any
    samples: tuple[Any, ...]


def _without_numbers(context: Any, page: Any, state: Any) -> Iterator[Any]:
    page.number = state[1].get("page", [0])[-1]
    page.numbered = []
    for box in _make_margin_boxes(context, page, state):
        if _counts(box):
            page.numbered.append(_Numbered(context, tuple(_sample(context, page, state, box, n) for n in _SAMPLES)))
        else:
            yield box


def _counts(box: Any) -> bool:
    """Whether a margin box holds the number of its page."""
    counters = [value for kind, value in box.style["content"] if kind in {"counter()", "counters()"}]
    if any(counter[0] == "pages" for counter in counters):
        raise RuntimeError(f"{box.at_keyword} says how many pages there are, which a unit does not know")
    if any(counter[0] == "page" and counter[-1] != "decimal" for counter in counters):
        raise RuntimeError(f"{box.at_keyword} has a page number in other figures than 0 to 9")
    return any(counter[0] == "page" for counter in counters)


def _sample(context: Any, page: Any, state: Any, numbered: Any, number: int) -> Any:
    quote_depth, counters, *rest = state
    boxes_of_page = _make_margin_boxes(context, page, (quote_depth, {**counters, "page": [number]}, *rest))
    box = next(box for box in boxes_of_page if box.at_keyword == numbered.at_keyword)
    layout_box_backgrounds(page, box, context.get_image_from_uri)
    for inner in (box, *box.descendants()):
        inner.is_artifact = True
    return box


@dataclass(frozen=True, slots=True)
class Numbering:
    """The stamps of a page, and by how much it raises the page number."""

    counts: int
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True)
class Numberings:
    """Those of the pages of a unit, and how the texts of their stamps are drawn."""

    pages: tuple[Numbering, ...]
    figures: tuple[Figures, ...]


def numberings_of(document: Any, pdf: Any) -> Numberings:
    """What the pages of a document need for their numbers, where `pdf` holds the objects that WeasyPrint made of them.

    What the stamps are drawn with is among the fonts of the document and the resources of its pages from then on.
    """
    resources = _resources(pdf)
    used = {kind: len(resources[kind]) for kind in _OBJECTS}
    figures: list[Figures] = []
    found = []
    before = 0
    for page in document.pages:
        box = page._page_box
        stamps = tuple(_stamp(document, resources, box, numbered, figures) for numbered in box.numbered)
        found.append(Numbering(box.number - before, stamps))
        before = box.number
    if used != {kind: len(resources[kind]) for kind in _OBJECTS}:
        raise RuntimeError("a page number has an image beside it")
    return Numberings(tuple(found), tuple(figures))


_OBJECTS = ("XObject", "Pattern", "Shading")
"""Resources that are objects of their own."""


def _resources(pdf: Any) -> Any:
    """The resources that all pages of a document share."""
    page = pdf.objects[int(pdf.page_references[0].split()[0])]
    return pdf.objects[int(page["Resources"].split()[0])]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The content that draws a margin box: up to where its text begins, that place, and what follows it.

    Then the text: what comes before its first glyph, and each glyph with what comes before the next, or to the end.
    """

    ahead: bytes
    x: float
    behind: bytes
    intro: bytes
    glyphs: tuple[bytes, ...]
    widths: tuple[float, ...]
    """Those of the glyphs, in CSS pixels."""

    @property
    def text(self) -> bytes:
        """The content of the text."""
        return self.intro + b"".join(self.glyphs)

    @property
    def width(self) -> float:
        """That of the text."""
        return sum(self.widths)

    def part(self, start: int, stop: int | None = None) -> tuple[bytes, float]:
        """The content of some glyphs, and their width; the first with what comes before them all."""
        drawn = b"".join(self.glyphs[start:stop])
        return (drawn if start else self.intro + drawn), sum(self.widths[start:stop])


def _stamp(document: Any, resources: Any, page: Any, numbered: _Numbered, figures: list[Figures]) -> Stamp:
    texts = [_text_box(box, number) for box, number in zip(numbered.samples, _SAMPLES, strict=True)]
    head = _common([box.text for box in texts])
    tail = _common([box.text[::-1] for box in texts])[::-1]
    draw = partial(_drawing, document, resources, page)
    drawings = list(map(draw, numbered.samples, texts))
    drawn = _figures(draw, numbered, texts[0], head, tail)
    if drawn not in figures:
        figures.append(drawn)
    short, long, _ = drawings
    share = round((short.x - long.x) / (long.width - short.width), 3)
    stamp = Stamp(short.ahead, short.x + share * short.width, share, short.behind, figures.index(drawn))
    for number, drawing in zip(_SAMPLES, drawings, strict=True):
        text, width = drawn.drawn(number)
        is_same = (text, drawing.ahead, drawing.behind) == (drawing.text, stamp.ahead, stamp.behind)
        if not is_same or abs(stamp.start - share * width - drawing.x) > _CLOSE_ENOUGH:
            raise RuntimeError(f"the page number {number} is not drawn as others are")
    return stamp


def _common(texts: Sequence[str]) -> str:
    """How all texts begin."""
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*texts, strict=False))
    return "".join(character for character, *_ in alike)


_CLOSE_ENOUGH = 0.01
"""CSS pixels: what rounding adds."""


def _text_box(box: Any, number: int) -> Any:
    texts = [inner for inner in box.descendants() if isinstance(inner, boxes.TextBox)]
    if len(texts) != 1 or str(number) not in texts[0].text:
        raise RuntimeError("a page number does not stand in one line of its margin")
    return texts[0]


def _figures(draw: Callable[[Any, Any], _Drawing], numbered: _Numbered, text: Any, head: str, tail: str) -> Figures:
    """How a page number is drawn, by a drawing of each digit and one of all pairs."""

    def drawing(number: str) -> _Drawing:
        text.text = head + number + tail
        text.pango_layout = create_layout(text.text, text.style, numbered.context, None, 0)
        return draw(numbered.samples[0], text)

    single = [drawing(str(digit)) for digit in range(10)]
    pairs = drawing("".join(f"{pair:02}" for pair in range(100)))
    place = len(head)
    return Figures(
        before=tuple(one.part(0, place) for one in single),
        pairs=tuple((pairs.glyphs[at], pairs.widths[at]) for at in range(place, place + 200, 2)),
        after=tuple((b"".join(one.glyphs[place:]), sum(one.widths[place:])) for one in single),
    )


_TEXT = re.compile(rb"BT\n1 0 0 -1 (\S+)( \S+ Tm\n)(.*?\nET)", re.DOTALL)
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_GLYPH = 4
"""Hexadecimal digits."""


def _drawing(document: Any, resources: Any, page: Any, box: Any, text: Any) -> _Drawing:
    rectangle = (0, 0, page.margin_width(), page.margin_height())
    stream = Stream(document.fonts, rectangle, resources, {}, {}, document.color_profiles, document.output_intent)
    with stream.stacked():
        stream.transform(a=POINTS_PER_PIXEL, d=POINTS_PER_PIXEL)
        draw_stacking_context(stream, StackingContext.from_box(box, page))
    content = b"\n".join(map(_to_bytes, stream.stream))
    found = list(_TEXT.finditer(content))
    if len(found) != 1:
        raise RuntimeError("a margin with a page number is not drawn as one text")
    match = found[0]
    places = [
        at
        for glyphs in _GLYPHS.finditer(content, match.start(3), match.end(3))
        for at in range(glyphs.start(1), glyphs.end(1), _GLYPH)
    ]
    widths = tuple(_widths(text))
    if not len(places) == len(widths) == len(text.text):
        raise RuntimeError("a page number or what stands beside it is not drawn character by character")
    return _Drawing(
        content[: match.start(1)],
        float(match[1]),
        match[2],
        content[match.start(3) : places[0]],
        tuple(content[at:end] for at, end in pairwise([*places, None])),
        widths,
    )


def _widths(text: Any) -> Iterator[float]:
    text.pango_layout.reactivate(text.style)
    line, _ = text.pango_layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]:
            yield glyph.geometry.width / TO_UNITS
        run = run.next
    text.pango_layout.deactivate()
