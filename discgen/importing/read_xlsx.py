"""The sheets of an Excel workbook: what its cells show, formulas as their results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from discgen.importing.sheet import NO_RESULT, Area, Sheet, trimmed
from discgen.importing.trouble import ImportTroubleError

_MOST_CELLS = 3_000_000
"""A sheet that is formatted to the end of the grid would take for ever."""


def read_xlsx(data: bytes, file: str) -> list[Sheet]:
    """The visible sheets in order. Raises ImportTroubleError for what is not a workbook."""
    try:
        with catch_warnings():
            simplefilter("ignore")  # of styles and validations, which nobody asked for
            shown = load_workbook(BytesIO(data), data_only=True)
            written = load_workbook(BytesIO(data))
    except (BadZipFile, InvalidFileException, KeyError, OSError, SyntaxError, TypeError, ValueError) as trouble:
        hint = "老的.xls另存为.xlsx" if data[:4] == b"\xd0\xcf\x11\xe0" else "用表格软件另存为.xlsx"
        raise ImportTroubleError([f"{file} 不是能读的Excel工作簿，{hint}"]) from trouble
    return [_sheet(file, sheet, written) for sheet in shown.worksheets if sheet.sheet_state == "visible"]


def _sheet(file: str, sheet: Worksheet, written: Workbook) -> Sheet:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise ImportTroubleError([f"{file} {sheet.title} 的格式一直设到了表格尽头，删去空行、空列再导入"])
    formulas = written[sheet.title]
    rows = [
        [_text(cell, formula) for cell, formula in zip(values, behind, strict=True)]
        for values, behind in zip(sheet.values, formulas.values, strict=True)
    ]
    kept = trimmed(rows)
    return Sheet(file, sheet.title, kept, tuple(_areas(sheet, len(kept), len(kept[0]) if kept else 0)))


def _areas(sheet: Worksheet, rows: int, columns: int) -> Iterator[Area]:
    """The merged cells that reach into what is kept."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= rows and merged.min_col <= columns:
            yield Area(
                merged.min_row - 1, merged.min_col - 1, min(merged.max_row, rows) - 1, min(merged.max_col, columns) - 1
            )


def _text(value: object, formula: object) -> str:
    """A value as text; of a number the fifteen digits that a spreadsheet keeps."""
    if value is None:
        return NO_RESULT if isinstance(formula, str) and formula.startswith("=") else ""
    if isinstance(value, float):
        exact = Decimal(f"{value:.15g}")
        return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
