"""Fill a form's table: every cell is the answer to its table's, its row's and its column's question together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place
from discgen.form.form import Form
from discgen.form.table_spec import LINE_NUMBER, BlockSpec, ColumnSpec, TableSpec
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import Answer, Query, UnknownDimensionError
from discgen.model.disclosure import Disclosure
from discgen.money import NumberStyle
from discgen.tables.faults import Blank, uneven, unlisted, vanished
from discgen.tables.heads import head_rows, number_row
from discgen.tables.rows import PlannedRow, plan_rows
from discgen.tables.table import Cell, Column, Head, Row, Sum, Table, has_tail

Answers = Mapping[tuple[str, str], Answer]
"""The answers of a block by row id and column key."""
Columns = tuple[ColumnSpec, ...]
"""The columns of a block, without the heads above them."""


class _Block(Struct, frozen=True):
    """A filled block: its rows, those of its foot, and the additions in it."""

    spec: BlockSpec
    rows: list[Row]
    foot: list[Row]
    sums: list[Sum]
    faults: list[Diagnostic]


def build_tables(form: Form, ledger: Ledger, disclosure: Disclosure) -> tuple[Table, ...]:
    """All tables of the form, numbered in its order."""
    return tuple(
        build_table(spec, number, form, ledger, disclosure) for number, spec in enumerate(form.tables, start=1)
    )


def build_table(spec: TableSpec, number: int, form: Form, ledger: Ledger, disclosure: Disclosure) -> Table:
    """One table. Amounts are in the unit of the form's table style."""
    style = form.numbers[spec.numbers]
    title = spec.title.format(year=disclosure.year)
    blocks = [_fill(block, title, style, ledger, disclosure) for block in spec.blocks]
    sums = tuple(addition for block in blocks for addition in block.sums)
    rows = tuple(_numbered(_side_by_side(blocks), blocks))
    return Table(
        id=spec.id,
        number=number,
        label=form.label_of(spec.id, number),
        title=title,
        unit=style.unit,
        orientation=spec.orientation,
        dense=spec.dense,
        heads=_heads(spec, disclosure.year),
        columns=_columns(spec),
        rows=rows,
        sums=sums,
        notes=tuple(
            note.format(year=disclosure.year, scope=form.scope.label) for note in _notes(spec, form, rows, sums)
        ),
        faults=tuple(fault for block in blocks for fault in block.faults),
    )


def _fill(block: BlockSpec, title: str, style: NumberStyle, ledger: Ledger, disclosure: Disclosure) -> _Block:
    rows = plan_rows(block.rows, block, ledger, disclosure)
    foot = plan_rows(block.foot, block, ledger, disclosure)
    columns = block.flat_columns()
    answers: dict[tuple[str, str], Answer] = {}
    blanks: list[Blank] = []
    for row in [*rows, *foot]:
        for column in columns if row.has_amounts else ():
            if column.show:
                continue
            query = _query(row, column, block)
            try:
                answers[row.id, column.key] = ledger.ask(query)
            except UnknownDimensionError:
                blanks.append(Blank(_called(row, column), query, column.place if column.where else row.place))
    sums = [*_row_sums([*rows, *foot], columns, answers), *_column_sums([*rows, *foot], columns, answers)]
    by_name = {"/".join(address): answer for address, answer in answers.items()}
    return _Block(
        block,
        [_row(row, columns, answers, style) for row in rows],
        [_row(row, columns, answers, style) for row in foot],
        sums,
        [
            *unlisted(title, block, ledger),
            *vanished(title, blanks, ledger),
            *uneven(title, sums, by_name),
        ],
    )


def _query(row: PlannedRow, column: ColumnSpec, block: BlockSpec) -> Query:
    """The question of the table, the row and the column together."""
    return block.base.of(row.sources or column.sources).narrowed(row.where).narrowed(column.where)


def _called(row: PlannedRow, column: ColumnSpec) -> str:
    """What messages call a cell: its row and its column."""
    label = next((text for text in row.texts.values() if text), "")
    return "".join(f"“{text}”" for text in (label, column.label) if text) + "一格"


def _row(row: PlannedRow, columns: Columns, answers: Answers, style: NumberStyle) -> Row:
    return Row(row.kind, tuple(_cell(row, column, answers, style) for column in columns))


