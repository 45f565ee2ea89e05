"""The sheet of a full ledger, one row a line, to entries that say all the row knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from discgen.importing.amounts import is_number, read_amount
from discgen.importing.entry import Entry, SheetReport
from discgen.importing.heads import Heads, Role, parts_of, read_heads
from discgen.importing.sheet import Sheet
from discgen.importing.totals import AmountRow, disagreement, sum_rows
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.values import UnclearValueError, Values
from discgen.importing.words import is_foot, load_words
from discgen.ledger.query import CLASSIFICATION_OF
from discgen.money import ZERO, AmountError

_KEPT_ZERO = "source"
"""The column of lines.csv in whose presence a zero was written by somebody, and stays."""
_SPENT = "expenditure"
"""The source whose amounts are all of the money once."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with amounts: what it says of them, and itself as totals are found by."""

    known: Mapping[str, str]
    row: AmountRow


def read_ledger(
    sheet: Sheet, values: Values, year: int, unit: str, ignored: Collection[str]
) -> tuple[list[Entry], SheetReport]:
    """The sheet's entries and its report. Raises ImportTroubleError with all that is not understood or does not add up."""
    heads = read_heads(sheet, unit, ignored)
    troubles: list[str] = []
    rows = list(_rows(sheet, heads, values, troubles))
    if troubles:
        raise ImportTroubleError(troubles)
    sums = sum_rows([one.row for one in rows])
    leaves = [one for one in rows if one.row.at not in sums]
    by_row = {one.row.at: one.row for one in rows}
    for at, ways in sums.items():
        troubles += _wrong_totals(sheet, heads, by_row[at], ways)
    troubles += [trouble for one in rows for trouble in _wrong_sums_across(sheet, heads, one.row)]
    entries = [entry for one in leaves for entry in _entries(sheet, heads, one, troubles)]
    troubles += [
        f"{entry.cell} 年度写的是{entry.known['year']}，要导入的是{year}年"
        for entry in entries
        if entry.known.get("year", str(year)).removesuffix("年") != str(year)
    ]
    if troubles or not entries:
        raise ImportTroubleError(troubles or [f"{sheet.title} 没有有金额的行"])
    total = sum((entry.amount for entry in entries if entry.known.get("source", _SPENT) == _SPENT), ZERO)
    dropped = tuple(f"第{at + 1}行" for at in sums)
    return entries, SheetReport(sheet.title, "明细", tuple(_meanings(heads)), len(leaves), dropped, total)


def _rows(sheet: Sheet, heads: Heads, values: Values, troubles: list[str]) -> Iterator[_Row]:
    filled = sheet.filled()
    for at in range(heads.body, len(sheet.rows)):
        texts = {column.name: filled[at][column.at] for column in heads.of(Role.TEXT)}
        amounts = _amounts(sheet, heads, at, troubles)
        if not amounts or _is_numbering(sheet, at):
            continue
        is_total = any(load_words().is_total(text) for text in sheet.rows[at] if text)
        if not is_total and any(is_foot(text) for text in sheet.rows[at][:1]):
            continue
        try:
            known = _of_total(values, texts) if is_total else values.dimensions(texts)
        except UnclearValueError as trouble:
            column = next((one for one in heads.of(Role.TEXT) if one.name == trouble.column), heads.columns[0])
            troubles.append(f"{sheet.cell(at, column.at)} {trouble}")
            continue
        codes = {} if "source" in known else {name: known[name] for name in CLASSIFICATION_OF if name in known}
        group = {name: value for name, value in known.items() if name not in CLASSIFICATION_OF}
        yield _Row(
            known | {"year": texts["year"]} if texts.get("year") else known,
            AmountRow(at, amounts, codes, group, is_total),
        )


def _of_total(values: Values, texts: Mapping[str, str]) -> dict[str, str]:
    """What is known of the rows of a total: those of its cells that say something."""
    known: dict[str, str] = {}
    for name, text in texts.items():
        try:
            known |= values.dimensions({name: text})
        except UnclearValueError:
            continue
    return {name: value for name, value in known.items() if name not in ("project", "project_id")}


def _amounts(sheet: Sheet, heads: Heads, at: int, troubles: list[str]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for column in heads.of(Role.AMOUNT, Role.TOTAL):
        try:
            amount = read_amount(sheet.rows[at][column.at], column.unit)
        except AmountError as trouble:
            troubles.append(f"{sheet.cell(at, column.at)} “{sheet.rows[at][column.at]}”不是金额：{trouble}")
            continue
        if amount is not None:
            found[column.at] = amount
    return found


def _is_numbering(sheet: Sheet, at: int) -> bool:
    """Whether a row only numbers the columns (栏次)."""
    texts = [text for text in sheet.rows[at] if text and text != "栏次"]
    return (
        len(texts) > 1 and all(is_number(text) for text in texts) and texts == [str(n + 1) for n in range(len(texts))]
    )


def _wrong_totals(sheet: Sheet, heads: Heads, row: AmountRow, ways: list[list[AmountRow]]) -> Iterator[str]:
    for column in heads.of(Role.AMOUNT, Role.TOTAL):
        if column.at in row.amounts:
            sums = [[part.amounts.get(column.at, ZERO) for part in way] for way in ways]
            wrong = disagreement(row.amounts[column.at], sums, column.unit)
            if wrong:
                yield f"{sheet.cell(row.at, column.at)} {wrong}"


def _wrong_sums_across(sheet: Sheet, heads: Heads, row: AmountRow) -> Iterator[str]:
    """A column of totals against the columns it is the total of."""
    for column in heads.of(Role.TOTAL):
        parts = [row.amounts.get(part.at, ZERO) for part in parts_of(column, heads.columns)]
        wrong = disagreement(row.amounts.get(column.at, ZERO), [parts], column.unit) if parts else ""
        if wrong and column.at in row.amounts:
            yield f"{sheet.cell(row.at, column.at)} {wrong.replace('各行', '各栏')}"


def _entries(sheet: Sheet, heads: Heads, one: _Row, troubles: list[str]) -> Iterator[Entry]:
    """The amounts of a row, each with what its column adds."""
    for column in heads.of(Role.AMOUNT):
        amount = one.row.amounts.get(column.at)
        cell = sheet.cell(one.row.at, column.at)
        clash = [name for name, value in column.where.items() if one.known.get(name, value) != value]
        if amount and clash:
            troubles.append(f"{cell} 这一栏是“{column.label}”，和同一行别的栏对不上")
        elif amount or (amount is not None and _KEPT_ZERO in one.known):
            yield Entry(amount, cell, {**one.known, **column.where})


def _meanings(heads: Heads) -> Iterator[tuple[str, str]]:
    """Each column's head and what it was taken for."""
    words = load_words()
    for column in heads.columns:
        if column.role is Role.IGNORED:
            yield column.label, "不导入"
        elif column.role is Role.TEXT:
            yield column.label, words.column_titles[column.name]
        else:
            said = "、".join(words.titles[value] for value in column.where.values())
            kind = "合计，只用来核对" if column.role is Role.TOTAL else "金额"
            yield column.label, f"{said}{kind}，{column.unit}"
