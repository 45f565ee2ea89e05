"""A sheet of a workbook or a CSV file as rows of text, whatever program made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from discgen.importing.shown import Shown

Rows = tuple[tuple[str, ...], ...]

MOST_ROWS, MOST_COLUMNS = 300_000, 200
"""How far the contents of a sheet or a CSV file may reach; what lies beyond is a slip, or an attack."""
NO_RESULT = "#没有结果"
"""What stands for a formula that no program has calculated yet; it is refused where its cell matters."""
_FAILED = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, counted from 0; `bottom` and `right` belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
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

    def text_trouble(self, row: int, column: int) -> str:
        """What is wrong with a cell that is to be text, in Chinese after its name; '' where nothing is."""
        text, shown = self.rows[row][column], self.shown.get((row, column))
        if shown is None:
            return formula_trouble(text)
        if not shown.code:
            return shown.why
        return f"{shown.told()}，要的是文字，单元格格式改成“文本”，重新写一遍"

    def filled(self) -> Rows:
        """The rows with the text of merged cells in every one of them."""
        rows = [list(row) for row in self.rows]
        for area in self.merged:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    rows[row][column] = self.rows[area.top][area.left]
        return tuple(map(tuple, rows))


def formula_trouble(text: str) -> str:
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
