"""A stored cell to the text that is read from it, and to how it is shown where an amount may not be read off that text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from discgen.importing.number_format import Kind, section_for
from discgen.importing.sheet import NO_RESULT
from discgen.importing.shown import Shown, shown_number
from discgen.importing.xlsx_package import DamagedError
from discgen.importing.xlsx_parts import GENERAL, Book
from discgen.importing.xlsx_sheet import RawCell

_NUMBER = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,3})?")
_BEYOND_DIGITS = 10**15
"""From here on a spreadsheet has put noughts for the last digits of a long code, and shows it as 1.4E+17."""
_MOST_DIGITS = 40
_LARGEST = Decimal("1e25")
"""Beyond all amounts and codes; written out in full a number may otherwise have hundreds of digits."""
_DAY_0, _DAY_0_OF_1904 = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")
_DAY_THAT_NEVER_WAS = 60
"""The 29th of February 1900, which spreadsheets count."""
_LAST_DAY = 2_958_465
"""The 31st of December 9999."""
_REWRITE = "单元格格式改好（文字用“文本”，金额用“常规”），重新写一遍"


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one workbook."""

    book: Book

    def read(self, cell: RawCell) -> tuple[str, Shown | None]:
        """The text and how it is shown. Raises DamagedError for what no cell stores."""
        if not cell.text:
            return NO_RESULT if cell.is_formula else "", None
        if cell.kind == "s":
            return self._shared(cell.text), None
        if cell.kind in ("inlineStr", "str", "e"):
            return cell.text, None
        if cell.kind == "b":
            text = "TRUE" if cell.text in ("1", "true") else "FALSE"
            return text, Shown("", why=f"是逻辑值{text}，{_REWRITE}")
        if cell.kind == "d":
            return cell.text, _date(cell.text)
        if cell.kind == "n":
            return self._number(cell)
        raise DamagedError(f"的类型“{cell.kind[:20]}”不是表格里有的")

    def _shared(self, text: str) -> str:
        at = int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(_LARGEST)) else -1
        if not 0 <= at < len(self.book.texts):
            raise DamagedError(f"的文字“{text[:20]}”在文件里找不到")
        return self.book.texts[at]

    def _number(self, cell: RawCell) -> tuple[str, Shown | None]:
        """Of a number the fifteen digits that a spreadsheet keeps."""
        bare = cell.text.strip()
        if len(bare) > _MOST_DIGITS or not _NUMBER.fullmatch(bare) or abs(Decimal(bare)) >= _LARGEST:
            raise DamagedError(f"存的“{cell.text[:20]}”不是表格能存的数")
        value = Decimal(f"{float(bare):.15g}")
        if abs(value) >= _BEYOND_DIGITS:
            return bare, Shown("", why=f"的数超过15位，表格软件只记得前15位，{_REWRITE}")
        code = self._format(cell.style)
        section, _ = section_for(code, value)
        if section.kind is not Kind.DATE:
            return shown_number(value, code)
        when = self._moment(value)
        if when is None:
            return bare, Shown("", why=f"的格式是日期，存的{bare[:20]}不是日期，{_REWRITE}")
        if section.has_year_only:
            return f"{when.year}年" if "年" in code else str(when.year), None
        said = when.date().isoformat() if value >= 1 else when.time().isoformat("minutes")
        return said, _date(said)

    def _format(self, style: str) -> str:
        if not style or not self.book.formats:
            return GENERAL
        at = int(style) if style.isascii() and style.isdecimal() and len(style) <= len("65536") else -1
        if not 0 <= at < len(self.book.formats):
            raise DamagedError(f"的样式“{style[:20]}”在文件里找不到")
        return self.book.formats[at]

    def _moment(self, value: Decimal) -> datetime | None:
        """What a number is as a date."""
        if not 0 <= value <= _LAST_DAY:
            return None
        first = _DAY_0_OF_1904 if self.book.from_1904 else _DAY_0 + timedelta(days=value < _DAY_THAT_NEVER_WAS)
        try:
            return first + timedelta(days=float(value))
        except OverflowError:
            return None


def _date(said: str) -> Shown:
    return Shown("", why=f"是日期或时间（{said}），{_REWRITE}")
