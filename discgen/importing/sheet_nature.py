"""What only the tab or the title of a sheet says of its money: 基本支出 on one sheet, 项目支出 on another, income on a third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from discgen.importing.heads import Heads, Role
from discgen.importing.sheet import Sheet
from discgen.importing.words import Dimensions, bare, load_words, plain

_INCOME = re.compile(r"收入(预算|决算|明细|安排|情况|来源)*(总|明细|汇总)?表?$")
"""A tab or a title of a table of income: not of 收入支出, nor of 非税收入征收计划."""
_OTHER_INCOME = re.compile(r"支出|收支|非税|税收|征收")
_TELL_NATURE = {"source", "nature", "component", "category"}
"""The columns that tell it row by row."""


@dataclass(frozen=True, slots=True)
class SheetNature:
    """What is known of every row, nothing where columns tell it or the sheet does not; `remark` says so in Chinese."""

    known: Dimensions = field(default_factory=dict)
    remark: str = ""


def sheet_nature(sheet: Sheet, heads: Heads) -> SheetNature:
    """The nature that the tab (of a CSV, the file's name) or else the lines over the heads say, if they do not differ."""
    told = {column.name for column in heads.of(Role.TEXT)} | {key for one in heads.columns for key in one.where}
    if told & _TELL_NATURE:
        return SheetNature()
    tab = sheet.name or PurePath(sheet.file).stem
    over = [text for row in sheet.rows[: heads.top] for text in row if text]
    if any(map(_is_of_income, (tab, *over))) and not any(_OTHER_INCOME.search(bare(text)) for text in (tab, *over)):
        return SheetNature({"source": "income"}, f"“{next(filter(_is_of_income, (tab, *over))).strip()}”，各行都作收入")
    title = " ".join(over)
    said = [(text, known) for text in (tab, title) if (known := _meaning(text))]
    if not said or any(known["nature"] != said[0][1]["nature"] for _, known in said):
        return SheetNature()
    text, known = said[0]
    titles = "、".join(load_words().titles[value] for value in known.values())
    return SheetNature(known, f"没有“支出类别”一栏，按“{text.strip()}”，各行都作{titles}")


def _is_of_income(text: str) -> bool:
    return bool(_INCOME.search(bare(text)))


def _meaning(text: str) -> Dimensions:
    """What a text says of the nature and what goes with it; nothing where it says two natures or none."""
    said = [{*meaning.items()} for meaning in _named(plain(text))]
    natures = {value for one in said for key, value in one if key == "nature"}
    if len(natures) != 1:
        return {}
    every = {pair for one in said for pair in one}
    keys = [key for key, _ in every]
    return {key: value for key, value in sorted(every, reverse=True) if keys.count(key) == 1}


def _named(said: str) -> Iterator[Dimensions]:
    words = load_words()
    natures = {word: {"nature": value} for word, value in words.values["nature"].items() if word.endswith("支出")}
    return (meaning for word, meaning in (*natures.items(), *words.compound.items()) if word in said)
