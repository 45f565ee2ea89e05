"""What of a document's pages differs from another's; what both have is laid out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import cache

from discgen.compare.change import Pages
from discgen.document import Document
from discgen.render.html import unit_html
from discgen.render.layout.pages import PageContents, page_contents
from discgen.view.page import DocumentView, view_document
from discgen.view.units import units_of


def compare_pages(old: Document, new: Document) -> Pages:
    """The pages that differ, by number. A page that is merely further on than it was does not."""
    lay_out = cache(page_contents)
    before, after = (_pages(view_document(document), lay_out) for document in (old, new))
    gone: list[int] = []
    come: list[int] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += range(start + 1, end + 1)
            come += range(other_start + 1, other_end + 1)
    return Pages(tuple(gone), tuple(come), len(before), len(after))


def _pages(view: DocumentView, lay_out: Callable[[str], list[PageContents]]) -> list[str]:
    """What stands on each page of a document, the numbers in its contents among it."""
    units = units_of(view)
    parts = [page for unit in units if not unit.is_front for page in lay_out(unit_html(view, unit))]
    numbers = _page_numbers(parts)
    front = [page for unit in units if unit.is_front for page in lay_out(unit_html(view, unit, numbers))]
    return [page.text for page in (*front, *parts)]


def _page_numbers(parts: Iterable[PageContents]) -> dict[str, int]:
    """The number of the page that each named place is on: the first, if it is on several."""
    numbers: dict[str, int] = {}
    for number, page in enumerate(parts, start=1):
        for place in page.places:
            numbers.setdefault(place, number)
    return numbers
