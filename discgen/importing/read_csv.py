"""A CSV file as a sheet, in the encodings that Chinese programs write."""

from __future__ import annotations

import csv
import io

from discgen.importing.sheet import Sheet, trimmed
from discgen.importing.trouble import ImportTroubleError

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_csv(data: bytes, file: str) -> Sheet:
    """The file's cells without blanks at their ends. Raises ImportTroubleError for what is not text."""
    text = _decoded(data, file)
    first = text.partition("\n")[0]
    separator = "\t" if "\t" in first and "," not in first else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as trouble:
        raise ImportTroubleError([f"{file} 不是完整的CSV（引号没有成对），用表格软件另存一次"]) from trouble
    return Sheet(file, "", trimmed([[cell.strip() for cell in row] for row in rows]))


def _decoded(data: bytes, file: str) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportTroubleError([f"{file} 不是CSV文本，编码应是UTF-8或GB18030"])
