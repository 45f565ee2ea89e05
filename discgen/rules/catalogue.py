"""Every code there is, with all that holds of it, from `schema/rules/<code>/rule.yaml`.

Its texts (what it finds, why, how to mend it) are what `discgen explain CODE` prints and the pages of `make docs` say.
Beside it stand `bad.yaml`, in which the code is found, and `good.yaml`, in which it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from discgen.compiled import keep_compiled
from discgen.diagnostics import Severity
from discgen.reference.decode import decode
from discgen.reference.folders import data_folder
from discgen.validate.shipped import read_shipped_tree

FAMILIES = {
    "L": "文件能不能读",
    "S": "写法对不对",
    "M": "事实成不成立",
    "C": "科目",
    "R": "勾稽",
    "Y": "与上年比",
    "A": "资产和必备内容",
    "G": "项目和绩效目标",
    "E": "决算和绩效自评",
    "P": "文字",
    "D": "不该公开的内容",
    "W": "豁免",
    "F": "字体",
    "X": "程序自己的错误",
}
"""The families of codes by their letter, in the order a clerk would mend things."""


class Causes(Struct, frozen=True):
    """The codes of which a finding is only a consequence: those found in the same value, and those found anywhere."""

    same_value: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()


class Rule(Struct, frozen=True):
    """All that holds of a code. Its texts are for people; the rest says where it is checked and what follows from it.

    `kinds` are the kinds of disclosure a rule is for; codes that other stages find have none. `other_side` is a key of
    the facts: of two tables that disagree, what fills the one that the finding does not point at.
    """

    code: str
    title: str
    severities: tuple[Severity, ...]
    checks: str
    reason: str
    mend: str
    kinds: tuple[str, ...] = ()
    fixable: bool = False
    blocks_tables: bool = False
    needs_all_findings: bool = False
    waivable: bool = True
    caused_by: Causes = Causes()
    checklist: str = ""
    other_side: str = ""
    without_example: str = ""

    @property
    def family(self) -> str:
        """What family of codes it belongs to."""
        return FAMILIES[self.code[0]]


@keep_compiled
def load_rules() -> Mapping[str, Rule]:
    """All rules by code, in the order of the families. Raises ShippedDataError where one is not as its schema asks."""
    folder = data_folder("schema") / "rules"
    codes = in_order_of_families(path.parent.name for path in folder.glob("*/rule.yaml"))
    return {code: _read_rule(code) for code in codes}


def in_order_of_families(codes: Iterable[str]) -> list[str]:
    """The codes in the order in which a clerk would mend what they find, each once."""
    families = list(FAMILIES)
    return sorted(set(codes), key=lambda code: (families.index(code[0]), code))


def rule_of(code: str) -> Rule:
    """The rule of a code. Raises ShippedDataError."""
    return load_rules().get(code) or _read_rule(code)


def _read_rule(code: str) -> Rule:
    return decode(Rule, read_shipped_tree(data_folder("schema"), f"rules/{code}/rule.yaml", "rule"), code=code)
