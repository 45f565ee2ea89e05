"""The table of contents of all rules, in the order a clerk would mend things."""

from __future__ import annotations

from discgen.diagnostics import Diagnostic
from discgen.rules import assets, goal_sheets, prose, reconciliation
from discgen.rules.case import Case, Rule

RULES: tuple[Rule, ...] = (
    Rule(("R001",), "收入总计等于支出总计", reconciliation.income_is_expenditure),
    Rule(("R002",), "基本支出按功能分类与按经济分类相等", reconciliation.basic_by_function_is_by_economic_code),
    Rule(("R003",), "各科目的项目支出等于其项目之和", reconciliation.projects_are_project_column),
    Rule(("R004",), "机关运行经费分得清单位", reconciliation.agency_operation_has_units),
    Rule(("R005",), "基金收入写明收入科目", reconciliation.fund_income_has_codes),
    Rule(("R006",), "项目安排的“三公”经费不超过项目支出", reconciliation.three_public_is_within_projects),
    Rule(("A001",), "车辆按用途之和等于实有数", assets.uses_are_owned),
    Rule(("G001",), "绩效目标表的年度资金等于项目金额", goal_sheets.annual_funds_are_project),
    Rule(("G002",), "实施期资金不少于年度资金", goal_sheets.whole_period_holds_annual),
    Rule(("G003",), "二级指标都在表式里", goal_sheets.aspects_are_of_form),
    Rule(("G004",), "项目写明类别", goal_sheets.projects_have_category),
    Rule(("P004", "P005"), "文字里的金额用表达式引用", prose.amounts_are_cited),
    Rule(("P006", "P007"), "有增减就有原因", prose.changes_have_reasons),
)


def run(case: Case) -> list[Diagnostic]:
    """What all rules find."""
    return [finding for rule in RULES for finding in rule.check(case)]
