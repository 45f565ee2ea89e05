"""The rows of money of a made-up department: every fund that a form has a place for, in every way a row can be written.

No two amounts are alike, so that sums which agree by chance are next to impossible. What comes in
is not what goes out: a form is tried, not a budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, product
from typing import Any

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.codes.meanings import values_of
from discgen.form.form import Form
from discgen.model.line import FISCAL_FUNDS, UNIT_FUNDS, Fund, Nature, Origin, ThreePublicItem

Row = dict[str, Any]

UNITS = {"agency": "administrative", "office": "quasi_administrative", "centre": "institution"}
"""The units of the department, one of each kind."""
_ITEM_DIGITS, _GROUP_DIGITS = 7, 5
_INCOME_CODES = {Fund.GOVERNMENT_FUND: "1030148", Fund.STATE_CAPITAL: "1030601"}
"""Income that is listed by its code."""
_GOVERNMENT_CODES = {"institution": ("50501", "50502")}
_AGENCY_CODES = ("50101", "50201")
"""政府经济分类 of 人员经费 and of the rest, by the kind of unit."""
_PERSONNEL = ("301", "303")


@dataclass(frozen=True, slots=True)
class Money:
    """What a form has a place for. `full`: all of it; else one row of each kind, or of nothing with an `amount` of 0."""

    form: Form
    year: int
    full: bool
    nothing: bool = False

    @property
    def funds(self) -> tuple[Fund, ...]:
        """The funds of income."""
        return (self.form.funds or tuple(Fund)) if self.full else (Fund.GENERAL,)

    @property
    def funds_spent(self) -> tuple[Fund, ...]:
        """The funds of expenditure."""
        return (self.form.expenditure_funds or self.funds) if self.full else (Fund.GENERAL,)

    @property
    def origins(self) -> tuple[Origin, ...]:
        """Of the year, and carried over where the form has a place for it."""
        return tuple(Origin) if self.full and self.form.carryover and not self.is_accounts else (Origin.CURRENT,)

    @property
    def is_accounts(self) -> bool:
        """Whether it is 决算."""
        return self.form.kind == "accounts"

    def amounts(self) -> Iterator[int]:
        """Amounts in 元, no two alike."""
        number = 0
        while True:
            number += 1
            yield 0 if self.nothing else 10_000 * (number * 7919 % 9973 + 1) + number

    def codes(self, classification: Classification, digits: int, without: Iterable[str] = ()) -> list[str]:
        """The first code of each 类 of the year; of 政府经济分类 and the like all of so many digits."""
        left_out = tuple(without)
        first: dict[str, str] = {}
        for code in load_dictionary(classification, self.year).names:
            if len(code) == digits and not code.startswith(left_out or ("-",)):
                first.setdefault(code[:3], code)
        return list(first.values())


def rows_of(money: Money) -> dict[str, Any]:
    """The sections of budget.yaml or accounts.yaml that hold money."""
    amounts = money.amounts()
    rows: dict[str, Any] = {
        "income": list(_income(money, amounts)),
        "expenditure": list(_expenditure(money, amounts)),
        "basic": list(_basic(money, amounts)),
        "procurement": {item: next(amounts) for item in ("goods", "works", "services")},
    }
    if money.full:
        rows["three_public"] = list(_three_public(money, amounts))
    if money.full and money.is_accounts:
        rows |= _balances(money, amounts)
    return rows


def _where(money: Money, fund: Fund, origin: Origin) -> Row:
    return {"fund": fund} if money.is_accounts else {"fund": fund, "origin": origin}


def _income(money: Money, amounts: Iterator[int]) -> Iterator[Row]:
    codes = cycle(money.codes(Classification.FUNCTION, _ITEM_DIGITS))
    for fund, origin in product(money.funds, money.origins):
        own: Row = {"function": next(codes)} if money.is_accounts else {}
        if fund in _INCOME_CODES and not money.is_accounts:
            own = {"code": _INCOME_CODES[fund]}
        yield {**_where(money, fund, origin), **own, "amount": next(amounts)}


def _expenditure(money: Money, amounts: Iterator[int]) -> Iterator[Row]:
    """Every fund under several 类, so that each 类 of the year has money."""
    codes = money.codes(Classification.FUNCTION, _ITEM_DIGITS)
    turn = cycle(codes)
    for fund, origin in product(money.funds_spent, money.origins):
        for _ in range(len(codes) if fund is Fund.GENERAL and money.full else 2):
            natures = {str(nature): next(amounts) for nature in _natures(money, fund)}
            yield {"function": next(turn), **_where(money, fund, origin), **natures}


def _natures(money: Money, fund: Fund) -> tuple[Nature, ...]:
    """财政拨款 is spent as 基本支出 and 项目支出 only."""
    return tuple(Nature) if money.is_accounts and fund in UNIT_FUNDS else (Nature.BASIC, Nature.PROJECT)


def _basic(money: Money, amounts: Iterator[int]) -> Iterator[Row]:
    construction = values_of(Classification.DEPARTMENT_ECONOMIC, "construction")
    items = values_of(Classification.DEPARTMENT_ECONOMIC, "item")
    codes = money.codes(Classification.DEPARTMENT_ECONOMIC, _GROUP_DIGITS, construction)
    codes += [code for code in items if not code.startswith(tuple(construction))]
    funds = [fund for fund in money.funds_spent if fund in FISCAL_FUNDS] if money.is_accounts else money.funds_spent
    units = list(UNITS) if money.full else ["agency"]
    for fund, origin in product(funds, money.origins):
        is_first = (fund, origin) == (funds[0], money.origins[0])
        for unit, code in product(units, codes) if is_first else zip(cycle(units), codes, strict=False):
            yield {
                "department": code,
                **_government(money, unit, code),
                **_where(money, fund, origin),
                "unit": unit,
                "amount": next(amounts),
            }


def _government(money: Money, unit: str, code: str) -> Row:
    if money.is_accounts:
        return {}
    personnel, others = _GOVERNMENT_CODES.get(UNITS[unit], _AGENCY_CODES)
    return {"government": personnel if code.startswith(_PERSONNEL) else others}


def _three_public(money: Money, amounts: Iterator[int]) -> Iterator[Row]:
    for fund, item in product((fund for fund in money.funds_spent if fund in FISCAL_FUNDS), ThreePublicItem):
        adjusted = {"adjusted": next(amounts)} if money.is_accounts else {}
        yield {"item": item, "fund": fund, **adjusted, "amount": next(amounts)}


def _balances(money: Money, amounts: Iterator[int]) -> dict[str, list[Row]]:
    codes = cycle(money.codes(Classification.FUNCTION, _ITEM_DIGITS))

    def of(funds: Iterable[Fund]) -> list[Row]:
        return [{"fund": fund, "function": next(codes), "amount": next(amounts)} for fund in funds]

    surplus = [fund for fund in money.funds_spent if fund in UNIT_FUNDS]
    return {
        "opening_balance": of(money.funds_spent),
        "closing_balance": of(money.funds_spent),
        "surplus_used": of(surplus),
        "surplus_distributed": of(surplus),
    }


def prior_rows(money: Money) -> dict[str, Any]:
    """Last year's figures, as coarse as they are published."""
    amounts = money.amounts()
    classes = [code[:3] for code in money.codes(Classification.FUNCTION, _ITEM_DIGITS)]
    natures = (Nature.BASIC, Nature.PROJECT)
    return {
        "income": [{"fund": fund, "amount": next(amounts)} for fund in money.funds],
        "expenditure": [
            {"function": code, "nature": nature, "amount": next(amounts)} for code, nature in product(classes, natures)
        ],
        "three_public": [{"item": item, "amount": next(amounts)} for item in ThreePublicItem],
        "agency_operation": [{"unit": unit, "amount": next(amounts)} for unit in UNITS],
    }


def approved_rows(money: Money) -> list[Row]:
    """年初预算 beside accounts, by 类."""
    amounts = money.amounts()
    classes = [code[:3] for code in money.codes(Classification.FUNCTION, _ITEM_DIGITS)]
    return [{"function": code, "amount": next(amounts)} for code in classes]


def project_amounts(money: Money) -> list[Row]:
    """The amounts of a project, from every fund."""
    amounts = money.amounts()
    return [
        {"fund": fund, "origin": origin, "amount": next(amounts)}
        for fund, origin in product(money.funds_spent, money.origins)
    ]
