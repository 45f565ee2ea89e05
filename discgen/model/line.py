"""A line: one amount at the finest grain that is known, and the dimensions it is known by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from discgen.diagnostics import Place
from discgen.money import ZERO


class Fund(StrEnum):
    """资金性质."""

    GENERAL = "general"
    GOVERNMENT_FUND = "government_fund"
    STATE_CAPITAL = "state_capital"
    SPECIAL_ACCOUNT = "special_account"
    UNIT_FUNDS = "unit_funds"


FISCAL_FUNDS = (Fund.GENERAL, Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
"""财政拨款: 一般公共预算, 政府性基金预算, 国有资本经营预算."""


class Origin(StrEnum):
    """当年安排, or 上年结转."""

    CURRENT = "current"
    CARRYOVER = "carryover"


class Nature(StrEnum):
    """基本支出 or 项目支出."""

    BASIC = "basic"
    PROJECT = "project"


class Component(StrEnum):
    """The two halves of 基本支出: 人员经费 and 公用经费."""

    PERSONNEL = "personnel"
    OPERATING = "operating"


class UnitKind(StrEnum):
    """行政单位 (with 参公事业单位), or another 事业单位."""

    ADMINISTRATIVE = "administrative"
    INSTITUTION = "institution"


class ThreePublicItem(StrEnum):
    """The four items of “三公”经费."""

    OVERSEAS_TRAVEL = "overseas_travel"
    RECEPTION = "reception"
    VEHICLE_PURCHASE = "vehicle_purchase"
    VEHICLE_OPERATION = "vehicle_operation"


class ProcurementItem(StrEnum):
    """政府采购: 货物, 工程, 服务."""

    GOODS = "goods"
    WORKS = "works"
    SERVICES = "services"


class Category(StrEnum):
    """项目支出: 其他运转类 or 特定目标类."""

    OTHER_OPERATING = "other_operating"
    SPECIFIC = "specific"


class Source(StrEnum):
    """A set of lines over the same money. Two sources that overlap must reconcile."""

    INCOME = "income"
    EXPENDITURE = "expenditure"
    BASIC = "basic"
    PROJECT = "project"
    THREE_PUBLIC = "three_public"
    AGENCY_OPERATION = "agency_operation"
    PROCUREMENT = "procurement"


@dataclass(frozen=True, slots=True)
class Line:
    """One amount in 元. A dimension that the line does not know is None."""

    amount: Decimal
    place: Place
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


def total(lines: Iterable[Line]) -> Decimal:
    """The amounts of the lines together, in 元."""
    return sum((line.amount for line in lines), ZERO)
