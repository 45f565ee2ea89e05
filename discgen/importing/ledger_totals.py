"""The totals of a ledger's sheet, down and across, held against the rows and columns that they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.importing.heads import Column, Heads, Role, parts_of
from discgen.importing.sheet import Sheet
from discgen.importing.totals import AmountRow, SumRows, Verdict, judged
from discgen.importing.words import load_words
from discgen.money import ZERO


def checked(sheet: Sheet, heads: Heads, rows: Sequence[AmountRow], sums: SumRows, troubles: list[str]) -> Iterator[str]:
    """The totals that rounding alone explains; what is wrong goes to the troubles."""
    judgements = [
        (row, column, _down(row, column.at, sums, column.unit)) for row in sums.totals for column in _money(heads, row)
    ]
    judgements += [(row, column, _across(heads, row, column)) for row in rows for column in _money(heads, row)]
    has_word = {row.at for row in sums.totals if any(map(load_words().is_total, sheet.rows[row.at]))}
    for row, column, verdict in judgements:
        cell = sheet.cell(row.at, column.at)
        if verdict.wrong:
            is_bare = row.is_total and not row.is_part and not row.codes and row.at not in has_word
            troubles.append(
                f"{cell} {verdict.wrong}{'；这一行没有写支出性质、经济科目和项目，当作小计' if is_bare else ''}"
            )
        elif verdict.tail:
            yield f"{cell} {verdict.tail}"


def _money(heads: Heads, row: AmountRow) -> Iterator[Column]:
    """The columns that a row has amounts in."""
    return (column for column in heads.of(Role.AMOUNT, Role.TOTAL) if column.at in row.amounts)


def _down(row: AmountRow, at: int, sums: SumRows, unit: str) -> Verdict:
    """A total against the rows that it is of."""
    ways = [[(str(part.at + 1), part.amounts.get(at, ZERO)) for part in way] for way in sums.ways(row)]
    if row.is_part and not any(ways) and row.codes:
        return Verdict(wrong="“其中”是哪几行里的看不出来：自己是一笔的，去掉“其中”；别的行里已有的，删去这一行")
    if row.is_part and not any(ways):
        return Verdict(tail="“其中”是别的行里已有的，不导入；是哪几行看不出来，没有核对")
    return judged(row.amounts[at], ways, unit)


def _across(heads: Heads, row: AmountRow, column: Column) -> Verdict:
    """A column of totals against the columns it is the total of."""
    parts = parts_of(column, heads.columns) if column.role is Role.TOTAL else []
    way = [(part.label, row.amounts.get(part.at, ZERO)) for part in parts]
    return judged(row.amounts[column.at], [way], column.unit) if way else Verdict()
