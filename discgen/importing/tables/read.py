"""A published table, recognised by its title and heads, to what each of its cells asks for and answers.

A form says of each cell what lines it is the sum of (`discgen.form.table_spec`). Read backwards,
a filled table says what the lines of those questions add up to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from discgen.form.table_spec import BlockSpec, ColumnSpec, RowSpec
from discgen.importing.imported import SheetReport
from discgen.importing.problems import ColumnProblem, ImportProblemsError
from discgen.importing.sheets.heads import amounts_unit, find_head_rows, head_paths, meaning_of_head
from discgen.importing.sheets.sheet import Rows, Sheet, amount_at, formula_trouble, is_number
from discgen.importing.sheets.values import Values
from discgen.importing.sheets.words import is_foot, load_words, without_unit
from discgen.importing.tables.recognise import FormSheet
from discgen.importing.tables.rows import RowReader, UnknownRowError
from discgen.ledger.query import Query
from discgen.model.build_lines import usual_unit_kind
from discgen.model.line import FISCAL_FUNDS, UnitKind
from discgen.money import ZERO, AmountError

_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its answer in 元, as a cell has them, and the unit that it is written in."""

    query: Query
    amount: Decimal
    cell: str
    unit: str = "元"

    @property
    def printed(self) -> bool:
        """Whether the amount may have been rounded to two places of 万元."""
        return self.unit == "万元" and self.amount % 100 == 0


@dataclass(frozen=True, slots=True)
class FormSheetRead:
    """What the cells of a table say, its report, the units of projects where it names them, and how often each stands."""

    asked: tuple[Asked, ...]
    report: SheetReport
    project_units: Mapping[str, str]
    projects: Mapping[str, int]


def _pairs_told_apart(asked: Sequence[Asked]) -> Iterator[Asked]:
    """Of a pair of economic codes with two rows, the first is of the usual kind of unit, as the second is of the other."""
    twice = {_pair(one.query) for one in asked if one.query.asks_for("unit_kind")}
    for one in asked:
        pair = _pair(one.query)
        if pair in twice and pair[1] and not one.query.asks_for("unit_kind"):
            kind = usual_unit_kind(pair[1]) or UnitKind.ADMINISTRATIVE
            yield replace(one, query=one.query.narrowed({"unit_kind": (kind,)}))
        else:
            yield one


def _pair(query: Query) -> tuple[str, str]:
    where = {name: values[0] for name, values in query.where}
    return where.get("department_economic_code", ""), where.get("government_economic_code", "")


def read_form_sheet(found: FormSheet, values: Values, year: int, unit: str, ignored: Sequence[str]) -> FormSheetRead:
    """Read a recognised table. Raises ImportTroubleError for what is not understood."""
    sheet = found.sheet
    troubles = list(_wrong_year(found, year))
    rows, columns = form_columns(found, year, unit, ignored)
    readers = [RowReader(block, values) for block in found.spec.blocks]
    reading = _Reading(sheet, sheet.filled(), troubles)
    by_row: dict[int, list[Asked]] = {}
    for at in range(rows.stop, len(sheet.rows)):
        for number, reader in enumerate(readers):
            own = [column for column in columns if column.block == number]
            by_row.setdefault(at, []).extend(reading.asked(at, own, reader))
    if troubles:
        raise ImportProblemsError(troubles)
    remarks = ("车辆、设备的数目不导入，在assets里填",) if any(reader.counted for reader in readers) else ()
    told = tuple((column.label, meaning_of_column(column)) for column in columns)
    taken = f"{found.spec.title.replace('{year}年', '')}（表式的表）"
    used = sum(bool(asked) for asked in by_row.values())
    report = SheetReport(sheet.title, taken, told, used, (), ZERO, remarks)
    units = {name: unit for reader in readers for name, unit in reader.project_units.items()}
    projects = sum((reader.projects for reader in readers), Counter[str]())
    every = [one for asked in by_row.values() for one in asked]
    return FormSheetRead(tuple(_pairs_told_apart(every)), report, units, projects)


