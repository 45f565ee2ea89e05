"""Sheets whose money other sheets already hold: imported together, it would be counted twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from discgen.importing.entry import Entry
from discgen.money import ZERO

_Margins = Mapping[tuple[str, ...], Decimal]


def repeats(sheets: Sequence[tuple[str, Sequence[Entry]]]) -> list[str]:
    """What to say, in Chinese, of each two sheets (by their titles) of which one holds all of the other's money."""
    said = []
    for (title, entries), (other, others) in combinations(sheets, 2):
        shared = sorted(_names(entries) & _names(others))
        sums, other_sums = _sums(entries, shared), _sums(others, shared)
        if sums == other_sums:
            said.append(f"{other} 和{title}一模一样，会算两遍，只导入一张")
        elif _holds(sums, other_sums):
            said.append(f"{other} 的每一笔{title}里都有，会算两遍，只导入{title}")
        elif _holds(other_sums, sums):
            said.append(f"{title} 的每一笔{other}里都有，会算两遍，只导入{other}")
    return said


def _names(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries for name in entry.known}


def _sums(entries: Sequence[Entry], names: Sequence[str]) -> _Margins:
    """The money by what is known under these names."""
    found: dict[tuple[str, ...], Decimal] = {}
    for entry in entries:
        key = tuple(entry.known.get(name, "") for name in names)
        found[key] = found.get(key, ZERO) + entry.amount
    return found


def _holds(sums: _Margins, others: _Margins) -> bool:
    return all(sums.get(key) == amount for key, amount in others.items())
