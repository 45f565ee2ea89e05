"""A CSV file as a sheet, in the encodings and with the separators that programs here write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from discgen.importing.sheet import MOST_COLUMNS, MOST_ROWS, Sheet, trimmed
from discgen.importing.trouble import ImportTroubleError

_ENCODINGS = {"utf-8": "", "gb18030": "GB18030（GBK）"}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MARK = "\ufeff"
"""What some programs write first, in any of the encodings."""
_SEPARATORS = (",", "\t", ";")
_LOOKED_AT = 200
"""How many rows tell what separates cells."""
_LONGEST_LINE = 100_000
"""Characters; 200 cells with a sentence in each have a tenth."""


def read_csv(data: bytes, file: str) -> Sheet:
    """The file's cells without blanks at their ends. Raises ImportTroubleError for what is not a table of text."""
    text, encoding = _decoded(data, file)
    _refuse_long_lines(text, file)
    separator = max(_SEPARATORS, key=lambda one: _cells(text, one))
    rows: list[list[str]] = []
    try:
        for at, row in enumerate(_rows(text, separator)):
            if at >= MOST_ROWS or (len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:])):
                raise ImportTroubleError(
                    [
                        f"{file} 第{at + 1}行有{len(row)}栏，最多读{MOST_ROWS}行、{MOST_COLUMNS}栏，检查是否放错了文件，或分成几个导入"
                    ]
                )
            rows.append([cell.strip() for cell in row[:MOST_COLUMNS]])
    except csv.Error as trouble:
        raise ImportTroubleError([f"{file} 不是完整的CSV（引号没有成对），用表格软件另存一次"]) from trouble
    remarks = (f"按{encoding}编码读的；字不对的，另存为UTF-8再导入",) if encoding else ()
    return Sheet(file, "", trimmed(rows), remarks=remarks)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


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
            raise ImportTroubleError(
                [f"{file} 第{number}行有{len(line)}个字，超过{_LONGEST_LINE}个，不像是表格，检查是否放错了文件"]
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
    raise ImportTroubleError([f"{file} 不是CSV文本，编码应是UTF-8或GB18030（UTF-16的要有BOM）"])
