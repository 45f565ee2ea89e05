"""A document and a bureau's empty workbook to the workbook filled, with all that is to be told of it.

The workbook is read first as an import reads one, with its limits, and only then by the library that writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter
from zipfile import BadZipFile, ZipFile

from msgspec import Struct
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from discgen.document import Document
from discgen.errors import Refusal
from discgen.export.as_xlsx import settled
from discgen.filling.limits import refuse_large
from discgen.filling.tables import TableFiller
from discgen.filling.texts import TextFiller
from discgen.importing.sheets.read import read_sheets
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.tables.recognise import FormSheet, titled
from discgen.office_file import SAVE_AS
from discgen.phrases import few

_YEAR = re.compile(r"20[0-9]{2}(?=年)")
_FORMATS = (".xlsx", ".xltx")
_MADE_ANEW = re.compile(
    r"docProps/.*|\[Content_Types\]\.xml|.*\.rels|.*/|xl/(?:sharedStrings|styles|workbook|calcChain)\.xml|xl/worksheets/[^/]*\.xml|xl/theme/.*"
    r"|xl/(?:printerSettings|metadata|persons|threadedComments)/?.*",
)
"""The parts that every workbook has anew, or that hold nothing to see."""
_UNREADABLE = (SyntaxError, ValueError, TypeError, KeyError, AttributeError, IndexError, BadZipFile)
"""What the library raises for contents that it does not expect."""
_LOST = {
    "Data Validation": "一部分下拉选项（数据有效性）",
    "Conditional Formatting": "一部分条件格式",
    "Slicer": "切片器",
}
"""What the library says in a warning that it drops, as clerks call it."""
_TITLE_ROWS = 8
_MOST_NAMED = 6


class Filled(Struct, frozen=True):
    """The workbook, and what is to be told: rows that were put in, what has no place."""

    data: bytes
    remarks: tuple[str, ...]


class EmptyWorkbook(Struct, frozen=True):
    """A workbook to be filled: its name, its bytes, and its sheets as an import reads them."""

    name: str
    data: bytes
    sheets: tuple[Sheet, ...]


def read_empty(path: Path) -> EmptyWorkbook:
    """The workbook to fill. Raises Refusal for a file that is none, or that cannot be read within limits."""
    if path.suffix.lower() not in _FORMATS:
        raise Refusal(f"{path.name} 不是.xlsx：--as要财政部门发的空工作簿，用表格软件另存为.xlsx")
    sheets = read_sheets(path)
    data = path.read_bytes()
    refuse_large(path.name, data)
    return EmptyWorkbook(f"{path.stem}.xlsx", data, tuple(sheets))


def fill(document: Document, empty: EmptyWorkbook) -> Filled:
    """The workbook with the document's tables and text. Raises Refusal for one of another year, or of no table of the form."""
    return _Filler(document, empty).fill()


class _Filler:
    """Fills one workbook."""

    def __init__(self, document: Document, empty: EmptyWorkbook) -> None:
        self._document, self._empty = document, empty
        self._remarks: list[str] = []
        try:
            with catch_warnings(record=True) as lost:
                simplefilter("always")
                self._book: Workbook = load_workbook(BytesIO(empty.data))
        except _UNREADABLE as error:
            raise Refusal(f"{empty.name} 里有写不回去的内容（{error}），{SAVE_AS}") from error
        self._results: dict[str, Mapping[str, str]] = {}
        if kinds := {kind for warning in lost for word, kind in _LOST.items() if word in str(warning.message)}:
            self._remarks.append(f"工作簿里的这些带不过来：{'、'.join(sorted(kinds))}")

    def fill(self) -> Filled:
        """The workbook, and what is to be told."""
        pairs = [(sheet, target) for sheet in self._empty.sheets if (target := self._target(sheet)) is not None]
        self._refuse_another_year([sheet for sheet, _ in pairs])
        texts = TextFiller(self._document)
        tables = {sheet.name: found for sheet, _ in pairs if (found := self._table(sheet, texts))}
        if not tables:
            raise Refusal(f"{self._empty.name} 里没有{self._document.form.title}的表，换一个工作簿")
        for sheet, _ in pairs:
            texts.note_parts(sheet)
        for sheet, target in pairs:
            texts.name_owner(sheet, target)
            if sheet.name in tables:
                self._fill_table(tables[sheet.name], target)
            elif texts.finds(sheet):
                texts.fill(sheet, target)
        self._remarks += [*texts.made.remarks, *self._without_place(list(tables.values()))]
        return Filled(self._written(), tuple(self._remarks))

    def _target(self, sheet: Sheet) -> Worksheet | None:
        own = next((name for name in self._book.sheetnames if name.strip() == sheet.name.strip()), None)
        found = self._book[own] if own is not None and sheet.rows else None
        return found if isinstance(found, Worksheet) else None

    def _table(self, sheet: Sheet, texts: TextFiller) -> FormSheet | None:
        """The table of the form that a sheet is; contents and text, which name tables too, are none."""
        return None if texts.finds(sheet) or _is_contents(sheet, self._document) else titled(sheet, self._document.form)

    def _refuse_another_year(self, sheets: Sequence[Sheet]) -> None:
        year = str(self._document.disclosure.year)
        titles = [
            text
            for sheet in sheets
            for row in sheet.rows[:_TITLE_ROWS]
            for text in row
            if "预算" in text or "决算" in text
        ]
        years = {match[0] for text in titles for match in _YEAR.finditer(text.partition("\n")[0][:_LONGEST_TITLE])}
        if years and year not in years:
            raise Refusal(f"{self._empty.name} 是{'、'.join(sorted(years))}年的工作簿，要填的是{year}年，换一个")

    def _fill_table(self, found: FormSheet, target: Worksheet) -> None:
        form, document = self._document.form, self._document
        table = next(table for table in document.tables if table.id == found.spec.id)
        made = TableFiller(target, found, table, form.numbers[found.spec.numbers], document.disclosure.year).fill()
        number = self._book.sheetnames.index(target.title) + 1
        if made.results:
            self._results[f"xl/worksheets/sheet{number}.xml"] = made.results
            names = few(list(made.results), _MOST_NAMED, "格")
            made.remarks.append(f"工作表“{target.title}”留着原来的公式：{names}；打开时会重算，核对")
        self._remarks += made.remarks

    def _without_place(self, tables: Sequence[FormSheet]) -> Iterator[str]:
        there = {found.spec.id for found in tables}
        missing = [table.title for table in self._document.tables if table.id not in there]
        if missing:
            yield f"工作簿里没有这些表，没有填：{few(missing, _MOST_NAMED, '张')}"

    def _written(self) -> bytes:
        made = BytesIO()
        self._book.save(made)
        data = settled(made.getvalue(), self._results)
        lost = sorted(_parts(self._empty.data) - _parts(data))
        if lost:
            self._remarks.append(f"工作簿里的这些没有带过来（图片、控件、批注等）：{few(lost, _MOST_NAMED, '项')}")
        return data


_LONGEST_TITLE = 40


def _is_contents(sheet: Sheet, document: Document) -> bool:
    """Whether a sheet names several tables."""
    names = [text for row in sheet.rows for text in row]
    alone = (titled(Sheet(sheet.file, sheet.name, ((text,),)), document.form) for text in names if text)
    return len({found.spec.id for found in alone if found}) > 1


def _parts(data: bytes) -> set[str]:
    """The parts of a workbook that somebody would miss."""
    with ZipFile(BytesIO(data)) as package:
        return {name for name in package.namelist() if not _MADE_ANEW.fullmatch(name)}
