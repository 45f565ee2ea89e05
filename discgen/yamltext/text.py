"""Bytes to text: size and encoding are checked before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discgen.characters import UNPRINTABLE
from discgen.diagnostics import Diagnostic, Place, error

MAX_BYTES = 1_000_000
"""More than any year of facts; a larger file is a mistake or an attack."""

LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line in YAML, by which the parser counts them."""
_ZIP_MARK = b"PK\x03\x04"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes, file: str) -> tuple[str, list[Diagnostic]]:
    """Return the text of a UTF-8 file (with or without its mark), or say why it is not one."""
    if len(data) > MAX_BYTES:
        message = f"文件有{len(data):,}字节，最多{MAX_BYTES:,}字节"
        return "", [error("L001", message, Place(file), "检查是否放错了文件")]
    if data.startswith(_UTF16_MARKS):
        return "", [_not_utf8(Place(file), "UTF-16")]
    if data.startswith(_ZIP_MARK):
        hint = "重新写成文本文件；表格用discgen import导入"
        return "", [error("L002", "这是Excel或Word的文件，不是文本文件", Place(file), hint)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as undecodable:
        before = data[: undecodable.start]
        line = before.count(b"\n") + 1
        start_of_line = before.rfind(b"\n") + 1
        column = len(before[start_of_line:].decode("utf-8-sig", "replace")) + 1
        return "", [_not_utf8(Place(file, line, column), _guess(data))]


def with_line_ends(text: str, like: bytes | None) -> bytes:
    """A text whose lines end with LF in UTF-8, its lines ending as most of those in `like` do.

    Git ends lines with CRLF on a checkout under Windows, and with LF in what it keeps: neither is a fault. A file
    that has both was put together from two; it takes the way of the more.
    """
    ends_with_crlf = like is not None and like.count(b"\r\n") * 2 > like.count(b"\n")
    return text.replace("\n", "\r\n" if ends_with_crlf else "\n").encode()


def split_lines(text: str) -> list[str]:
    """The lines of a YAML text, without what ends them."""
    return LINE_BREAK.split(text)


def unprintable(place: Place) -> Diagnostic:
    """The finding for a character that cannot be printed."""
    return error("L014", "这里有自造字或看不见的字符，别的机器显示不出来", place, "换成标准字，或删去看不见的字符")


def unprintables(text: str, file: str) -> Iterator[Diagnostic]:
    """L014: what cannot be printed, once a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if match := UNPRINTABLE.search(line):
            yield unprintable(Place(file, number, match.start() + 1))


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "其他编码"
    return "GBK"


def _not_utf8(place: Place, actual: str) -> Diagnostic:
    return error("L002", f"文件不是UTF-8编码（像是{actual}）", place, "在编辑器里“另存为”，编码选UTF-8")
