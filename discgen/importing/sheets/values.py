"""What the cells of one row of text say, as the dimensions of a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from typing import Any

from msgspec import Struct

from discgen.characters import unfit
from discgen.importing.sheets.words import CODE_LEVELS, in_one_line, load_words, plain, project_name
from discgen.model.department import Department, Unit
from discgen.reference.codes import CLASS_DIGITS, Classification, Dictionary
from discgen.reference.folders import cache_shipped
from discgen.validate.library import load_schema, property_schema
from discgen.validate.schema import matches

_WORDS = ("source", "stage", "fund", "origin", "nature", "component", "unit_kind", "category", "item")
"""The columns whose cells hold one of a few words."""
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
_FIRST_DIGIT = {"function": "2", "department_economic": "3", "government_economic": "5"}
"""What the codes of a classification begin with."""
_ITSELF = re.compile(r"\(?(机关)?本级\)?$|\(机关\)$")
"""What follows a department's name where the department itself is meant, without the units below it."""
_UNFILLED = {"null", "none", "nan"}
"""What programs write into a cell that they have nothing for."""
_MOST_SHOWN = 20
"""How many signs of a long name are named."""


class UnclearValueError(ValueError):
    """A cell, or a row, that is not understood; `str()` says what is wrong in Chinese.

    `column` is the name of the cell's column, `known` what that may hold, where it is one of a few words.
    """

    def __init__(self, message: str, column: str = "", known: tuple[str, ...] = ()) -> None:
        self.column, self.known = column, known
        super().__init__(message)


class Values(Struct, frozen=True):
    """Understands cells by the department's units and the year's codes."""

    department: Department
    dictionaries: Mapping[Classification, Dictionary]

    def dimensions(self, cells: Mapping[str, str]) -> dict[str, str]:
        """What a row says, by dimension; `cells` are by the name of their column, `project` being a project's name.

        Raises UnclearValueError for the first cell that says nothing known.
        """
        known, unclear = self.read(cells)
        if unclear:
            raise unclear[0]
        return known

    def read(self, cells: Mapping[str, str]) -> tuple[dict[str, str], list[UnclearValueError]]:
        """The same with all cells that say nothing known."""
        filled = {name: text for name, text in cells.items() if text.strip()}
        known: dict[str, str] = {}
        unclear: list[UnclearValueError] = []
        for name in (*_WORDS, *CODES, "unit"):
            try:
                meaning = self._meaning(name, filled)
            except UnclearValueError as error:
                unclear.append(error)
                continue
            for dimension, value in meaning.items():
                if known.setdefault(dimension, value) != value:
                    unclear.append(UnclearValueError(f"“{filled[name]}”和同一行别的栏对不上", name))
        if "project" in filled:
            known["project"] = project_name(filled["project"])
            if problem := name_problem(known["project"]):
                unclear.append(UnclearValueError(problem, "project"))
        if "project_id" in filled:
            known["project_id"] = in_one_line(filled["project_id"])
        return known, unclear

    def _meaning(self, name: str, filled: Mapping[str, str]) -> Mapping[str, str]:
        """What the cells of one dimension say."""
        if name == "unit":
            unit = self._unit(filled)
            return {"unit": unit.id} if unit else {}
        if name in CODES:
            code = self._code(name, filled)
            return {f"{name}_code": code} if code else {}
        return self._word(name, filled)

    def _word(self, name: str, cells: Mapping[str, str]) -> Mapping[str, str]:
        if name not in cells:
            return {}
        words, text = load_words(), cells[name]
        meaning = words.meaning(name, text)
        if meaning is None:
            question = words.question(text)
            message = f"“{text}”{f'分不清：{question}' if question else '不认识'}"
            raise UnclearValueError(message, name, words.known(name))
        return meaning

    def _code(self, name: str, cells: Mapping[str, str]) -> str:
        """The code of a row by a column of codes, or of codes with names, or of names; '' where it has none."""
        code = code_in(name, cells)
        text = cells.get(f"{name}_code") or cells.get(f"{name}_name", "")
        if code and (first := _FIRST_DIGIT.get(name)) and code[0] != first:
            labels = {digit: CODES[other].label for other, digit in _FIRST_DIGIT.items()}
            other_label = labels.get(code[0], "别的分类")
            raise UnclearValueError(f"“{text}”是{other_label}的编码，这一栏认作{CODES[name].label}", f"{name}_code")
        if code or not text:
            return code
        if text.strip()[0].isdecimal():
            message = f"“{text}”不是{CODES[name].label}的编码：只写数字，名称写在后面"
            raise UnclearValueError(message, f"{name}_code")
        return self._by_name(name, text)

    def _by_name(self, name: str, text: str) -> str:
        codes = list(codes_named(self.dictionaries[CODES[name]], text))
        if len(codes) != 1:
            many = f"有几个：{'、'.join(codes)}，写上编码" if codes else "没有，写上编码"
            raise UnclearValueError(f"{CODES[name].label}里叫“{text}”的{many}", f"{name}_code")
        return codes[0]

    def _unit(self, cells: Mapping[str, str]) -> Unit | None:
        """The unit of a row by its code and its name; where the code is nobody's here, the name decides."""
        if "unit_code" not in cells:
            return self.named_unit("unit", cells["unit"]) if "unit" in cells else None
        by_code = self._unit_called(cells["unit_code"])
        if "unit" not in cells:
            return by_code or self._only_unit(cells["unit_code"])
        by_name = self.named_unit("unit", cells["unit"])
        if by_code not in (None, by_name) or (by_code is None and by_name.code and not self._is_department(cells)):
            message = f"单位编码“{cells['unit_code']}”和名称“{cells['unit']}”不是一个单位"
            raise UnclearValueError(message, "unit")
        return by_name

    def _is_department(self, cells: Mapping[str, str]) -> bool:
        """Whether the code of a row is the whole department's."""
        return plain(cells["unit_code"]) == plain(self.department.code or "")

    def _only_unit(self, code: str) -> Unit:
        """The unit that a department's own code stands for where it has one only. Raises UnclearValueError."""
        units = self.department.units
        if len(units) == 1 and self._is_department({"unit_code": code}):
            return units[0]
        return self.named_unit("unit_code", code)

    def named_unit(self, column: str, text: str) -> Unit:
        """The unit with this id, code or name, also written as `026001-名称` or 名称（本级）. Raises UnclearValueError."""
        unit = self._unit_called(text)
        if unit is None:
            known = "、".join(unit.name for unit in self.department.units)
            raise UnclearValueError(f"department.yaml里没有单位“{text}”，有：{known}", column)
        return unit

    def _unit_called(self, text: str) -> Unit | None:
        written = plain(text)
        without_code = re.sub(r"^[\[(]?[0-9]+[\])]?[-_]?", "", written)
        itself = _ITSELF.sub("", without_code)
        names = [
            (unit, {plain(name) for name in (unit.id, unit.name, unit.short_name, unit.code) if name})
            for unit in self.department.units
        ]
        own = {plain(self.department.name), plain(self.department.short_name)} & {itself}
        return next(
            (unit for unit, known in names if known & {written, without_code}),
            next((unit for unit, known in names if itself != without_code and own & known), None),
        )


