"""The sheets of an Excel workbook: what its cells hold and how they are shown, formulas as their results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from msgspec import Struct, field

from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.number_format import Kind, Shown, section_for, shown_number
from discgen.importing.sheets.sheet import (
    MOST_COLUMNS,
    MOST_ROWS,
    NO_RESULT,
    Area,
    Sheet,
    cell_name,
    column_letters,
    trimmed,
)
from discgen.importing.sheets.xlsx_book import GENERAL, Book, SheetPart, TextRuns, read_book, unescaped
from discgen.office_file import SAVE_AS, Attributes, DamagedError, Package
from discgen.phrases import few

_MOST_NAMED = 8
"""How many hidden rows or columns are named."""
_UNREADABLE = f"不是能读的Excel工作簿，{SAVE_AS}"
_ROWS, _COLUMNS = 1_048_576, 16_384
"""How large the grid of a sheet is."""
_CELL_NAME = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})")
_MOST_CELLS = 3_000_000
"""How many cells with contents a workbook has at most: some 300,000 rows."""
_MOST_OF_GRID = 6_000_000
"""The same with the empty cells between them."""
_MOST_MERGED = 50_000
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


def read_xlsx(data: bytes, file: str) -> list[Sheet]:
    """The sheets in order, hidden ones without their rows. Raises ImportProblemsError for what is not a workbook."""
    where = file
    try:
        package = Package(data)
        book = read_book(package)
        budget = Budget()
        sheets = []
        for part in book.sheets:
            where = f"{file} {part.name}"
            sheets.append(_sheet(file, part, package, book, budget))
    except ImportProblemsError:
        raise
    except DamagedError as error:
        raise ImportProblemsError(f"{where} {error}") from error
    except (Exception, MemoryError, RecursionError) as error:  # whatever else a stranger's file provokes
        raise ImportProblemsError(f"{where} {_UNREADABLE}") from error
    return sheets


def _sheet(file: str, part: SheetPart, package: Package, book: Book, budget: Budget) -> Sheet:
    if not part.is_visible:
        return Sheet(file, part.name, (), remarks=("是隐藏的表，没有导入；要导入的，取消隐藏",))
    raw = read_raw_sheet(package, part.part, budget)
    reader = CellReader(book)
    shown: dict[tuple[int, int], Shown] = {}
    rows: list[list[str]] = [[] for _ in range(raw.height)]
    for (row, column), cell in sorted(raw.cells.items()):
        try:
            text, as_shown = reader.read(cell)
        except DamagedError as error:
            raise ImportProblemsError(f"{file} {part.name}!{cell_name(row, column)} {error}") from error
        rows[row] += [""] * (column - len(rows[row]))
        rows[row].append(text.strip())
        if as_shown:
            shown[row, column] = as_shown
    kept = trimmed(rows)
    height, width = len(kept), len(kept[0]) if kept else 0
    areas = tuple(_areas(raw, height, width))
    return Sheet(file, part.name, kept, areas, (*_hidden(raw, height, width), *_struck(raw, book)), shown)


def _areas(raw: RawSheet, rows: int, columns: int) -> Iterator[Area]:
    """The merged cells that reach into what is kept. Raises DamagedError where they overlap."""
    left = rows * columns
    for area in raw.merged:
        if area.top < rows and area.left < columns:
            clipped = Area(area.top, area.left, min(area.bottom, rows - 1), min(area.right, columns - 1))
            left -= (clipped.bottom - clipped.top + 1) * (clipped.right - clipped.left + 1)
            if left < 0:
                raise DamagedError("的合并单元格互相重叠，用表格软件取消合并再导入")
            yield clipped


def _hidden(raw: RawSheet, rows: int, width: int) -> Iterator[str]:
    """What is hidden of that which is kept."""
    hidden_rows = [str(at + 1) for at in sorted(set(raw.hidden_rows)) if at < rows]
    at_columns = {at for group in raw.hidden_columns for at in range(group.start, min(group.stop, width))}
    for names, kind in ((hidden_rows, "行"), ([column_letters(at) for at in sorted(at_columns)], "列")):
        if names:
            yield f"注意：第{few(names, _MOST_NAMED)}{kind}是隐藏的，也读了；不要的从表里删去"


def _struck(raw: RawSheet, book: Book) -> Iterator[str]:
    """The rows with a line through what they say."""
    rows = sorted({row for (row, _), cell in raw.cells.items() if cell.style in book.struck})
    if rows:
        yield f"注意：第{few([str(row + 1) for row in rows], _MOST_NAMED)}行有删除线，也读了；不要的从表里删去"


class RawCell(Struct, frozen=True):
    """A filled cell as it is stored: the letters of its type, its style, its text, and whether it is a formula's."""

    kind: str
    style: str
    text: str
    is_formula: bool


class RawSheet(Struct):
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
    match = _CELL_NAME.fullmatch(written.replace("$", ""))
    row = _index(match["row"], _ROWS) if match else None
    column = 0
    for letter in match["column"] if match else "":
        column = column * 26 + ord(letter) - ord("A") + 1
    if row is None or not 1 <= column <= _COLUMNS:
        raise DamagedError(f"的单元格“{written[:20]}”不是表格里有的")
    return row, column - 1


def _index(written: str, most: int) -> int | None:
    """A number of a row or a column, from 0; None for what is none."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= len(str(most))
    return int(written) - 1 if is_number and 1 <= int(written) <= most else None


class CellReader(Struct, frozen=True):
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
        shown = when.date().isoformat() if value >= 1 else when.time().isoformat("minutes")
        return shown, _date(shown)

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


def _date(text: str) -> Shown:
    return Shown("", why=f"是日期或时间（{text}），{_REWRITE}")
