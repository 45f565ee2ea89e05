"""Every code there is, with its contract: what it finds, why, how to mend it. From `schema/rules/<code>/rule.yaml`.

The same text is what `discgen explain CODE` prints and what the pages in `docs/rules/` are made of.
Beside it stand `bad.yaml`, in which the code is found, and `good.yaml`, in which it is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from discgen.diagnostics import Severity
from discgen.resources import data_folder
from discgen.shipped import read_shipped

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


@dataclass(frozen=True, slots=True)
class RulePage:
    """The contract of a code. `severities` are those it may have; `reason` is its clause or why a reviewer cares.

    `without_example` says why there is no example, where none can be written as a file.
    """

    code: str
    title: str
    severities: tuple[Severity, ...]
    checks: str
    reason: str
    mend: str
    fixable: bool
    without_example: str

    @property
    def family(self) -> str:
        """What family of codes it belongs to."""
        return FAMILIES[self.code[0]]


@cache
def load_pages() -> Mapping[str, RulePage]:
    """All pages by code. Raises ShippedDataError where one is not as its schema asks."""
    folder = data_folder("schema") / "rules"
    order = list(FAMILIES)
    codes = sorted(
        (path.parent.name for path in folder.glob("*/rule.yaml")), key=lambda code: (order.index(code[0]), code)
    )
    return {code: _page(code) for code in codes}


def _page(code: str) -> RulePage:
    data = read_shipped(data_folder("schema"), f"rules/{code}/rule.yaml", "rule")
    return RulePage(
        code=code,
        title=data["title"],
        severities=tuple(Severity(one) for one in data["severities"]),
        checks=data["checks"],
        reason=data["reason"],
        mend=data["mend"],
        fixable=data.get("fixable") == "true",
        without_example=data.get("without_example", ""),
    )
