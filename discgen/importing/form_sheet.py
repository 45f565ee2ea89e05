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

from discgen.form.table_spec import BlockSpec, RowSpec
from discgen.importing.amounts import amount_at
from discgen.importing.entry import SheetReport
from discgen.importing.form_columns import FormColumn, form_columns, meaning_of_column
from discgen.importing.form_rows import RowReader, UnknownRowError
from discgen.importing.form_title import FormSheet
from discgen.importing.sheet import Rows, Sheet, formula_trouble
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.values import Values
from discgen.importing.words import is_foot
from discgen.ledger.query import Query
from discgen.model.build_lines import usual_unit_kind
from discgen.model.line import UnitKind
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
        raise ImportTroubleError(troubles)
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
