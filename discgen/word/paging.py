"""On which page each heading will stand, about: lines are counted, not set.

Only a word processor knows, and writes it into the contents when it opens the file; until then a reader sees these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from discgen.view.paper import ems
from discgen.word.content import Block, CellBlock, ChartBlock, Pages, RowBlock, TableBlock, TextBlock

_KEPT = 2
"""Lines of a paragraph that stay together at an end of a page."""
_LINE = 0.5
"""Points of a line between two cells."""
_NEARLY = 0.01


def page_numbers(pages: Iterable[Pages]) -> dict[str, int]:
    """The page of each anchor, counted as in the foot of pages: the first behind the contents is 1."""
    counter = _Counter()
    for one in pages:
        if one.kind == "part":
            counter.count(one)
    return counter.numbers


class _Counter:
    """Goes down the pages. `numbers` are those of anchors."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._page = 0
        self._used = self._height = 0.0

    def count(self, pages: Pages) -> None:
        """Put all blocks on pages of one paper, beginning with a new one."""
        top, _, bottom, _ = pages.paper.margin
        self._page, self._used, self._height = self._page + 1, 0.0, pages.paper.height - top - bottom
        for at, block in enumerate(pages.blocks):
            if isinstance(block, ChartBlock):
                self._put(block.chart.height)
            elif isinstance(block, TextBlock):
                self._put_text(block, pages.blocks[at + 1 :], pages.paper.room)
            else:
                self._put_table(block, pages.paper.room)

    def _put(self, height: float, again: float = 0.0) -> None:
        """Something that stays whole; `again` is the height of what then stands at the head of a new page."""
        self._keep(height, again)
        self._used += height

    def _keep(self, height: float, again: float = 0.0) -> None:
        """Begin a new page where this much has no room left."""
        if self._used + height > self._height + _NEARLY and self._used:
            self._page, self._used = self._page + 1, again

    def _put_text(self, block: TextBlock, following: Sequence[Block], room: float) -> None:
        style = block.style
        lines = _lines(block, room)
        above, _, below, _ = style.margin
        self._used += above if self._used else 0.0
        self._keep(style.line * min(lines, _KEPT) + _kept_below(block, following))
        if block.anchor:
            self.numbers[block.anchor] = self._page
        for _ in range(lines):
            self._put(style.line)
        self._used += below

    def _put_table(self, table: TableBlock, room: float) -> None:
        heights = list(_row_heights(table, room))
        head = sum(height for height, row in zip(heights, table.rows, strict=True) if row.is_head)
        for height in heights:
            self._put(height, head)


def _kept_below(block: TextBlock, following: Sequence[Block]) -> float:
    """The height of what a heading stays with: headings below it, and the beginning of the text below these."""
    if not block.style.keeps_with_next:
        return 0.0
    height = 0.0
    for other in following:
        if not isinstance(other, TextBlock):
            break
        if not other.style.keeps_with_next:
            return height + _KEPT * other.style.line
        height += other.style.line
    return height


def _lines(block: TextBlock, room: float) -> int:
    """How many lines a text takes in this width, its padding and, on the first, its indentation left out."""
    style = block.style
    width = max(room - style.padding[1] - style.padding[3], style.size)
    return max(1, ceil((ems(block.text) * style.size + style.indent) / width - _NEARLY))


def _row_heights(table: TableBlock, room: float) -> Iterator[float]:
    """The height of each row; a cell that reaches down over several does not count."""
    reaching: dict[int, tuple[int, int]] = {}
    for row in table.rows:
        heights = [_LINE]
        for column, cell in _placed(row, reaching):
            if cell.rows == 1:
                width = sum(table.widths[column : column + cell.columns]) / sum(table.widths) * room - _LINE
                top, _, bottom, _ = cell.text.style.padding
                heights.append(_lines(cell.text, width) * cell.text.style.line + top + bottom + _LINE)
        yield max(heights)


def _placed(row: RowBlock, reaching: dict[int, tuple[int, int]]) -> Iterator[tuple[int, CellBlock]]:
    """The cells of a row with their columns. `reaching` are cells of rows above, how wide and how many rows they still cover."""
    above = dict(reaching)
    reaching.clear()
    reaching.update({column: (columns, rows - 1) for column, (columns, rows) in above.items() if rows > 1})
    column = 0
    for cell in row.cells:
        while column in above:
            column += above[column][0]
        yield column, cell
        if cell.rows > 1:
            reaching[column] = cell.columns, cell.rows - 1
        column += cell.columns
