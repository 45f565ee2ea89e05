"""Cells of a workbook that is written: values in the styles that are there, rows put in between, and heights for text."""

from __future__ import annotations

import re
from copy import copy
from math import ceil

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from discgen.view.paper import is_wide

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel holds."""
_HIGHEST_ROW, _LINE = 409, 16
"""Points: what a row of Excel may have at most, and a line of text."""
_GENERAL, _DECIMALS = "General", re.compile(r"[.]([0#?]+)")
_USUAL_WIDTH = 8.43
_LOOKS = ("font", "border", "fill", "alignment", "number_format", "protection")
"""What makes up the style of a cell."""


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text, also where it begins with =; row and column are counted from 1."""
    cell = _writable(sheet, row, column)
    cell.value = text or None
    if text:
        cell.data_type = "s"


def put_number(sheet: Worksheet, row: int, column: int, digits: str) -> None:
    """Write a number with the digits it has; the library would make a float's sixteen of them."""
    cell = _writable(sheet, row, column)
    cell.value = digits
    cell.data_type = "n"


def has_formula(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether a cell holds a formula."""
    return bool(_writable(sheet, row, column).data_type == "f")


def hides_decimals(sheet: Worksheet, row: int, column: int, digits: str) -> bool:
    """Whether a cell shows fewer decimals than its number has."""
    places = len(digits.partition(".")[2])
    shown = _DECIMALS.search(_writable(sheet, row, column).number_format.partition(";")[0])
    is_general = _writable(sheet, row, column).number_format == _GENERAL
    return not is_general and places > (len(shown[1]) if shown else 0)


def clear(sheet: Worksheet, row: int, column: int) -> None:
    """Take out what a cell holds; its style stays."""
    _writable(sheet, row, column).value = None


def _writable(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or of merged ones the first, which holds the value of all."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(area.min_row, area.min_col)
    assert isinstance(cell, Cell)
    return cell


def insert_rows(sheet: Worksheet, before: int, count: int) -> None:
    """Put rows before a row, styled as the one above them; what is merged below goes along.

    The library moves cells only.
    """
    below = [CellRange(str(area)) for area in sheet.merged_cells.ranges if area.min_row >= before]
    for area in below:
        sheet.unmerge_cells(str(area))
    heights = {row: sheet.row_dimensions[row].height for row in range(before - 1, sheet.max_row + 1)}
    sheet.insert_rows(before, count)
    for row, height in heights.items():
        if row >= before:
            sheet.row_dimensions[row + count].height = height
    for row in range(before, before + count):
        sheet.row_dimensions[row].height = heights[before - 1]
        for column in range(1, sheet.max_column + 1):
            copy_style(sheet, (before - 1, column), (row, column))
    for area in below:
        area.shift(row_shift=count)
        sheet.merge_cells(str(area))
    if sheet.print_area:
        sheet.print_area = [_grown(area, before, count) for area in sheet.print_area.replace("'", "").split(",")]


def copy_style(sheet: Worksheet, model: tuple[int, int], cell: tuple[int, int]) -> None:
    """Let a cell look as another does."""
    source, target = sheet.cell(*model), sheet.cell(*cell)
    if isinstance(source, Cell) and isinstance(target, Cell):
        for name in _LOOKS:
            setattr(target, name, copy(getattr(source, name)))


def _grown(area: str, before: int, count: int) -> str:
    printed = CellRange(area.rpartition("!")[2].replace("$", ""))
    if printed.max_row >= before - 1:
        printed.expand(down=count)
    return printed.coord


def fit_height(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Make the rows of a cell as high as its text needs; those that are higher stay so."""
    area = next((area for area in sheet.merged_cells.ranges if f"{get_column_letter(column)}{row}" in area), None)
    rows = range(area.min_row, area.max_row + 1) if area else range(row, row + 1)
    columns = range(area.min_col, area.max_col + 1) if area else range(column, column + 1)
    width = sum(sheet.column_dimensions[get_column_letter(at)].width or _USUAL_WIDTH for at in columns)
    lines = sum(max(1, ceil(sum(2 if is_wide(sign) else 1 for sign in line) / width)) for line in text.split("\n"))
    for at in rows:
        height = min(_HIGHEST_ROW, lines * _LINE / len(rows))
        sheet.row_dimensions[at].height = max(height, sheet.row_dimensions[at].height or 0)
