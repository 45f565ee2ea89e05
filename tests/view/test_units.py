"""What begins a page and is laid out by itself: sheets, runs of text, a heading with the sheet below it."""

from __future__ import annotations

from discgen.narrative.blocks import Paragraph, Span
from discgen.view.page import DocumentView, Section
from discgen.view.pieces import AnnexView, HeadingView, Piece
from discgen.view.units import Unit, units_of

PART = HeadingView("s1", "第一部分", 1, 1)
PART_ON_SHEET = HeadingView("s1", "第一部分", 1, 1, "portrait")
HEADING = HeadingView("s2", "一、", 2, 2)
TEXT = Paragraph((Span("一段。"),))
SHEET = AnnexView("a1", "附件", (), ())
OTHER = AnnexView("a2", "附件", (), (), paper="landscape")


def units(*parts: list[Piece], draft: bool = False) -> list[Unit]:
    view = DocumentView("", "", (), (), tuple(Section(part) for part in parts), draft=draft, findings=())
    return list(units_of(view))


def pieces(*parts: list[Piece]) -> list[tuple[Piece, ...]]:
    return [unit.pieces for unit in units(*parts) if not unit.is_front]


def places(*parts: list[Piece]) -> list[str]:
    return [place for unit in units(*parts) for _, place in unit.placed]


def test_the_front_matter_comes_first_and_has_findings_in_a_draft_only() -> None:
    assert [unit.kind for unit in units([PART])] == ["cover", "contents", "part"]
    assert [unit.kind for unit in units([PART], draft=True)] == ["findings", "cover", "contents", "part"]


def test_each_sheet_is_a_unit_and_so_is_the_text_before_between_and_after_them() -> None:
    assert pieces([PART, TEXT, SHEET, OTHER, TEXT, TEXT, SHEET, TEXT]) == [
        (PART, TEXT),
        (SHEET,),
        (OTHER,),
        (TEXT, TEXT),
        (SHEET,),
        (TEXT,),
    ]


def test_a_heading_that_shares_the_page_of_a_sheet_is_in_its_unit_and_another_is_not() -> None:
    assert pieces([PART_ON_SHEET, SHEET]) == [(PART_ON_SHEET, SHEET)]
    assert pieces([PART, HEADING, SHEET]) == [(PART, HEADING), (SHEET,)]


def test_a_unit_knows_its_part_and_whether_it_is_the_last_of_it() -> None:
    found = [(unit.part, unit.is_last_of_part) for unit in units([PART, SHEET], [PART], [TEXT, SHEET, TEXT])]
    front = [(0, False)] * 2
    assert found == [*front, (1, False), (1, True), (2, True), (3, False), (3, False), (3, True)]


def test_a_unit_is_set_on_the_paper_of_its_sheet() -> None:
    papers = [unit.paper for unit in units([PART_ON_SHEET, SHEET, OTHER, TEXT])]
    assert papers == ["cover", "contents", "portrait", "landscape", "text"]


def test_a_sheet_below_its_heading_is_marked() -> None:
    assert places([PART_ON_SHEET, SHEET]) == ["", "below-heading"]
    assert places([PART, SHEET]) == ["", ""]


def test_the_paragraph_that_ends_a_part_is_marked_and_no_other_is() -> None:
    assert places([PART, TEXT, TEXT], [TEXT, SHEET], [SHEET, TEXT]) == ["", "", "ends-part", "", "", "", "ends-part"]
