"""The tags of a document that is put together from units: those that WeasyPrint alone gives the whole, element by element.

But for this: the main part and its sections are one element each and not one on every page; contents are tagged as such, and
leaders are no text to be read; what a figure is called stands in it; cells know their headers by the whole grid of their table.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.publish.build import publish
from discgen.render.html import render_html
from discgen.view.page import view_document
from tests.conftest import Demo
from tests.excerpts import excerpt
from tests.laid_out import pdf_of_view
from tests.readback import LAID_OUT, plain
from tests.tags import Tag, read_tree

ROOT = Path(__file__).parents[2]
WEASYPRINT_ALONE = """
import sys
from discgen.render.layout import breaks, justify, lines
from discgen.render.layout.replacement import put_in_place
from weasyprint import HTML

put_in_place((*justify.REPLACEMENTS, *lines.REPLACEMENTS))  # where lines end is ours
html = breaks.keep_units(breaks.allow_breaks(sys.stdin.read()))
sys.stdout.buffer.write(HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
"""


@pytest.fixture
def small(workspace: Demo) -> tuple[bytes, str]:
    """The PDF of a small document, and its page."""
    published = publish(workspace.workspace, workspace.target)
    assert published.path
    return published.path.read_bytes(), render_html(view_document(workspace.document()))


def test_a_small_document_is_tagged_as_weasyprint_tags_the_whole(small: tuple[bytes, str]) -> None:
    assert_tagged_as_the_whole(*small)


def test_cells_of_a_small_document_know_their_headers(small: tuple[bytes, str]) -> None:
    assert_cells_know_their_headers(*small)


@cache
def large(target: Target) -> tuple[bytes, str]:
    """The PDF of a published document, and its page."""
    document = compose(Workspace(ROOT), target).document
    assert document
    view = excerpt(view_document(document))
    return pdf_of_view(view), render_html(view)


@pytest.mark.slow
@pytest.mark.parametrize("target", LAID_OUT, ids=str)
def test_a_published_document_is_tagged_as_weasyprint_tags_the_whole(target: Target) -> None:
    assert_tagged_as_the_whole(*large(target))


@pytest.mark.slow
@pytest.mark.parametrize("target", LAID_OUT, ids=str)
def test_cells_of_a_published_document_know_their_headers(target: Target) -> None:
    assert_cells_know_their_headers(*large(target))


def assert_tagged_as_the_whole(pdf: bytes, html: str) -> None:
    command = [sys.executable, "-X", "utf8", "-c", WEASYPRINT_ALONE]
    alone = subprocess.run(command, input=html.encode(), cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    whole, tree = read_tree(alone), read_tree(pdf)
    assert whole.document.kids[-1].role == tree.document.kids[-1].role == "Part"
    assert len({tag.role for tag in tree.document.walk()}) > 10
    assert list(lines_of(without_parts(tree.document))) == list(lines_of(without_parts(mended(whole.document))))
    assert tree.loose == ()


def lines_of(tags: list[Tag], depth: int = 0) -> Iterator[tuple[object, ...]]:
    """The elements, a line each."""
    for tag in tags:
        yield depth, tag.role, tag.page, tag.text, tag.alt, tag.columns, tag.rows, tag.links
        yield from lines_of(tag.kids, depth + 1)


def without_parts(document: Tag) -> list[Tag]:
    """What stands in the document, and in the sections of its main part."""
    sections = [
        [top] if top.role != "Part" else [kid for section in top.kids for kid in section.kids] for top in document.kids
    ]
    return [tag for section in sections for tag in section]


def mended(tag: Tag) -> Tag:
    """An element of WeasyPrint's as it is to be."""
    tag.kids = [mended(kid) for kid in tag.kids if not re.fullmatch(r"( \.)+", kid.whole_text)]
    roles = [kid.role for kid in tag.kids]
    if tag.role == "NonStruct" and "L" in roles:
        tag.role = "Sect"
        for one in tag.walk():
            one.role = {"L": "TOC", "LI": "TOCI", "LBody": "Reference"}.get(one.role, one.role)
    if "Caption" in roles:
        caption = tag.kids.pop(roles.index("Caption"))
        figure = next(one for one in tag.walk() if one.role == "Figure")
        figure.kids.insert(0, caption)
    return tag


def assert_cells_know_their_headers(pdf: bytes, html: str) -> None:
    tables = [tag for tag in read_tree(pdf).document.walk() if tag.role == "Table"]
    assert {
        (plain(tag.whole_text), tag.scope) for table in tables for tag in table.walk() if tag.role == "TH"
    } == scopes(html)
    for table in tables:
        grid = list(placed([tag for tag in table.walk() if tag.role == "TR"]))
        for row, column, cell in grid:
            if cell.role == "TD":
                assert cell.headers == [
                    *heads(grid, "Row", row, column, cell),
                    *heads(grid, "Column", row, column, cell),
                ]


Grid = list[tuple[int, int, Tag]]


def placed(rows: list[Tag]) -> Iterator[tuple[int, int, Tag]]:
    """The cells of a table, each with the first row and column that it covers."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells.kids:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            yield row, column, cell


def heads(grid: Grid, scope: str, row: int, column: int, cell: Tag) -> list[Tag]:
    """The headers of a scope that stand to the left of a cell in one of its rows, or above it in one of its columns."""
    return [
        head
        for head_row, head_column, head in grid
        if head.scope == f"/{scope}"
        and (
            (head_column < column and head_row < row + cell.rows and row < head_row + head.rows)
            if scope == "Row"
            else (head_row < row and head_column < column + cell.columns and column < head_column + head.columns)
        )
    ]


class _Scopes(HTMLParser):
    """The texts of header cells, each with what it heads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._scope = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "th":
            self._scope = "/Column" if dict(attrs)["scope"] == "col" else "/Row"
            self.found.append(("", self._scope))

    def handle_data(self, data: str) -> None:
        if self._scope:
            self.found[-1] = (self.found[-1][0] + plain(data), self._scope)

    def handle_endtag(self, tag: str) -> None:
        if tag == "th":
            self._scope = ""


def scopes(html: str) -> set[tuple[str, str]]:
    parser = _Scopes()
    parser.feed(html)
    return set(parser.found)
