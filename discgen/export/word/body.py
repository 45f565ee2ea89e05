"""The pages of a document to the body of a Word file: paragraphs, the contents as a field, tables and sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from itertools import pairwise

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from discgen.export.word.styles import Setting, Styles
from discgen.export.word.xml import Element, field_end, field_start, text_run, twips, w
from discgen.export.word.xml import field as field_of
from discgen.view.chart import ChartView
from discgen.view.page import ContentsEntry
from discgen.word.content import TAB, Block, CellBlock, ChartBlock, Pages, RowBlock, TableBlock, TextBlock
from discgen.word.style import Paper

_FILLED = "contents-"
"""How the names of the contents' lines begin."""
_LINE = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
"""Half a point."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
DrawChart = Callable[[ChartView, float], Element]
"""Puts a chart into the file; what shows it, so many points wide."""


@dataclass
class Body:
    """Writes pages one after the other. `contents` are the entries of the contents by what they lead to, `numbers` about
    the pages of these.
    """

    styles: Styles
    contents: Mapping[str, ContentsEntry]
    numbers: Mapping[str, int]
    draw_chart: DrawChart
    _bookmarks: dict[str, int] = field(default_factory=dict)
    _closes_field: bool = False

    def elements(self, pages: Pages, section: Element) -> Iterator[Element]:
        """What stands on the pages; at their end the section that they are."""
        blocks = pages.blocks
        written: list[Element] = []
        for block, following in pairwise([*blocks, None]):
            assert block is not None
            written += self._block(block, following, pages)
        if isinstance(blocks[-1], TextBlock):
            _properties_of(written[-1]).append(section)
        else:
            written.append(_end_of_section(section))
        yield from written

    def _block(self, block: Block, following: Block | None, pages: Pages) -> Iterator[Element]:
        if isinstance(block, TableBlock):
            yield self._table(block, pages)
        elif isinstance(block, ChartBlock):
            # A line that has the height of one of text would cut the chart off.
            room = w("spacing", line=240, lineRule="auto")
            flush = w("ind", firstLine=0, firstLineChars=0)
            yield w("p", w("pPr", room, flush), self.draw_chart(block.chart, pages.paper.room))
        else:
            yield self._paragraph(block, following, pages)

    def _paragraph(self, block: TextBlock, following: Block | None, pages: Pages) -> Element:
        entry = self.contents.get(block.anchor)
        # What the contents call otherwise than it is called stands in them by a field of its own.
        is_listed = entry is not None and entry.text == block.text
        setting = self.styles.of(block, pages.kind, is_listed=is_listed)
        is_contents = block.name.startswith(_FILLED)
        tabs = _tab(pages.paper, leader="dot" if is_contents else "none") if is_contents or TAB in block.text else None
        paragraph = w("p", _properties(setting, tabs))
        if is_contents:
            paragraph.extend(self._entry(block, following))
            return paragraph
        runs = [text_run(run.text, *_copies(setting.run)) for run in block.runs]
        if entry and not is_listed:
            begin, code, _ = field_start(f'TC "{entry.text}" \\l {entry.level}')
            runs += [begin, code, field_end()]
        paragraph.extend(self._marked(block.anchor, runs) if block.anchor else runs)
        return paragraph

    def _marked(self, anchor: str, runs: Sequence[Element]) -> Iterator[Element]:
        number = self._bookmark(anchor)
        yield w("bookmarkStart", id=number, name=_name(number))
        yield from runs
        yield w("bookmarkEnd", id=number)

    def _bookmark(self, anchor: str) -> int:
        return self._bookmarks.setdefault(anchor, len(self._bookmarks) + 1)

    def _entry(self, block: TextBlock, following: Block | None) -> Iterator[Element]:
        """A line of the contents: the first begins the field that all of them are, the last ends it."""
        if not self._closes_field:
            self._closes_field = True
            yield from field_start(self._instruction(), is_dirty=True)
        name = _name(self._bookmark(block.leads_to))
        yield w(
            "hyperlink",
            text_run(block.text),
            text_run(TAB),
            *field_of(f"PAGEREF {name} \\h", [text_run(str(self.numbers[block.leads_to]))]),
            anchor=name,
            history="1",
        )
        if not (isinstance(following, TextBlock) and following.name.startswith(_FILLED)):
            yield field_end()

    def _instruction(self) -> str:
        levels = max((entry.level for entry in self.contents.values()), default=1)
        return f'TOC \\o "1-{levels}" \\h \\z \\f'

    def _table(self, table: TableBlock, pages: Pages) -> Element:
        room = twips(pages.paper.room)
        widths = _whole(table.widths, room)
        top, right, bottom, _ = table.rows[0].cells[0].text.style.padding
        margins = {"top": top, "left": right, "bottom": bottom, "right": right}
        return w(
            "tbl",
            w(
                "tblPr",
                w("tblW", w=room, type="dxa"),
                w("tblBorders", *(w(side, **_LINE) for side in _SIDES)),
                w("tblLayout", type="fixed"),
                w("tblCellMar", *(w(side, w=twips(points), type="dxa") for side, points in margins.items())),
            ),
            w("tblGrid", *(w("gridCol", w=width) for width in widths)),
            *self._rows(table.rows, widths, pages),
        )

    def _rows(self, rows: Sequence[RowBlock], widths: Sequence[int], pages: Pages) -> Iterator[Element]:
        """The rows; a cell that reaches down has an empty one in each row below that it covers."""
        reaching: dict[int, tuple[CellBlock, int]] = {}
        for row in rows:
            cells: list[Element] = []
            column = 0
            waiting = list(row.cells)
            while waiting or column in reaching:
                if column in reaching:
                    cell, left = reaching.pop(column)
                    if left > 1:
                        reaching[column] = cell, left - 1
                    cells.append(self._cell(cell, widths[column : column + cell.columns], pages, row, "continue"))
                else:
                    cell = waiting.pop(0)
                    if cell.rows > 1:
                        reaching[column] = cell, cell.rows - 1
                    merge = "restart" if cell.rows > 1 else ""
                    cells.append(self._cell(cell, widths[column : column + cell.columns], pages, row, merge))
                column += cell.columns
            yield w("tr", w("trPr", w("cantSplit"), w("tblHeader") if row.is_head else None), *cells)

    def _cell(self, cell: CellBlock, widths: Sequence[int], pages: Pages, row: RowBlock, merge: str) -> Element:
        setting = self.styles.of(cell.text, pages.kind, in_table=True)
        keeps = w("keepNext") if row.keeps_with_next else None
        paragraph = w("p", _properties(setting, keeps))
        if merge != "continue":
            paragraph.extend(text_run(run.text) for run in cell.text.runs)
        return w(
            "tc",
            w(
                "tcPr",
                w("tcW", w=sum(widths), type="dxa"),
                w("gridSpan", val=cell.columns) if cell.columns > 1 else None,
                w("vMerge", val=merge) if merge else None,
                w("vAlign", val="center"),
            ),
            paragraph,
        )


def _properties(setting: Setting, *more: Element | None) -> Element:
    """The properties of a paragraph; what is said besides the style's comes first."""
    return w("pPr", w("pStyle", val=setting.style), *more, *_copies(setting.paragraph))


def _properties_of(paragraph: Element) -> Element:
    properties = paragraph.find(qn("w:pPr"))
    assert isinstance(properties, BaseOxmlElement)
    return properties


def _copies(elements: Sequence[Element]) -> list[Element]:
    """An element stands in one place only."""
    return list(map(copy, elements))


def _name(number: int) -> str:
    """The name of a bookmark, hidden as those that Word makes for contents."""
    return f"_Toc{number:08}"


def _tab(paper: Paper, leader: str) -> Element:
    return w("tabs", w("tab", val="right", leader=leader, pos=twips(paper.room)))


def _end_of_section(section: Element) -> Element:
    """After a table there must be a paragraph: one that takes no room."""
    size = w("rPr", w("sz", val=2), w("szCs", val=2))
    return w("p", w("pPr", w("spacing", before=0, after=0, line=twips(1), lineRule="exact"), size, section))


def _whole(widths: Sequence[float], room: int) -> list[int]:
    """The widths in twips; rounded, they still fill the room."""
    ends = [round(sum(widths[: at + 1]) / sum(widths) * room) for at in range(len(widths))]
    return [end - begin for begin, end in pairwise([0, *ends])]
