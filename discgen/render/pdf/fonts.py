"""Fonts in a file: each once, with the glyphs that all units together draw, as WeasyPrint embeds them.

HarfBuzz cuts a font down to its glyphs, which keep their numbers: the contents of pages name them by those. It is called
through its C interface, since the library that WeasyPrint calls it with is not to be loaded here.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from discgen.cache import Cache
from discgen.identity import layout
from discgen.render.pdf.artifact import Font
from discgen.render.pdf.file import LEVEL, File, text_string


def united(fonts: Iterable[Font]) -> list[Font]:
    """Each font once, with all glyphs drawn in it, in the order of their names."""
    by_key: dict[str, list[Font]] = {}
    for font in fonts:
        by_key.setdefault(font.key, []).append(font)
    return [_merged(by_key[key]) for key in sorted(by_key)]


def _merged(fonts: Sequence[Font]) -> Font:
    first = fonts[0]
    glyphs: dict[int, tuple[str, int]] = {}
    for font in fonts:
        if _face(font) != _face(first):
            raise RuntimeError(f"{font.name} is of two fonts: {_face(first)}, {_face(font)}")
        glyphs = {**font.glyphs, **glyphs}
    return replace(first, glyphs=dict(sorted(glyphs.items())))


def _face(font: Font) -> tuple[object, ...]:
    """What a font is, wherever it lies."""
    return font.size, font.checksum, font.index, sorted(font.axes.items())


def put_font(file: File, number: int, font: Font, subset: Subset) -> None:
    """Write a font under a reserved number.

    ISO 32000-1, 9.7: the font that pages name, the one below it, its descriptor, its file, and the text of its glyphs.
    """
    kind, file_kind = (b"0", b"3") if subset.is_cff else (b"2", b"2")
    name, glyphs = font.name.encode(), font.glyphs
    widths = [width for _, width in glyphs.values()]
    flags = font.flags | (_FIXED_PITCH if len(widths) > 1 and len(set(widths)) == 1 else 0)
    entries = b"/Subtype/OpenType" if subset.is_cff else b"/Length1 %d" % subset.length
    data = file.add_stream(entries + b"/Filter/FlateDecode", subset.data, compressed=False)
    descriptor = file.add(
        b"<</Type/FontDescriptor/FontName%s/FontFamily%s/Flags %d/FontBBox[0 %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d"
        b"/CapHeight %d/StemV 80/StemH 80/FontFile%s %d 0 R>>"
        % (
            *(name, text_string(font.family), flags, font.descent, max(widths), font.ascent, font.ascent, font.descent),
            *(font.ascent, file_kind, data),
        )
    )
    descendant = file.add(
        b"<</Type/Font/Subtype/CIDFontType%s/BaseFont%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/CIDToGIDMap/Identity/W[%s]/FontDescriptor %d 0 R>>" % (kind, name, b"".join(_widths(font)), descriptor)
    )
    unicode = file.add_stream(b"", b"\n".join(_unicode(font)))
    file.put(
        number,
        b"<</Type/Font/Subtype/Type0/BaseFont%s/ToUnicode %d 0 R/Encoding/Identity-H/DescendantFonts[%d 0 R]>>"
        % (name, unicode, descendant),
    )


_FIXED_PITCH: Final = 1


def _widths(font: Font) -> Iterator[bytes]:
    """The widths of the glyphs, neighbours together."""
    previous = None
    for number, (_, width) in font.glyphs.items():
        if previous is None or number != previous + 1:
            yield b"%s%d[%d" % (b"" if previous is None else b"]", number, width)
        else:
            yield b" %d" % width
        previous = number
    yield b"]"


_AT_ONCE = 100
"""How many lines a block of a character map may have."""


def _unicode(font: Font) -> Iterator[bytes]:
    """The character map: what each glyph stands for."""
    yield b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap"
    yield b"/CIDSystemInfo\n<< /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def"
    yield b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def"
    yield b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
    lines = [b"<%04x> <%s>" % (number, _utf16(text)) for number, (text, _) in font.glyphs.items()]
    for start in range(0, len(lines), _AT_ONCE):
        block = lines[start : start + _AT_ONCE]
        yield b"%d beginbfchar" % len(block)
        yield from block
        yield b"endbfchar"
    yield b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be").hex().encode()


class Subset(Struct, frozen=True, array_like=True):
    """A font cut down: whether its outlines are CFF, its length, and its data compressed."""

    is_cff: bool
    length: int
    data: bytes


_decoder = msgspec.msgpack.Decoder(Subset)


def subsets_of(fonts: Sequence[Font], store: Cache, threads: int = 1) -> list[Subset]:
    """The fonts cut down to their glyphs, in up to so many threads; `store` keeps them."""
    keys = [_key(font) for font in fonts]
    subsets = {key: kept for key in keys if (kept := store.find("font", key, _decoder.decode))}
    missing = {key: font for key, font in zip(keys, fonts, strict=True) if key not in subsets}
    subsets.update(zip(missing, _cut_down_all(list(missing.values()), threads), strict=True))
    for key in missing:
        store.put("font", key, msgspec.msgpack.encode(subsets[key]))
    return [subsets[key] for key in keys]


def _cut_down_all(fonts: Sequence[Font], threads: int) -> list[Subset]:
    if threads > 1 and len(fonts) > 1:
        from concurrent.futures import ThreadPoolExecutor

        with suppress(RuntimeError), ThreadPoolExecutor(threads) as pool:  # the system may let us have no thread
            return list(pool.map(_subset_of, fonts))  # HarfBuzz and zlib run beside each other
    return [*map(_subset_of, fonts)]


def _key(font: Font) -> str:
    made_from = (layout(), _face(font), list(font.glyphs))
    return hashlib.sha256(repr(made_from).encode()).hexdigest()


def _subset_of(font: Font) -> Subset:
    data = _static(_cut_down(font), font) if font.axes else _cut_down(font)
    return Subset(data.startswith(b"OTTO"), len(data), zlib.compress(data, LEVEL))


def _static(data: bytes, font: Font) -> bytes:
    """A variable font as it is at one place on its axes."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    file = io.BytesIO()
    undated = TTFont(io.BytesIO(data), recalcTimestamp=False)
    instantiateVariableFont(undated, dict(font.axes), static=True).save(file)
    return file.getvalue()


