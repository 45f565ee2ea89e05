"""The pages of a document to what a word processor has: runs of pages on one paper, of paragraphs, tables and charts.

The elements are those that are laid out for the PDF, so that a Word file says the same in the same order; how they are
set is read off the same style sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count
from typing import Any

import cssselect2
from lxml import html
from msgspec import Struct

from discgen.render.html import environment
from discgen.view.chart import ChartView
from discgen.view.marks import Marks
from discgen.view.page import DocumentView
from discgen.view.units import Kind, Unit, units_of
from discgen.word.marks import ATTRIBUTE, Source, SourceMarks
from discgen.word.style import Paper, Style, StyleSheet, style_sheet

_PARAGRAPHS = frozenset({"p", "li", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
TAB = "\t"
"""Before what stands on the right of a line."""


class Run(Struct, frozen=True):
    """A run of text, and what it comes from, where that is known."""

    text: str
    source: Source | None = None


class TextBlock(Struct, frozen=True):
    """A paragraph. `name` is what the style sheet knows it by, `level` that of a heading in the outline, 0 for none.

    `source` is what it is a part of, `anchor` what leads to it is called, `leads_to` such an anchor, `subject` what a
    title that several sheets have is about.
    """

    name: str
    style: Style
    runs: tuple[Run, ...]
    level: int = 0
    anchor: str = ""
    leads_to: str = ""
    subject: str = ""
    source: Source | None = None

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(run.text for run in self.runs)


class CellBlock(Struct, frozen=True):
    """A cell of a table, over so many columns and rows."""

    text: TextBlock
    columns: int
    rows: int


class RowBlock(Struct, frozen=True):
    """A row. Heads stand above the table again on every page."""

    cells: tuple[CellBlock, ...]
    is_head: bool
    keeps_with_next: bool


class TableBlock(Struct, frozen=True):
    """A table: how wide its columns are in percent, and whose sheet it is."""

    widths: tuple[float, ...]
    rows: tuple[RowBlock, ...]
    source: Source | None = None


class ChartBlock(Struct, frozen=True):
    """A chart."""

    chart: ChartView


Block = TextBlock | TableBlock | ChartBlock


class Pages(Struct, frozen=True):
    """What begins on a page of its own and is set on one kind of paper."""

    paper: Paper
    blocks: tuple[Block, ...]
    kind: Kind
    """What they are: the cover, the contents, or part of what follows them."""


def content_of(view: DocumentView, *, with_sources: bool = False) -> Iterator[Pages]:
    """All pages of a document in order; with what each text comes from where that is asked for."""
    for unit in units_of(view):
        yield _pages(view, unit, SourceMarks() if with_sources else Marks())


def _pages(view: DocumentView, unit: Unit, marks: Marks) -> Pages:
    template = environment("document").get_template("unit.html.j2")
    page = html.document_fromstring(template.render(view=view, unit=unit, page_numbers={}, marks=marks))
    sheet = style_sheet("".join(style.text or "" for style in page.iter("style")))
    charts = iter([piece for piece in unit.pieces if isinstance(piece, ChartView)])
    reader = _Reader(sheet, marks.sources if isinstance(marks, SourceMarks) else [], charts)
    root = cssselect2.ElementWrapper.from_html_root(page)
    body = next(child for child in root.iter_children() if child.etree_element.tag == "body")
    blocks = tuple(reader.blocks(body, sheet.style(body, sheet.style(root, Style())), None))
    return Pages(sheet.paper(reader.page), blocks, unit.kind)


class _Reader:
    """Reads the elements of a unit in order. `page` is the kind of paper that they ask for."""

    def __init__(self, sheet: StyleSheet, sources: list[Source], charts: Iterator[ChartView]) -> None:
        self.page = ""
        self._sheet = sheet
        self._sources = sources
        self._charts = charts

    def blocks(self, element: Any, style: Style, source: Source | None) -> Iterator[Block]:
        """What stands in an element that is no paragraph."""
        self.page = style.page or self.page
        numbers = count(1)
        for child in element.iter_children():
            tag = child.etree_element.tag
            own, of = self._sheet.style(child, style), self._source(child) or source
            self.page = own.page or self.page
            if tag in _PARAGRAPHS:
                number = f"{next(numbers)}. " if element.etree_element.tag == "ol" else ""
                yield self._paragraph(child, own, of, number)
            elif tag == "table":
                yield self._table(child, own, of)
            elif tag == "img":
                yield ChartBlock(next(self._charts))
            else:
                yield from self.blocks(child, own, of)

    def _source(self, element: Any) -> Source | None:
        number = element.etree_element.get(ATTRIBUTE)
        return self._sources[int(number)] if number and self._sources else None

    def _paragraph(self, element: Any, style: Style, source: Source | None, number: str = "") -> TextBlock:
        node = element.etree_element
        titles = [child for child in element.iter_children() if self._sheet.style(child, style).floats]
        runs = [Run(number)] if number else []
        runs += self._runs(element, None, leaving_out=titles)
        if titles:
            runs += [Run(TAB), *(run for title in titles for run in self._runs(title, None))]
        is_heading = node.tag[0] == "h" and style.is_outlined
        return TextBlock(
            name=(node.get("class") or node.tag).split()[0],
            style=style,
            runs=tuple(_trimmed(runs)),
            level=int(node.tag[1]) if is_heading else 0,
            anchor=node.get("id", ""),
            leads_to=(node.get("data-to") or "").removeprefix("#"),
            subject=node.get("data-continued") or "",
            source=source,
        )

    def _runs(self, element: Any, source: Source | None, leaving_out: Iterable[Any] = ()) -> Iterator[Run]:
        """The texts in an element, each with what it comes from."""
        node = element.etree_element
        out = {id(left_out.etree_element) for left_out in leaving_out}
        if node.text:
            yield Run(_BLANKS.sub(" ", node.text), source)
        for child in element.iter_children():
            if id(child.etree_element) not in out:
                yield from self._runs(child, self._source(child) or source)
            if child.etree_element.tail:
                yield Run(_BLANKS.sub(" ", child.etree_element.tail), source)

    def _table(self, element: Any, style: Style, source: Source | None) -> TableBlock:
        widths: list[float | None] = []
        rows: list[RowBlock] = []
        for part in element.iter_children():
            own = self._sheet.style(part, style)
            if part.etree_element.tag == "colgroup":
                widths = [self._sheet.style(column, own).width for column in part.iter_children()]
                continue
            rows += (self._row(row, own, source) for row in part.iter_children())
        columns = len(widths) or max(sum(cell.columns for cell in row.cells) for row in rows)
        return TableBlock(_shared(widths or [None] * columns), tuple(rows), source)

    def _row(self, element: Any, style: Style, source: Source | None) -> RowBlock:
        own, of = self._sheet.style(element, style), self._source(element) or source
        return RowBlock(
            tuple(map(partial(self._cell, style=own, source=of), element.iter_children())),
            is_head=element.parent.etree_element.tag == "thead",
            keeps_with_next=own.keeps_with_next,
        )

    def _cell(self, element: Any, style: Style, source: Source | None) -> CellBlock:
        node = element.etree_element
        own = self._sheet.style(element, style)
        text = self._paragraph(element, own, self._source(element) or source)
        return CellBlock(text, int(node.get("colspan", 1)), int(node.get("rowspan", 1)))


def _trimmed(runs: Iterable[Run]) -> list[Run]:
    """The runs without blanks where the paragraph begins and ends; none is empty."""
    kept = [run for run in runs if run.text]
    if kept:
        kept[0] = Run(kept[0].text.lstrip(" "), kept[0].source)
        kept[-1] = Run(kept[-1].text.rstrip(" "), kept[-1].source)
    return [run for run in kept if run.text]


def _shared(widths: list[float | None]) -> tuple[float, ...]:
    """The widths; columns that say none share what the others leave."""
    left = 100.0 - sum(width or 0.0 for width in widths)
    silent = sum(width is None for width in widths)
    return tuple(width if width is not None else left / silent for width in widths)
