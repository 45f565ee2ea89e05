"""The sheets of an Excel workbook: what its cells hold and how they are shown, formulas as their results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.importing.sheet import Area, Sheet, cell_name, column_letters, trimmed
from discgen.importing.shown import Shown
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.xlsx_package import SAVE_AS, DamagedError, Package
from discgen.importing.xlsx_parts import Book, SheetPart, read_book
from discgen.importing.xlsx_sheet import Budget, RawSheet, read_raw_sheet
from discgen.importing.xlsx_values import CellReader

_MOST_NAMED = 8
"""How many hidden rows or columns are named."""
_UNREADABLE = f"不是能读的Excel工作簿，{SAVE_AS}"


def read_xlsx(data: bytes, file: str) -> list[Sheet]:
    """The sheets in order, hidden ones without their rows. Raises ImportTroubleError for what is not a workbook."""
    where = file
    try:
        package = Package(data)
        book = read_book(package)
        budget = Budget()
        sheets = []
        for part in book.sheets:
            where = f"{file} {part.name}"
            sheets.append(_sheet(file, part, package, book, budget))
    except ImportTroubleError:
        raise
    except DamagedError as trouble:
        raise ImportTroubleError([f"{where} {trouble}"]) from trouble
    except (Exception, MemoryError, RecursionError) as trouble:  # whatever else a stranger's file provokes
        raise ImportTroubleError([f"{where} {_UNREADABLE}"]) from trouble
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
        except DamagedError as trouble:
            raise ImportTroubleError([f"{file} {part.name}!{cell_name(row, column)} {trouble}"]) from trouble
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
            yield f"注意：第{_named(names)}{kind}是隐藏的，也读了；不要的从表里删去"


def _struck(raw: RawSheet, book: Book) -> Iterator[str]:
    """The rows with a line through what they say."""
    rows = sorted({row for (row, _), cell in raw.cells.items() if cell.style in book.struck})
    if rows:
        yield f"注意：第{_named([str(row + 1) for row in rows])}行有删除线，也读了；不要的从表里删去"


def _named(names: Sequence[str]) -> str:
    return f"{'、'.join(names[:_MOST_NAMED])}{'等' if len(names) > _MOST_NAMED else ''}"
