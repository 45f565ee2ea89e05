"""The 公开情况检查表 of many departments as an Excel workbook: a row for each problem, and one for each document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from unicodedata import east_asian_width
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from discgen.characters import encodable, visible_line
from discgen.check.checked import Checked, TargetChecked
from discgen.diagnostics import Severity
from discgen.export.archive import MADE
from discgen.export.as_xlsx import settled
from discgen.export.sheet import set_up_print
from discgen.reference.vocabulary import name_of, terms

_TITLE = "公开情况检查表"
_OF_DOCUMENT = (("部门编码", 10), ("部门", 22), ("文件夹", 14), ("年度", 7), ("种类", 7))
_SUMMARY = (*_OF_DOCUMENT, ("结论", 10), *((term.name, 7) for term in terms("severity").values()), ("已豁免", 8))
_PROBLEMS = (
    *_OF_DOCUMENT,
    *(("检查项", 16), ("轻重", 7), ("编号", 8), ("问题", 46), ("怎么改", 46), ("文件:行:列", 30)),
)
_HEAD = Font(bold=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE = 15
"""How high a line is, in points. Not every program makes a row as high as its text is long."""
_HIGHEST = 409
"""A row is no higher in Excel."""
_Cell = str | int


def checklist_book(checked: Checked) -> bytes:
    """A workbook of two sheets; all text is text, whatever it begins with. The same bytes for the same findings."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = _TITLE
    book.properties.created = MADE
    _write(book.create_sheet("汇总"), _SUMMARY, map(_summary, checked.targets))
    problems = (row for target in checked.targets for row in _problems(target))
    _write(book.create_sheet("问题"), _PROBLEMS, problems)
    made = BytesIO()
    book.save(made)
    return settled(made.getvalue(), {})


def is_checklist_book(data: bytes) -> bool:
    """Whether a file is such a workbook, and may be replaced by a newer one."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _TITLE.encode() in archive.read("docProps/core.xml")
    except (BadZipFile, KeyError):
        return False


def _write(sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Iterator[Sequence[_Cell]]) -> None:
    """Fill a sheet: the head stays on the screen and on every page, columns can be filtered, the page is as wide as they are."""
    for at, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    set_up_print(sheet, range(1, 2), "landscape")
    number = 1
    for number, row in enumerate(chain([[head for head, _ in columns]], rows), start=1):
        for at, value in enumerate(row, start=1):
            _put(sheet, (number, at), value)
        lines = max(_lines(str(value), width) for value, (_, width) in zip(row, columns, strict=True))
        sheet.row_dimensions[number].height = min(lines * _LINE, _HIGHEST)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number}"


def _lines(text: str, width: int) -> int:
    """As many lines as a text takes in a column of so many characters, of which a Chinese one takes two."""
    room = width - 1 - width // 10
    return sum(-(-sum(1 + (east_asian_width(sign) in "WF") for sign in line) // room) or 1 for line in text.split("\n"))


def _put(sheet: Worksheet, at: tuple[int, int], value: _Cell) -> None:
    cell = sheet.cell(*at)
    cell.alignment = _TOP
    if at[0] == 1:
        cell.font = _HEAD
    if isinstance(value, int):
        cell.value = value
    elif value:
        cell.value = encodable("\n".join(map(visible_line, value.split("\n"))))
        cell.data_type = "s"  # also where it begins with =


def _document(checked: TargetChecked) -> list[_Cell]:
    target, checklist = checked.target, checked.checklist
    code, name = (checklist.code, checklist.name) if checklist else ("", "")
    return [code, name, target.department, target.year, name_of("kind", target.kind)]


def _summary(checked: TargetChecked) -> list[_Cell]:
    findings = checked.findings
    counts = [sum(finding.severity is severity for finding in findings) for severity in Severity]
    verdict = "有问题" if counts[0] or counts[1] else "通过"
    return [*_document(checked), verdict, *counts, len(checked.waived)]


def _problems(checked: TargetChecked) -> Iterator[list[_Cell]]:
    """A row for each finding, by the rows of the list; a finding of several rows stands at the first."""
    listed: set[int] = set()
    for row in checked.checklist.rows if checked.checklist else ():
        for number in row.findings:
            if number not in listed:
                listed.add(number)
                finding = checked.findings[number]
                severity = name_of("severity", finding.severity)
                cells = [row.name, severity, finding.code, finding.message, finding.hint, str(finding.place)]
                yield [*_document(checked), *cells]
