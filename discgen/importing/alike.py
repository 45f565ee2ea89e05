"""Rows that say the same in other words, or twice: made to speak alike, or told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from discgen.importing.entry import Entry
from discgen.importing.heads import Heads
from discgen.importing.sheet import Sheet
from discgen.importing.words import plain, project_key
from discgen.model.line import Source

_NUMBERS = {"序号", "行次"}
"""The heads of columns that number rows and say nothing of them."""
_UNTIDY = re.compile(r"[\s()\"']")
"""What a name as it is printed does not have."""
_MOST_NAMED = 5
"""How many groups of rows that are the same are named."""


def same_rows(sheet: Sheet, heads: Heads, rows: Iterable[int]) -> Iterator[str]:
    """What to say, in Chinese, of rows (counted from 0) that are the same in every cell.

    They count all the same: two payments may be equal.
    """
    numbers = {column.at for column in heads.columns if plain(column.label) in _NUMBERS}
    filled = sheet.filled()
    alike: dict[tuple[str, ...], list[int]] = {}
    for at in rows:
        key = tuple(text for column, text in enumerate(filled[at]) if column not in numbers)
        alike.setdefault(key, []).append(at + 1)
    several = [found for found in alike.values() if len(found) > 1]
    for found in several[:_MOST_NAMED]:
        named = "、".join(f"第{row}行" for row in found)
        yield f"{named}一模一样，金额都算上了：多粘贴了的，删到剩一行再导入"
    if len(several) > _MOST_NAMED:
        yield f"一模一样的行另有{len(several) - _MOST_NAMED}组"


def with_sources(sheets: Sequence[Sequence[Entry]]) -> list[Sequence[Entry]]:
    """The rows of sheets with 支出 as the source of sheets that say none, where others say theirs."""
    says = [any("source" in one.known for one in entries) for entries in sheets]
    return [
        entries if told or not any(says) else list(map(_spent, entries))
        for entries, told in zip(sheets, says, strict=True)
    ]


def _spent(one: Entry) -> Entry:
    return replace(one, known={**one.known, "source": Source.EXPENDITURE.value})


def one_spelling(entries: Sequence[Entry]) -> tuple[list[Entry], tuple[str, ...]]:
    """The rows with one name for each project, the neatest, and what was taken for the same, in Chinese."""
    names: dict[str, dict[str, None]] = {}
    for entry in entries:
        if "project" in entry.known:
            names.setdefault(project_key(entry.known["project"]), {})[entry.known["project"]] = None
    best = {key: min(spelt, key=lambda name: len(_UNTIDY.findall(name))) for key, spelt in names.items()}
    found = [
        replace(one, known={**one.known, "project": best[project_key(one.known["project"])]})
        if "project" in one.known
        else one
        for one in entries
    ]
    remarks = [
        f"只差括号、引号的写法或空格，当作一个项目，名称写第一个：{'；'.join([best[key], *sorted(spelt.keys() - {best[key]})])}"
        for key, spelt in names.items()
        if len(spelt) > 1
    ]
    return found, tuple(remarks)


def several_codes(entries: Sequence[Entry]) -> Iterator[str]:
    """What to say, in Chinese, of projects whose rows have several codes: what was carried over may keep last year's."""
    codes: dict[str, dict[str, None]] = {}
    for entry in entries:
        if "project" in entry.known and entry.known.get("project_id"):
            codes.setdefault(entry.known["project"], {})[entry.known["project_id"]] = None
    for name, found in codes.items():
        if len(found) > 1:
            yield f"项目“{name}”有{len(found)}个编码（{'、'.join(found)}），当作一个项目；是几个项目的，写成不同的名称"
