"""A published table, recognised by its title and heads, to what each of its cells asks for and answers.

A form says of each cell what lines it is the sum of (`discgen.form.table_spec`). Read backwards,
a filled table says what the lines of those questions add up to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from discgen.form.table_spec import BlockSpec, ColumnSpec, RowSpec
from discgen.importing.imported import NamedCode, SheetReport
from discgen.importing.problems import ColumnProblem, ImportProblemsError, refuse
from discgen.importing.sheets.heads import (
    NO_UNIT,
    amounts_unit,
    find_head_rows,
    head_paths,
    is_numbering,
    meaning_of_head,
)
from discgen.importing.sheets.sheet import Rows, Sheet, amount_at, formula_problem, is_number
from discgen.importing.sheets.values import UnclearValueError, Values, tidy_name
from discgen.importing.sheets.words import is_foot, load_words, without_unit
from discgen.importing.tables.recognise import FormSheet
from discgen.importing.tables.rows import RowReader
from discgen.ledger.query import CLASSIFICATION_OF, Query
from discgen.model.build_lines import usual_unit_kind
from discgen.model.line import FISCAL_FUNDS, UnitKind
from discgen.money import ZERO, AmountError

_YEAR = re.compile(r"20[0-9]{2}")
_FISCAL = "财政拨款"
_TEXTS = {
    "label": "项目",
    "code": "科目编码",
    "name": "科目名称",
    "class_code": "科目编码的类",
    "group_code": "科目编码的款",
    "item_code": "科目编码的项",
    "department_economic_name": "部门经济科目名称",
    "government_economic_name": "政府经济科目名称",
    "line_number": "行次，不导入",
    "remark": "不导入",
}
"""What the columns of text are, by what they show."""
Leaf = tuple[int, ColumnSpec, tuple[str, ...]]
"""A column of a table by the number of its block, with its heads from the top."""
Match = tuple[int, ColumnSpec, Mapping[str, str]]
"""The same with what a column of the sheet says beyond it."""


class TableCell(Struct, frozen=True):
    """A cell: the lines it asks for, its amount in 元, its name in messages, and the unit it is written in."""

    query: Query
    amount: Decimal
    name: str
    unit: str = "元"

    @property
    def printed(self) -> bool:
        """Whether the amount may have been rounded to two places of 万元."""
        return self.unit == "万元" and self.amount % 100 == 0


class TableRead(Struct, frozen=True):
    """What the cells of a table say, its report, the units of projects where it names them, how often each stands, and what
    the table calls codes.
    """

    cells: tuple[TableCell, ...]
    report: SheetReport
    project_units: Mapping[str, str]
    projects: Mapping[str, int]
    names: tuple[NamedCode, ...]


def read_table(table: FormSheet, values: Values, year: int, unit: str, ignored: Sequence[str]) -> TableRead:
    """Read a recognised table. Raises ImportProblemsError for what is not understood."""
    sheet = table.sheet
    problems = list(_wrong_year(table, year))
    rows, columns = columns_of(table, year, unit, ignored)
    filled = sheet.filled()
    blocks = [
        _BlockReader(sheet, filled, [column for column in columns if column.block == number], block, values)
        for number, block in enumerate(table.spec.blocks)
    ]
    cells: list[TableCell] = []
    rows_used = 0
    for at in range(rows.stop, len(sheet.rows)):
        own = [cell for block in blocks for cell in block.cells(at, problems)]
        rows_used += bool(own)
        cells += own
    refuse(problems)
    remarks = ("车辆、设备的数目不导入，在assets里填",) if any(block.rows.counted for block in blocks) else ()
    meanings = tuple((column.label, _meaning(column)) for column in columns)
    taken_as = f"{table.spec.title.replace('{year}年', '')}（表式的表）"
    report = SheetReport(sheet.title, taken_as, meanings, rows_used, (), ZERO, remarks)
    units = {name: unit for block in blocks for name, unit in block.rows.project_units.items()}
    projects = sum((block.rows.projects for block in blocks), Counter[str]())
    names = tuple(name for block in blocks for name in block.names)
    return TableRead(tuple(_with_unit_kinds(cells)), report, units, projects, names)


def _wrong_year(table: FormSheet, year: int) -> Iterator[str]:
    written = _YEAR.search(table.title)
    if written and int(written[0]) != year:
        yield f"{table.sheet.title} 是{written[0]}年的表，要导入的是{year}年"


class _BlockReader:
    """Reads the rows of one block of a table from a sheet, whose cells are `filled`, by the columns of the block."""

    def __init__(
        self, sheet: Sheet, filled: Rows, columns: Sequence[FormColumn], block: BlockSpec, values: Values
    ) -> None:
        self._sheet, self._filled, self._block = sheet, filled, block
        self._texts = [column for column in columns if column.spec.show]
        self._amounts = [column for column in columns if not column.spec.show]
        self._first = next(iter([*self._texts, *columns]), None)
        self.rows = RowReader(block, values)
        self.names: list[NamedCode] = []
        """What the rows that were read call their codes."""

    def cells(self, at: int, problems: list[str]) -> Iterator[TableCell]:
        """The cells of one row that have amounts; what is not understood is added to the problems."""
        if self._first is None or _is_no_row(self._sheet.rows[at]):
            return
        texts = {column.spec.show: self._filled[at][column.at] for column in self._texts}
        amounts = list(self._amounts_of(at, problems))
        if amounts:
            problems += self._sheet.text_problems(at, [column.at for column in self._texts])
        try:
            row = self.rows.read(texts, has_amounts=bool(amounts))
        except UnclearValueError as error:
            if any(amount for _, amount in amounts):
                problems.append(f"{self._sheet.cell(at, self._first.at)} {error}")
            return
        if row is not None:
            self.names += self._named(row, texts)
            yield from self._together(at, row, amounts)

    def _named(self, row: RowSpec, texts: Mapping[str, str]) -> Iterator[NamedCode]:
        """What a row that is one for a code calls it."""
        for dimension, codes in row.where.items():
            name = tidy_name(texts.get("name", ""))
            if dimension in CLASSIFICATION_OF and len(codes) == 1 and name:
                yield NamedCode(CLASSIFICATION_OF[dimension], codes[0], name, self._sheet.file)

    def _amounts_of(self, at: int, problems: list[str]) -> Iterator[tuple[FormColumn, Decimal]]:
        for column in self._amounts:
            problem = formula_problem(self._sheet.rows[at][column.at])
            try:
                amount = None if problem else amount_at(self._sheet, at, column.at, column.unit)
            except AmountError as error:
                problem, amount = str(error), None
            if problem:
                problems.append(f"{self._sheet.cell(at, column.at)} {problem}")
            elif amount is not None:
                yield column, amount

    def _together(self, at: int, row: RowSpec, amounts: Sequence[tuple[FormColumn, Decimal]]) -> Iterator[TableCell]:
        """The cells of a row; columns that split one column of the form are added up to one cell."""
        together: dict[Query, TableCell] = {}
        for column, amount in amounts:
            query = _query(self._block, row, column)
            cell = TableCell(query, amount, self._sheet.cell(at, column.at), column.unit)
            first = together.get(query)
            if first and column.more:
                cell = replace(first, amount=first.amount + amount)
            elif first:
                yield first
            together[query] = cell
        yield from together.values()


def _is_no_row(row: Sequence[str]) -> bool:
    """Whether a row is empty or a note, or only numbers the columns."""
    texts = [text for text in row if text]
    return not texts or is_foot(texts[0]) or "栏次" in texts or is_numbering(texts)


def _query(block: BlockSpec, row: RowSpec, column: FormColumn) -> Query:
    more = {name: (value,) for name, value in column.more.items() if name != "component"}
    asked = block.base.of(row.sources or column.spec.sources)
    return asked.narrowed(row.where).narrowed(column.spec.where).narrowed(more)


def _with_unit_kinds(asked: Sequence[TableCell]) -> Iterator[TableCell]:
    """Where a pair of economic codes has two rows, the first asks for the usual kind of unit, the second for the other."""
    twice = {_pair(cell.query) for cell in asked if cell.query.asks_for("unit_kind")}
    for cell in asked:
        pair = _pair(cell.query)
        if pair in twice and pair[1] and not cell.query.asks_for("unit_kind"):
            kind = usual_unit_kind(pair[1]) or UnitKind.ADMINISTRATIVE
            yield replace(cell, query=cell.query.narrowed({"unit_kind": (kind,)}))
        else:
            yield cell


def _pair(query: Query) -> tuple[str, str]:
    where = {name: values[0] for name, values in query.where}
    return where.get("department_economic_code", ""), where.get("government_economic_code", "")


class FormColumn(Struct, frozen=True):
    """A column of the sheet and the form's column it is; `more` is what its heads say beyond that."""

    at: int
    label: str
    block: int
    spec: ColumnSpec
    more: Mapping[str, str]
    unit: str = ""


