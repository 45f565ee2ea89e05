"""The table of contents of all rules, in the order a clerk would mend things."""

from __future__ import annotations

from discgen.diagnostics import Diagnostic
from discgen.rules import assets, evaluations, goal_sheets, prose, reconciliation
from discgen.rules.case import Case, Rule

_ACCOUNTS = ("accounts",)
_BOTH = ("budget", "accounts")

RULES: tuple[Rule, ...] = (
    Rule(("R001",), "收入总计等于支出总计", reconciliation.income_is_expenditure),
    Rule(("R010",), "年初结转加收入等于支出加年末结转", reconciliation.accounts_balance, _ACCOUNTS),
    Rule(("R011",), "政府性基金的结转和结余写明科目", reconciliation.fund_balances_have_codes, _ACCOUNTS),
    Rule(("R002",), "基本支出按功能分类与按经济分类相等", reconciliation.basic_by_function_is_by_economic_code, _BOTH),
    Rule(("R003",), "各科目的项目支出等于其项目之和", reconciliation.projects_are_project_column),
    Rule(("R004",), "机关运行经费分得清单位", reconciliation.agency_operation_has_units, _BOTH),
    Rule(("R005",), "基金收入写明收入科目", reconciliation.fund_income_has_codes),
    Rule(("R006",), "“三公”经费不超过安排它的支出", reconciliation.three_public_is_within_expenditure, _BOTH),
    Rule(("R007",), "资金在表式里有位置", reconciliation.form_has_the_money, _BOTH),
    Rule(("R008",), "经济科目细到表式要的程度", reconciliation.economic_codes_are_fine_enough, _BOTH),
    Rule(("R009",), "一类经济科目只用一种写法", reconciliation.economic_codes_do_not_mix, _BOTH),
    Rule(("A001",), "车辆按用途之和等于实有数", assets.uses_are_owned, _BOTH),
    Rule(("A002",), "车辆用途都在表式里", assets.uses_are_of_form, _BOTH),
    Rule(("A003",), "表式要说到的都写了", assets.form_is_told, _BOTH),
    Rule(("G001",), "绩效目标表的年度资金等于项目金额", goal_sheets.annual_funds_are_project),
    Rule(("G002",), "实施期资金不少于年度资金", goal_sheets.whole_period_holds_annual),
    Rule(("G003",), "二级指标都在表式里", goal_sheets.aspects_are_of_form),
    Rule(("G004",), "项目写明类别", goal_sheets.projects_have_category),
    Rule(("G005",), "每个项目都有绩效目标表", goal_sheets.projects_have_sheets),
    Rule(("G007",), "每张绩效目标表都属于一个项目", goal_sheets.sheets_have_projects),
    Rule(("G008",), "绩效目标表各栏都有目标", goal_sheets.sheets_have_goals),
    Rule(("E001",), "指标得分不超过权重", evaluations.scores_are_within_weights, _ACCOUNTS),
    Rule(("E002",), "指标权重合计符合表式", evaluations.weights_are_of_form, _ACCOUNTS),
    Rule(("E003",), "自评的二级指标都在表式里", evaluations.aspects_are_of_form, _ACCOUNTS),
    Rule(("E004",), "执行数不超过全年预算数", evaluations.executed_is_within_budget, _ACCOUNTS),
    Rule(("E005",), "各等级的项目数对得上", evaluations.grades_are_counted, _ACCOUNTS),
    Rule(("E006",), "自评报告的执行数不超过项目支出", evaluations.reports_are_within_projects, _ACCOUNTS),
    Rule(("P004", "P005"), "文字里的金额用表达式引用", prose.amounts_are_cited, _BOTH),
    Rule(("P006", "P007"), "有增减就有原因", prose.changes_have_reasons, _BOTH),
    Rule(("P009", "P010"), "有钱的科目写明用途", prose.money_has_purposes, _BOTH),
)


def run(case: Case) -> list[Diagnostic]:
    """What all rules of the kind of disclosure find."""
    kind = case.disclosure.target.kind
    return [finding for rule in RULES if kind in rule.kinds for finding in rule.check(case)]
