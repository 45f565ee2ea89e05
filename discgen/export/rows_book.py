"""Rows of texts and numbers as an Excel workbook, a sheet for each list: a head that stays, columns that can be filtered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import chain
from unicodedata import east_asian_width
from zipfile import BadZipFile, ZipFile

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from discgen.characters import encodable, visible_line
from discgen.export.archive import MADE
from discgen.export.as_xlsx import settled
from discgen.export.sheet import set_up_print

Cell = str | int | Decimal
"""An empty text leaves its cell empty; a `Decimal` is an amount in 元."""
_HEAD = Font(bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_AMOUNT = "#,##0.00"
_LINE = 15
"""How high a line is, in points. Not every program makes a row as high as its text is long."""
_HIGHEST = 409
"""A row is no higher in Excel."""


class Rows(Struct, frozen=True):
    """A list: its columns with their widths in characters, and its rows, each with a cell for every column."""

    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def rows_book(title: str, sheets: Mapping[str, Rows]) -> bytes:
    """A workbook of this title with sheets by their names; all text is text, whatever it begins with.

    The same bytes for the same rows.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.created = MADE
    for name, listed in sheets.items():
        _write(book.create_sheet(name), listed)
    made = BytesIO()
    book.save(made)
    return settled(made.getvalue(), {})


def is_rows_book(data: bytes, title: str) -> bool:
    """Whether a file is a workbook of this title, and may be replaced by a newer one."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return title.encode() in archive.read("docProps/core.xml")
    except (BadZipFile, KeyError):
        return False


def _write(sheet: Worksheet, listed: Rows) -> None:
    """Fill a sheet: the head stays on the screen and on every page, columns can be filtered, the page is as wide as they are."""
    columns = listed.columns
    for at, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    set_up_print(sheet, range(1, 2), "landscape")
    number = 1
    for number, row in enumerate(chain([[head for head, _ in columns]], listed.rows), start=1):
        for at, value in enumerate(row, start=1):
            _put(sheet, (number, at), value)
        lines = max(_lines(str(value), width) for value, (_, width) in zip(row, columns, strict=True))
        sheet.row_dimensions[number].height = min(lines * _LINE, _HIGHEST)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number}"


def _lines(text: str, width: int) -> int:
    """As many lines as a text takes in a column of so many characters, of which a Chinese one takes two."""
    room = width - 1 - width // 10
    return sum(-(-sum(1 + (east_asian_width(sign) in "WF") for sign in line) // room) or 1 for line in text.split("\n"))


def _put(sheet: Worksheet, at: tuple[int, int], value: Cell) -> None:
    cell = sheet.cell(*at)
    cell.alignment = _TOP
    if at[0] == 1:
        cell.font = _HEAD
    if isinstance(value, int):
        cell.value = value
    elif isinstance(value, Decimal):
        cell.value, cell.number_format = str(value), _AMOUNT
        # The library would write a float's sixteen digits; as text they stay those of the amount.
        cell.data_type = "n"
    elif value:
        cell.value = encodable("\n".join(map(visible_line, value.split("\n"))))
        cell.data_type = "s"  # also where it begins with =
