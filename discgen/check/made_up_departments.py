"""The files of a made-up department, with which a form is tried: they hold what the form has a place for.

They are written as JSON, which is YAML, and read by the same readers as any department's. No two amounts are alike, so
that sums which agree by chance are next to impossible. What comes in is not what goes out: a form is tried, not a budget.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from msgspec import Struct

from discgen.files import write_new
from discgen.form.form import Form, Scope
from discgen.form.sheets import EvaluationForm, GoalSheetForm
from discgen.load.own_files import OwnFiles
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles
from discgen.model.assets import VehicleUse
from discgen.model.disclosure import AWARDED, Grade
from discgen.model.evaluation import PROSE_KEYS as EVALUATION_PROSE
from discgen.model.line import FISCAL_FUNDS, UNIT_FUNDS, Category, Component, Fund, Nature, Origin, ThreePublicItem
from discgen.model.project import PROSE_KEYS as GOAL_PROSE
from discgen.model.project import FundLevel
from discgen.reference.codes import Classification, load_dictionary, values_of

DEPARTMENT = "made-up"
_YEAR = re.compile(r"20[0-9]{2}")
_NEWEST = 2025
_STATEMENT = ("summary", "basis", "implementer", "plan", "period", "budget", "goal")
_NOTES = (
    *("assets", "purchase_catalogue", "overall_goal", "other", "organisation", "vehicles"),
    *("offices", "operation", "overseas_travel", "reception", "evaluation"),
)
UNITS = {"agency": "administrative", "office": "quasi_administrative", "centre": "institution"}
"""The units of the department, one of each kind."""
_ITEM_DIGITS, _GROUP_DIGITS = 7, 5
_INCOME_CODES = {Fund.GOVERNMENT_FUND: "1030148", Fund.STATE_CAPITAL: "1030601"}
"""Income that is listed by its code."""
_GOVERNMENT_CODES = {"institution": ("50501", "50502")}
_AGENCY_CODES = ("50101", "50201")
"""政府经济分类 of 人员经费 and of the rest, by the kind of unit."""
_PERSONNEL = ("301", "303")

Row = dict[str, Any]


def target_of(form: Form) -> Target:
    """The document of the department: of the year that the form's name ends in."""
    years = _YEAR.findall(form.name)
    return Target(DEPARTMENT, int(years[-1]) if years else _NEWEST, form.kind)


class Money(Struct, frozen=True):
    """What a form has a place for. `full`: all of it; else one row of each kind, which has no money
    with an `amount` of 0.
    """

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
    def units(self) -> Mapping[str, str]:
        """The units of the department and their kinds: one of each kind, where the form is not for one unit alone."""
        return UNITS if self.full and self.form.scope is Scope.DEPARTMENT else {"agency": UNITS["agency"]}

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


def write_department(root: Path, form: Form, *, full: bool, nothing: bool = False) -> None:
    """The department's files below `root`."""
    target = target_of(form)
    money = Money(form, target.year, full, nothing)
    year = YearFiles(Workspace(root), target)
    files: dict[Path, Any] = {
        year.department.path: _department(money),
        year.facts.path: _facts(form, money),
        year.narrative.path: _narrative(form, money),
    }
    for name, data in (_evaluations if money.is_accounts else _projects)(form, money).items():
        files[year.folder / name] = data
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, json.dumps(data, ensure_ascii=False).encode())


def write_own_files(root: Path, own: OwnFiles) -> None:
    """The forms and codes of a workspace, below another `root`."""
    for name, data in own.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, data)


def _department(money: Money) -> dict[str, Any]:
    units = [
        {"id": unit, "name": f"试编单位{number}", "short_name": f"单位{number}", "kind": kind}
        for number, (unit, kind) in enumerate(money.units.items(), start=1)
    ]
    return {
        "code": "001",
        "name": "试编部门",
        "short_name": "试编",
        "office_telephone": "0000-88888888",
        "region": {"name": "试编市", "level": "市级"},
        "units": units,
    }


