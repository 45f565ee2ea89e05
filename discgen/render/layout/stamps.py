"""Page numbers in the margins of pages: drawn by WeasyPrint for some numbers, so that any number can be put in afterwards.

A unit does not know what number its first page has. What stands in a margin and counts pages is left off the page and
becomes a stamp instead: where WeasyPrint puts the text for numbers of several widths says how it is aligned, and texts with
each digit and each two of them beside each other say how any number is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any, TypeAlias
from xml.etree.ElementTree import tostring

import pydyf
from msgspec import Struct
from msgspec.structs import replace
from weasyprint import layout
from weasyprint.css import PAGE_MARGIN_BOXES
from weasyprint.draw import draw_stacking_context
from weasyprint.formatting_structure import boxes
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import create_layout

from discgen.render.layout.fonts import drawn_fonts
from discgen.render.layout.replacement import replacement
from discgen.render.layout.structure import POINTS_PER_PIXEL
from discgen.render.layout.used import is_kept
from discgen.render.pdf.artifact import Figures, Font, Stamp

_make_margin_boxes = layout.make_margin_boxes
_SAMPLES = (4, 17, 111)
"""Numbers that have no digit in common where they begin and end: their texts show what stands around them."""


class _Drawn(Struct, frozen=True):
    """A stamp with what it is drawn with; the place of its figures is not settled."""

    stamp: Stamp
    figures: Figures
    fonts: tuple[Font, ...]
    states: Mapping[str, Any]
    """Graphics states by their names in the content."""


_Margins: TypeAlias = tuple[Sequence[Any], Sequence[_Drawn]]
"""The boxes that are left in the margins of a page, and what numbers it."""


def _without_numbers(context: Any, page: Any, state: Any) -> Iterator[Any]:
    page.number = state[1].get("page", [0])[-1]
    known, key = _known_margins(context, page)
    margins = known.get(key)
    if margins is None:
        if len(known) >= _MOST:
            known.clear()
        margins = known[key] = _margins(context, page, state)
    left, page.stamps = margins
    yield from (box.deepcopy() for box in left)


def _margins(context: Any, page: Any, state: Any) -> _Margins:
    generated = list(_make_margin_boxes(context, page, state))
    left, stamps = [], []
    for box in generated:
        if _counts(box):
            key = _looks(page, [other for other in generated if _side(other) == _side(box)], box)
            if key not in _KNOWN:
                _KNOWN[key] = _drawn(context, page, state, box.at_keyword)
            stamps.append(_KNOWN[key])
        else:
            left.append(box)
    return left, stamps


_MOST = 64
"""Margins that are kept with the style of a page: they differ by the texts in them."""


def _known_margins(context: Any, page: Any) -> tuple[dict[Any, _Margins], Any]:
    """The margins of pages in the same style, and what those of this page rest on besides."""
    style = page.style
    kept = vars(style).get("margins")
    if kept is None:
        kept = style.margins = (_strings(context, page) if is_kept(style) else None), {}
    strings, known = kept
    if strings is None:
        return {}, None
    edges = page.margin_top, page.margin_right, page.margin_bottom, page.margin_left
    texts = [context.get_string_set_for(page, *string) for string in strings]
    return known, (page.border_width(), page.border_height(), *edges, *texts)


_NO_MARGINS = {"footnote", "note-area"}
"""What a page rule may style beside margins."""


def _strings(context: Any, page: Any) -> list[Any] | None:
    """The named strings in the margins of a page, or None where more than these and its number may change."""
    styles = [context.style_for(page.page_type, f"@{name}") for name in PAGE_MARGIN_BOXES - _NO_MARGINS]
    contents = [style["content"] for style in styles if style is not None]
    entries = [entry for content in contents if not isinstance(content, str) for entry in content]
    if all(kind in {"string", "string()"} or (kind == "counter()" and value[0] == "page") for kind, value in entries):
        return [value for kind, value in entries if kind == "string()"]
    return None


_KNOWN: dict[Any, _Drawn] = {}
"""By all that a stamp rests on: most pages of all units have the same."""


def _looks(page: Any, beside: Sequence[Any], box: Any) -> Any:
    """What decides how a page number looks: the style sheet, the kind of page, and what stands beside it in the margin."""
    root = page.children[0].element
    head = tostring(root.find("head"))
    kind = page.page_type if _BY_PLACE.search(head) else page.page_type.name
    around = tuple((other.at_keyword, *_texts(other)) for other in beside if other is not box)
    return head, tuple(root.items()), kind, box.at_keyword, around


_BY_PLACE = re.compile(rb"@page[^{]*:")
"""A rule for the first page, those on the left, and the like."""


def _side(box: Any) -> str:
    return str(box.at_keyword.split("-")[0])


def _texts(box: Any) -> list[str]:
    return [inner.text for inner in box.descendants() if isinstance(inner, boxes.TextBox)]


def _counts(box: Any) -> bool:
    """Whether a margin box holds the number of its page."""
    counters = [value for kind, value in box.style["content"] if kind in {"counter()", "counters()"}]
    if any(counter[0] == "pages" for counter in counters):
        raise RuntimeError(f"{box.at_keyword} says how many pages there are, which a unit does not know")
    if any(counter[0] == "page" and counter[-1] != "decimal" for counter in counters):
        raise RuntimeError(f"{box.at_keyword} has a page number in other figures than 0 to 9")
    return any(counter[0] == "page" for counter in counters)


def _drawn(context: Any, page: Any, state: Any, keyword: str) -> _Drawn:
    samples = [_sample(context, page, state, keyword, number) for number in _SAMPLES]
    canvas = _Canvas(page)
    drawings = [canvas.drawing(*sample) for sample in samples]
    texts = [text.text for _, text in samples]
    head, tail = _common(texts), _common([text[::-1] for text in texts])[::-1]
    figures = _figures(context, canvas, *samples[0], head, tail)
    stamp = _aligned(*drawings[:2])
    for number, drawing in zip(_SAMPLES, drawings, strict=True):
        text, width = figures.drawn(number)
        is_same = (text, drawing.ahead, drawing.behind) == (drawing.text, stamp.ahead, stamp.behind)
        if not is_same or abs(stamp.start - stamp.share * width - drawing.x) > _CLOSE_ENOUGH:
            raise RuntimeError(f"the page number {number} is not drawn as others are")
    fonts = drawn_fonts(canvas.fonts)
    if {font.key for font in fonts} != {font.hash for font in canvas.fonts.values()}:
        raise RuntimeError("a page number is in a font whose glyphs are no outlines")
    return _Drawn(stamp, figures, fonts, canvas.states())


def _sample(context: Any, page: Any, state: Any, keyword: str, number: int) -> tuple[Any, Any]:
    """A margin box as it is on a page with this number, and its text."""
    quote_depth, counters, *rest = state
    generated = _make_margin_boxes(context, page, (quote_depth, {**counters, "page": [number]}, *rest))
    box = next(box for box in generated if box.at_keyword == keyword)
    layout_box_backgrounds(page, box, context.get_image_from_uri)
    inside = list(box.descendants())
    for inner in (box, *inside):
        inner.is_artifact = True
    texts = [inner for inner in inside if isinstance(inner, boxes.TextBox)]
    if len(texts) != 1 or str(number) not in texts[0].text:
        raise RuntimeError("a page number does not stand in one line of its margin")
    return box, texts[0]


def _aligned(short: _Drawing, long: _Drawing) -> Stamp:
    """The stamp whose text begins where those of two numbers do."""
    share = round((short.x - long.x) / (long.width - short.width), 3)
    return Stamp(short.ahead, short.x + share * short.width, share, short.behind, 0)


class Numbering(Struct, frozen=True):
    """The stamps of a page, and by how much it raises the page number."""

    counts: int
    stamps: tuple[Stamp, ...]


class Numberings(Struct, frozen=True):
    """Those of the pages of a unit, and what the stamps are drawn with."""

    pages: tuple[Numbering, ...]
    figures: tuple[Figures, ...]
    fonts: tuple[Font, ...]


def numberings_of(document: Any, pdf: Any) -> Numberings:
    """What the pages of a document need for their numbers, where `pdf` holds the objects that WeasyPrint made of them."""
    drawn = list({id(one): one for page in document.pages for one in page._page_box.stamps}.values())
    states = _resources(pdf)["ExtGState"]
    for one in drawn:
        states.update(one.states)
    figures = tuple(dict.fromkeys(one.figures for one in drawn))
    pages = []
    before = 0
    for page in document.pages:
        box = page._page_box
        stamps = tuple(replace(one.stamp, figures=figures.index(one.figures)) for one in box.stamps)
        pages.append(Numbering(box.number - before, stamps))
        before = box.number
    return Numberings(tuple(pages), figures, tuple(font for one in drawn for font in one.fonts))


def _resources(pdf: Any) -> Any:
    """The resources that all pages of a document share."""
    page = pdf.objects[int(pdf.page_references[0].split()[0])]
    return pdf.objects[int(page["Resources"].split()[0])]


class _Canvas:
    """What is drawn of the margins of a page, by itself."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in ("ExtGState", *_OBJECTS)})
        self._resources["ColorSpace"] = pydyf.Dictionary()
        self.fonts: dict[Any, Any] = {}

    def drawing(self, box: Any, text: Any) -> _Drawing:
        """How a margin box with a text is drawn."""
        page = self._page
        stream = Stream(
            self.fonts, (0, 0, page.margin_width(), page.margin_height()), self._resources, {}, {}, {}, None
        )
        with stream.stacked():
            stream.transform(a=POINTS_PER_PIXEL, d=POINTS_PER_PIXEL)
            draw_stacking_context(stream, StackingContext.from_box(box, page))
        return _taken_apart(b"\n".join(map(pydyf._to_bytes, stream.stream)), tuple(_widths(text)), text.text)

    def states(self) -> Mapping[str, Any]:
        """The graphics states that it was drawn with: those that mean the same on any page."""
        states: Mapping[str, Any] = self._resources["ExtGState"]
        if any(self._resources[kind] for kind in _OBJECTS) or not all(map(_OPACITY.fullmatch, states)):
            raise RuntimeError("a page number has more beside it than text and lines")
        return states


