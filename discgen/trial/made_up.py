"""The files of a made-up department, with which a form is tried: they hold what the form has a place for.

They are written as JSON, which is YAML, and read by the same readers as any department's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.form.form import Form
from discgen.form.sheets import EvaluationForm, GoalSheetForm
from discgen.load.workspace import KINDS, Target
from discgen.model.assets import VehicleUse
from discgen.model.build_project import PROSE_KEYS as GOAL_PROSE
from discgen.model.disclosure import Grade
from discgen.model.evaluation import PROSE_KEYS as EVALUATION_PROSE
from discgen.model.line import Category
from discgen.model.project import FundLevel
from discgen.trial.rows import UNITS, Money, approved_rows, prior_rows, project_amounts, rows_of

DEPARTMENT = "made-up"
_YEAR = re.compile(r"20[0-9]{2}")
_NEWEST = 2025
_STATEMENT = ("summary", "basis", "implementer", "plan", "period", "budget", "goal")
_NOTES = (
    *("assets", "purchase_catalogue", "overall_goal", "other", "organisation", "vehicles"),
    *("offices", "operation", "overseas_travel", "reception", "evaluation"),
)


def target_of(form: Form) -> Target:
    """The document of the department: of the year that the form's name ends in."""
    years = _YEAR.findall(form.name)
    return Target(DEPARTMENT, int(years[-1]) if years else _NEWEST, form.kind)


def write_department(root: Path, form: Form, *, full: bool, nothing: bool = False) -> None:
    """The department's files below `root`."""
    target = target_of(form)
    money = Money(form, target.year, full, nothing)
    folder = root / "departments" / DEPARTMENT
    files: dict[str, Any] = {
        "department.yaml": _department(full=full),
        f"{target.year}/{form.kind}.yaml": _facts(form, money),
        f"{target.year}/{KINDS[form.kind].narrative}": _narrative(form, money),
    }
    for name, file in (_evaluations if money.is_accounts else _projects)(form, money).items():
        files[f"{target.year}/{name}"] = file
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def _department(*, full: bool) -> dict[str, Any]:
    units = [
        {"id": unit, "name": f"试编单位{number}", "short_name": f"单位{number}", "kind": kind}
        for number, (unit, kind) in enumerate(UNITS.items(), start=1)
    ]
    return {
        "code": "001",
        "name": "试编部门",
        "short_name": "试编",
        "office_telephone": "0000-88888888",
        "region": {"name": "试编市", "level": "市级"},
        "units": units if full else units[:1],
    }


def _facts(form: Form, money: Money) -> dict[str, Any]:
    facts: dict[str, Any] = {"form": form.name, "year": money.year, "unit": "元", **rows_of(money)}
    if not money.full:
        return facts | {"prior": {"source": "没有上年数"}}
    facts["prior"] = {"source": "试编", **prior_rows(money)}
    facts["assets"] = _assets()
    facts["procurement"]["reserved"] = {"sme": 20000, "micro": 10000}
    if money.is_accounts:
        facts["approved"] = {"source": "试编", "expenditure": approved_rows(money)}
        grades = {str(grade): 1 for grade in Grade}
        facts["performance"] = {"projects": len(grades), "grades": grades, "evaluated": 1}
        facts["counts"] = {"vehicles_kept": 1, "overseas_groups": 1, "domestic_batches": 1}
        facts["reception"] = {"domestic": 20000, "foreign": 10000, "overseas": 10000}
    else:
        facts["performance"] = {"units": len(UNITS), "projects": len(UNITS), "amount": 30000}
    return facts


def _assets() -> dict[str, Any]:
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
        "fixed_assets": [{"unit": unit, "amount": 10000} for unit in UNITS],
    }


def _narrative(form: Form, money: Money) -> dict[str, Any]:
    duties = ["承担第一项职责。", "承担第二项职责。"]
    if not money.full:
        return {"overview": {"duties": duties[:1], "organisation": {"offices": ["办公室"]}}}
    codes = list(load_dictionary(Classification.FUNCTION, money.year).names)
    return {
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
        for number, unit in enumerate(UNITS if money.full else (), start=1)
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
        "results": _texts(list(form.results)),
    }


def _texts(keys: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(keys, "自评结果的文字。")