def _facts(form: Form, money: Money) -> dict[str, Any]:
    facts: dict[str, Any] = {"form": form.name, "year": money.year, "unit": "元", **rows_of(money)}
    if not money.full:
        return facts | {"prior": {"source": "没有上年数"}}
    facts["prior"] = {"source": "试编", **prior_rows(money)}
    facts["assets"] = _assets(money)
    (bought, *_) = facts["procurement"]
    bought["reserved"] = {"sme": 20000, "micro": 10000}
    if money.is_accounts:
        facts["approved"] = {"source": "试编", **approved_rows(money)}
        bought["awarded"] = {key: 10000 + at for at, key in enumerate(AWARDED)}
        facts["performance"] = _performance()
        facts["counts"] = {"vehicles_kept": 1, "overseas_groups": 1, "domestic_batches": 1}
        facts["reception"] = {"domestic": 20000, "foreign": 10000, "overseas": 10000}
    else:
        facts["performance"] = {"units": len(money.units), "projects": len(money.units), "amount": 30000}
        facts["prior_executed"] = list(_executed_before(facts["expenditure"]))
    return facts


def _performance() -> dict[str, Any]:
    grades = {str(grade): 1 for grade in Grade}
    return {
        "projects": len(grades),
        "grades": grades,
        "evaluated": 1,
        "goals": {"projects": 9, "amount": 50000},
        "monitoring": {"projects": 8, "amount": 40000},
        "average_score": "77.5",
        "problems": {"found": 3, "solved": 2},
    }


def _assets(money: Money) -> dict[str, Any]:
    vehicles = {
        "authorised": {"administrative": 9, "institution": 9},
        "owned": {"administrative": 9, "institution": 9},
        "owned_by_use": {str(use): 2 for use in VehicleUse},
    }
    return {
        "as_of": "2020-12-31",
        "vehicles": vehicles,
        "office_area": 100,
        "equipment": {"general_over_500k": 1, "special_over_1m": 2},
        "purchases": {"vehicles_by_use": {"other": 1}, "special_over_1m": 1},
        "fixed_assets": [{"unit": unit, "amount": 10000} for unit in money.units],
    }


def _narrative(form: Form, money: Money) -> dict[str, Any]:
    duties = ["承担第一项职责。", "承担第二项职责。"]
    if not money.full:
        return {"overview": {"duties": duties[:1], "organisation": {"offices": ["办公室"]}}}
    codes = list(load_dictionary(Classification.FUNCTION, money.year).names)
    differing: dict[str, Any] = {
        "budget_reasons": {key: f"{key}与预算不同" for key in form.budget_reasons},
        "budget_reasons_by_code": {code: f"科目{code}与预算不同" for code in codes},
    }
    return {
        **(differing if form.budget_reasons else {}),
        "overview": {
            "introduction": "试编部门是编来试用表式的。",
            "duties": duties,
            "organisation": {"offices": ["办公室", "财务科"], "centres": ["数据中心"]},
        },
        "reasons": {key: f"{key}有变动" for key in (*form.reasons, *form.large_changes)},
        "reasons_by_code": {code: f"科目{code}有变动" for code in codes},
        "purposes": {code: f"科目{code}的开支" for code in codes},
        "notes": {key: f"{key}的说明。" for key in _NOTES},
    }


def _projects(form: Form, money: Money) -> dict[str, Any]:
    categories = list(Category)
    function = money.codes(Classification.FUNCTION, 7)[0]
    return {
        f"projects/{number}-{unit}.yaml": {
            "name": f"试编项目{number}",
            "unit": unit,
            "function": function,
            "category": categories[number % len(categories)],
            "amounts": project_amounts(money),
            **({"statement": dict.fromkeys(_STATEMENT, "项目经费的说明。")} if money.full else {}),
            **({"goal_sheet": _goal_sheet(form.goal_sheet)} if form.goal_sheet else {}),
        }
        for number, unit in enumerate(money.units if money.full else (), start=1)
    }


def _goal_sheet(form: GoalSheetForm) -> dict[str, Any]:
    funds = {str(level): 10000 for level in FundLevel}
    target = {"name": "三级指标", "target": {"whole_period": "≥3次", "annual": "≥1次"}}
    return {
        "attribute": "one_off",
        "period_years": 3,
        "funds": {"whole_period": funds, "annual": funds},
        **dict.fromkeys(GOAL_PROSE, "绩效目标表的文字。"),
        "goal": {"whole_period": "实施期的目标。", "annual": "年度的目标。"},
        "indicators": {aspect: [target] for aspect in form.aspects},
        "filled_on": "2020-11-20",
    }


