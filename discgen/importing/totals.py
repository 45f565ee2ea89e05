"""The rows of a sheet that are sums of others: found, left out, and held against what they are the sum of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from discgen.money import YUAN_PER_UNIT, ZERO, in_yuan, is_rounding_tail

_PRINTED_PLACES = 2
"""万元 are printed to so many places; what is finer was not rounded."""


@dataclass(frozen=True, slots=True)
class AmountRow:
    """One row with amounts in 元 by column. `codes` are its codes by dimension, `group` what else it is known by."""

    at: int
    amounts: Mapping[int, Decimal]
    codes: Mapping[str, str]
    group: Mapping[str, str]
    is_total: bool = False


def sum_rows(rows: Sequence[AmountRow]) -> dict[int, list[list[AmountRow]]]:
    """The rows that are totals by their `at`, each with the sets of rows that it may be the sum of."""
    above = _with_rows_below(rows)
    leaves = [row for row in rows if not row.is_total and row.at not in above]
    kept = {row.at for row in leaves}
    found: dict[int, list[list[AmountRow]]] = {}
    for position, row in enumerate(rows):
        before, after = rows[:position][::-1], rows[position + 1 :]
        if row.is_total:
            own = [leaf for leaf in leaves if all(leaf.group.get(name) == value for name, value in row.group.items())]
            ends = [list(_run(side, kept, lambda other: other.is_total)) for side in (before, after)]
            found[row.at] = [leaves, own, *ends]
        elif row.at in above:
            below = {other.at for other in above[row.at]}
            near = list(_run(after, kept, partial(_is_outside, below)))
            found[row.at] = [near, [leaf for leaf in leaves if leaf.at in below]]
    return found


def _run(rows: Sequence[AmountRow], kept: Collection[int], ends: Callable[[AmountRow], bool]) -> Iterator[AmountRow]:
    """The kept rows up to where it ends."""
    for row in rows:
        if ends(row):
            return
        if row.at in kept:
            yield row


def _is_outside(rows: Collection[int], row: AmountRow) -> bool:
    return row.at not in rows


def _with_rows_below(rows: Sequence[AmountRow]) -> dict[int, list[AmountRow]]:
    """The rows whose code others begin with, as 类 and 款 over 项, with those others."""
    coded = [row for row in rows if row.codes and not row.is_total]
    beginnings = {
        (name, code[:length]) for row in coded for name, code in row.codes.items() for length in range(3, len(code))
    }
    shorter = [row for row in coded if beginnings.intersection(row.codes.items())]
    found = {row.at: [other for other in coded if _is_below(other, row)] for row in shorter}
    return {at: below for at, below in found.items() if below}


def _is_below(other: AmountRow, row: AmountRow) -> bool:
    return (
        any(other.codes.get(name, "") != code for name, code in row.codes.items())
        and all(other.codes.get(name, "").startswith(code) for name, code in row.codes.items())
        and all(other.group.get(name) == value for name, value in row.group.items())
    )


def disagreement(total: Decimal, ways: Sequence[Sequence[Decimal]], unit: str) -> str:
    """What is wrong with a total that is none of these sums, in Chinese; '' where it is one, but for a 尾差."""
    sums = [sum(way, ZERO) for way in ways]
    if total in sums or any(_is_tail(total, way, unit) for way in ways):
        return ""
    nearest = min(sums, key=lambda one: abs(one - total), default=ZERO)
    return f"合计写的是{in_yuan(total)}，各行相加是{in_yuan(nearest)}，相差{in_yuan(abs(total - nearest))}"


def _is_tail(total: Decimal, parts: Sequence[Decimal], unit: str) -> bool:
    """Whether rounding to printed 万元 explains the difference. What is written finer was not rounded."""
    one = YUAN_PER_UNIT[unit]
    shown = [amount / one for amount in (total, *parts)]
    is_printed = unit == "万元" and all(round(amount, _PRINTED_PLACES) == amount for amount in shown)
    return is_printed and is_rounding_tail(shown[0], shown[1:], _PRINTED_PLACES)
