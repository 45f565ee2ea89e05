"""A line: one amount at the finest grain that is known, the dimensions it is known by, and those each source can know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.money import ZERO
from discgen.reference.vocabulary import Named


class Stage(Named, dimension="stage"):
    """How far an amount of a year has come: 年初预算, 全年预算 (预算 after 调整), 决算."""

    APPROVED = "approved"
    ADJUSTED = "adjusted"
    EXECUTED = "executed"


STAGES: Mapping[str, Stage] = {"budget": Stage.APPROVED, "accounts": Stage.EXECUTED}
"""What the amounts of a kind of disclosure are."""


class Fund(Named, dimension="fund"):
    """资金性质. The last five are the kinds of 单位资金, which some forms tell apart."""

    GENERAL = "general"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    SPECIAL_ACCOUNT = "special_account"
    UNIT_FUNDS = "unit_funds"
    SUPERIOR_SUBSIDY = "superior_subsidy"
    SERVICE_INCOME = "service_income"
    BUSINESS_INCOME = "business_income"
    SUBORDINATE_REMITTANCE = "subordinate_remittance"
    OTHER_INCOME = "other_income"


FISCAL_FUNDS = (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
"""财政拨款: 一般公共预算, 政府性基金预算, 国有资本经营预算."""

UNIT_FUNDS = (
    Fund.UNIT_FUNDS,
    Fund.SUPERIOR_SUBSIDY,
    Fund.SERVICE_INCOME,
    Fund.BUSINESS_INCOME,
    Fund.SUBORDINATE_REMITTANCE,
    Fund.OTHER_INCOME,
)
"""单位资金: 上级补助收入, 事业收入, 经营收入, 附属单位上缴收入, 其他收入, or not told apart."""


class Origin(Named, dimension="origin"):
    """当年安排, or 上年结转."""

    CURRENT = "current"
    CARRYOVER = "carryover"


class Nature(Named, dimension="nature"):
    """基本支出 or 项目支出; in accounts also 上缴上级支出, 经营支出 and 对附属单位补助支出."""

    BASIC = "basic"
    PROJECT = "project"
    REMITTANCE = "remittance"
    BUSINESS = "business"
    SUBSIDY = "subsidy"


class Component(Named, dimension="component"):
    """The two halves of 基本支出: 人员经费 and 公用经费."""

    PERSONNEL = "personnel"
    OPERATING = "operating"


class UnitKind(Named, dimension="unit_kind"):
    """行政单位, 参照公务员法管理的事业单位, or another 事业单位."""

    ADMINISTRATIVE = "administrative"
    QUASI_ADMINISTRATIVE = "quasi_administrative"
    INSTITUTION = "institution"


AGENCY_KINDS = (UnitKind.ADMINISTRATIVE, UnitKind.QUASI_ADMINISTRATIVE)
"""The kinds of unit whose 公用经费 is 机关运行经费."""


class ThreePublicItem(Named, dimension="three_public_item"):
    """The four items of “三公”经费."""

    OVERSEAS_TRAVEL = "overseas_travel"
    RECEPTION = "reception"
    VEHICLE_PURCHASE = "vehicle_purchase"
    VEHICLE_OPERATION = "vehicle_operation"


class ProcurementItem(Named, dimension="procurement_item"):
    """政府采购: 货物, 工程, 服务."""

    GOODS = "goods"
    WORKS = "works"
    SERVICES = "services"


class Category(Named, dimension="category"):
    """项目支出: 其他运转类 or 特定目标类."""

    OTHER_OPERATING = "other_operating"
    SPECIFIC = "specific"


class Source(Named, dimension="source"):
    """A set of lines over the same money. Two sources that overlap must reconcile."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    BASIC = "basic"
    PROJECT = "project"
    THREE_PUBLIC = "three_public"
    AGENCY_OPERATION = "agency_operation"
    PROCUREMENT = "procurement"
    OPENING_BALANCE = "opening_balance"
    CLOSING_BALANCE = "closing_balance"
    SURPLUS_USED = "surplus_used"
    SURPLUS_DISTRIBUTED = "surplus_distributed"


class Line(Struct, frozen=True):
    """One amount in 元. A dimension that the line does not know is None."""

    amount: Decimal
    place: Place
    stage: Stage = Stage.APPROVED
    fund: Fund | None = None
    origin: Origin | None = None
    nature: Nature | None = None
    component: Component | None = None
    unit: str | None = None
    unit_kind: UnitKind | None = None
    income_code: str | None = None
    function_code: str | None = None
    department_economic_code: str | None = None
    government_economic_code: str | None = None
    project: str | None = None
    category: Category | None = None
    item: str | None = None
    """A ThreePublicItem or a ProcurementItem, by the source."""


Lines = Mapping[Source, tuple[Line, ...]]
"""The lines of a file by source. A source that is left out is not known."""


def total(lines: Iterable[Line]) -> Decimal:
    """The amounts of the lines together, in 元."""
    return sum((line.amount for line in lines), ZERO)


Values = tuple[str, ...]
Dimensions = Mapping[str, Values]

ANY: Values = ()
"""The values of a dimension that holds codes or names."""

_PLAIN_STAGES: Values = (Stage.APPROVED, Stage.EXECUTED)
_MONEY: Dimensions = {"stage": _PLAIN_STAGES, "fund": tuple(Fund), "origin": tuple(Origin), "unit": ANY}
_BASIC: Dimensions = {
    **_MONEY,
    "nature": (Nature.BASIC,),
    "component": tuple(Component),
    "unit_kind": tuple(UnitKind),
    "department_economic_code": ANY,
    "government_economic_code": ANY,
}
_BALANCE: Dimensions = {
    "stage": (Stage.EXECUTED,),
    "fund": tuple(Fund),
    "origin": (Origin.CARRYOVER,),
    "unit": ANY,
    "function_code": ANY,
}

DIMENSIONS_OF: Mapping[Source, Dimensions] = {
    Source.INCOME: {**_MONEY, "income_code": ANY, "function_code": ANY},
    Source.EXPENDITURE: {
        **_MONEY,
        "nature": tuple(Nature),
        "component": tuple(Component),
        "function_code": ANY,
    },
    Source.BASIC: _BASIC,
    Source.PROJECT: {
        **_MONEY,
        "stage": (Stage.APPROVED,),
        "nature": (Nature.PROJECT,),
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
    Source.PROCUREMENT: {"stage": _PLAIN_STAGES, "unit": ANY, "item": tuple(ProcurementItem)},
    Source.OPENING_BALANCE: _BALANCE,
    Source.CLOSING_BALANCE: _BALANCE,
    Source.SURPLUS_USED: _BALANCE,
    Source.SURPLUS_DISTRIBUTED: _BALANCE,
}
"""The dimensions of each source. Those of “三公”经费 and 机关运行经费 are 基本支出's, from which they follow."""