def _cell(row: PlannedRow, column: ColumnSpec, answers: Answers, style: NumberStyle) -> Cell:
    if column.show:
        return Cell(row.texts.get(column.show, ""), indent=row.depth)
    answer = answers.get((row.id, column.key))
    if answer is None:
        return Cell(row.fill or "")
    return Cell(style.show(answer.value), answer, row=row.id, column=column.key)


def _row_sums(rows: list[PlannedRow], columns: Columns, answers: Answers) -> list[Sum]:
    """Down each column: a row and the rows that add up to it."""
    made: dict[str, list[PlannedRow]] = {}
    for row in rows:
        if row.parent:
            made.setdefault(row.parent, []).append(row)
    below = {row.id: [*row.parts, *(part.id for part in made.get(row.id, []))] for row in rows}
    # A sum that misses its own parts is reported where these are written, else where the made rows are.
    places = {
        row.id: row.place if row.parts else next((part.place for part in made.get(row.id, [])), row.place)
        for row in rows
    }
    return [
        addition
        for total, parts in below.items()
        for column in columns
        if (addition := _sum(answers, (total, column.key), [(part, column.key) for part in parts], places[total]))
    ]


def _column_sums(rows: list[PlannedRow], columns: Columns, answers: Answers) -> list[Sum]:
    """Along each row: a column and the columns that add up to it."""
    return [
        addition
        for column in columns
        for row in rows
        if (addition := _sum(answers, (row.id, column.key), [(row.id, part) for part in column.parts], column.place))
    ]


def _sum(answers: Answers, whole: tuple[str, str], parts: list[tuple[str, str]], place: Place) -> Sum | None:
    """The addition of cells, where there are parts and every amount of it is known."""
    if not parts or whole not in answers or any(part not in answers for part in parts):
        return None
    names = tuple("/".join(part) for part in parts)
    return Sum("/".join(whole), answers[whole], tuple(answers[part] for part in parts), names, place)


def _side_by_side(blocks: list[_Block]) -> list[Row]:
    """Rows of the blocks joined, bodies padded so that the feet stand on one line."""
    body = _joined([block.rows for block in blocks], blocks)
    return body + _joined([block.foot for block in blocks], blocks)


def _joined(columns_of_rows: list[list[Row]], blocks: list[_Block]) -> list[Row]:
    joined = []
    for group in zip_longest(*columns_of_rows):
        cells: list[Cell] = []
        for row, block in zip(group, blocks, strict=True):
            cells.extend(row.cells if row else [Cell("")] * len(block.spec.flat_columns()))
        kinds = {row.kind for row in group if row} - {"blank"}
        joined.append(Row(kinds.pop() if len(kinds) == 1 else "line", tuple(cells)))
    return joined


def _numbered(rows: list[Row], blocks: list[_Block]) -> list[Row]:
    """The rows with 行次 in the columns that show it: down the first block, then on down the next."""
    specs = [column for block in blocks for column in block.spec.flat_columns()]
    columns = [at for at, spec in enumerate(specs) if spec.show == LINE_NUMBER]
    counted = [row for row in rows if row.kind != "heading"]
    result, number = [], 0
    for row in rows:
        cells = list(row.cells)
        if row.kind != "heading":
            number += 1
            for block, column in enumerate(columns):
                cells[column] = Cell(str(block * len(counted) + number))
        result.append(Row(row.kind, tuple(cells)))
    return result


def _heads(spec: TableSpec, year: int) -> tuple[tuple[Head, ...], ...]:
    columns = tuple(column for block in spec.blocks for column in block.columns)
    rows = head_rows(columns, lambda label: label.format(year=year))
    if spec.column_numbers != "none":
        rows.append(number_row([below for column in columns for below in column.flat_columns()], spec.column_numbers))
    return tuple(tuple(row) for row in rows)


def _columns(spec: TableSpec) -> tuple[Column, ...]:
    columns = [column for block in spec.blocks for column in block.flat_columns()]
    whole = sum(column.width for column in columns) or len(columns)
    return tuple(Column(column.key, column.show, round(100 * (column.width or 1) / whole, 3)) for column in columns)


def _notes(spec: TableSpec, form: Form, rows: tuple[Row, ...], sums: tuple[Sum, ...]) -> Iterator[str]:
    """The table's own notes, and that it is empty or has a 尾差."""
    yield from spec.notes
    if all(cell.answer is None or cell.answer.value == 0 for row in rows for cell in row.cells):
        yield spec.empty_note or form.notes["empty"]
    elif has_tail(sums, form.numbers[spec.numbers]):
        yield form.notes["tail"]
