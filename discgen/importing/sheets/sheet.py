"""A sheet of a workbook or a CSV file as rows of text, whatever program made it, and the amounts in its cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct, field

from discgen.importing.sheets.number_format import Shown
from discgen.money import YUAN_PER_UNIT, AmountError, parse_amount, round_half_up, with_plain_minus

Rows = tuple[tuple[str, ...], ...]

MOST_ROWS, MOST_COLUMNS = 300_000, 200
"""How far the contents of a sheet or a CSV file may reach; what lies beyond is a slip, or an attack."""
NO_RESULT = "#没有结果"
"""What stands for a formula that no program has calculated yet; it is refused where its cell matters."""
_FAILED = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_NIL = re.compile(r"[-/]*")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_IN_BRACKETS = re.compile(r"\([0-9,.]+\)")
_DECIMALS = re.compile(r"-?[0-9]+\.[0-9]+")
_NOISE = Decimal("0.00001")
"""元, a thousandth of a 分. The sum of some thousand amounts up to 10^8元 misses by less, as doubles round each addition;
a decimal that somebody wrote on purpose, a tenth of a 分, is a hundred times as much."""
_NOISE_DIGITS = 12
"""How many significant digits a number has at least that noise has changed; who writes 0.000001 means it."""
_LEADING = re.compile(r"^(-?)0+(?=[0-9])")


class Area(Struct, frozen=True):
    """Merged cells, counted from 0; `bottom` and `right` belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(Struct, frozen=True):
    """`rows` are equally long; numbers are plain decimals, empty cells and all but the first of merged ones ''."""

    file: str
    name: str
    """The name on its tab; empty for CSV."""
    rows: Rows
    merged: tuple[Area, ...] = ()
    remarks: tuple[str, ...] = ()
    """What a reader may not see on the screen, in Chinese: what is hidden."""
    shown: Mapping[tuple[int, int], Shown] = field(default_factory=dict)
    """By row and column, the numbers that are not shown as the figures in `rows`."""

    @property
    def title(self) -> str:
        """The sheet as messages call it: `支出.xlsx 表2`."""
        return f"{self.file} {self.name}".rstrip()

    def cell(self, row: int, column: int) -> str:
        """A cell as messages call it: `支出.xlsx 表2!C7`."""
        return f"{self.title}!{cell_name(row, column)}"

    def _text_problem(self, row: int, column: int) -> str:
        """What is wrong with a cell that is to be text, in Chinese after its name; '' where nothing is."""
        text, shown = self.rows[row][column], self.shown.get((row, column))
        if shown is None:
            return formula_problem(text)
        if not shown.code:
            return shown.why
        return f"{shown.describe()}，要的是文字，单元格格式改成“文本”，重新写一遍"

    def text_problems(self, row: int, columns: Iterable[int]) -> Iterator[str]:
        """What is wrong with the cells of a row that are to be text, each after the name of its cell."""
        for column in columns:
            if problem := self._text_problem(row, column):
                yield f"{self.cell(row, column)} {problem}"

    def filled(self) -> Rows:
        """The rows with the text of merged cells in each of them."""
        if not self.merged:
            return self.rows
        rows = [list(row) for row in self.rows]
        for area in self.merged:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    rows[row][column] = self.rows[area.top][area.left]
        return tuple(map(tuple, rows))


def formula_problem(text: str) -> str:
    """What is wrong with a cell that holds a formula without a result, or with a failed one; '' for any other."""
    if text == NO_RESULT:
        return "是公式，没有存下计算结果，用表格软件打开保存一次再导入"
    return f"的公式出错（{text}），改好再导入" if _FAILED.fullmatch(text) else ""


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it, `C7`; row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    """The column counted from 0 as spreadsheets name it: A, Z, AA."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


def trimmed(rows: list[list[str]]) -> Rows:
    """The rows made equally long, without the empty ones at the end and empty columns on the right."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at + 1 for row in rows for at, text in _filled(row)), default=0)
    return tuple(tuple((*row, *([""] * width))[:width]) for row in rows)


def _filled(row: list[str]) -> Iterator[tuple[int, str]]:
    return ((at, text) for at, text in enumerate(row) if text)


def amount_at(sheet: Sheet, row: int, column: int, unit: str) -> Decimal | None:
    """The amount of a cell in 元, as its column's unit and its own format say together; None as in `read_amount`.

    Raises AmountError, whose text follows the name of the cell.
    """
    text, shown = sheet.rows[row][column], sheet.shown.get((row, column))
    if shown and text != "0":
        unit = shown.stored_in(unit)
    try:
        return read_amount(text, unit)
    except AmountError as error:
        raise AmountError(f"“{text}”不是金额：{error}") from error


def read_amount(text: str, unit: str) -> Decimal | None:
    """A cell in 元; None where it is empty or holds the strokes that stand for nothing. Raises AmountError."""
    bare = with_plain_minus(unicodedata.normalize("NFKC", text)).replace(" ", "").replace("￥", "").replace("¥", "")
    if _NIL.fullmatch(bare):
        return None
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    if _IN_BRACKETS.fullmatch(bare):
        raise AmountError("负数写负号，不写括号")
    if "," in bare:
        raise AmountError("千分位的逗号不在每三位一个")
    return parse_amount(_without_noise(_LEADING.sub(r"\1", bare), unit), unit)


def _without_noise(text: str, unit: str) -> str:
    """A number without what only the binary arithmetic of a spreadsheet has added to whole 分."""
    if not _DECIMALS.fullmatch(text) or len(text.lstrip("-0.").replace(".", "")) < _NOISE_DIGITS:
        return text
    yuan = Decimal(text) * YUAN_PER_UNIT[unit]
    exact = round_half_up(yuan, 2)
    return f"{exact / YUAN_PER_UNIT[unit]:f}" if abs(exact - yuan) <= _NOISE else text


def is_number(text: str) -> bool:
    """Whether a cell holds a number, in whatever unit."""
    try:
        return read_amount(text, "万元") is not None
    except AmountError:
        return bool(re.fullmatch(r"-?[0-9][0-9,]*(\.[0-9]+)?", text))
