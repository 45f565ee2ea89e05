"""Codes in the cells of a ledger's row, and the names that stand beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from discgen.codes.dictionary import Classification
from discgen.importing.words import CODE_LEVELS
from discgen.load.characters import unfit

CODES: Mapping[str, Classification] = {
    "function": Classification.FUNCTION,
    "income": Classification.INCOME,
    "department_economic": Classification.DEPARTMENT_ECONOMIC,
    "government_economic": Classification.GOVERNMENT_ECONOMIC,
}
"""The classification of each code by what the names of its columns begin with."""
_CODE = r"[\[(【]?(?P<code>[0-9]{3}(?:[0-9]{2}){0,2})[\])】]?(?:\.0+)?"
_THEN_NAME = r"\s+(?=[^0-9])|[-_—、.:](?=[^0-9])|(?=[^-0-9A-Za-z_—、.:\s])"
_CODE_FIRST = re.compile(rf"{_CODE}(?:$|(?:{_THEN_NAME})(?P<name>.*))")
_CODE_LAST = re.compile(r"(?P<name>[^0-9]*)[\[(【](?P<code>[0-9]{3}(?:[0-9]{2}){0,2})[\])】]")
_IN_PARTS = re.compile(r"[0-9]{3}(?:[-. ][0-9]{2}){1,2}")
"""How codes are written: before names, after them in brackets, and as 201-03-01."""
_LEVEL = re.compile(r"(?P<digits>[0-9]*)[-_—、.:\s]*(?P<name>[^0-9]*)")
"""What a column of one level holds: its digits, a name, or both."""
_NO_NAME = re.compile(r"[合小总]计:?$|\([类款项]\)$")
"""What follows a name in a cell and is no part of it."""
_NAME = re.compile(r"(?=.*[\u4e00-\u9fff])[^#!{}][^{}]{0,99}")
_WIDE = str.maketrans("(),:;", "（），：；")


def code_in(stem: str, cells: Mapping[str, str]) -> str:
    """The digits that a row writes for a code, by level or in one cell; '' where it writes none."""
    levels = [_level(cells[key])[0] for level in CODE_LEVELS if (key := f"{stem}_{level}") in cells]
    if levels and all(levels):
        return "".join(text.zfill(length) for text, length in zip(levels, CODE_LEVELS.values(), strict=False))
    return code_and_name(cells.get(f"{stem}_code") or cells.get(f"{stem}_name", ""))[0]


def names_in(stem: str, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The codes that a row names, its own and those above it, each with a name as dictionaries write it."""
    code = code_in(stem, cells)
    if not code:
        return
    own = [code_and_name(cells.get(f"{stem}_code", ""))[1], _only_name(cells.get(f"{stem}_name", ""))]
    named = [(code, text) for text in own]
    for above, level in zip(CODES[stem].ancestry(code), CODE_LEVELS, strict=False):
        named += [(above, _only_name(cells.get(f"{stem}{middle}_{level}", ""))) for middle in ("", "_name")]
    yield from ((at, name) for at, text in named if (name := _tidy(text)))


@lru_cache(maxsize=20_000)
def code_and_name(text: str) -> tuple[str, str]:
    """The code in a cell and the name beside it, '' for what it does not say: `2130204 森林资源培育`, `201-03-01`."""
    bare = unicodedata.normalize("NFKC", text).strip()
    if _IN_PARTS.fullmatch(bare):
        return re.sub("[^0-9]", "", bare), ""
    written = _CODE_FIRST.fullmatch(bare) or _CODE_LAST.fullmatch(bare)
    return (written["code"], written["name"] or "") if written else ("", "")


@lru_cache(maxsize=20_000)
def _level(text: str) -> tuple[str, str]:
    """The digits and the name in a cell of one level."""
    written = _LEVEL.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (written["digits"], written["name"]) if written else ("", "")


def _only_name(text: str) -> str:
    """The name in a cell, without a code or the digits of a level."""
    return code_and_name(text)[1] or _level(text)[1]


@lru_cache(maxsize=20_000)
def _tidy(text: str) -> str:
    """A name without blanks and without 小计 or （款）, brackets wide; '' for what can be none."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    name = _NO_NAME.sub("", _NO_NAME.sub("", bare)).translate(_WIDE)
    return name if _NAME.fullmatch(name) and not any(unfit(name)) else ""
