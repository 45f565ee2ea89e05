"""What the library that writes workbooks would unfold without a limit, refused before it sees the file.

It builds every cell of every merged area, of hidden sheets too, and reads all parts; an empty workbook has little of that.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from discgen.errors import Refusal
from discgen.office_file import SAVE_AS, Attributes, DamagedError, Package

_MOST_CELLS = 300_000
_MOST_ROWS, _MOST_COLUMNS = 20_000, 1_000
"""How far the contents of an empty workbook may reach."""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_XML = (".xml", ".rels")
_DECLARES = b"<!DOCTYPE"
_LETTERS = 26


def refuse_large(name: str, data: bytes) -> None:
    """Raises Refusal for a workbook that is damaged, declares entities, or is larger than one to be filled would be."""
    try:
        package, cells = Package(data), _Cells()
        for part in sorted(package.names()):
            if part.endswith(_XML):
                package.read(part, cells.start, lambda _element, _text: None)
        _refuse_declared(data)
    except (BadZipFile, DamagedError) as error:
        raise Refusal(f"{name} {error}") from error
    if cells.count > _MOST_CELLS or cells.row > _MOST_ROWS or cells.column > _MOST_COLUMNS:
        raise Refusal(
            f"{name} 有{cells.count}格，到第{cells.row}行、第{cells.column}列，不像空工作簿"
            f"（最多{_MOST_CELLS}格、{_MOST_ROWS}行、{_MOST_COLUMNS}列）：换财政部门发的那一份"
        )


def _refuse_declared(data: bytes) -> None:
    """Raises DamagedError for entities in parts of other names, which somebody may refer to as if they were sheets."""
    with ZipFile(BytesIO(data)) as package:
        for part in package.infolist():
            if not part.filename.lower().endswith(_XML) and _DECLARES in package.read(part).replace(b"\0", b"").upper():
                raise DamagedError(f"的{part.filename}里有DOCTYPE，{SAVE_AS}")


class _Cells:
    """Counts the cells of all sheets, those of merged areas among them, and how far they reach."""

    def __init__(self) -> None:
        self.count = self.row = self.column = 0

    def start(self, element: str, attributes: Attributes) -> None:
        if element == "c":
            self.count += 1
            self._reach(attributes.get("r", ""))
        elif element == "row":
            self.row = max(self.row, _number(attributes.get("r", "")))
        elif element == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            (top, left), (bottom, right) = _place(first), _place(last or first)
            self.count += max(0, bottom - top + 1) * max(0, right - left + 1)
            self._reach(last or first)

    def _reach(self, reference: str) -> None:
        row, column = _place(reference)
        self.row, self.column = max(self.row, row), max(self.column, column)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= len(str(_MOST_CELLS * _MOST_CELLS)) else 0


def _place(reference: str) -> tuple[int, int]:
    """Row and column, counted from 1; 0 for what is no reference."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]), column
