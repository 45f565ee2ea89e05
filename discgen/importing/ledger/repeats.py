"""Money that would be counted twice: rows that are the same, and sheets whose money other sheets already hold.

A sheet that says less of the same money is a summary: it is held against the rows, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from msgspec.structs import replace

from discgen.importing.imported import Entry
from discgen.importing.ledger.columns import Heads
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.words import plain
from discgen.model.line import Source
from discgen.money import ZERO, in_yuan
from discgen.rules.figures import mixed_units

_NUMBERS = {"序号", "行次"}
"""The heads of columns that number rows and say nothing of them."""
_MOST_NAMED = 5
"""How many groups of rows that are the same are named."""
_NEEDED = {"nature", "fund", "function_code"}
"""What every line of a full ledger says."""
_Margins = Mapping[tuple[str, ...], Decimal]


def same_rows(sheet: Sheet, heads: Heads, rows: Iterable[int]) -> Iterator[str]:
    """Remarks, in Chinese, on rows (counted from 0) that are the same in every cell.

    They count all the same: two payments may be equal.
    """
    counting = {column.at for column in heads.columns if plain(column.label) in _NUMBERS}
    filled = sheet.filled()
    alike: dict[tuple[str, ...], list[int]] = {}
    for at in rows:
        key = tuple(text for column, text in enumerate(filled[at]) if column not in counting)
        alike.setdefault(key, []).append(at + 1)
    several = [numbers for numbers in alike.values() if len(numbers) > 1]
    for numbers in several[:_MOST_NAMED]:
        named = "、".join(f"第{row}行" for row in numbers)
        yield f"{named}一模一样，金额都算上了：多粘贴了的，删到剩一行再导入"
    if len(several) > _MOST_NAMED:
        yield f"一模一样的行另有{len(several) - _MOST_NAMED}组"


def with_sources(sheets: Sequence[Sequence[Entry]]) -> list[Sequence[Entry]]:
    """The rows of sheets with 支出 as the source of sheets that say none, where others say theirs."""
    have_sources = [any("source" in entry.known for entry in entries) for entries in sheets]
    return [
        entries if has_source or not any(have_sources) else list(map(_spent, entries))
        for entries, has_source in zip(sheets, have_sources, strict=True)
    ]


def _spent(entry: Entry) -> Entry:
    return replace(entry, known={**entry.known, "source": Source.EXPENDITURE.value})


def repeats(sheets: Sequence[tuple[str, Sequence[Entry]]]) -> list[str]:
    """The problem, in Chinese, of each two sheets (by their titles) of which one holds all of the other's money."""
    messages = []
    for (title, entries), (other, others) in combinations(sheets, 2):
        shared = sorted(_names(entries) & _names(others))
        sums, other_sums = _sums(entries, shared), _sums(others, shared)
        if sums == other_sums:
            messages.append(f"{other} 和{title}一模一样，会算两遍，只导入一张")
        elif _holds(sums, other_sums):
            messages.append(f"{other} 的每一笔{title}里都有，会算两遍，只导入{title}")
        elif _holds(other_sums, sums):
            messages.append(f"{title} 的每一笔{other}里都有，会算两遍，只导入{other}")
    return messages


def summaries(sheets: Sequence[Sequence[Entry]]) -> dict[int, str]:
    """The sheets that add up others' rows, by their place, each with what is wrong with its sums in Chinese, else ''."""
    messages: dict[int, str] = {}
    for place, entries in enumerate(sheets):
        names = sorted(_names(entries))
        is_coarse = bool(_NEEDED - set(names)) and "source" not in names
        finer = [entry for others in sheets if _names(others) > set(names) for entry in others]
        together = [entry for others in sheets if _names(others) >= _NEEDED for entry in others] if is_coarse else []
        sums, others = _sums(entries, names), _sums(finer or together, names)
        if not others or (not finer and not sums.keys() & others.keys()):
            continue
        if sums == others:
            messages[place] = ""
        elif is_coarse:
            messages[place] = _difference(entries, sums, others, names)
    return messages


def _difference(entries: Sequence[Entry], sums: _Margins, others: _Margins, names: Sequence[str]) -> str:
    """The problem of a summary: its first sum that the rows do not come to, else the rows that it lacks."""
    for entry in entries:
        key = tuple(entry.known.get(name, "") for name in names)
        there = others.get(key, ZERO)
        if sums[key] != there:
            mixed = mixed_units(sums[key], there)
            message = f"{entry.cell} 汇总的是{in_yuan(sums[key])}，明细里这样的行相加是{in_yuan(there)}"
            return f"{message}{mixed and f'；{mixed}'}：改好，或隐藏这张汇总表再导入"
    lacking = sum((amount for key, amount in others.items() if key not in sums), ZERO)
    place = entries[0].cell.rpartition("!")[0]
    return f"{place} 汇总里没有的，明细里还有{in_yuan(lacking)}：改好，或隐藏这张汇总表再导入"


def _names(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries for name in entry.known}


def _sums(entries: Sequence[Entry], names: Sequence[str]) -> _Margins:
    """The money by what is known under these names."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for entry in entries:
        key = tuple(entry.known.get(name, "") for name in names)
        sums[key] = sums.get(key, ZERO) + entry.amount
    return sums


def _holds(sums: _Margins, others: _Margins) -> bool:
    return all(sums.get(key) == amount for key, amount in others.items())
