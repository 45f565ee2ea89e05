"""The rows and columns of a ledger that are sums of others: found, left out, and held against what they are the sum of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct

from discgen.importing.ledger.columns import Column, Heads, Role, parts_of
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.words import load_words
from discgen.money import YUAN_PER_UNIT, ZERO, in_yuan, is_rounding_tail
from discgen.rules.figures import mixed_units

_PRINTED_PLACES = 2
"""万元 are printed to so many places; what is finer was not rounded."""
_MOST_RUNS = 50
"""How many subtotals in a row a total may lie beyond, when it does not say what it is the total of."""
_MOST_NAMED = 3
"""How many runs of rows are named."""
_BARE = {"function_code"}
"""The codes of a project's row over those of its 经济科目. One that lacks 政府经济分类 alone is a line."""


class AmountRow(Struct, frozen=True):
    """One row with amounts in 元 by column. `codes` are its codes by dimension, `group` what else it is known by."""

    at: int
    amounts: Mapping[int, Decimal]
    codes: Mapping[str, str]
    group: Mapping[str, str]
    is_total: bool = False
    is_part: bool = False
    """Whether it says how much of other rows is of some kind (其中)."""


class Verdict(Struct, frozen=True):
    """What a total is found to be, in Chinese: `wrong` where it is none of the sums, `tail` where rounding explains it."""

    wrong: str = ""
    tail: str = ""


def check_totals(
    sheet: Sheet, heads: Heads, rows: Sequence[AmountRow], sums: SumRows, problems: list[str]
) -> Iterator[str]:
    """Remarks on totals that only rounding explains; totals that are wrong are added to the problems."""
    judgements = [
        (row, column, _down(row, column.at, sums, column.unit)) for row in sums.totals for column in _money(heads, row)
    ]
    judgements += [(row, column, _across(heads, row, column)) for row in rows for column in _money(heads, row)]
    has_word = {row.at for row in sums.totals if any(map(load_words().is_total, sheet.rows[row.at]))}
    for row, column, verdict in judgements:
        cell = sheet.cell(row.at, column.at)
        if verdict.wrong:
            is_bare = row.is_total and not row.is_part and not row.codes and row.at not in has_word
            problems.append(
                f"{cell} {verdict.wrong}{'；这一行没有写支出性质、经济科目和项目，当作小计' if is_bare else ''}"
            )
        elif verdict.tail:
            yield f"{cell} {verdict.tail}"


def _money(heads: Heads, row: AmountRow) -> Iterator[Column]:
    """The columns that a row has amounts in."""
    return (column for column in heads.of(Role.AMOUNT, Role.TOTAL) if column.at in row.amounts)


def _down(row: AmountRow, at: int, sums: SumRows, unit: str) -> Verdict:
    """Check a total against the rows that it may be the sum of."""
    ways = [[(str(part.at + 1), part.amounts.get(at, ZERO)) for part in way] for way in sums.ways(row)]
    if row.is_part and not any(ways) and row.codes:
        return Verdict(wrong="“其中”是哪几行里的看不出来：自己是一笔的，去掉“其中”；别的行里已有的，删去这一行")
    if row.is_part and not any(ways):
        return Verdict(tail="“其中”是别的行里已有的，不导入；是哪几行看不出来，没有核对")
    return _judged(row.amounts[at], ways, unit)


def _across(heads: Heads, row: AmountRow, column: Column) -> Verdict:
    """Check an amount in a column of totals against the columns that it is the sum of."""
    parts = parts_of(column, heads.columns) if column.role is Role.TOTAL else []
    way = [(part.label, row.amounts.get(part.at, ZERO)) for part in parts]
    return _judged(row.amounts[column.at], [way], column.unit) if way else Verdict()


