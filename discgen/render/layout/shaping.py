"""Texts shaped once: how a line is broken off and drawn is kept with what its style says about text.

WeasyPrint shapes a text when it breaks it into lines, and again when it draws them. Tables say the same words a
thousand times, so what it found is kept: `known` for the lines, and for the drawing the operators that it wrote the
first time. Kept as long as the fonts are, in whatever documents; a text that is drawn in another way than from the
glyphs of its fonts (decorated, cut short by an ellipsis, in coloured glyphs, without a glyph) is drawn by WeasyPrint
each time.
"""

from __future__ import annotations

from collections import deque
from copy import copy
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from msgspec import Struct, field
from weasyprint import draw
from weasyprint.draw import text as drawn_text
from weasyprint.matrix import Matrix
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

from discgen.render.layout.replacement import replacement
from discgen.render.layout.used import is_kept

_ABOUT_TEXT = (
    "direction",
    "font_family",
    "font_size",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
    "lang",
    "letter_spacing",
    "word_spacing",
    "white_space",
    "overflow_wrap",
    "word_break",
    "hyphens",
    "hyphenate_character",
    "hyphenate_limit_chars",
    "hyphenate_limit_zone",
    "tab_size",
    "text_align_all",
    "text_decoration_line",
    "__lone_character",
)
"""All that breaking a line, shaping it and justifying it ask of a style."""

_KNOWN: WeakKeyDictionary[Any, dict[str, dict[Any, Any]]] = WeakKeyDictionary()
"""By configuration of fonts, then by what the style says about text."""
_FONTS: WeakKeyDictionary[Any, dict[tuple[int, float], _Font]] = WeakKeyDictionary()
"""By configuration of fonts, then by WeasyPrint's key of a font, and size."""


def known(style: Any) -> dict[Any, Any]:
    """What is known of texts in this style, by whatever else it rests on."""
    try:
        texts: dict[Any, Any] = style.known_texts
    except AttributeError:
        said = repr([style[name] for name in _ABOUT_TEXT])
        texts = style.known_texts = _KNOWN.setdefault(style.font_config, {}).setdefault(said, {})
    return texts


_draw_text = drawn_text.draw_text


def _draw(stream: Any, box: Any, offset_x: float, text_overflow: str, block_ellipsis: Any = "none") -> None:
    style = box.style
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        box.pango_layout = copy(box.pango_layout)  # WeasyPrint cuts its text short
    elif style["visibility"] == "visible" and style["text_decoration_line"] == "none":
        layout = box.pango_layout
        drawing = layout.__dict__.get("drawing")
        if drawing is None:
            drawing = layout.drawing = _recorded(stream, box)
        if drawing:
            _repeat(drawing, stream, box)
            return
    _draw_text(stream, box, offset_x, text_overflow, block_ellipsis)


def _repeat(drawing: _Drawing, stream: Any, box: Any) -> None:
    stream.set_color(box.style["color"])
    stream.begin_text()
    if drawing.shown:
        for line in drawing.fonts:
            line.add_to(stream)
        stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
        for font, size, text in drawing.shown:
            stream.set_font_size(font, size)
            stream.show_text(text)
    stream.end_text()


class _UnusualError(Exception):
    """Something that is drawn otherwise than by showing glyphs."""


class _Font(Struct, frozen=True, eq=False):
    """A font in one size, for whatever file is drawn."""

    key: int
    size: float
    hash: str
    pango_font: Any
    layout: Any
    """Of Pango: it keeps the font alive."""
    widths: dict[int, int] = field(default_factory=dict)
    """Of its glyphs, in thousandths of an em."""


class _Glyphs(Struct):
    """The glyphs of one font in a line; `draw_first_line` takes it for the font."""

    font: _Font
    hash: str
    widths: dict[int, int]
    to_unicode: dict[int, str] = field(default_factory=dict)
    bitmap: ClassVar = False
    png: ClassVar = False
    svg: ClassVar = False
    colr: ClassVar = False

    def get_unused_glyph_id(self, _codepoint: int) -> int:
        raise _UnusualError

    def add_to(self, stream: Any) -> None:
        """Have the font, and these of its glyphs, in the stream's file."""
        if self.font.key not in stream._fonts:
            stream.add_font(self.font.pango_font)
        font = stream._fonts[self.font.key]
        if not self.to_unicode.keys() <= font.to_unicode.keys():
            for glyph, text in self.to_unicode.items():
                font.to_unicode.setdefault(glyph, text)
                font.widths.setdefault(glyph, self.widths[glyph])


