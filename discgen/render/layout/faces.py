"""Fonts looked into once a process: what WeasyPrint's `Font` finds out is the same for each page that draws with it.

WeasyPrint also copies the whole file, 20 MB or more for Chinese, for each page and in each size, to embed it later. Here it
is copied when it is asked for, which our pages do not.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from weasyprint.pdf import fonts, stream
from weasyprint.text.ffi import ffi, pango

from discgen.render.layout.replacement import replacement

_read = fonts.get_hb_object_data


class _Font(fonts.Font):
    """A font whose file is not read before somebody wants it."""

    def __init__(self, pango_font: Any, description: Any, font_size: float) -> None:
        fonts.get_hb_object_data = lambda _: None
        try:
            super().__init__(pango_font, description, font_size)
        finally:
            fonts.get_hb_object_data = _read
        del self.file_content

    def __getattr__(self, name: str) -> Any:
        if name != "file_content":
            raise AttributeError(name)
        self.file_content = _read(self.hb_face)
        return self.file_content


_known: dict[tuple[int, int, float], _Font] = {}
"""By the address of the face, which the font keeps in place, by what Pango calls it, and by its size."""
_MOST = 256


def _font(pango_font: Any, description: Any, font_size: float) -> _Font:
    """Replaces `Font`."""
    face = fonts.get_pango_font_hb_face(pango_font)
    key = int(ffi.cast("uintptr_t", face)), pango.pango_font_description_hash(description), font_size
    known = _known.get(key)
    if known is None:
        if len(_known) >= _MOST:
            _known.clear()
        known = _known[key] = _Font(pango_font, description, font_size)
    font = copy(known)
    font.hb_font = pango.pango_font_get_hb_font(pango_font)
    font.widths, font.to_unicode, font.missing = {}, {}, {}
    font.variations = dict(known.variations)
    return font


REPLACEMENTS = (replacement(stream, "Font", _font),)
