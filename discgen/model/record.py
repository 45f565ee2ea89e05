"""Reading typed values out of one schema-valid tree, collecting as findings what no schema can check.

The schema has settled which keys there are and how scalars are spelled; here amounts become
元, codes are looked up in the year's dictionary and units in the department's list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from msgspec import Struct, field

from discgen.diagnostics import Diagnostic, DocumentPath, Fix, error
from discgen.model.line import UnitKind
from discgen.model.prose import Prose
from discgen.money import FEN, YUAN_PER_UNIT, ZERO, AmountError, parse_amount
from discgen.reference.codes import Classification, Dictionary
from discgen.yamltext.tree import Node, Tree

_CHINESE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]"
_FOLDED = re.compile(f"(?<={_CHINESE}) +(?={_CHINESE})")


def without_folds(text: str) -> str:
    """A text without the blanks between Chinese characters, which are those of folded lines."""
    return _FOLDED.sub("", text)


class Reference(Struct, frozen=True):
    """What the names in a file may stand for."""

    dictionaries: Mapping[Classification, Dictionary]
    unit_kinds: Mapping[str, UnitKind]
    """The department's units by id, in their order, and what kind each is."""
    unit_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def only_kind(self) -> UnitKind | None:
        """The kind of all units, where there is but one."""
        kinds = set(self.unit_kinds.values())
        return kinds.pop() if len(kinds) == 1 else None


class Record(Struct, frozen=True, eq=False):
    """A mapping inside a tree, read by key. Findings go to one list that all share."""

    tree: Tree
    path: DocumentPath
    unit_of_amounts: str
    findings: list[Diagnostic]

    @property
    def _mapping(self) -> dict[str, Node]:
        node = self.tree.root
        for step in self.path:
            node = cast("list[Node]", node)[step] if isinstance(step, int) else cast("dict[str, Node]", node)[step]
        return cast("dict[str, Node]", node)

    def __contains__(self, key: str) -> bool:
        return key in self._mapping

    def __iter__(self) -> Iterator[str]:
        """The keys that are written, in their order."""
        return iter(self._mapping)

    def text(self, key: str) -> str:
        """A scalar as it is written, without the line breaks of its layout."""
        return str(self._mapping[key]).strip()

    def prose(self, key: str) -> Prose:
        """A text with its place. Blanks between Chinese characters are those of folded lines, and go."""
        return Prose(without_folds(self.text(key)), self.tree.place((*self.path, key)), self.tree)

    def proses(self, key: str) -> dict[str, Prose]:
        """The texts of a mapping by their keys; none where it is left out."""
        return {name: self.at(key).prose(name) for name in self.at(key)} if key in self else {}

    def count(self, key: str) -> int:
        """A whole number; zero where it is left out."""
        return int(self.optional(key, "0"))

    def optional(self, key: str, default: str = "") -> str:
        """A scalar that may be left out."""
        return self.text(key) if key in self else default

    def texts(self, key: str) -> list[str]:
        """A list of scalars; empty where it is left out."""
        return [str(item).strip() for item in cast("list[Node]", self._mapping.get(key) or [])]

    def day(self, key: str) -> date | None:
        """A date; None, with a finding, where the calendar has no such day."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            self.refuse("M003", key, f"没有{self.text(key)}这一天", "检查月份和日期")
            return None

    def is_mapping(self, key: str) -> bool:
        """Whether the value is written in its long form."""
        return isinstance(self._mapping[key], dict)

    def at(self, *steps: str | int) -> Record:
        """The mapping below."""
        return Record(self.tree, (*self.path, *steps), self.unit_of_amounts, self.findings)

    def each(self, key: str) -> Iterator[Record]:
        """The mappings of a list; none where it is left out."""
        for index in range(len(cast("list[Node]", self._mapping.get(key) or []))):
            yield self.at(key, index)

    def amount(self, key: str) -> Decimal:
        """An amount in 元; zero, with a finding, where it is finer than a 分."""
        try:
            return parse_amount(self.text(key), self.unit_of_amounts)
        except AmountError as cause:
            places = (YUAN_PER_UNIT[self.unit_of_amounts] / FEN).adjusted()
            hint = f"本文件的单位是{self.unit_of_amounts}，小数最多{places}位；照批复的数写"
            self.refuse("M001", key, str(cause), hint)
            return ZERO

    def code(self, key: str, dictionary: Dictionary) -> str:
        """A code of the year, its name checked where it is written too."""
        code, _, name = self.text(key).partition(" ")
        classification = dictionary.classification
        unknown = [c for c in classification.ancestry(code) if c not in dictionary]
        if unknown:
            near = "、".join(f"{near} {dictionary.name(near)}" for near in dictionary.nearest(unknown[0]))
            rows = "，".join(
                f"- {{classification: {classification}, code: {c}, name: 名称, source: 出处}}" for c in unknown
            )
            hint = (
                f"相近的有：{near}；确有这个科目的，写进department.yaml的additional_codes并注明出处，一行一个：{rows}"
            )
            also = f"，它上面的{'、'.join(unknown[:-1])}也没有" if len(unknown) > 1 else ""
            self.refuse("C001", key, f"{classification.label}里没有{unknown[-1]}{also}", hint)
        elif name.strip() and name.strip() != dictionary.name(code):
            right = dictionary.name(code)
            # A name that another code bears may be right, and the code wrong: that is for a person to say.
            fix = None if name.strip() in dictionary.names.values() else Fix(self.text(key), f"{code} {right}")
            self.refuse("C002", key, f"{code}的名称不是“{name.strip()}”", f"当年名称是“{right}”；名称也可以不写", fix)
        return code

    def refuse(self, code: str, key: str, message: str, hint: str, fix: Fix | None = None) -> None:
        """Note an error at the value of `key`."""
        self.findings.append(error(code, message, self.tree.place((*self.path, key)), hint, fix))
