from __future__ import annotations

from discgen.word.content import CellBlock, Pages, RowBlock, Run, TableBlock, TextBlock
from discgen.word.paging import page_numbers
from discgen.word.style import Paper, Style

PAPER = Paper(100.0, 120.0, (10.0, 0.0, 10.0, 0.0))
"""Ten lines of ten characters."""
TEXT = Style(size=10.0, line=10.0)
HEADING = Style(size=10.0, line=10.0, keeps_with_next=True)


def text(characters: int) -> TextBlock:
    return TextBlock("p", TEXT, (Run("字" * characters),))


def heading(anchor: str) -> TextBlock:
    return TextBlock("h1", HEADING, (Run("题"),), level=1, anchor=anchor)


def pages(*blocks: TextBlock | TableBlock) -> Pages:
    return Pages(PAPER, blocks, "part")


def test_each_run_of_pages_begins_with_a_new_one_and_the_front_does_not_count() -> None:
    front = Pages(PAPER, (text(1),), "cover")
    assert page_numbers([front, pages(heading("a"), text(1)), pages(heading("b"), text(1))]) == {"a": 1, "b": 2}


def test_lines_fill_pages() -> None:
    assert page_numbers([pages(text(70), heading("a"), text(10))]) == {"a": 1}
    assert page_numbers([pages(text(101), heading("a"), text(10))]) == {"a": 2}


def test_a_heading_stays_with_what_follows_it() -> None:
    assert page_numbers([pages(text(80), heading("a"), text(20))]) == {"a": 2}
    assert page_numbers([pages(text(60), heading("a"), heading("b"), text(20))]) == {"a": 1, "b": 1}
    assert page_numbers([pages(text(70), heading("a"), heading("b"), text(20))]) == {"a": 2, "b": 2}


def test_a_table_goes_on_below_its_head() -> None:
    cell = CellBlock(text(8), 1, 1)
    head, row = (RowBlock((cell,), is_head=is_head, keeps_with_next=False) for is_head in (True, False))
    table = TableBlock((100.0,), (head, *[row] * 16))  # nine rows of 10.5 on a page with the head, then eight
    assert page_numbers([pages(table), pages(heading("a"), text(1))]) == {"a": 3}
