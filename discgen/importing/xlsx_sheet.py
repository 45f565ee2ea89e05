"""The part of a sheet to its filled cells, merged areas and what is hidden, with limits kept as it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from discgen.importing.sheet import MOST_COLUMNS, MOST_ROWS, Area, cell_name
from discgen.importing.xlsx_package import Attributes, DamagedError, Package
from discgen.importing.xlsx_parts import TextRuns, unescaped

_ROWS, _COLUMNS = 1_048_576, 16_384
"""How large the grid of a sheet is."""
_CELL = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})")
_MOST_CELLS = 3_000_000
"""How many cells with contents a workbook has at most: some 300,000 rows."""
_MOST_OF_GRID = 6_000_000
"""The same with the empty cells between them."""
_MOST_MERGED = 50_000


@dataclass(frozen=True, slots=True)
class RawCell:
    """A filled cell as it is stored: the letters of its type, its style, its text, and whether it is a formula's."""

    kind: str
    style: str
    text: str
    is_formula: bool


@dataclass(slots=True)
class RawSheet:
    """All is counted from 0."""

    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows it has down to the last filled cell."""
        return max((row + 1 for row, _ in self.cells), default=0)

    @property
    def size(self) -> int:
        """How many cells the rectangle has that holds all filled ones."""
        return self.height * max((column + 1 for _, column in self.cells), default=0)


class Budget:
    """Counts the cells of a workbook, filled ones and those of the rectangles that they lie in."""

    def __init__(self) -> None:
        self._filled, self._all = _MOST_CELLS, _MOST_OF_GRID

    def spend_cell(self, at: tuple[int, int]) -> None:
        """Raises DamagedError for one cell too many."""
        self._filled -= 1
        if self._filled < 0:
            raise DamagedError(f"到{cell_name(*at)}，有内容的单元格已经超过{_MOST_CELLS // 10_000}万个，分成几个导入")

    def spend_grid(self, sheet: RawSheet) -> None:
        """Raises DamagedError where the filled cells lie too far apart."""
        self._all -= sheet.size
        if self._all < 0:
            last = max(sheet.cells)
            raise DamagedError(f"的内容零散，一直到{cell_name(*last)}：多半是误填的，删去它和它以前的空行、空列")


def read_raw_sheet(package: Package, part: str, budget: Budget) -> RawSheet:
    """Read a sheet within what the budget of its workbook leaves. Raises DamagedError."""
    reader = _Reader(budget)
    package.read(part, reader.start, reader.end)
    budget.spend_grid(reader.sheet)
    return reader.sheet


class _Reader:
    """Keeps track of the row and the cell that the elements are in."""

    def __init__(self, budget: Budget) -> None:
        self.sheet = RawSheet()
        self._budget = budget
        self._row, self._column = -1, -1
        self._kind = self._style = self._value = ""
        self._is_formula = False
        self._runs = TextRuns()

    def start(self, element: str, attributes: Attributes) -> None:
        if element == "c":
            self._open_cell(attributes)
        elif element == "row":
            self._open_row(attributes)
        elif element == "f":
            self._is_formula = True
        elif element == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif element == "col":
            self._columns(attributes)
        else:
            self._runs.start(element)

    def end(self, element: str, text: str) -> None:
        if element == "v":
            self._value = text
        elif element == "c":
            self._close_cell()
        else:
            self._runs.end(element, text)

    def _open_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        row = self._row + 1 if written is None else _index(written, _ROWS)
        if row is None:
            raise DamagedError(f"第{self._row + 1}行之后的行号“{(written or '')[:20]}”不是表格里有的")
        self._row, self._column = row, -1
        if attributes.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.append(row)

    def _open_cell(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        self._column = self._column + 1 if written is None else self._at(written)[1]
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value, self._is_formula = "", False
        self._runs.start("is")

    def _at(self, written: str) -> tuple[int, int]:
        row, column = _cell(written)
        if row != self._row:
            raise DamagedError(f"的单元格{written}写在第{self._row + 1}行里")
        return row, column

    def _close_cell(self) -> None:
        text = self._runs.text() if self._kind == "inlineStr" else self._value
        if not text and not (self._is_formula and self._kind != "str"):
            return
        at = (self._row, self._column)
        if at in self.sheet.cells:
            raise DamagedError(f"的单元格{cell_name(*at)}写了两遍")
        self._budget.spend_cell(at)
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            raise DamagedError(
                f"的内容写到了{cell_name(*at)}，超过{MOST_ROWS}行、{MOST_COLUMNS}列：多半是误填的，删去它和它以前的空行、空列"
            )
        text = unescaped(text) if self._kind == "str" else text
        self.sheet.cells[at] = RawCell(self._kind, self._style, text, self._is_formula)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = _cell(first), _cell(last or first)
        if top > bottom or left > right:
            raise DamagedError(f"合并单元格的“{ref[:40]}”写反了")
        self.sheet.merged.append(Area(top, left, bottom, right))
        if len(self.sheet.merged) > _MOST_MERGED:
            raise DamagedError(f"有{_MOST_MERGED}处以上的合并单元格，用表格软件取消合并再导入")

    def _columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in ("1", "true"):
            first, last = (_index(attributes.get(name, ""), _COLUMNS) for name in ("min", "max"))
            if first is not None and last is not None:
                self.sheet.hidden_columns.append(range(first, last + 1))


def _cell(written: str) -> tuple[int, int]:
    """The row and the column of `AB12`, from 0."""
    found = _CELL.fullmatch(written.replace("$", ""))
    row = _index(found["row"], _ROWS) if found else None
    column = 0
    for letter in found["column"] if found else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if row is None or not 1 <= column <= _COLUMNS:
        raise DamagedError(f"的单元格“{written[:20]}”不是表格里有的")
    return row, column - 1


def _index(written: str, most: int) -> int | None:
    """A number of a row or a column, from 0; None for what is none."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= len(str(most))
    return int(written) - 1 if is_number and 1 <= int(written) <= most else None