def _wrong_year(found: FormSheet, year: int) -> Iterator[str]:
    written = _YEAR.search(found.title)
    if written and int(written[0]) != year:
        yield f"{found.sheet.title} 是{written[0]}年的表，要导入的是{year}年"


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads the rows of one sheet, whose cells are `filled`, and notes what it does not understand."""

    sheet: Sheet
    filled: Rows
    troubles: list[str]

    def asked(self, at: int, columns: Sequence[FormColumn], reader: RowReader) -> Iterator[Asked]:
        """The questions of one row of a block, those that finer columns share as one."""
        if not columns or _is_beside_the_point(self.sheet.rows[at]):
            return
        texts = {column.spec.show: self.filled[at][column.at] for column in columns if column.spec.show}
        amounts = list(self._amounts(at, columns))
        self.troubles.extend(self._text_troubles(at, columns) if amounts else ())
        try:
            row = reader.read(texts, has_amounts=bool(amounts))
        except UnknownRowError as trouble:
            if any(amount for _, amount in amounts):
                place = next((column.at for column in columns if column.spec.show), columns[0].at)
                self.troubles.append(f"{self.sheet.cell(at, place)} {trouble}")
            return
        if row is None:
            return
        together: dict[Query, Asked] = {}
        for column, amount in amounts:
            query = _query(reader.block, row, column)
            one = Asked(query, amount, self.sheet.cell(at, column.at), column.unit)
            first = together.get(query)
            if first and column.more:
                one = replace(first, amount=first.amount + amount)
            elif first:
                yield first
            together[query] = one
        yield from together.values()

    def _text_troubles(self, at: int, columns: Sequence[FormColumn]) -> Iterator[str]:
        for column in columns:
            trouble = self.sheet.text_trouble(at, column.at) if column.spec.show else ""
            if trouble:
                yield f"{self.sheet.cell(at, column.at)} {trouble}"

    def _amounts(self, at: int, columns: Sequence[FormColumn]) -> Iterator[tuple[FormColumn, Decimal]]:
        for column in columns:
            if column.spec.show:
                continue
            text = self.sheet.rows[at][column.at]
            if formula_trouble(text):
                self.troubles.append(f"{self.sheet.cell(at, column.at)} {formula_trouble(text)}")
                continue
            try:
                amount = amount_at(self.sheet, at, column.at, column.unit)
            except AmountError as trouble:
                self.troubles.append(f"{self.sheet.cell(at, column.at)} {trouble}")
                continue
            if amount is not None:
                yield column, amount


def _is_beside_the_point(row: Sequence[str]) -> bool:
    """Whether a row is a note, or only numbers the columns."""
    texts = [text for text in row if text]
    if not texts or is_foot(texts[0]) or "栏次" in texts:
        return True
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _query(block: BlockSpec, row: RowSpec, column: FormColumn) -> Query:
    more = {name: (value,) for name, value in column.more.items() if name != "component"}
    asked = block.base.of(row.sources or column.spec.sources)
    return asked.narrowed(row.where).narrowed(column.spec.where).narrowed(more)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of the sheet as one of the table; `more` is what its heads say beyond the table's own."""

    at: int
    label: str
    block: int
    spec: ColumnSpec
    more: Mapping[str, str]
    unit: str = ""


def form_columns(found: FormSheet, year: int, unit: str, ignored: Sequence[str]) -> tuple[range, list[FormColumn]]:
    """The rows of heads, and the columns under them. Raises ImportTroubleError for those that are not understood."""
    sheet, troubles = found.sheet, list[str]()
    leaves = [
        (number, leaf, path) for number, block in enumerate(found.spec.blocks) for leaf, path in _leaves(block, year)
    ]
    words = load_words()
    known = {part for _, _, path in leaves for part in path} | words.neutral | words.totals
    known |= {word for by_word in words.values.values() for word in by_word}
    rows = find_head_rows(sheet, known)
    if rows is None:
        raise ImportProblemsError([f"{sheet.title} 是“{found.title}”，找不到表头"])
    paths = {at: path for at, path in enumerate(head_paths(sheet, rows)) if path}
    matched = _matched(paths, leaves)
    columns = []
    for at, path in paths.items():
        label = "".join("/".join(path).split())
        if at in matched:
            number, leaf, more = matched[at]
            unit_of = "" if leaf.show else amounts_unit(sheet, rows, path, at, unit)
            if not leaf.show and not unit_of:
                troubles.append(f"{sheet.cell(rows[-1], at)} 没有写金额的单位，用--unit 元或--unit 万元说明")
            columns.append(FormColumn(at, label, number, leaf, more, unit_of))
        elif label not in ignored and any(is_number(row[at]) for row in sheet.rows[rows.stop :]):
            said = f"“{found.title}”里没有“{label}”这一栏，用--ignore-column '{label}'说明不导入"
            troubles.append(ColumnProblem(f"{sheet.cell(rows[-1], at)} {said}", label))
    if troubles:
        raise ImportProblemsError(troubles)
    return rows, columns


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


Leaf = tuple[int, ColumnSpec, tuple[str, ...]]
Match = tuple[int, ColumnSpec, Mapping[str, str]]


def _matched(paths: Mapping[int, tuple[str, ...]], leaves: Sequence[Leaf]) -> dict[int, Match]:
    """The table's columns by those of the sheet: same heads first, then heads of the same meaning, then finer ones."""
    bare = {at: tuple(map(without_unit, path)) for at, path in paths.items()}
    found: dict[int, Match] = {}
    for key in (tuple, _canonical):
        taken = {id(leaf) for _, leaf, _ in found.values()}
        free = [one for one in leaves if id(one[1]) not in taken]
        for number, leaf, path in free:
            at = next((at for at in bare if at not in found and key(bare[at]) == key(path)), None)
            if at is not None:
                found[at] = (number, leaf, {})
    for at in bare.keys() - found.keys():
        finer = _finer(_canonical(bare[at]), leaves)
        if finer:
            found[at] = finer
    return dict(sorted(found.items()))


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
    """A column that says more of the money than the table's own under the same head."""
    above = [
        (number, leaf, start)
        for number, leaf, heads in leaves
        if not leaf.show and path[: len(start := _canonical(heads))] == start
    ]
    if not above:
        return None
    number, leaf, start = max(above, key=lambda one: len(one[2]))
    more = dict(part.split("=") for part in path[len(start) :] if "=" in part)
    return (number, leaf, more) if more and len(more) == len(path) - len(start) else None


def meaning_of_column(column: FormColumn) -> str:
    """What a column was taken for, in Chinese."""
    if column.spec.show:
        return _TEXTS.get(column.spec.show, "文字")
    titles = load_words().titles
    where = {**column.spec.where, **{name: (value,) for name, value in column.more.items()}}
    said = [
        _FISCAL
        if name == "fund" and set(values) == {*FISCAL_FUNDS}
        else "、".join(titles.get(value, value) for value in values)
        for name, values in where.items()
    ]
    return f"{'，'.join(said)}金额，{column.unit}"


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
