"""A CSV file as a sheet, in the encodings and with the separators that programs here write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from discgen.importing.sheet import Sheet, trimmed
from discgen.importing.trouble import ImportTroubleError

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = (",", "\t", ";")
_LOOKED_AT = 200
"""How many rows tell what separates cells."""


def read_csv(data: bytes, file: str) -> Sheet:
    """The file's cells without blanks at their ends. Raises ImportTroubleError for what is not text."""
    text = _decoded(data, file)
    separator = max(_SEPARATORS, key=lambda one: _cells(text, one))
    try:
        rows = list(_rows(text, separator))
    except csv.Error as trouble:
        raise ImportTroubleError([f"{file} 不是完整的CSV（引号没有成对），用表格软件另存一次"]) from trouble
    return Sheet(file, "", trimmed([[cell.strip() for cell in row] for row in rows]))


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _cells(text: str, separator: str) -> int:
    """How many cells the first rows have with a separator; none where they cannot be read with it."""
    try:
        return sum(map(len, islice(_rows(text, separator), _LOOKED_AT)))
    except csv.Error:
        return 0


def _decoded(data: bytes, file: str) -> str:
    encodings = ("utf-16",) if data.startswith(_UTF16_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportTroubleError([f"{file} 不是CSV文本，编码应是UTF-8或GB18030"])