def _evaluations(form: Form, money: Money) -> dict[str, Any]:
    if form.evaluation is None or not money.full:
        return {}
    return {"evaluations/1-agency.yaml": _evaluation(form.evaluation)}


def _evaluation(form: EvaluationForm) -> dict[str, Any]:
    spent = {"requested": 20000, "approved": 20000, "adjusted": 20000, "executed": 10000, "deviation": "进度慢"}
    indicator = {"name": "指标", "target": "≥10件", "actual": "12", "weight": 10, "score": 10}
    return {
        "name": "试编项目",
        "unit": "agency",
        **dict.fromkeys(EVALUATION_PROSE, "自评报告的文字。"),
        "goal": {"whole_period": "实施期的目标。", "annual": "年度的目标。"},
        "funds": [{"level": str(level), **spent} for level in FundLevel],
        "indicators": {aspect: [indicator] for aspect in form.aspects},
        "results": dict.fromkeys(form.results, "自评结果的文字。"),
    }


def rows_of(money: Money) -> dict[str, Any]:
    """The sections of budget.yaml or accounts.yaml that hold money."""
    amounts = money.amounts()
    rows: dict[str, Any] = {
        "income": list(_income(money, amounts)),
        "expenditure": list(_expenditure(money, amounts)),
        "basic": list(_basic(money, amounts)),
        "procurement": [
            {"unit": unit, **{item: next(amounts) for item in ("goods", "works", "services")}} for unit in money.units
        ],
    }
    if money.full:
        rows["three_public"] = list(_three_public(money, amounts))
    if money.full and money.is_accounts:
        rows |= _balances(money, amounts)
    return {key: _with_units(own, money) for key, own in rows.items()}


def _with_units(rows: list[Row], money: Money) -> list[Row]:
    """The rows, each of a unit: those that name none in turn."""
    units = cycle(money.units)
    return [{"unit": next(units), **row} for row in rows]


def _where(money: Money, fund: Fund, origin: Origin) -> Row:
    return {"fund": fund} if money.is_accounts else {"fund": fund, "origin": origin}


def _executed_before(expenditure: Iterable[Row]) -> Iterator[Row]:
    """上年当年预算执行数 of the first 科目, and of no other."""
    for row in islice(expenditure, 2):
        yield {"function": row["function"], "amount": 10000, **({"unit": row["unit"]} if "unit" in row else {})}


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


def _natures(money: Money, fund: Fund) -> tuple[Nature | Component, ...]:
    """财政拨款 is spent as 基本支出 and 项目支出 only; a budget knows both halves of 基本支出."""
    if money.is_accounts:
        return tuple(Nature) if fund in UNIT_FUNDS else (Nature.BASIC, Nature.PROJECT)
    return (*Component, Nature.PROJECT)


def _basic(money: Money, amounts: Iterator[int]) -> Iterator[Row]:
    construction = values_of(Classification.DEPARTMENT_ECONOMIC, "construction")
    items = values_of(Classification.DEPARTMENT_ECONOMIC, "item")
    codes = money.codes(Classification.DEPARTMENT_ECONOMIC, _GROUP_DIGITS, construction)
    codes += [code for code in items if not code.startswith(tuple(construction))]
    funds = [fund for fund in money.funds_spent if fund in FISCAL_FUNDS] if money.is_accounts else money.funds_spent
    units = list(money.units)
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
        "agency_operation": [{"unit": unit, "amount": next(amounts)} for unit in money.units],
    }


def approved_rows(money: Money) -> dict[str, Any]:
    """年初预算 of accounts."""
    amounts = money.amounts()
    codes = money.codes(Classification.FUNCTION, _ITEM_DIGITS)
    return {
        "expenditure": [{"function": code, "amount": next(amounts)} for code in codes],
        "three_public": [{"item": item, "amount": next(amounts)} for item in ThreePublicItem],
    }


def project_amounts(money: Money) -> list[Row]:
    """The amounts of a project, from every fund."""
    amounts = money.amounts()
    return [
        {"fund": fund, "origin": origin, "amount": next(amounts)}
        for fund, origin in product(money.funds_spent, money.origins)
    ]
