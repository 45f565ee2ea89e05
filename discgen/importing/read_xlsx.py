"""The sheets of an Excel workbook: what its cells show, formulas as their results."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from discgen.importing.sheet import NO_RESULT, Area, Rows, Sheet, column_letters, trimmed
from discgen.importing.trouble import ImportTroubleError

_MOST_CELLS = 3_000_000
"""A sheet that is formatted to the end of the grid would take for ever."""
_MOST_UNPACKED = 300_000_000
"""The bytes of a workbook's parts, which a reader never goes beyond; more is a mistake or an attack."""
_MOST_NAMED = 8
"""How many hidden rows or columns are named."""
_UNREADABLE = (BadZipFile, InvalidFileException, EOFError, KeyError, OSError, RuntimeError, SyntaxError, zlib.error)
_UNEXPECTED = (AttributeError, IndexError, TypeError, ValueError)
"""What the library raises for parts that say what no workbook says, among them entities (by defusedxml)."""
_FORMULA = (b"<f>", b"<f ")

_EMPTY_TEXT = "str"
"""What the library leaves as the type of a formula whose result is an empty text."""
Cells = Collection[tuple[int, int]]


def read_xlsx(data: bytes, file: str) -> list[Sheet]:
    """The sheets in order, hidden ones without their rows. Raises ImportTroubleError for what is not a workbook."""
    try:
        has_formulas = _has_formulas(data, file)
        with catch_warnings():
            simplefilter("ignore")  # of styles and validations, which nobody asked for
            book = load_workbook(BytesIO(data), data_only=True, keep_links=False)
            formulas = _formulas(data) if has_formulas else {}
    except ImportTroubleError:
        raise
    except (*_UNREADABLE, *_UNEXPECTED) as trouble:
        raise ImportTroubleError([f"{file} 不是能读的Excel工作簿，用表格软件打开，另存为.xlsx"]) from trouble
    return [_sheet(file, sheet, formulas.get(sheet.title, ())) for sheet in book.worksheets]


def _has_formulas(data: bytes, file: str) -> bool:
    """Whether a sheet has a formula. Raises ImportTroubleError for a workbook that is too large to be unpacked."""
    with ZipFile(BytesIO(data)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _MOST_UNPACKED:
            raise ImportTroubleError(
                [f"{file} 展开后超过{_MOST_UNPACKED // 1_000_000}MB，检查是否放错了文件，或分成几个导入"]
            )
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(tag in parts.read(name) for name in sheets for tag in _FORMULA)


def _formulas(data: bytes) -> Mapping[str, Cells]:
    """The cells with formulas, counted from 0, by sheet."""
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    found: dict[str, Cells] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs write wrong ones
        found[sheet.title] = {
            (row, column)
            for row, values in enumerate(sheet.iter_rows(values_only=True))
            for column, value in enumerate(values)
            if not isinstance(value, str | int | float | date | None) or str(value).startswith("=")
        }
    return found


def _sheet(file: str, sheet: Worksheet, formulas: Cells) -> Sheet:
    if sheet.sheet_state != "visible":
        return Sheet(file, sheet.title, (), remarks=("是隐藏的表，没有导入；要导入的，取消隐藏",))
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise ImportTroubleError([f"{file} {sheet.title} 的格式一直设到了表格尽头，删去空行、空列再导入"])
    rows = [
        [
            NO_RESULT if value is None and (row, column) in formulas and _is_open(sheet, row, column) else _text(value)
            for column, value in enumerate(values)
        ]
        for row, values in enumerate(sheet.values)
    ]
    kept = trimmed(rows)
    return Sheet(file, sheet.title, kept, tuple(_areas(sheet, kept)), tuple(_hidden(sheet, kept)))


def _areas(sheet: Worksheet, kept: Rows) -> Iterator[Area]:
    """The merged cells that reach into what is kept."""
    rows, columns = len(kept), len(kept[0]) if kept else 0
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= rows and merged.min_col <= columns:
            yield Area(
                merged.min_row - 1, merged.min_col - 1, min(merged.max_row, rows) - 1, min(merged.max_col, columns) - 1
            )


def _hidden(sheet: Worksheet, kept: Rows) -> Iterator[str]:
    """What is hidden of that which is kept."""
    rows = [str(at) for at, row in sorted(sheet.row_dimensions.items()) if row.hidden and at <= len(kept)]
    width = len(kept[0]) if kept else 0
    groups = [
        range((group.min or 1) - 1, min(group.max or 1, width))
        for group in sheet.column_dimensions.values()
        if group.hidden
    ]
    columns = [column_letters(at) for at in sorted({at for group in groups for at in group})]
    for names, kind in ((rows, "行"), (columns, "列")):
        if names:
            more = "等" if len(names) > _MOST_NAMED else ""
            yield f"注意：第{'、'.join(names[:_MOST_NAMED])}{more}{kind}是隐藏的，也读了；不要的从表里删去"


def _is_open(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether a formula has no result yet; the result of some is an empty text."""
    return sheet.cell(row + 1, column + 1).data_type != _EMPTY_TEXT


def _text(value: object) -> str:
    """A value as text; of a number the fifteen digits that a spreadsheet keeps."""
    if value is None:
        return ""
    if isinstance(value, float):
        exact = Decimal(f"{value:.15g}")
        return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
