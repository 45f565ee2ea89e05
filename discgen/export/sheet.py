"""One table on one sheet of a workbook: title, heads, body with its additions as formulas, and notes, ready to print on A4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from math import ceil

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from discgen.money import NumberStyle, exact_in_unit
from discgen.tables.heads import place_heads
from discgen.tables.table import Column, Sum, Table
from discgen.view.paper import is_wide
from discgen.view.table import RowView, TableView

_TITLE, _BOLD, _BODY = Font("黑体", 16), Font("宋体", 10, bold=True), Font("宋体", 10)
_THIN = Side("thin")
_BOX = Border(_THIN, _THIN, _THIN, _THIN)
_CENTRED, _LEFT = (Alignment(side, "center", wrap_text=True) for side in ("center", "left"))
_CHARACTERS = {"portrait": 92, "landscape": 136}
"""The widths of the columns together: what A4 takes in print without being made small."""
_LEAST_WIDTH = 8
_LINE_HEIGHT = 15
"""Points. Excel measures no merged cell and LibreOffice none that it has not laid out, so every row is given its height."""
_WIDTH, _PADDING, _INDENT, _CHARACTER = 7, 5, 9, 20 / 3
"""Pixels: a unit of column width, the padding around its text, a step of indentation, and half a Chinese
character of the body."""


class SheetWriter:
    """Writes one table from the top down. `values` are the amounts of formulas by cell, in the table's unit."""

    def __init__(self, sheet: Worksheet, table: Table, view: TableView, style: NumberStyle) -> None:
        self._sheet, self._table, self._view = sheet, table, view
        self._format = number_format(style)
        self._widths = _widths(table)
        self._row = 1
        self._sums: dict[Position, tuple[Position, ...]] = {}
        self.values: dict[str, str] = {}

    def write(self) -> None:
        """Fill the sheet."""
        for at, width in enumerate(self._widths, start=1):
            self._sheet.column_dimensions[get_column_letter(at)].width = width
        self._write_title()
        first_head = self._row
        self._write_heads()
        set_up_print(self._sheet, range(first_head, self._row), self._view.orientation)
        self._sheet.print_options.horizontalCentered = True
        self._sums = additions(self._table)
        first = self._row
        for number, row in enumerate(self._view.rows):
            self._write_row(number, row, first)
        for note in self._view.notes:
            self._write_across(note, _BODY, _LEFT)

    def _write_title(self) -> None:
        if self._view.label:
            self._put(1, self._view.label, _BODY, Alignment("left"))
            self._row += 1
        self._write_across(self._view.title, _TITLE, _CENTRED)
        # The unit stands in the last column, on the right; words reach over empty cells beside them.
        self._put(len(self._widths), self._view.unit, _BODY, Alignment("right"))
        if len(self._widths) > 1:
            self._put(1, self._view.department, _BODY, Alignment("left"))
        self._row += 1

    def _write_heads(self) -> None:
        top, depth = self._row, len(self._table.heads)
        heights = [1.0] * depth
        for placed in place_heads(self._table):
            self._row, rows = top + placed.row, placed.head.rows
            self._put(placed.column + 1, placed.head.label, _BOLD, _CENTRED)
            self._merge(placed.column + 1, placed.head.columns, rows)
            lines = _lines(placed.head.label, sum(self._widths[at] for at in placed.columns()))
            for row in range(placed.row, placed.row + rows):
                heights[row] = max(heights[row], lines / rows)
        for row, height in enumerate(heights):
            self._sheet.row_dimensions[top + row].height = _LINE_HEIGHT * height + 3
        self._row = top + depth
        self._frame(top)

    def _write_row(self, number: int, row: RowView, first: int) -> None:
        column, lines = 0, 1
        font = _BOLD if row.kind in ("total", "subtotal", "heading") else _BODY
        for cell in row.cells:
            if cell.style == "label" or cell.span > 1:
                self._put(column + 1, cell.text, font, _CENTRED if cell.style == "label" else _LEFT)
                self._merge(column + 1, cell.span, 1)
            else:
                self._write_cell((number, column), font, first)
            lines = max(lines, self._lines_of(cell.text, column, cell.span))
            column += cell.span
        self._sheet.row_dimensions[self._row].height = _LINE_HEIGHT * lines + 3
        self._row += 1
        self._frame(self._row - 1)

    def _write_cell(self, place: Position, font: Font, first: int) -> None:
        row, column = place
        cell, style = self._table.rows[row].cells[column], self._table.columns[column]
        if cell.answer is None:
            self._put(column + 1, cell.text, font, _alignment(style, cell.indent))
            if style.style == "amount" and cell.text.isdecimal():  # a count of vehicles or equipment
                self._cell(column + 1).data_type = "n"
            return
        amount = exact_in_unit(cell.answer.value, self._table.unit)
        target = self._put(column + 1, amount, font, _alignment(style, 0))
        target.number_format = self._format
        # The library would write a float's sixteen digits; as text they stay those of the amount.
        target.data_type = "n"
        if place in self._sums:
            target.value = formula(self._sums[place], first)
            self.values[target.coordinate] = amount

    def _lines_of(self, text: str, column: int, span: int) -> int:
        """How many lines a cell of the row takes, where its text is broken at all."""
        alignment = self._cell(column + 1).alignment
        if not alignment.wrap_text:
            return 1
        return _lines(text, sum(self._widths[column : column + span]), int(alignment.indent))

    def _write_across(self, text: str, font: Font, alignment: Alignment) -> None:
        self._put(1, text, font, alignment)
        self._merge(1, len(self._widths), 1)
        lines = _lines(text, sum(self._widths) * 10 / (font.size or 10))
        self._sheet.row_dimensions[self._row].height = lines * _LINE_HEIGHT * (font.size or 10) / 10
        self._row += 1

    def _put(self, column: int, text: str, font: Font, alignment: Alignment) -> Cell:
        cell = self._cell(column)
        cell.font, cell.alignment = font, alignment
        if text:
            cell.value = text
            cell.data_type = "s"  # also where it begins with =
        return cell

    def _cell(self, column: int) -> Cell:
        cell = self._sheet.cell(self._row, column)
        assert isinstance(cell, Cell)
        return cell

    def _merge(self, column: int, columns: int, rows: int) -> None:
        if columns > 1 or rows > 1:
            self._sheet.merge_cells(
                start_row=self._row, start_column=column, end_row=self._row + rows - 1, end_column=column + columns - 1
            )

    def _frame(self, first: int) -> None:
        """Lines round all cells from row `first` on."""
        for row in range(first, self._row):
            for column in range(1, len(self._widths) + 1):
                self._sheet.cell(row, column).border = _BOX