def codes_named(dictionary: Dictionary, name: str) -> Iterator[str]:
    """The codes below the 类 that bear a name; where none does, the 类 that do."""
    same = [code for code, known in dictionary.names.items() if plain(known) == plain(name)]
    lowest = [code for code in same if len(code) > CLASS_DIGITS and not _is_above(dictionary, code)]
    yield from lowest or same


def _is_above(dictionary: Dictionary, code: str) -> bool:
    """Whether there are codes below this one."""
    return any(other != code and other.startswith(code) for other in dictionary.names)


@partial(cache_shipped, most=5_000)
def name_problem(name: str) -> str:
    """Why a text can be no project's name, in Chinese; '' where it can."""
    schema = _schema()
    if name.strip().lower() in _UNFILLED:
        return f"项目名称写着“{name}”，是导出时没有内容的样子，写上名称"
    if len(name) > schema["maxLength"]:
        return f"项目名称“{name[:_MOST_SHOWN]}…”太长：有{len(name)}个字，最多{schema['maxLength']}个"
    if not matches(schema["pattern"], name):
        return f"“{name}”不能作项目名称：{schema['patternErrorMessage']}"
    return ""


@cache_shipped
def _schema() -> dict[str, Any]:
    return property_schema(load_schema("project"), "name")


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
    yield from ((at, name) for at, text in named if (name := tidy_name(text)))


@lru_cache(maxsize=20_000)
def code_and_name(text: str) -> tuple[str, str]:
    """The code in a cell and its name, '' for what the cell does not say: `2130204 森林资源培育`, `201-03-01`."""
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
def tidy_name(text: str) -> str:
    """A name without blanks and without 小计 or （款）, brackets wide; '' for what can be none."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    name = _NO_NAME.sub("", _NO_NAME.sub("", bare)).translate(_WIDE)
    return name if _NAME.fullmatch(name) and not any(unfit(name)) else ""