_OBJECTS = ("XObject", "Pattern", "Shading")
"""Resources that are objects of their own."""
_OPACITY = re.compile(r"[aA][\d.]+")


class _Drawing(Struct, frozen=True):
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

    def before(self, place: int) -> tuple[bytes, float]:
        """The content of the glyphs before one, and their width."""
        return self.intro + b"".join(self.glyphs[:place]), sum(self.widths[:place])

    def after(self, place: int) -> tuple[bytes, float]:
        """The content of the glyphs from one on, and their width."""
        return b"".join(self.glyphs[place:]), sum(self.widths[place:])


def _common(texts: Sequence[str]) -> str:
    """How all texts begin."""
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*texts, strict=False))
    return "".join(character for character, *_ in alike)


_CLOSE_ENOUGH = 0.01
"""CSS pixels: what rounding adds."""


def _figures(context: Any, canvas: _Canvas, box: Any, text: Any, head: str, tail: str) -> Figures:  # noqa: PLR0913, PLR0917
    """How a page number is drawn, by a drawing of each digit and one of all pairs."""

    def drawing(number: str) -> _Drawing:
        text.text = head + number + tail
        text.pango_layout = create_layout(text.text, text.style, context, None, 0)
        return canvas.drawing(box, text)

    single = [drawing(str(digit)) for digit in range(10)]
    pairs = drawing("".join(f"{pair:02}" for pair in range(100)))
    place = len(head)
    return Figures(
        before=tuple(one.before(place) for one in single),
        pairs=tuple((pairs.glyphs[at], pairs.widths[at]) for at in range(place, place + 200, 2)),
        after=tuple(one.after(place) for one in single),
    )


_TEXT = re.compile(rb"BT\n1 0 0 -1 (\S+)( \S+ Tm\n)(.*?\nET)", re.DOTALL)
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_GLYPH = 4
"""Hexadecimal digits."""


def _taken_apart(content: bytes, widths: tuple[float, ...], text: str) -> _Drawing:
    found = list(_TEXT.finditer(content))
    if len(found) != 1:
        raise RuntimeError("a margin with a page number is not drawn as one text")
    match = found[0]
    places = [
        at
        for glyphs in _GLYPHS.finditer(content, match.start(3), match.end(3))
        for at in range(glyphs.start(1), glyphs.end(1), _GLYPH)
    ]
    if not len(places) == len(widths) == len(text):
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


REPLACEMENTS = (replacement(layout, "make_margin_boxes", _without_numbers),)
