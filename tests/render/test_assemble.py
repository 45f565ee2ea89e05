"""Laid-out units joined to one file: in any order it is a whole one, and what WeasyPrint would have made of them together."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from discgen.render.layout.unit import lay_out
from discgen.render.pdf.artifact import Artifact, decode, encode
from discgen.render.pdf.assemble import Piece, assemble, overflows, page_numbers
from tests.conformance import elements
from tests.laid_out import PROPERTIES, Memory, by_itself, pdf_of

STYLE = """<style>
@page { size: 300pt 400pt; margin: 40pt; @bottom-center { content: counter(page) } }
@page front { counter-increment: page 0; @bottom-center { content: none } }
body { font: 12pt/16pt "Noto Serif CJK SC" } b { font-family: "Liberation Sans" }
</style>"""
CONTENTS = '<nav style="page: front"><h1 style="bookmark-level: none">目录</h1><a href="#one">甲章</a><a href="#two">乙章</a></nav>'
TEXT = '<h1 id="one">甲章</h1><p>正文，<b>100%</b> (12 0 R)。</p><p style="break-before: page">又一页。</p>'
TABLE = """<h1 id="two">乙章</h1><h2>（表）</h2><table>
<thead><tr><th scope="col">项目</th><th scope="col">数</th></tr></thead>
<tbody><tr><th scope="row">甲</th><td>1</td></tr><tr><td>乙</td><td>2</td></tr></tbody></table>"""
CHART = """<figure><img alt="图" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='100' height='50'%3E
%3Ctext y='20' font-family='Liberation Sans'%3E42%3C/text%3E%3Crect width='50' height='9' opacity='.5'/%3E%3C/svg%3E"></figure>"""
UNITS = (CONTENTS, TEXT, TABLE, CHART)


def page(body: str) -> str:
    return f'<html lang="zh-CN"><head><title>题</title>{STYLE}</head><body>{body}</body></html>'


@cache
def artifact(body: str) -> Artifact:
    return lay_out(page(body))


