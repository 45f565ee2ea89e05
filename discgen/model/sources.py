"""What the lines of each source can know: its dimensions, and the values that each may have.

A form may ask a source for these and no others; what readers build is held to them by tests. A
line may know fewer: 政府经济分类 is left out by some departments, last year's lines are coarse.
"""

from __future__ import annotations

from collections.abc import Mapping

from discgen.model.line import (
    AGENCY_KINDS,
    Category,
    Component,
    Fund,
    Nature,
    Origin,
    ProcurementItem,
    Source,
    Stage,
    ThreePublicItem,
    UnitKind,
)

Values = tuple[str, ...]
Dimensions = Mapping[str, Values]

ANY: Values = ()
"""The values of a dimension that holds codes or names."""

_STAGES: Values = (Stage.APPROVED, Stage.EXECUTED)
_MONEY: Dimensions = {"stage": _STAGES, "fund": tuple(Fund), "origin": tuple(Origin)}
_BASIC: Dimensions = {
    **_MONEY,
    "nature": (Nature.BASIC,),
    "component": tuple(Component),
    "unit": ANY,
    "unit_kind": tuple(UnitKind),
    "department_economic_code": ANY,
    "government_economic_code": ANY,
}
_BALANCE: Dimensions = {"stage": (Stage.EXECUTED,), "fund": tuple(Fund), "origin": (Origin.CARRYOVER,)}

DIMENSIONS_OF: Mapping[Source, Dimensions] = {
    Source.INCOME: {**_MONEY, "income_code": ANY, "function_code": ANY},
    Source.EXPENDITURE: {**_MONEY, "nature": tuple(Nature), "function_code": ANY},
    Source.BASIC: _BASIC,
    Source.PROJECT: {
        **_MONEY,
        "stage": (Stage.APPROVED,),
        "nature": (Nature.PROJECT,),
        "unit": ANY,
        "function_code": ANY,
        "project": ANY,
        "category": tuple(Category),
    },
    Source.THREE_PUBLIC: {
        **_BASIC,
        "stage": tuple(Stage),
        "nature": (Nature.BASIC, Nature.PROJECT),
        "component": (Component.OPERATING,),
        "item": tuple(ThreePublicItem),
    },
    Source.AGENCY_OPERATION: {**_BASIC, "component": (Component.OPERATING,), "unit_kind": tuple(AGENCY_KINDS)},
    Source.PROCUREMENT: {"stage": _STAGES, "item": tuple(ProcurementItem)},
    Source.OPENING_BALANCE: {**_BALANCE, "function_code": ANY},
    Source.CLOSING_BALANCE: {**_BALANCE, "function_code": ANY},
    Source.SURPLUS_USED: {**_BALANCE, "function_code": ANY},
    Source.SURPLUS_DISTRIBUTED: {**_BALANCE, "function_code": ANY},
}
"""The dimensions of each source. Those of “三公”经费 and 机关运行经费 are 基本支出's, from which they follow."""
