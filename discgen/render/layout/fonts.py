"""Which glyphs of which fonts a unit draws: the fonts themselves are embedded once, where units are joined."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
from weasyprint import pdf
from weasyprint.pdf import stream
from weasyprint.text.ffi import ffi, harfbuzz

from discgen.render.layout.replacement import replacement
from discgen.render.pdf.artifact import Font

_add_font = stream.Stream.add_font
_build_fonts_dictionary = pdf.build_fonts_dictionary


class UnitFonts(pydyf.Dictionary):
    """The dictionary of the fonts of a unit, before those are in it that it shares with others."""


def _of_unusual_fonts(file: Any, fonts: Mapping[Any, Any], *options: Any) -> UnitFonts:
    """Those whose glyphs are not outlines alone: each unit has its own, as WeasyPrint embeds them."""
    unusual = {key: font for key, font in fonts.items() if _is_unusual(font)}
    return UnitFonts(_build_fonts_dictionary(file, unusual, *options) if unusual else {})


def _is_unusual(font: Any) -> bool:
    return bool(font.bitmap or font.png or font.svg or font.colr)


def _add_font_of_file(self: Any, pango_font: Any) -> tuple[Any, float]:
    font, size = _add_font(self, pango_font)
    if not hasattr(font, "file"):
        font.file = _file(pango_font)
    return font, size


def drawn_fonts(used: Mapping[Any, Any]) -> tuple[Font, ...]:
    """Fonts of WeasyPrint's that units share, with their glyphs."""
    fonts: dict[str, Font] = {}
    for font in used.values():
        if _is_unusual(font):
            continue
        fonts[font.hash] = _drawn(font, fonts.get(font.hash))
    return tuple(fonts.values())


def _drawn(font: Any, same: Font | None) -> Font:
    glyphs = {number: (text, font.widths[number]) for number, text in font.to_unicode.items()}
    return Font(
        key=font.hash,
        name=font.name.decode(),
        family=font.family,
        file=font.file,
        index=font.index & _FACE,
        size=Path(font.file).stat().st_size,
        checksum=_checksum(font),
        axes=_axes(font),
        flags=font.flags,
        ascent=font.ascent,
        descent=font.descent,
        glyphs={**glyphs, **(same.glyphs if same else {})},
    )


def _checksum(font: Any) -> int:
    """`checkSumAdjustment` of the table `head`."""
    blob = harfbuzz.hb_face_reference_table(font.hb_face, int.from_bytes(b"head", "big"))
    length = ffi.new("unsigned int *")
    data = harfbuzz.hb_blob_get_data(blob, length)
    checksum = int.from_bytes(ffi.unpack(data, 12)[8:], "big")
    harfbuzz.hb_blob_destroy(blob)
    return checksum


def _axes(font: Any) -> dict[str, float]:
    """Where a variable font stands on its axes, as in WeasyPrint's `Font.clean`."""
    if "fvar" not in font.tables:
        return {}
    from fontTools.ttLib import TTFont

    with TTFont(font.file, fontNumber=font.index & _FACE, lazy=True) as opened:
        axes = {axis.axisTag: axis for axis in opened["fvar"].axes}
    places = {"wght": font.weight, "opsz": font.font_size, "slnt": 0.0, "ital": float(font.style == _ITALIC)}
    if font.style == _OBLIQUE and "slnt" in axes:
        places["slnt"] = axes["slnt"].maxValue or axes["slnt"].minValue
    return {axis: float(place) for axis, place in {**places, **font.variations}.items() if axis in axes}


_OBLIQUE, _ITALIC = 1, 2
_FACE = 0xFFFF
"""The bits of an index that name a face; the others name an instance of a variable font."""


@cache
def _libraries() -> tuple[Any, Any]:
    """Pango and Fontconfig, for what WeasyPrint's interface to them lacks: which file a font is in."""
    pango, fontconfig = ctypes.CDLL("libpangoft2-1.0.so.0"), ctypes.CDLL("libfontconfig.so.1")
    pango.pango_fc_font_get_pattern.restype = ctypes.c_void_p
    pango.pango_fc_font_get_pattern.argtypes = [ctypes.c_void_p]
    fontconfig.FcPatternGetString.argtypes = [
        *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_char_p))
    ]
    return pango, fontconfig


def _file(pango_font: Any) -> str:
    pango, fontconfig = _libraries()
    pattern = pango.pango_fc_font_get_pattern(int(ffi.cast("uintptr_t", pango_font)))
    file = ctypes.c_char_p()
    if fontconfig.FcPatternGetString(pattern, b"file", 0, ctypes.byref(file)) or file.value is None:
        raise RuntimeError("a font is in no file")
    return os.fsdecode(file.value)


REPLACEMENTS = (
    replacement(pdf, "build_fonts_dictionary", _of_unusual_fonts),
    replacement(stream.Stream, "add_font", _add_font_of_file),
)
