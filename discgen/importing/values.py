"""What the cells of one row of text say, as the dimensions of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from discgen.codes.dictionary import CLASS_DIGITS, Classification, Dictionary
from discgen.importing.code_cells import CODES, code_in
from discgen.importing.words import in_one_line, load_words, plain
from discgen.model.disclosure import Department, Unit

_WORDS = ("source", "stage", "fund", "origin", "nature", "component", "unit_kind", "category", "item")
"""The columns whose cells hold one of a few words."""


class UnclearValueError(ValueError):
    """A cell that cannot be told; `column` is the name of its column, `str()` says what is wrong in Chinese."""

    def __init__(self, column: str, message: str) -> None:
        self.column = column
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Values:
    """Understands cells by the department's units and the year's codes."""

    department: Department
    dictionaries: Mapping[Classification, Dictionary]

    def dimensions(self, cells: Mapping[str, str]) -> dict[str, str]:
        """What a row says, by dimension; `cells` are by the name of their column, `project` being a project's name.

        Raises UnclearValueError for the first cell that says nothing known.
        """
        filled = {name: text for name, text in cells.items() if text.strip()}
        found: dict[str, str] = {}
        for name in _WORDS:
            for dimension, value in self._word(name, filled).items():
                if found.setdefault(dimension, value) != value:
                    raise UnclearValueError(name, f"“{filled[name]}”和同一行别的栏对不上")
        for name in CODES:
            code = self._code(name, filled)
            if code:
                found[f"{name}_code"] = code
        unit = self._unit(filled)
        if unit:
            found["unit"] = unit.id
        return found | {name: in_one_line(filled[name]) for name in ("project", "project_id") if name in filled}

    def _word(self, name: str, cells: Mapping[str, str]) -> Mapping[str, str]:
        if name not in cells:
            return {}
        words, text = load_words(), cells[name]
        meaning = words.meaning(name, text)
        if meaning is None:
            question = words.unclear.get(plain(text))
            raise UnclearValueError(name, f"“{text}”{f'分不清：{question}' if question else '不认识'}")
        return meaning

    def _code(self, name: str, cells: Mapping[str, str]) -> str:
        """The code of a row by a column of codes, or of codes with names, or of names; '' where it has none."""
        code = code_in(name, cells)
        text = cells.get(f"{name}_code") or cells.get(f"{name}_name", "")
        if code or not text:
            return code
        if text.strip()[0].isdecimal():
            raise UnclearValueError(f"{name}_code", f"“{text}”不是{CODES[name].label}的编码：只写数字，名称写在后面")
        return self._by_name(name, text)

    def _by_name(self, name: str, text: str) -> str:
        column = f"{name}_code"
        codes = list(codes_named(self.dictionaries[CODES[name]], text))
        if len(codes) != 1:
            many = f"有几个：{'、'.join(codes)}，写上编码" if codes else "没有，写上编码"
            raise UnclearValueError(column, f"{CODES[name].label}里叫“{text}”的{many}")
        return codes[0]

    def _unit(self, cells: Mapping[str, str]) -> Unit | None:
        units = {self.named_unit(name, cells[name]) for name in ("unit_code", "unit") if name in cells}
        if len(units) > 1:
            raise UnclearValueError("unit", f"单位编码“{cells['unit_code']}”和名称“{cells['unit']}”不是一个单位")
        return next(iter(units), None)

    def named_unit(self, column: str, text: str) -> Unit:
        """The unit with this id, code or name, also written as `026001-名称`. Raises UnclearValueError."""
        bare = plain(text)
        without_code = re.sub(r"^[\[(]?[0-9]+[\])]?[-_]?", "", bare)
        for unit in self.department.units:
            names = {plain(one) for one in (unit.id, unit.name, unit.short_name, unit.code) if one}
            if names & {bare, without_code}:
                return unit
        known = "、".join(unit.name for unit in self.department.units)
        raise UnclearValueError(column, f"department.yaml里没有单位“{text}”，有：{known}")


def codes_named(dictionary: Dictionary, name: str) -> Iterator[str]:
    """The codes below the 类 that bear a name; where none does, the 类 that do."""
    same = [code for code, known in dictionary.names.items() if plain(known) == plain(name)]
    lowest = [code for code in same if len(code) > CLASS_DIGITS and not _is_above(dictionary, code)]
    yield from lowest or same


def _is_above(dictionary: Dictionary, code: str) -> bool:
    """Whether there are codes below this one."""
    return any(other != code and other.startswith(code) for other in dictionary.names)