def columns_of(table: FormSheet, year: int, unit: str, ignored: Sequence[str]) -> tuple[range, list[FormColumn]]:
    """The rows of heads, and the columns under them. Raises ImportProblemsError for those that are not understood."""
    sheet, problems = table.sheet, list[str]()
    leaves = [
        (number, leaf, path) for number, block in enumerate(table.spec.blocks) for leaf, path in _leaves(block, year)
    ]
    words = load_words()
    known = {part for _, _, path in leaves for part in path} | words.neutral | words.totals | words.of_values()
    rows = find_head_rows(sheet, known)
    if rows is None:
        raise ImportProblemsError(f"{sheet.title} 是“{table.title}”，找不到表头")
    paths = {at: path for at, path in enumerate(head_paths(sheet, rows)) if path}
    above_all = _above_all(path for _, _, path in leaves)
    matched = _matched(
        {at: path[1:] if path[:1] == above_all else path for at, path in paths.items()},
        [(number, leaf, path[len(above_all) :]) for number, leaf, path in leaves],
    )
    columns = []
    for at, path in paths.items():
        label = "".join("/".join(path).split())
        if at in matched:
            number, leaf, more = matched[at]
            unit_of = "" if leaf.show else amounts_unit(sheet, rows, path, at, unit)
            if not leaf.show and not unit_of:
                problems.append(f"{sheet.cell(rows[-1], at)} {NO_UNIT}")
            columns.append(FormColumn(at, label, number, leaf, more, unit_of))
        elif label not in ignored and any(is_number(row[at]) for row in sheet.rows[rows.stop :]):
            message = f"“{table.title}”里没有“{label}”这一栏，用--ignore-column '{label}'说明不导入"
            problems.append(ColumnProblem(f"{sheet.cell(rows[-1], at)} {message}", label))
    refuse(problems)
    return rows, columns


