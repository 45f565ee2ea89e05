"""A file that somebody gives to its sheets, by what it is called and what it really is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from discgen.errors import Refusal
from discgen.files import read_regular, reason
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, trimmed
from discgen.importing.sheets.tidy import tidied_sheet
from discgen.importing.sheets.xlsx_sheet import read_xlsx
from discgen.office_file import MOST_BYTES, SAVE_AS

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx")
_TEXTS = (".csv", ".txt", ".tsv")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The part of an Office file in which a workbook with a password lies."""
_IS_LOCKED = "有打开密码，用表格软件去掉密码，另存一份再导入"
_IS_OLD = f"是老的.xls，只改后缀不行，{SAVE_AS}"
_WEB = (b"<html", b"<!doctype html", b"<table", b"<meta")
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OTHERS = {
    "xl/workbook.bin": f"是二进制工作簿（.xlsb），{SAVE_AS}",
    "content.xml": f"是OpenDocument表格（.ods），{SAVE_AS}",
    "index/document.iwa": "是Numbers表格，在Numbers里导出为Excel（.xlsx）",
    "word/document.xml": "是Word文档，不是表格，把表复制到工作簿里另存为.xlsx",
    "ppt/presentation.xml": "是演示文稿，不是表格",
}
"""What a package is by a part of it, and what to do."""
_BY_NAME = {
    **dict.fromkeys((".xls", ".et", ".ett", ".xlt"), f"是老的格式，{SAVE_AS}"),
    ".xlsb": _OTHERS["xl/workbook.bin"],
    ".ods": _OTHERS["content.xml"],
    ".numbers": _OTHERS["index/document.iwa"],
    **dict.fromkeys((".wps", ".doc", ".docx"), _OTHERS["word/document.xml"]),
    ".pdf": "是PDF，不是表格文件，向发表的人要Excel文件",
    **dict.fromkeys((".html", ".htm", ".mht"), f"是网页，{SAVE_AS}"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "是压缩包，先解压"),
}
"""What a file is by the end of its name, and what to do."""
_ENCODINGS = {"utf-8": "", "gb18030": "GB18030（GBK）"}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MARK = "\ufeff"
"""What some programs write first, in any of the encodings."""
_SEPARATORS = (",", "\t", ";")
_LOOKED_AT = 200
"""How many rows tell what separates cells."""
_LONGEST_LINE = 100_000
"""Characters; 200 cells with a sentence in each have a tenth."""


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a workbook, or the one of a CSV file, with their texts put right.

    Raises Refusal for a file that cannot be read, and ImportProblemsError for one that is not what it is called.
    """
    suffix = path.suffix.lower()
    if suffix not in (*_WORKBOOKS, *_TEXTS):
        raise Refusal(f"{path.name} {_BY_NAME.get(suffix, f'不是.xlsx或.csv，{SAVE_AS}')}")
    data = _bytes(path)
    if wrong := _wrong_kind(data, is_text=suffix in _TEXTS):
        raise ImportProblemsError(f"{path.name} {wrong}")
    sheets = [read_csv(data, path.name)] if suffix in _TEXTS else read_xlsx(data, path.name)
    return [tidied_sheet(sheet) for sheet in sheets]


def _bytes(path: Path) -> bytes:
    try:
        data = read_regular(path, MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"{path} 读不出来：{reason(error)}") from error
    if len(data) > MOST_BYTES:
        raise Refusal(f"{path} 超过{MOST_BYTES // 1_000_000}MB，检查是否放错了文件，或分成几个导入")
    return data


def _other_package(data: bytes) -> str:
    """What a package is that is no workbook of XML, and what to do; '' for one that may be."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = {name.lower() for name in package.namelist()}
    except (BadZipFile, ValueError, OSError):
        return ""
    return next((message for part, message in _OTHERS.items() if part in parts), "")


def _wrong_kind(data: bytes, *, is_text: bool) -> str:
    """What a file is that is not what its name says, and what to do; '' where it may be."""
    is_package = data.startswith(_ZIP)
    begins = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    kinds = (
        (not data.strip(), "是空文件，重新导出一次"),
        (data.startswith(_OLD_OFFICE), _IS_LOCKED if _ENCRYPTED in data else _IS_OLD),
        (begins.startswith(_WEB), f"是网页，不是表格文件，{SAVE_AS}"),
        (data.startswith(_PDF), _BY_NAME[".pdf"]),
        (is_package, _other_package(data) if is_package else ""),
        (is_text and is_package, "是Excel工作簿，不是CSV文本，后缀改成.xlsx"),
        (
            not is_text and not is_package,
            f"不是Excel工作簿：是CSV文本的，后缀改成.csv；不是的，{SAVE_AS}",
        ),
    )
    return next((message for is_so, message in kinds if is_so and message), "")


def read_csv(data: bytes, file: str) -> Sheet:
    """The file's cells without blanks at their ends. Raises ImportProblemsError for what is not a table of text."""
    text, encoding = _decoded(data, file)
    _refuse_long_lines(text, file)
    separator = max(_SEPARATORS, key=lambda sign: _cells(text, sign))
    rows: list[list[str]] = []
    try:
        for at, row in enumerate(_rows(text, separator)):
            if at >= MOST_ROWS or (len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:])):
                raise ImportProblemsError(
                    f"{file} 第{at + 1}行有{len(row)}栏，最多读{MOST_ROWS}行、{MOST_COLUMNS}栏，检查是否放错了文件，或分成几个导入"
                )
            rows.append([cell.strip() for cell in row[:MOST_COLUMNS]])
    except csv.Error as error:
        raise ImportProblemsError(f"{file} 不是完整的CSV（引号没有成对），用表格软件另存一次") from error
    remarks = (f"按{encoding}编码读的；字不对的，另存为UTF-8再导入",) if encoding else ()
    return Sheet(file, "", trimmed(rows), remarks=remarks)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)


def _cells(text: str, separator: str) -> int:
    """How many cells the first rows have with a separator; none where they cannot be read with it."""
    try:
        return sum(map(len, islice(_rows(text, separator), _LOOKED_AT)))
    except csv.Error:
        return 0


def _refuse_long_lines(text: str, file: str) -> None:
    """Before anybody counts its cells."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LONGEST_LINE:
            raise ImportProblemsError(
                f"{file} 第{number}行有{len(line)}个字，超过{_LONGEST_LINE}个，不像是表格，检查是否放错了文件"
            )


def _decoded(data: bytes, file: str) -> tuple[str, str]:
    """The text, and what its encoding is called if it is not what is expected today."""
    encodings = {"utf-16": "UTF-16"} if data.startswith(_UTF16_MARKS) else _ENCODINGS
    for encoding, name in encodings.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix(_MARK), name
    raise ImportProblemsError(f"{file} 不是CSV文本，编码应是UTF-8或GB18030（UTF-16的要有BOM）")
