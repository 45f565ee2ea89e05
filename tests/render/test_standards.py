"""What a published file says of itself, and that those who hold it to the standards see what is missing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from discgen.publish.build import publish
from tests.conformance import complaints, second_opinion, violations
from tests.conftest import Demo


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published document, with a chart in it."""
    demo = Demo(tmp_path_factory.mktemp("published"))
    path = publish(demo.workspace, demo.target).path
    assert path
    return path


def test_it_keeps_to_the_standards_by_the_word_of_others(pdf: Path, tmp_path: Path) -> None:
    assert violations(pdf) == []
    assert second_opinion(pdf) == []
    assert complaints(pdf, tmp_path / "copy.pdf") == []


def without(key: str, *, of: Callable[[DictionaryObject], bool]) -> Callable[[PdfWriter], None]:
    """A change that takes an entry from the first object of a kind."""

    def spoil(writer: PdfWriter) -> None:
        del first(writer, of)[key]

    return spoil


def first(writer: PdfWriter, is_meant: Callable[[DictionaryObject], bool]) -> DictionaryObject:
    return next(one for one in dictionaries(writer) if is_meant(one))


def dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    objects = writer._objects  # noqa: SLF001 - there is no other list of them
    return (one for one in objects if isinstance(one, DictionaryObject))


def is_catalog(one: DictionaryObject) -> bool:
    return one.get("/Type") == "/Catalog"


def is_file(one: DictionaryObject) -> bool:
    return one.get("/Type") == "/Filespec"


def is_link(one: DictionaryObject) -> bool:
    return one.get("/Subtype") == "/Link"


def is_figure(one: DictionaryObject) -> bool:
    return one.get("/S") == "/Figure"


def is_font(one: DictionaryObject) -> bool:
    return one.get("/Subtype") == "/Type0"


def without_scopes(writer: PdfWriter) -> None:
    for one in dictionaries(writer):
        if one.get("/S") in {"/TH", "/TD"} and "/A" in one:
            attributes: Any = one["/A"]
            attributes.pop("/Scope", None)
            attributes.pop("/Headers", None)


def with_a_level_left_out(writer: PdfWriter) -> None:
    first(writer, lambda one: one.get("/S") == "/H2")[NameObject("/S")] = NameObject("/H4")


def with_a_script(writer: PdfWriter) -> None:
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.beep()")}
    )
    first(writer, is_catalog)[NameObject("/OpenAction")] = script


def with_an_entry_in_no_contents(writer: PdfWriter) -> None:
    first(writer, lambda one: one.get("/S") == "/TOC")[NameObject("/S")] = NameObject("/Div")


@pytest.mark.parametrize(
    ("spoil", "profile", "rule"),
    [
        (without("/OutputIntents", of=is_catalog), "3a", "PDFA3A-DEVICE-RGB-001"),
        (without("/AF", of=is_catalog), "3a", "PDFA3A-FILE-SPEC-ASSOCIATION-001"),
        (without("/AFRelationship", of=is_file), "3a", "PDFA3A-FILE-SPEC-AF-RELATIONSHIP-001"),
        (without("/UF", of=is_file), "3a", "PDFA3A-FILE-SPEC-F-AND-UF-001"),
        (without("/Metadata", of=is_catalog), "3a", "PDFA3A-ID-SCHEMA-001"),
        (without("/F", of=is_link), "3a", "PDFA3A-ANNOTATION-FLAGS-PRESENT-001"),
        (without("/ToUnicode", of=is_font), "3a", "PDFA3A-UNICODE-MAPPING-001"),
        (with_a_script, "3a", "PDFA3A-ACTION-TYPE-001"),
        (without("/Metadata", of=is_catalog), "ua1", "PDFUA1-ID-SCHEMA-001"),
        (without("/Lang", of=is_catalog), "ua1", "PDFUA1-TEXT-LANGUAGE-001"),
        (without("/MarkInfo", of=is_catalog), "ua1", "PDFUA1-TAGGED-DOCUMENT-001"),
        (without("/ViewerPreferences", of=is_catalog), "ua1", "PDFUA1-VIEWER-PREFERENCES-001"),
        (without("/Contents", of=is_link), "ua1", "PDFUA1-LINK-CONTENTS-001"),
        (without("/Alt", of=is_figure), "ua1", "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
        (without_scopes, "ua1", "PDFUA1-TABLE-HEADERS-SCOPE-001"),
        (with_a_level_left_out, "ua1", "PDFUA1-HEADING-NESTING-001"),
        (with_an_entry_in_no_contents, "ua1", "PDFUA1-TOCI-PARENT-001"),
    ],
)
def test_the_validator_sees_what_is_missing(
    pdf: Path, spoil: Callable[[PdfWriter], None], profile: str, rule: str
) -> None:
    writer = PdfWriter(clone_from=pdf)
    spoil(writer)
    spoilt = io.BytesIO()
    writer.write(spoilt)
    assert rule in [violation.split()[0] for violation in violations(spoilt.getvalue(), [profile])]


def test_the_second_opinion_sees_what_is_missing(pdf: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=pdf)
    without("/Alt", of=is_figure)(writer)
    writer.write(tmp_path / "spoilt.pdf")
    assert second_opinion(tmp_path / "spoilt.pdf", of_meaning=False) != []


def test_readers_complain_of_a_page_that_breaks_off(pdf: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=pdf)
    contents: Any = writer.pages[0]["/Contents"]
    part: Any = contents[0].get_object() if isinstance(contents, ArrayObject) else contents
    part.set_data(part.get_data()[:200] + b" ] oops")
    writer.write(tmp_path / "spoilt.pdf")
    said = complaints(tmp_path / "spoilt.pdf", tmp_path / "copy.pdf")
    assert {complaint.split()[0] for complaint in said} >= {"gs", "mutool"}


def test_the_packet_says_what_the_information_dictionary_says(pdf: Path) -> None:
    reader = PdfReader(pdf)
    packet, info = reader.xmp_metadata, reader.metadata
    assert packet
    assert info
    assert packet.dc_title == {"x-default": info.title}
    assert packet.dc_creator == [info.author]
    assert packet.pdf_producer == info.producer
    assert packet.dc_language == [str(reader.root_object["/Lang"])]
    assert {key for key in info if "Date" in key} == set()


def test_anybody_can_read_the_packet_out_of_the_file(pdf: Path) -> None:
    data = pdf.read_bytes()
    assert b"<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n<pdfuaid:part>1" in data


def test_glyphs_are_as_wide_as_their_font_has_them(pdf: Path) -> None:
    for page in PdfReader(pdf).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"]
            embedded = descriptor.get("/FontFile2") or descriptor["/FontFile3"]
            advances = TTFont(io.BytesIO(embedded.get_object().get_data()))
            said = widths(descendant["/W"])
            size = 1000 / advances["head"].unitsPerEm
            names = advances.getGlyphOrder()
            assert said
            assert [
                (number, width)
                for number, width in said.items()
                if abs(width - size * advances["hmtx"][names[number]][0]) > 1
            ] == []


def widths(array: Any) -> dict[int, float]:
    """The widths of glyphs by their numbers (ISO 32000-1, 9.7.4.3), each given after the first of its neighbours."""
    found: dict[int, float] = {}
    for start, neighbours in zip(array[::2], array[1::2], strict=True):
        found |= dict(enumerate(map(float, neighbours), start=int(start)))
    return found