class SumRows:
    """Finds the rows of a sheet that are totals."""

    def __init__(self, rows: Sequence[AmountRow]) -> None:
        self._rows = rows
        self._coded = _Groups([row for row in rows if row.codes and not row.is_total])
        self._below = self._with_rows_below()
        self.totals = [row for row in rows if row.is_total or row.at in self._below]
        """The rows that are totals, in order."""
        self._kept = {row.at for row in rows} - {row.at for row in self.totals}
        self._lines = [row for row in rows if row.at in self._kept]
        self._by_group = _Groups(self._lines)
        self._position = {row.at: position for position, row in enumerate(rows)}

    def ways(self, total: AmountRow) -> Iterator[Sequence[AmountRow]]:
        """The sets of rows that a total may be the sum of, likeliest first."""
        position = self._position[total.at]
        if not total.is_total:
            below = {other.at for other in self._below[total.at]}
            yield list(self._near(position, below))
            yield [line for line in self._below[total.at] if line.at in self._kept]
            return
        if total.is_part:
            yield from self._of_kind(total)
            return
        before, after = range(position - 1, -1, -1), range(position + 1, len(self._rows))
        for side in (before, after):
            yield next(self._runs(side))
        if total.group or total.codes:
            own = self._by_group.of(total.group)
            yield [line for line in own if _begins_with(line, total)] if total.codes else own
        for side in (before, after):
            yield from islice(self._runs(side), 1, None)
        yield self._lines

    def _of_kind(self, part: AmountRow) -> Iterator[Sequence[AmountRow]]:
        """The rows that say what a row of 其中 says: of all, or before it up to one of the totals."""
        own = {row.at for row in self._by_group.of(part.group)} if part.group or part.codes else set()
        for run in (self._lines, *self._runs(range(self._position[part.at] - 1, -1, -1))):
            yield [row for row in run if row.at in own and _begins_with(row, part)]

    def _near(self, position: int, below: Collection[int]) -> Iterator[AmountRow]:
        """The rows right after a 类 or 款 that are below it."""
        for row in self._rows[position + 1 : position + 1 + len(below)]:
            if row.at not in below:
                return
            if row.at in self._kept:
                yield row

    def _runs(self, positions: range) -> Iterator[Sequence[AmountRow]]:
        """The rows on one side up to the first total, to the second, and so on."""
        run: list[AmountRow] = []
        ends = 0
        for position in positions:
            row = self._rows[position]
            if row.is_total and ends == _MOST_RUNS:
                return
            if row.is_total:
                yield run
                ends += 1
            if row.at in self._kept:
                run.append(row)
        yield run

    def _with_rows_below(self) -> dict[int, Sequence[AmountRow]]:
        """The rows that others are parts of, as 项 are of 类 and 款, or 经济科目 of a project, each with those others."""
        coded = self._coded.rows
        beginnings = {
            (name, code[:length]) for row in coded for name, code in row.codes.items() for length in range(3, len(code))
        }
        shorter = (row for row in coded if row.codes.keys() == _BARE or beginnings.intersection(row.codes.items()))
        rows_below = {
            row.at: [other for other in self._coded.of(row.group) if _is_below(other, row)] for row in shorter
        }
        return {at: below for at, below in rows_below.items() if below}


class _Groups:
    """Rows, found by what is known of them."""

    def __init__(self, rows: Sequence[AmountRow]) -> None:
        self.rows = rows
        self._of: dict[tuple[str, ...], dict[tuple[str | None, ...], list[AmountRow]]] = {}

    def of(self, group: Mapping[str, str]) -> Sequence[AmountRow]:
        """The rows of which all of this is known."""
        names = tuple(sorted(group))
        if names not in self._of:
            index = self._of[names] = dict[tuple[str | None, ...], list[AmountRow]]()
            for row in self.rows:
                index.setdefault(tuple(row.group.get(name) for name in names), []).append(row)
        return self._of[names].get(tuple(group[name] for name in names), [])


def _is_below(other: AmountRow, row: AmountRow) -> bool:
    says_more = row.codes.keys() == _BARE < other.codes.keys()
    return _begins_with(other, row) and (
        says_more or any(other.codes[name] != code for name, code in row.codes.items())
    )


def _begins_with(other: AmountRow, row: AmountRow) -> bool:
    return all(other.codes.get(name, "").startswith(code) for name, code in row.codes.items())


def _judged(total: Decimal, ways: Iterable[Sequence[tuple[str, Decimal]]], unit: str) -> Verdict:
    """Compare a total with the sums that it may be, each of rows or columns by what messages call them."""
    least, nearest, tail = Decimal("Infinity"), "没有可以相加的行", ""
    for way in ways:
        sum_of_way = sum((amount for _, amount in way), ZERO)
        off = abs(total - sum_of_way)
        if not off:
            return Verdict()
        if way and off < least:
            least = off
            mixed = mixed_units(total, sum_of_way)
            nearest = f"{_named([name for name, _ in way])}相加是{in_yuan(sum_of_way)}，相差{in_yuan(off)}{mixed and f'；{mixed}'}"
            if _is_tail(total, [amount for _, amount in way], unit):
                tail = f"写的是{in_yuan(total)}，{nearest}，是四舍五入的尾差，以相加的为准"
    return Verdict(tail=tail) if tail else Verdict(wrong=f"合计写的是{in_yuan(total)}，{nearest}")


def _named(names: Sequence[str]) -> str:
    """Rows or columns as messages call them: `第4行、第6至9行`."""
    numbers = sorted(int(name) for name in names if name.isdecimal())
    if not numbers:
        return "、".join(f"“{name}”" for name in names)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = [f"第{first}行" if first == last else f"第{first}至{last}行" for first, last in runs[:_MOST_NAMED]]
    return f"{'、'.join(parts)}{f'等{len(numbers)}行' if len(runs) > _MOST_NAMED else ''}"


def _is_tail(total: Decimal, parts: Sequence[Decimal], unit: str) -> bool:
    """Whether rounding to printed 万元 explains the difference. What is written finer was not rounded."""
    size = YUAN_PER_UNIT[unit]
    shown = [amount / size for amount in (total, *parts)]
    is_printed = unit == "万元" and all(round(amount, _PRINTED_PLACES) == amount for amount in shown)
    return is_printed and is_rounding_tail(shown[0], shown[1:], _PRINTED_PLACES)
