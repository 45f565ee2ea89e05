"""How the published documents are set: what is read back is what was written, and no character stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from discgen.load.workspace import Workspace
from discgen.narrative.blocks import Paragraph
from discgen.pipeline import compose
from discgen.render.layout.justify import MOST_STRETCH
from tests.readback import ROOT, Edition
from tests.readers.read import WITH_PDFJS, searched_by_pdfium, searched_by_pdfjs, searched_by_poppler

pytestmark = pytest.mark.slow

READER_SEES_A_SPACE = 0.1
"""Ems between two characters: poppler's bound (`minWordBreakSpace`), the strictest of the readers tried."""
FOOT = re.compile(r"\s*— \d+ —\s*")
MARKS = "，。、；：！？）》”’"


def running(page: str) -> str:
    """The text of a page without its foot and its ends of lines: blanks that a reader put in stay."""
    return re.sub(r"[\r\n]", "", FOOT.sub("", page))


def is_on(pages: list[str], text: str) -> bool:
    """Whether the text stands on a page, or begins on one and goes on at the head of the next."""
    if any(text in page for page in pages):
        return True
    return any(
        text[:at] in page and following.startswith(text[at:])
        for page, following in pairwise(pages)
        for at in range(1, len(text))
        if text[at - 1] in page[-2000:] and following[:1] == text[at]
    )


@pytest.mark.parametrize(
    "read", [searched_by_poppler, searched_by_pdfium, pytest.param(searched_by_pdfjs, marks=WITH_PDFJS)]
)
def test_every_paragraph_is_found_as_it_was_written(edition: Edition, read: Callable[[Path], list[str]]) -> None:
    document = compose(Workspace(ROOT), edition.target).document
    assert document is not None
    paragraphs = [block.text for block in document.text.blocks if isinstance(block, Paragraph)]
    pages = list(map(running, read(edition.pdf)))
    assert len(paragraphs) > 20
    assert [text for text in paragraphs if not is_on(pages, text)] == []


def test_no_line_is_stretched_so_far_that_readers_see_spaces(edition: Edition) -> None:
    gaps = [gap for page in edition.pages for gap in page.gaps]
    assert len(gaps) > 1000
    assert MOST_STRETCH < READER_SEES_A_SPACE
    assert max(gaps) < READER_SEES_A_SPACE


def test_no_cell_ends_with_a_lone_character(edition: Edition) -> None:
    """A character, with a mark behind it or not, may stand alone below others where each line has but one or two.

    Of four characters or more over two lines, no last line needs to be one character long: the line
    above can give one. Of three over two, only a wider column helps.
    """
    lines = [cell.split("\n") for page in edition.pages for cell in page.cells if "\n" in cell]
    assert lines
    assert [cell for cell in lines if len(cell[-1].rstrip(MARKS)) <= 1 and len(cell[-2]) > 2] == []


def test_a_number_is_not_parted_from_its_unit_in_a_goal_sheet(edition: Edition) -> None:
    parted = re.compile(r"[≤≥=<>]?\d[\d,.]*\n[\u4e00-\u9fff]{1,3}(/[\u4e00-\u9fff]{1,2})?")
    cells = [cell for page in edition.pages for cell in page.cells]
    short = [cell for cell in cells if parted.fullmatch(cell) and len(cell) < 9]
    assert short == []
