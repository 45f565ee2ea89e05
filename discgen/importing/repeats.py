"""Sheets whose money other sheets already hold: imported together, it would be counted twice.

One that says less of the same money is a summary: it is held against the rows, and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from discgen.importing.entry import Entry
from discgen.money import ZERO, in_yuan
from discgen.rules.figures import mixed_units

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


def summaries(sheets: Sequence[Sequence[Entry]]) -> dict[int, str]:
    """The sheets that add up others' rows, by their place, each with what is wrong with its sums in Chinese, else ''."""
    found: dict[int, str] = {}
    for place, entries in enumerate(sheets):
        names = sorted(_names(entries))
        is_coarse = bool(_NEEDED - set(names)) and "source" not in names
        finer = [one for others in sheets if _names(others) > set(names) for one in others]
        together = [one for others in sheets if _names(others) >= _NEEDED for one in others] if is_coarse else []
        sums, others = _sums(entries, names), _sums(finer or together, names)
        if not others or (not finer and not sums.keys() & others.keys()):
            continue
        if sums == others:
            found[place] = ""
        elif is_coarse:
            found[place] = _apart(entries, sums, others, names)
    return found


def _apart(entries: Sequence[Entry], sums: _Margins, others: _Margins, names: Sequence[str]) -> str:
    """The first sum that the rows do not come to, or that there are rows which no sum is of."""
    for entry in entries:
        key = tuple(entry.known.get(name, "") for name in names)
        there = others.get(key, ZERO)
        if sums[key] != there:
            mixed = mixed_units(sums[key], there)
            said = f"{entry.cell} 汇总的是{in_yuan(sums[key])}，明细里这样的行相加是{in_yuan(there)}"
            return f"{said}{mixed and f'；{mixed}'}：改好，或隐藏这张汇总表再导入"
    lacking = sum((amount for key, amount in others.items() if key not in sums), ZERO)
    place = entries[0].cell.rpartition("!")[0]
    return f"{place} 汇总里没有的，明细里还有{in_yuan(lacking)}：改好，或隐藏这张汇总表再导入"


_NEEDED = {"nature", "fund", "function_code"}
"""What every line of a full ledger says."""


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
