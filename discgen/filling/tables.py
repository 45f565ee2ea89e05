"""A table of the document to the rows of its sheet: each cell where the sheet's own heads and labels say that it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from discgen.filling.grid import clear, has_formula, hides_decimals, insert_rows, put_number, put_text
from discgen.form.table_spec import TableSpec
from discgen.importing.tables.read import FormColumn, columns_of
from discgen.importing.tables.recognise import FormSheet
from discgen.importing.tables.rows import label_key
from discgen.money import NumberStyle, exact_in_unit
from discgen.phrases import few
from discgen.tables.table import Cell as Answered
from discgen.tables.table import Row, Table

_MOST_NAMED = 8


class FilledTable(Struct):
    """What became of a sheet: the results of the formulas that were kept, by cell, and what is to be told."""

    results: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class _Block(Struct, frozen=True):
    """A block of the table: its rows without those that have nothing in it, and the sheet's columns of it with where each
    stands in a row of the table.
    """

    rows: Sequence[Row]
    columns: Sequence[tuple[FormColumn, int]]
    is_made: bool
    """Whether its rows follow from the facts; else the sheet has them already."""


class TableFiller:
    """Fills one sheet, recognised as a table of the form."""

    def __init__(self, sheet: Worksheet, found: FormSheet, table: Table, style: NumberStyle, year: int) -> None:
        """Raises ImportProblemsError where the sheet's heads are not understood."""
        self._sheet, self._found, self._table, self._style = sheet, found, table, style
        heads, self._columns = columns_of(found, year, "", ())
        self._body = heads.stop
        self._made = FilledTable()
        self._hides_fen = False

    def fill(self) -> FilledTable:
        """Write all rows."""
        blocks = list(self._blocks(self._found.spec))
        foot = self._foot(blocks)
        needed = max((sum(row.kind != "total" for row in block.rows) for block in blocks if block.is_made), default=0)
        more = needed - (foot - self._body)
        if more > 0:
            self._drop_formulas()
            insert_rows(self._sheet, foot + 1, more)
            self._made.remarks.append(f"工作表“{self._sheet.title}”原有{foot - self._body}行，加了{more}行")
            foot += more
        for block in blocks:
            self._fill_block(block, foot)
        self._tell_columns()
        if self._hides_fen:
            self._made.remarks.append(
                f"工作表“{self._sheet.title}”的单元格格式不显示小数：数是全的，看起来是四舍五入过的"
            )
        return self._made

    def _blocks(self, spec: TableSpec) -> Iterator[_Block]:
        first = 0
        for number, block in enumerate(spec.blocks):
            keys = [column.key for column in block.flat_columns()]
            own = [
                (column, first + keys.index(column.spec.key))
                for column in self._columns
                if column.block == number and not column.more
            ]
            places = range(first, first + len(keys))
            rows = [row for row in self._table.rows if any(_is_filled(row.cells[at]) for at in places)]
            yield _Block(rows, own, any(row.each for row in (*block.rows, *block.foot)))
            first += len(keys)

    def _foot(self, blocks: Sequence[_Block]) -> int:
        """The sheet's row, counted from 0, that its totals stand in; behind its last row where it has none."""
        labels = {
            label_key(cell.text)
            for block in blocks
            for row in block.rows
            if row.kind == "total"
            for cell in row.cells
            if cell.answer is None and cell.text
        }
        rows = self._found.sheet.rows
        found = (
            at
            for at in range(self._body, len(rows))
            if any(rows[at][column.at] and label_key(rows[at][column.at]) in labels for column in self._texts())
        )
        return next(found, max(len(rows), self._body + 1))

    def _texts(self) -> Iterator[FormColumn]:
        return (column for column in self._columns if column.spec.show)

    def _fill_block(self, block: _Block, foot: int) -> None:
        if block.is_made:
            for at in range(self._body, foot):
                for column, _ in block.columns:
                    if not has_formula(self._sheet, at + 1, column.at + 1):
                        clear(self._sheet, at + 1, column.at + 1)
        lines = [row for row in block.rows if row.kind != "total"]
        for number, row in enumerate(lines):
            self._fill_row(block, row, self._body + number if block.is_made else self._row_of(block, row, number))
        for row in block.rows:
            if row.kind == "total":
                self._fill_row(block, row, foot, keeps_text=True)

    def _row_of(self, block: _Block, row: Row, number: int) -> int | None:
        """The sheet's row with the same label; without labels the rows stand in their order."""
        texts = [(column, row.cells[place].text) for column, place in block.columns if column.spec.show]
        if not texts:
            return self._body + number
        column, label = texts[0]
        rows = self._found.sheet.rows
        same = (at for at in range(self._body, len(rows)) if label_key(rows[at][column.at]) == label_key(label))
        return next(same, None)

    def _fill_row(self, block: _Block, row: Row, at: int | None, *, keeps_text: bool = False) -> None:
        if at is None:
            label = next((row.cells[place].text for column, place in block.columns if column.spec.show), "")
            self._made.remarks.append(f"工作表“{self._sheet.title}”没有“{label}”这一行，没有填")
            return
        for column, place in block.columns:
            cell = row.cells[place]
            if cell.answer is not None:
                self._fill_amount(cell, at, column)
            elif column.spec.show and block.is_made and not keeps_text:
                self._fill_text(cell.text, at, column)

    def _fill_text(self, text: str, at: int, column: FormColumn) -> None:
        if column.spec.show == "class_code" and text.isdecimal():
            put_number(self._sheet, at + 1, column.at + 1, text)
        else:
            put_text(self._sheet, at + 1, column.at + 1, text)

    def _fill_amount(self, cell: Answered, at: int, column: FormColumn) -> None:
        assert cell.answer is not None
        amount = exact_in_unit(cell.answer.value, column.unit)
        if has_formula(self._sheet, at + 1, column.at + 1):
            self._made.results[f"{get_column_letter(column.at + 1)}{at + 1}"] = amount
        elif cell.answer.value or self._style.zero:
            put_number(self._sheet, at + 1, column.at + 1, amount)
            self._hides_fen = self._hides_fen or hides_decimals(self._sheet, at + 1, column.at + 1, amount)
        else:
            clear(self._sheet, at + 1, column.at + 1)

    def _drop_formulas(self) -> None:
        """Let no formula stay where rows are put in between: it would add up other rows than it did."""
        cells = [
            cell for row in self._sheet.iter_rows() for cell in row if isinstance(cell, Cell) and cell.data_type == "f"
        ]
        for cell in cells:
            cell.value = None
        if cells:
            names = few([str(cell.coordinate) for cell in cells], _MOST_NAMED, "格")
            self._made.remarks.append(f"工作表“{self._sheet.title}”加了行，公式换成数：{names}")

    def _tell_columns(self) -> None:
        others = [column.label for column in self._columns if column.more]
        if others:
            self._made.remarks.append(f"工作表“{self._sheet.title}”比表式多的栏没有填：{few(others, _MOST_NAMED)}")


def _is_filled(cell: Answered) -> bool:
    return bool(cell.text) or cell.answer is not None
