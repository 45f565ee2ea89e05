"""Fonts of every sort come out as WeasyPrint embeds them: with outlines on axes, or in colours."""

from __future__ import annotations

import base64
import io
import subprocess
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from fontTools.ttLib.tables.S_V_G_ import SVGDocument
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from pypdf import PdfReader

from discgen.cache import NoCache
from discgen.render.layout.unit import lay_out
from discgen.render.pdf.fonts import subsets_of, united
from tests.laid_out import Memory, by_itself, pdf_of


def box(width: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (width, 700), (width, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def built(family: str) -> FontBuilder:
    """A font with boxes for A and B."""
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "A", "B"])
    font.setupCharacterMap({ord("A"): "A", ord("B"): "B"})
    font.setupGlyf({".notdef": box(500), "A": box(500), "B": box(300)})
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", "A", "B"], (600, 100)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    return font


def variable() -> FontBuilder:
    """A font whose boxes are wider the heavier it is."""
    font = built("Made Variable")
    font.setupFvar([("wght", 400, 400, 900, "Weight")], [])
    wider = TupleVariation({"wght": (0, 1, 1)}, [(0, 0), (0, 0), (90, 0), (90, 0), (0, 0), (90, 0), (0, 0), (0, 0)])
    font.setupGvar({"A": [wider], "B": [wider]})
    return font


def coloured() -> FontBuilder:
    """A font whose A is a red disc."""
    font = built("Made Coloured")
    table = newTable("SVG ")
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"><g id="glyph1"><circle cx="300" cy="-300" r="250" fill="red"/></g></svg>'
    table.docList = [SVGDocument(drawn, 1, 1, compressed=False)]
    font.font["SVG "] = table
    return font


def page(font: FontBuilder, text: str, weight: int = 400) -> str:
    file = io.BytesIO()
    font.font.recalcTimestamp = False
    font.save(file)
    source = base64.b64encode(file.getvalue()).decode()
    family = font.font["name"].getDebugName(1)
    return f"""<html lang="zh"><head><title>题</title><style>
@font-face {{ font-family: {family}; src: url(data:font/ttf;base64,{source}) }}
@page {{ size: 200pt 80pt; margin: 10pt }}
p {{ margin: 0; font: {weight} 30pt {family}, "Liberation Sans" }}
</style></head><body><p>{text}</p></body></html>"""


def pictures(pdf: bytes, folder: Path) -> list[bytes]:
    """What poppler draws of each page."""
    folder.mkdir()
    subprocess.run(["pdftoppm", "-r", "144", "-", folder / "page"], input=pdf, check=True)
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@pytest.mark.parametrize(("made", "weight"), [(variable, 400), (variable, 900), (coloured, 400)])
def test_it_looks_as_by_weasyprint(made: Any, weight: int, tmp_path: Path) -> None:
    html = page(made(), "ABx", weight)
    assert pictures(pdf_of(html), tmp_path / "ours") == pictures(by_itself(html), tmp_path / "theirs")


def test_weights_of_a_variable_font_are_two_fonts(tmp_path: Path) -> None:
    light, heavy = pictures(pdf_of(page(variable(), "AB"), page(variable(), "AB", 900)), tmp_path / "pages")
    assert light.count(0) < heavy.count(0)


def test_units_with_coloured_glyphs_keep_their_own(tmp_path: Path) -> None:
    pages = pictures(pdf_of(page(coloured(), "A"), page(coloured(), "BA"), page(coloured(), "A")), tmp_path / "pages")
    assert pages[0] == pages[2] != pages[1]
    assert all(b"\xff\x00\x00" in one for one in pages)


def test_the_same_bytes_come_twice() -> None:
    assert pdf_of(page(variable(), "AB", 900)) == pdf_of(page(variable(), "AB", 900))


def test_a_font_is_cut_down_once_by_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts, store = united(lay_out(page(built("Made Kept"), "AB")).fonts), Memory()
    first = subsets_of(fonts, store)
    assert subsets_of(fonts, store) == first
    assert len(store.kept) == len(fonts)
    monkeypatch.setattr("discgen.render.pdf.fonts.layout", lambda: "another release")
    assert subsets_of(fonts, store) == first
    assert len(store.kept) == 2 * len(fonts)


def test_fonts_are_cut_down_where_the_system_gives_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = united(lay_out(page(built("Made Alone"), "ABx")).fonts)
    usual = subsets_of(fonts, NoCache())
    with monkeypatch.context() as patched:
        patched.setattr(Thread, "start", lambda _: (_ for _ in ()).throw(RuntimeError("can't start new thread")))
        assert subsets_of(fonts, NoCache(), threads=2) == usual


def test_text_in_any_font_is_read_back() -> None:
    pdf = pdf_of(page(variable(), "AB"), page(coloured(), "AB"))
    assert [one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages] == ["AB", "AB"]