def _above_all(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The head over all columns, which tells none from another and in a sheet looks like a title; where there is one."""
    tops = {path[:1] if len(path) > 1 else () for path in paths}
    return tops.pop() if len(tops) == 1 else ()


def _leaves(block: BlockSpec, year: int) -> Iterator[tuple[ColumnSpec, tuple[str, ...]]]:
    """The columns of a block with their heads from the top, as `plain` has them."""

    def below(column: ColumnSpec, above: tuple[str, ...]) -> Iterator[tuple[ColumnSpec, tuple[str, ...]]]:
        label = without_unit(column.label.format(year=year))
        path = (*above, label) if label and above[-1:] != (label,) else above
        if not column.columns:
            yield column, path
        for inner in column.columns:
            yield from below(inner, path)

    for column in block.columns:
        yield from below(column, ())


def _matched(paths: Mapping[int, tuple[str, ...]], leaves: Sequence[Leaf]) -> dict[int, Match]:
    """The table's columns by those of the sheet: same heads first, then heads of the same meaning, then finer ones."""
    bare = {at: tuple(map(without_unit, path)) for at, path in paths.items()}
    matched: dict[int, Match] = {}
    for key in (tuple, _canonical):
        taken = {id(leaf) for _, leaf, _ in matched.values()}
        free = ((number, leaf, path) for number, leaf, path in leaves if id(leaf) not in taken)
        for number, leaf, path in free:
            at = next((at for at in bare if at not in matched and key(bare[at]) == key(path)), None)
            if at is not None:
                matched[at] = (number, leaf, {})
    for at in bare.keys() - matched.keys():
        finer = _finer(_canonical(bare[at]), leaves)
        if finer:
            matched[at] = finer
    return dict(sorted(matched.items()))


def _canonical(path: tuple[str, ...]) -> tuple[str, ...]:
    """Heads by their meaning, without those that add none."""
    meant: list[str] = []
    for part in path:
        meaning = meaning_of_head(part)
        if meaning is None:
            meant.append(re.sub(r"部门|预算|单位|支出(?=经济)", "", part))
        meant += [f"{name}={value}" for name, value in (meaning or {}).items()]
    return tuple(dict.fromkeys(meant))


def _finer(path: tuple[str, ...], leaves: Sequence[Leaf]) -> Match | None:
    """The form's column that a column with more specific heads is a part of."""
    above = [
        (number, leaf, start)
        for number, leaf, heads in leaves
        if not leaf.show and path[: len(start := _canonical(heads))] == start
    ]
    if not above:
        return None
    number, leaf, start = max(above, key=lambda match: len(match[2]))
    more = dict(part.split("=") for part in path[len(start) :] if "=" in part)
    return (number, leaf, more) if more and len(more) == len(path) - len(start) else None


def _meaning(column: FormColumn) -> str:
    """What a column was taken for, in Chinese."""
    if column.spec.show:
        return _TEXTS.get(column.spec.show, "文字")
    titles = load_words().titles
    where = {**column.spec.where, **{name: (value,) for name, value in column.more.items()}}
    names = [
        _FISCAL
        if name == "fund" and set(values) == {*FISCAL_FUNDS}
        else "、".join(titles.get(value, value) for value in values)
        for name, values in where.items()
    ]
    return f"{'，'.join(names)}金额，{column.unit}"
