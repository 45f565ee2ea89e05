"""The objects of a PDF to its bytes: those without data packed into one stream (ISO 32000-1, 7.5.7), and where each is."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from itertools import accumulate

LEVEL = 6
"""Of compression: 9 takes a quarter longer for one byte in thirty."""
_PACKED_LEVEL = 4
"""Of the objects that are packed, anew in every build: 6 takes three times as long for one byte in seventeen."""


def text_string(text: str) -> bytes:
    """A text as PDF writes it."""
    if text.isascii():
        return b"(%s)" % _SPECIAL.sub(_escaped, text.encode())
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()


_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPES = {b"\r": rb"\r", b"\n": rb"\n"}


def _escaped(match: re.Match[bytes]) -> bytes:
    return _ESCAPES.get(match[0], b"\\" + match[0])


class File:
    """A PDF that is being written. Objects are numbered from 1."""

    def __init__(self) -> None:
        self.count = 0
        self._parts = [b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"]
        self._length = len(self._parts[0])
        self._offsets: dict[int, int] = {}
        self._packed: list[bytes] = []
        self._places: dict[int, int] = {}

    def reserve(self, count: int = 1) -> int:
        """The first of so many free numbers."""
        first = self.count + 1
        self.count += count
        return first

    def put(self, number: int, data: bytes) -> None:
        """An object that is no stream, under a reserved number."""
        self._places[number] = len(self._packed)
        self._packed.append(data)

    def put_all(self, first: int, objects: Iterable[bytes]) -> None:
        """Objects under the numbers from `first`."""
        for number, data in enumerate(objects, start=first):
            self.put(number, data)

    def add(self, data: bytes) -> int:
        """An object that is no stream; its number."""
        number = self.reserve()
        self.put(number, data)
        return number

    def put_stream(self, number: int, dictionary: bytes, data: bytes) -> None:
        """A stream under a reserved number: its dictionary without the length, and its data as they are to stand."""
        self._offsets[number] = self._length
        head = dictionary.removesuffix(b">>") + b"/Length %d>>" % len(data)
        # Data may end with CR: whoever looks for their end by the word behind them would take a single LF to belong to it.
        self._write(b"%d 0 obj\n%s\nstream\n%s\r\nendstream\nendobj\n" % (number, head, data))

    def add_stream(self, entries: bytes, data: bytes, *, compressed: bool = True, level: int = LEVEL) -> int:
        """A stream with these entries in its dictionary; its number."""
        number = self.reserve()
        if compressed:
            entries, data = entries + b"/Filter/FlateDecode", zlib.compress(data, level)
        self.put_stream(number, b"<<%s>>" % entries, data)
        return number

    def finished(self, catalog: int, info: int) -> bytes:
        """The bytes of the file. Its identifier is worked out of what it holds."""
        packed = self._add_packed()
        table = self.reserve()
        self._offsets[table] = self._length
        width = (self._length.bit_length() + 7) // 8
        places = max(2, (len(self._packed).bit_length() + 7) // 8)
        row = 1 + width + places
        in_file, in_packed = 1 << 8 * (row - 1), 2 << 8 * (row - 1) | packed << 8 * places
        rows = bytearray((65535).to_bytes(row, "big"))
        for number in range(1, self.count + 1):
            if (place := self._places.get(number)) is not None:
                rows += (in_packed | place).to_bytes(row, "big")
            elif (offset := self._offsets.get(number)) is not None:
                rows += (in_file | offset << 8 * places).to_bytes(row, "big")
            else:
                raise ValueError(f"object {number} has no content")
        identifier = hashlib.sha256(b"".join(self._parts)).hexdigest()[:32].encode()
        entries = b"/Type/XRef/W[1 %d %d]/Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode" % (
            *(width, places, self.count + 1, catalog, info),
            *(identifier, identifier),
        )
        start = self._length
        self.put_stream(table, b"<<%s>>" % entries, zlib.compress(bytes(rows), LEVEL))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _add_packed(self) -> int:
        offsets = accumulate((len(data) + 1 for data in self._packed), initial=0)
        head = b" ".join([b"%d %d" % pair for pair in zip(self._places, offsets, strict=False)]) + b"\n"
        entries = b"/Type/ObjStm/N %d/First %d" % (len(self._packed), len(head))
        return self.add_stream(entries, head + b"\n".join(self._packed), level=_PACKED_LEVEL)

    def _write(self, data: bytes) -> None:
        self._parts.append(data)
        self._length += len(data)
