"""A unit laid out alone has the pages that it has in the document: nothing outside it has a say in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from discgen.document import Result
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.render.html import render_html, unit_html
from discgen.render.layout import breaks, justify, lines
from discgen.render.layout.replacement import put_in_place
from discgen.view.page import view_document
from discgen.view.units import units_of
from tests.conftest import Demo
from tests.excerpts import excerpt
from tests.export.workspaces import one_of_each_form

WORKSPACE = Workspace(Path(__file__).parents[2])

Page = tuple[object, ...]


def laid_out(html: str) -> list[Page]:
    """Of each page its size, its texts and images where they stand, its named places and its bookmarks."""
    put_in_place((*justify.REPLACEMENTS, *lines.REPLACEMENTS))
    document = HTML(string=breaks.keep_units(breaks.allow_breaks(html))).render()
    return [
        (page.width, page.height, list(contents(page._page_box)), dict(page.anchors), page.bookmarks)  # noqa: SLF001 - what no public name gives
        for page in document.pages
    ]


def contents(page: Any) -> Iterator[tuple[object, ...]]:
    for box in (box for child in page.children if not is_page_number(child) for box in child.descendants()):
        if isinstance(box, boxes.TextBox):
            yield box.text, box.position_x, box.position_y, box.width, box.height, box.style["font_size"]
        elif isinstance(box, boxes.ReplacedBox):
            yield box.element.get("src"), box.position_x, box.position_y, box.width, box.height


def is_page_number(box: Any) -> bool:
    return isinstance(box, boxes.MarginBox) and box.at_keyword == "@bottom-center"


def assert_units_stand_alone(result: Result, *, draft: bool = False) -> None:
    assert result.document
    view = excerpt(view_document(result.document, draft=draft, findings=result.findings))
    units = units_of(view)
    alone = [laid_out(unit_html(view, unit)) for unit in units]
    page_numbers = dict(
        numbered_places(page for unit, pages in zip(units, alone, strict=True) if not unit.is_front for page in pages)
    )
    at = next(at for at, unit in enumerate(units) if unit.kind == "contents")
    alone[at] = laid_out(unit_html(view, units[at], page_numbers))
    whole = laid_out(render_html(view))
    ends = list(accumulate(map(len, alone)))
    assert [whole[end - len(pages) : end] for end, pages in zip(ends, alone, strict=True)] == alone
    assert ends[-1] == len(whole)


def numbered_places(pages: Iterator[Page]) -> Iterator[tuple[str, int]]:
    """Every named place with the number of its page; the front matter does not count."""
    for number, (*_, anchors, _) in enumerate(pages, start=1):
        assert isinstance(anchors, dict)
        yield from ((anchor, number) for anchor in anchors)


@pytest.mark.parametrize("draft", [False, True])
def test_units_of_a_small_document_stand_alone(workspace: Demo, draft: bool) -> None:  # noqa: FBT001
    assert_units_stand_alone(workspace.compose(), draft=draft)


@pytest.mark.slow
@pytest.mark.parametrize("target", one_of_each_form(), ids=str)
def test_units_of_a_department_stand_alone(target: Target) -> None:
    assert_units_stand_alone(compose(WORKSPACE, target))