class _Drawing(Struct, frozen=True):
    """What draws a line wherever it stands: the hash and size of a font, and the array of glyphs to show."""

    shown: list[tuple[str, float, bytes]]
    fonts: list[_Glyphs]


class _Recorder:
    """A stream to `draw_first_line`, which keeps what is written to it."""

    def __init__(self, stream: Any, box: Any) -> None:
        self.ink_rect, self.logical_rect = stream.ink_rect, stream.logical_rect
        self.shown: list[tuple[str, float, bytes]] = []
        self.glyphs: dict[_Font, _Glyphs] = {}
        self._stream, self._layout = stream, box.pango_layout.layout
        self._fonts = _FONTS.setdefault(box.style.font_config, {})
        self._font = "", 0.0

    def set_text_matrix(self, *_matrix: float) -> None:
        pass

    def add_font(self, pango_font: Any) -> tuple[_Glyphs, float]:
        key, _, size = get_pango_font_key(pango_font)
        font = self._fonts.get((key, size))
        if font is None:
            added, _ = self._stream.add_font(pango_font)
            if added.bitmap or added.png or added.svg or added.colr:
                raise _UnusualError
            font = self._fonts[key, size] = _Font(key, size, added.hash, pango_font, self._layout)
        return self.glyphs.setdefault(font, _Glyphs(font, font.hash, font.widths)), size

    def set_font_size(self, font: str, size: float) -> None:
        self._font = font, size

    def set_text_rise(self, _height: float) -> None:
        raise _UnusualError

    def show_text(self, text: str) -> None:
        self.shown.append((*self._font, text.encode()))


def _recorded(stream: Any, box: Any) -> _Drawing | bool:
    """The drawing of a box's line, or False where it cannot be repeated."""
    layout = box.pango_layout
    if "layout" not in vars(layout) or not layout.is_as_drawn:
        layout.reactivate(box.style)
    recorder = _Recorder(stream, box)
    try:
        drawn_text.draw_first_line(recorder, box, "clip", "none", Matrix())
    except _UnusualError:
        return False
    finally:
        _let_go(layout)
    return _Drawing(recorder.shown, list(recorder.glyphs.values()))


class _Setting(Struct, frozen=True):
    """What Pango sets texts of a style with."""

    context: Any
    description: Any
    language: Any


class _Observer:
    """Pango, to whoever makes a layout; it remembers with what."""

    context: Any
    description: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(pango, name)

    def pango_layout_new(self, context: Any) -> Any:
        self.context = context
        return pango.pango_layout_new(context)

    def pango_layout_set_font_description(self, layout: Any, description: Any) -> None:
        self.description = description
        pango.pango_layout_set_font_description(layout, description)


_set_up = line_break.Layout.setup
_deactivate = line_break.Layout.deactivate
_SETTING = "setting"
"""The key of the setting among the texts of a style."""


def _set_up_again(layout: Any, style: Any) -> None:
    """Replaces `setup`, which looks up fonts for each text: texts of a style have a context in common."""
    if not is_kept(style) or style["text_decoration_line"] != "none":
        _set_up(layout, style)
        return
    texts = known(style)
    setting = texts.get(_SETTING)
    if setting is None:
        line_break.pango = observer = _Observer()
        try:
            _set_up(layout, style)
        finally:
            line_break.pango = pango
        if pango.pango_layout_get_attributes(layout.layout) == ffi.NULL:
            texts[_SETTING] = _Setting(observer.context, observer.description, layout.language)
        return
    layout.style, layout.language, layout.first_line_direction = style, setting.language, 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(setting.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)  # noqa: FBT003 - theirs
    pango.pango_layout_set_font_description(layout.layout, setting.description)


_WAITING: deque[Any] = deque()
"""Layouts that may be drawn soon."""
_MOST_WAITING = 1_000
"""What a unit of several pages has: some kB each."""


def _deactivate_later(layout: Any) -> None:
    """Replaces `deactivate`: a line that is drawn for the first time is as Pango left it when it was broken off."""
    _WAITING.append(layout)
    if len(_WAITING) > _MOST_WAITING:
        _let_go(_WAITING.popleft())


def _let_go(layout: Any) -> None:
    if "layout" in vars(layout):
        _deactivate(layout)


REPLACEMENTS = (
    replacement(draw, "draw_text", _draw),
    replacement(line_break.Layout, "setup", _set_up_again),
    replacement(line_break.Layout, "deactivate", _deactivate_later),
)
