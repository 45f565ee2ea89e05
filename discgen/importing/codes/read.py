"""Sheets of a list of codes to codes with their names: in one cell or two, or as 类, 款 and 项 in three columns.

Which classification a code is of, its first digit says: 1 income, 2 function, 3 department and 5 government economic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.words import bare
from discgen.reference.codes import CLASS_DIGITS, RANKS, Classification

_BY_DIGIT = {
    "1": Classification.INCOME,
    "2": Classification.FUNCTION,
    "3": Classification.DEPARTMENT_ECONOMIC,
    "5": Classification.GOVERNMENT_ECONOMIC,
}
_CODE = re.compile(r"[1235][0-9]{2}(?:[0-9]{2}){0,2}")
_WITH_NAME = re.compile(rf"({_CODE.pattern})[\s　:：.、_-]*([^\s0-9:：.、_-].*)", re.DOTALL)
_LIKE_CODE = re.compile(r"[1235][0-9]{3,8}")
_NAME = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(20[0-9]{2})\s*年")
_MOST_IN_NAME = 100
_FEWEST = 0.6
"""The share of a column's cells that are codes, where it is one of codes and not of numbers that look like them."""
_FEWEST_CODES = 2
"""How many codes there are at least where no head says what they are."""
_HEAD = re.compile("编码|代码|科目")
_TITLE_ROWS = 5


class ListedCode(Struct, frozen=True):
    """A code as a list names it, and the cell where it does."""

    classification: Classification
    code: str
    name: str
    cell: str


def year_in(sheets: Sequence[Sheet], file: str) -> int | None:
    """The year that the name of the file gives, else the titles of its sheets; None for none, or for several."""
    titles = [text for sheet in sheets for row in sheet.rows[:_TITLE_ROWS] for text in row]
    for texts in ([file], titles):
        if years := {int(year) for text in texts for year in _YEAR.findall(text)}:
            return years.pop() if len(years) == 1 else None
    return None


def read_codes(sheets: Sequence[Sheet]) -> list[ListedCode]:
    """All codes of all sheets, each once.

    Raises ImportProblemsError for a list without codes, for a code that has no name or several, and for one that has a
    wrong number of digits.
    """
    problems: list[str] = []
    listed: dict[str, ListedCode] = {}
    for sheet in sheets:
        for found in _read(sheet):
            if isinstance(found, str):
                problems.append(found)
                continue
            known = listed.setdefault(found.code, found)
            if bare(known.name) != bare(found.name):
                problems.append(f"{found.cell} {found.code}是“{found.name}”，{known.cell}写的是“{known.name}”")
    if not listed and not problems:
        problems.append(f"{sheets[0].file} 里没有认出科目：要有编码和名称，在一格里或在两栏里")
    if problems:
        hint = "改好再导入；不是科目的栏、表，先删去或隐藏起来"
        raise ImportProblemsError(*problems, hints=[hint])
    return list(listed.values())


def _read(sheet: Sheet) -> Iterator[ListedCode | str]:
    ranks = _rank_columns(sheet)
    if ranks:
        yield from _read_ranks(sheet, *ranks)
        return
    columns = _code_columns(sheet)
    names = _name_columns(sheet, columns)
    for number, row in enumerate(sheet.rows):
        for column in columns:
            yield from _in_cell(sheet, number, column, row[names[column]] if column in names else "")


def _in_cell(sheet: Sheet, row: int, column: int, beside: str) -> Iterator[ListedCode | str]:
    """The code of a cell, with the name behind it or `beside` it; a problem where either is wrong."""
    text = sheet.rows[row][column].strip()
    cell = sheet.cell(row, column)
    both = _WITH_NAME.fullmatch(text)
    code, name = (both[1], both[2]) if both else (text, beside)
    if both is None and not _LIKE_CODE.fullmatch(text) and not _CODE.fullmatch(text):
        return
    yield _listed(code, name, cell)


def _listed(code: str, name: str, cell: str) -> ListedCode | str:
    name = " ".join(name.split())
    if not _CODE.fullmatch(code):
        return f"{cell} “{code}”是{len(code)}位，科目编码是三位、五位、七位"
    if not _NAME.search(name) or len(name) > _MOST_IN_NAME:
        return f"{cell} {code}没有名称" if not name else f"{cell} {code}的名称“{name}”不像名称"
    return ListedCode(_BY_DIGIT[code[0]], code, name, cell)


def _code_columns(sheet: Sheet) -> list[int]:
    """The columns of codes: most of what stands in one below its head is a code, and not all of them are of three digits."""
    columns = []
    for number, column in enumerate(zip_longest(*sheet.rows, fillvalue="")):
        texts = [text.strip() for text in column if text.strip()]
        codes = [match[0] for text in texts if (match := re.match(_LIKE_CODE.pattern, text) or _CODE.fullmatch(text))]
        fewest = 1 if any(map(_HEAD.search, texts)) else _FEWEST_CODES
        are_most = len(codes) >= max(fewest, _FEWEST * (len(texts) - 1))
        if are_most and any(len(code) > CLASS_DIGITS for code in codes):
            columns.append(number)
    return columns


def _name_columns(sheet: Sheet, codes: Sequence[int]) -> dict[int, int]:
    """The column of names that goes with each column of codes: the nearest on the side where the first one's is."""
    with_code = [row for row in sheet.rows if codes and _CODE.fullmatch(row[codes[0]].strip())]
    width = max(map(len, with_code), default=0)
    named = [column for column in range(width) if column not in codes and _has_names(with_code, column)]
    if not named:
        return {}
    is_before = named[0] < codes[0]
    pairs: dict[int, int] = {}
    for code in codes:
        beside = [name for name in named if (name < code) is is_before]
        if beside:
            pairs[code] = max(beside) if is_before else min(beside)
    return pairs


def _has_names(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether most rows have a name there."""
    return sum(bool(_NAME.search(row[column])) for row in rows) > len(rows) * _FEWEST


def _rank_columns(sheet: Sheet) -> tuple[int, tuple[int, ...], int] | None:
    """The row of heads, the columns of 类, 款 and 项, and that of names; None for a sheet that has none such."""
    for number, row in enumerate(sheet.rows):
        heads = [bare(text) for text in row]
        columns = tuple(heads.index(rank) for rank in RANKS if rank in heads)
        if len(columns) >= len(RANKS) - 1 and columns == tuple(sorted(columns)):
            name = next((at for at in range(columns[-1] + 1, len(row)) if _has_names(sheet.rows[number:], at)), None)
            return None if name is None else (number, columns, name)
    return None


def _read_ranks(sheet: Sheet, heads: int, columns: tuple[int, ...], name: int) -> Iterator[ListedCode | str]:
    """A code a row; what a row leaves out of the higher ranks is that of the row above."""
    above: list[str] = [""] * len(columns)
    for number, row in enumerate(sheet.rows[heads + 1 :], start=heads + 1):
        parts = [row[column].strip() for column in columns]
        if not any(parts) or not all(part.isdecimal() or not part for part in parts):
            continue
        lowest = max(at for at, part in enumerate(parts) if part)
        parts = [
            (part or inherited).zfill(2)
            for part, inherited in zip(parts[: lowest + 1], above[: lowest + 1], strict=True)
        ]
        above = [*parts, *[""] * (len(columns) - len(parts))]
        yield _listed("".join(parts), row[name], sheet.cell(number, columns[lowest]))