def joined(*bodies: str, part: int = 0) -> bytes:
    return assemble([Piece(part, artifact(body)) for body in bodies], PROPERTIES)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def outline(reader: PdfReader) -> list[tuple[int, str | None, int]]:
    """The depth of each entry, its title, and the sheet it leads to."""

    def walk(entries: list[Any], depth: int) -> Iterator[tuple[int, str | None, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                number = reader.get_destination_page_number(entry)
                assert number is not None
                yield depth, entry.title, number

    return list(walk(reader.outline, 0))


@pytest.mark.parametrize("order", list(permutations(range(len(UNITS)))), ids=str)
def test_units_in_any_order_are_a_whole_file(order: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "joined.pdf"
    path.write_bytes(joined(*(UNITS[number] for number in order)))
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_joined_units_say_what_they_say_alone() -> None:
    texts = [
        page.extract_text()
        for body in UNITS
        for page in read(joined(body, CONTENTS, TEXT, TABLE)).pages[: _length(body)]
    ]
    together = [page.extract_text() for page in read(joined(*UNITS)).pages]
    assert [text.rstrip("0123456789") for text in together] == [text.rstrip("0123456789") for text in texts]


def _length(body: str) -> int:
    return len(artifact(body).pages)


def test_pages_outline_and_links_are_those_of_the_whole_as_one_page() -> None:
    breaks = "<div style='break-before: page'></div>"
    alone = read(by_itself(page(breaks.join(UNITS))))
    reader = read(joined(*UNITS))
    assert len(reader.pages) == len(alone.pages)
    assert outline(reader) == outline(alone)
    for of_page, of_page_alone in zip(reader.pages, alone.pages, strict=True):
        links = [
            [(link["/Rect"], link["/Dest"]) for link in one.get("/Annots", [])] for one in (of_page, of_page_alone)
        ]
        assert links[0] == links[1]
    assert {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()} == {
        name: alone.get_destination_page_number(place) for name, place in alone.named_destinations.items()
    }


@given(st.lists(st.integers(1, 6), min_size=1, max_size=9))
@settings(max_examples=12, deadline=None)
def test_levels_that_are_left_out_nest_as_in_weasyprint(levels: list[int]) -> None:
    headings = [f"<h{level}>标题{number}</h{level}>" for number, level in enumerate(levels)]
    assert [entry[:2] for entry in outline(read(pdf_of(*map(page, headings))))] == [
        entry[:2] for entry in outline(read(pdf_of(page("".join(headings)))))
    ]


def test_a_link_that_leads_nowhere_is_told() -> None:
    with pytest.raises(RuntimeError, match="two"):
        joined(CONTENTS, TEXT)


def test_page_numbers_are_those_on_the_pages() -> None:
    artifacts = [artifact(body) for body in UNITS]
    assert page_numbers(artifacts) == {"one": 1, "two": 3}


def test_overflows_are_on_the_sheets_of_the_file() -> None:
    wide = artifact(
        '<table style="table-layout: fixed; width: 20pt"><td style="white-space: nowrap">宽字宽字</td></table>'
    )
    assert [overflow.page for overflow in overflows([artifact(CONTENTS), artifact(TEXT), wide])] == [4]


def test_parts_have_a_section_each() -> None:
    pieces = [Piece(part, artifact(body)) for part, body in enumerate(UNITS)]
    tree = [(one.type, one.parent) for one in elements(read(assemble([*pieces, Piece(3, artifact(TEXT))], PROPERTIES)))]
    assert tree[0] == ("Document", "StructTreeRoot")
    assert [kind for kind, parent in tree if parent == "Document"] == ["Sect", "Part"]
    assert [kind for kind, parent in tree if parent == "Part"] == ["Sect"] * 3


def test_each_header_is_found_by_its_name_once() -> None:
    reader = read(joined(TABLE, TEXT, *[TABLE] * 2))
    root: Any = reader.root_object["/StructTreeRoot"]
    names = root["/IDTree"]["/Names"]
    found = {str(name): element.get_object() for name, element in zip(names[::2], names[1::2], strict=True)}
    cells: list[Any] = [one.tag for one in elements(reader) if one.type == "TD"]
    headers = [header for cell in cells for header in cell["/A"]["/Headers"]]
    assert len(found) == 9
    assert {str(element["/ID"]) for element in found.values()} == found.keys()
    assert {str(found[str(header)]["/S"]) for header in headers} == {"/TH"}


def test_what_is_marked_on_a_page_is_in_the_tree_where_the_page_says() -> None:
    reader = read(joined(*UNITS))
    root: Any = reader.root_object["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert list(owners) == sorted(owners)
    for of_page in reader.pages:
        for number, element in enumerate(owners.pop(of_page["/StructParents"]).get_object()):
            assert number in element.get_object()["/K"]
            assert element.get_object()["/Pg"].get_object() == of_page
        for link in of_page.get("/Annots", []):
            element = owners.pop(link.get_object()["/StructParent"]).get_object()
            assert link.get_object() in [kid.get_object()["/Obj"] for kid in element["/K"] if not isinstance(kid, int)]
    assert owners == {}


@pytest.mark.parametrize("body", UNITS)
def test_an_artifact_comes_back_as_it_was_kept(body: str) -> None:
    assert decode(encode(artifact(body))) == artifact(body)


@given(st.binary(max_size=60))
def test_what_is_no_artifact_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(data)


_ENCODED = """
import sys
from discgen.render.layout.unit import lay_out
from discgen.render.pdf.artifact import encode
for page in sys.stdin.read().split("\\0"):
    print(encode(lay_out(page)).hex())
"""


def test_a_unit_is_the_same_whatever_was_laid_out_before_it() -> None:
    orders = [UNITS, UNITS[::-1]]
    written = [
        subprocess.run(
            [sys.executable, "-c", _ENCODED],
            input="\0".join(map(page, order)),
            capture_output=True,
            text=True,
            check=True,
        )
        for order in orders
    ]
    first, second = (done.stdout.split() for done in written)
    assert first == second[::-1] == [encode(artifact(body)).hex() for body in UNITS]


def test_the_same_units_give_the_same_bytes() -> None:
    assert joined(*UNITS) == joined(*UNITS)


# --- fonts ---


def test_a_kept_subset_is_used_again_and_gives_the_same_bytes() -> None:
    kept = Memory()
    pieces = [Piece(0, artifact(body)) for body in UNITS]
    first = assemble(pieces, PROPERTIES, store=kept)
    keys = set(kept.kept)
    assert keys
    assert assemble(pieces, PROPERTIES, store=kept) == first == assemble(pieces, PROPERTIES)
    assert set(kept.kept) == keys


def fonts(pdf: bytes) -> dict[str, tuple[bytes, Any, Any]]:
    """By the name of a font its file, its widths and its text."""
    found = {}
    pages: list[Any] = list(read(pdf).pages)
    for font in (font.get_object() for of_page in pages for font in of_page["/Resources"]["/Font"].values()):
        below = font["/DescendantFonts"][0].get_object()
        file = next(data for key, data in below["/FontDescriptor"].items() if key.startswith("/FontFile"))
        found[font["/BaseFont"]] = (file.get_data(), below["/W"], sorted(font["/ToUnicode"].get_data().split(b"\n")))
    return found


def test_a_font_is_embedded_as_by_weasyprint() -> None:
    body = page("<p>一二三，abc</p><p style='font: 9pt Liberation Mono'>fi 100</p>").replace("counter(page)", "'1'")
    assert fonts(pdf_of(body)) == fonts(by_itself(body))
    assert len(fonts(pdf_of(body))) > 1


def test_units_share_each_font() -> None:
    assert fonts(pdf_of(page("一二"), page("二三"))) == fonts(pdf_of(page("<p>一二三</p>")))