def set_up_print(sheet: Worksheet, heads: range, orientation: str) -> None:
    """A4, as wide as the page; the rows of heads, from 1, stay on the screen and are repeated on every page."""
    sheet.freeze_panes = f"A{heads.stop}"
    sheet.print_title_rows = f"{heads.start}:{heads.stop - 1}"
    sheet.page_setup.orientation = "landscape" if orientation == "landscape" else "portrait"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def number_format(style: NumberStyle) -> str:
    """A form's number style as Excel writes it: positive; negative; zero.

    Excel cannot drop noughts and the point with them, so a style that trims keeps its places.
    """
    digits = ("#,##0" if style.thousands else "0") + ("." + "0" * style.places if style.places else "")
    return f'{digits};-{digits};"{style.zero}"'


def _alignment(column: Column, indent: int) -> Alignment:
    if column.style == "amount":
        return Alignment("right", "center")
    if column.style == "code":
        return Alignment("center", "center")
    return Alignment("left", "center", wrap_text=True, indent=indent)


def _widths(table: Table) -> list[float]:
    """The widths of the columns in characters: the form's shares, but no amount is cut."""
    shares = [_CHARACTERS[table.orientation] * column.width / 100 for column in table.columns]
    longest = [_LEAST_WIDTH] * len(shares)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if cell.answer is not None:
                longest[at] = max(longest[at], len(cell.text) + 2)
    return [round(max(pair), 2) for pair in zip(shares, longest, strict=True)]


def _lines(text: str, width: float, indent: int = 0) -> int:
    """How many lines a text takes in a column so wide; a Chinese character is not halved at the end of one."""
    characters = sum(2 if is_wide(character) else 1 for character in text)
    room = (width * _WIDTH - _PADDING - indent * _INDENT) / _CHARACTER
    return max(1, ceil(characters / max(2, int(room) // 2 * 2)))


Position = tuple[int, int]
"""A cell of a table's body: its row and its column, counted from 0."""


def additions(table: Table) -> dict[Position, tuple[Position, ...]]:
    """The cells that are sums, with the cells they are the sum of; of two additions for a cell, the first.

    An addition that does not lead to one set of cells beyond doubt is left out.
    """
    places = _places(table)
    sums: dict[Position, tuple[Position, ...]] = {}
    for addition in table.sums:
        for total in places.get(id(addition.total), []):
            cell = table.rows[total[0]].cells[total[1]]
            parts = _parts(total, addition, places) if f"{cell.row}/{cell.column}" == addition.name else ()
            if parts:
                sums.setdefault(total, parts)
    return sums


def _places(table: Table) -> dict[int, list[Position]]:
    """Where each answer is shown. Cells and additions share their answers, which are compared by identity."""
    places: dict[int, list[Position]] = {}
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells.cells):
            if cell.answer is not None:
                places.setdefault(id(cell.answer), []).append((row, column))
    return places


def _parts(total: Position, addition: Sum, places: Mapping[int, list[Position]]) -> tuple[Position, ...]:
    """The cells of the parts, all in the total's column or all in its row; none where that is in doubt."""
    ways = []
    for line in (1, 0):  # down the column, along the row
        near = [
            [place for place in places.get(id(part), []) if place != total and place[line] == total[line]]
            for part in addition.parts
        ]
        if all(len(matches) == 1 for matches in near):
            ways.append(tuple(matches[0] for matches in near))
    return ways[0] if len(ways) == 1 and len(set(ways[0])) == len(ways[0]) else ()


def formula(parts: tuple[Position, ...], first_row: int) -> str:
    """`=SUM(B5:B7)+B9`, where the body begins in `first_row` of the sheet, counted from 1."""
    return "=" + "+".join(_term(run, first_row) for run in _runs(parts))


def _runs(parts: tuple[Position, ...]) -> Iterator[list[Position]]:
    """The cells, which stand in one line, as runs of neighbours."""
    for _, run in groupby(enumerate(sorted(parts)), key=lambda item: sum(item[1]) - item[0]):
        yield [place for _, place in run]


def _term(run: list[Position], first_row: int) -> str:
    first, last = (f"{get_column_letter(column + 1)}{row + first_row}" for row, column in (run[0], run[-1]))
    return first if len(run) == 1 else f"SUM({first}:{last})"
