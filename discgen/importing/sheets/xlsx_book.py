"""What the cells of a workbook refer to: its sheets, its texts, and the formats of its styles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from discgen.office_file import SAVE_AS, Attributes, DamagedError, Package

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_MOST_SHEETS = 255
_MOST_TEXTS = 3_000_000
_MOST_STYLES = 65_536
"""Those that Excel allows, and more than any list of cells has."""
_MOST_CHARACTERS = 100_000_000
_DIGITS = re.compile(r"[0-9]{1,9}")
_DATE, _MONTH, _DAY = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_BUILT_IN: Mapping[int, str] = {
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    **dict.fromkeys((14, 15, 16, 17, 22, 30), "yyyy/m/d"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h:mm"),
    27: _MONTH,
    28: _DAY,
    29: _DAY,
    31: _DATE,
    34: "h:mm",
    35: "h:mm",
    36: _MONTH,
    50: _MONTH,
    51: _DAY,
    52: _MONTH,
    53: _DAY,
    54: _DAY,
    55: "h:mm",
    56: "h:mm",
    57: _MONTH,
    58: _DAY,
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    48: "##0.0E+0",
}
"""The formats that are known by number, in a Chinese Excel; those that are not here show numbers as they are."""
GENERAL = "General"


class SheetPart(Struct, frozen=True):
    """A sheet by the name on its tab and its part."""

    name: str
    part: str
    is_visible: bool


class Book(Struct, frozen=True):
    """`texts` are the shared ones, `formats` those of cells by their style, `struck` the styles of a line through."""

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    struck: frozenset[str]
    from_1904: bool


def read_book(package: Package) -> Book:
    """What the workbook's own part says, and the lists beside it. Raises DamagedError."""
    root = next(
        (part.name for part in package.related("").values() if part.kind == "officeDocument"), "xl/workbook.xml"
    )
    related = package.related(root)
    sheets: list[SheetPart] = []
    from_1904 = False

    def start(element: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if element == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif element == "sheet":
            key = next((text for name, text in attributes.items() if name.endswith(":id")), "")
            target = related.get(key)
            name = unescaped(attributes.get("name", ""))
            if target is None:
                raise DamagedError(f"里找不到表“{name}”的内容，{SAVE_AS}")
            if target.kind == "worksheet":
                sheets.append(SheetPart(name, target.name, attributes.get("state", "visible") == "visible"))
            if len(sheets) > _MOST_SHEETS:
                raise DamagedError(f"里的表超过{_MOST_SHEETS}张，分成几个导入")

    package.read(root, start, lambda _element, _text: None)
    by_kind = {part.kind: part.name for part in related.values()}
    texts = _texts(package, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else ()
    formats, struck = _styles(package, by_kind["styles"]) if "styles" in by_kind else ((), frozenset())
    return Book(tuple(sheets), texts, formats, struck, from_1904)


def unescaped(text: str) -> str:
    """A text with `_x000D_` as the character it stands for (ECMA-376 Part 1, 22.9.2.19), and lines ended in one way."""
    plain = _ESCAPED.sub(_characters, text) if "_x" in text else text
    return plain.replace("\r\n", "\n").replace("\r", "\n") if "\r" in plain else plain


def _characters(match: re.Match[str]) -> str:
    units = bytes.fromhex("".join(match[0][at + 2 : at + 6] for at in range(0, len(match[0]), 7)))
    return units.decode("utf-16-be", "replace")


class TextRuns:
    """Gathers the text of a shared or inline string: its runs, without what tells how to pronounce it."""

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._is_phonetic = False

    def start(self, element: str) -> None:
        """An element of a string, or around it, begins."""
        if element in ("si", "is"):
            self._runs.clear()
        elif element == "rPh":
            self._is_phonetic = True

    def end(self, element: str, text: str) -> None:
        """It ends, with its text."""
        if element == "t" and not self._is_phonetic:
            self._runs.append(unescaped(text))
        elif element == "rPh":
            self._is_phonetic = False

    def text(self) -> str:
        """The string so far."""
        return "".join(self._runs)


def _texts(package: Package, name: str) -> tuple[str, ...]:
    texts: list[str] = []
    runs = TextRuns()
    length = 0

    def end(element: str, text: str) -> None:
        nonlocal length
        runs.end(element, text)
        if element == "si":
            texts.append(runs.text())
            length += len(texts[-1])
            if len(texts) > _MOST_TEXTS or length > _MOST_CHARACTERS:
                raise DamagedError(f"的{name}太长，分成几个导入")

    package.read(name, lambda element, _: runs.start(element), end)
    return tuple(texts)


def _styles(package: Package, name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The codes of number formats by style, and the styles whose font has a line through it."""
    codes: dict[int, str] = {}
    styles: list[tuple[int, int]] = []
    inside: list[str] = []
    fonts = 0
    struck: set[int] = set()

    def start(element: str, attributes: Attributes) -> None:
        nonlocal fonts
        inside.append(element)
        if element == "font" and inside[-2:-1] == ["fonts"]:
            fonts += 1
        elif element == "strike" and inside[-3:-1] == ["fonts", "font"] and attributes.get("val", "1") in ("1", "true"):
            struck.add(fonts - 1)
        elif element == "numFmt" and inside[-2:-1] == ["numFmts"]:
            codes[_number(attributes.get("numFmtId", ""), name)] = unescaped(attributes.get("formatCode", GENERAL))
        elif element == "xf" and inside[-2:-1] == ["cellXfs"]:
            format_, font = (_number(attributes.get(key, "0"), name) for key in ("numFmtId", "fontId"))
            styles.append((format_, font))
        if len(styles) > _MOST_STYLES or len(codes) > _MOST_STYLES:
            raise DamagedError(f"的{name}里有{_MOST_STYLES}种以上的格式")

    def end(_element: str, _text: str) -> None:
        inside.pop()

    package.read(name, start, end)
    formats = tuple(codes.get(number) or _BUILT_IN.get(number, GENERAL) for number, _ in styles)
    return formats, frozenset(str(at) for at, (_, font) in enumerate(styles) if font in struck)


def _number(text: str, name: str) -> int:
    if not _DIGITS.fullmatch(text):
        raise DamagedError(f"的{name}里，格式的编号“{text[:20]}”不是编号")
    return int(text)