# The C interface of HarfBuzz: https://harfbuzz.github.io/harfbuzz-hb-subset.html

_NO_HINTING, _RETAIN_NUMBERS, _NO_SUBROUTINES, _UNKNOWN_TABLES = 0x01, 0x02, 0x04, 0x20
_TABLES_TO_DROP = 3
_DROPPED = (b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ")

_POINTER, _NUMBER, _TEXT = ctypes.c_void_p, ctypes.c_uint, ctypes.c_char_p
_FUNCTIONS: dict[str, dict[str, tuple[Any, ...]]] = {
    "libharfbuzz.so.0": {
        "hb_blob_create_from_file_or_fail": (_POINTER, _TEXT),
        "hb_blob_get_data": (_POINTER, _POINTER, ctypes.POINTER(_NUMBER)),
        "hb_blob_destroy": (None, _POINTER),
        "hb_face_create": (_POINTER, _POINTER, _NUMBER),
        "hb_face_reference_blob": (_POINTER, _POINTER),
        "hb_face_destroy": (None, _POINTER),
        "hb_set_add": (None, _POINTER, _NUMBER),
        "hb_set_add_range": (None, _POINTER, _NUMBER, _NUMBER),
    },
    "libharfbuzz-subset.so.0": {
        "hb_subset_input_create_or_fail": (_POINTER,),
        "hb_subset_input_destroy": (None, _POINTER),
        "hb_subset_input_set_flags": (None, _POINTER, _NUMBER),
        "hb_subset_input_glyph_set": (_POINTER, _POINTER),
        "hb_subset_input_set": (_POINTER, _POINTER, _NUMBER),
        "hb_subset_or_fail": (_POINTER, _POINTER, _POINTER),
    },
}
"""Of each library, the functions with the types of what they return and take."""


class _HarfBuzz:
    """The functions of HarfBuzz by their names."""

    def __init__(self) -> None:
        for name, functions in _FUNCTIONS.items():
            library = ctypes.CDLL(name)
            for function, (returned, *taken) in functions.items():
                found = getattr(library, function)
                found.restype, found.argtypes = returned, taken
                setattr(self, function, found)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


@cache
def _harfbuzz() -> _HarfBuzz:
    return _HarfBuzz()


def _cut_down(font: Font) -> bytes:
    """The font's file with the glyphs that are drawn; those between them are empty. As in WeasyPrint's `Font.subset`."""
    hb = _harfbuzz()
    numbers = list(font.glyphs)
    keep = _RETAIN_NUMBERS | _UNKNOWN_TABLES | _NO_SUBROUTINES
    shorten = _UNKNOWN_TABLES | _NO_SUBROUTINES | _NO_HINTING
    with ExitStack() as used:
        blob = _made(used, hb.hb_blob_create_from_file_or_fail(font.file.encode()), hb.hb_blob_destroy)
        face = _made(used, hb.hb_face_create(blob, font.index), hb.hb_face_destroy)
        face = _cut(used, face, [(number, number) for number in numbers], keep)
        face = _cut(used, face, [(0, max(numbers))], shorten)
        data = _made(used, hb.hb_face_reference_blob(face), hb.hb_blob_destroy)
        length = _NUMBER()
        start = hb.hb_blob_get_data(data, ctypes.byref(length))
        return ctypes.string_at(start, length.value)


def _cut(used: ExitStack, face: int, ranges: Iterable[tuple[int, int]], flags: int) -> int:
    """The face with the glyphs from the first to the last of each range."""
    hb = _harfbuzz()
    wanted = _made(used, hb.hb_subset_input_create_or_fail(), hb.hb_subset_input_destroy)
    hb.hb_subset_input_set_flags(wanted, flags)
    glyphs = hb.hb_subset_input_glyph_set(wanted)
    for first, last in ranges:
        hb.hb_set_add_range(glyphs, first, last)
    dropped = hb.hb_subset_input_set(wanted, _TABLES_TO_DROP)
    for tag in _DROPPED:
        hb.hb_set_add(dropped, int.from_bytes(tag, "big"))
    return _made(used, hb.hb_subset_or_fail(face, wanted), hb.hb_face_destroy)


def _made(used: ExitStack, pointer: int | None, destroy: Callable[[int], object]) -> int:
    """What a function of HarfBuzz made, to be destroyed at last."""
    if not pointer:
        raise RuntimeError("HarfBuzz cannot subset a font")
    used.callback(destroy, pointer)
    return pointer
