"""What clerks type wrong and no schema sees: targets, days, rows of accounts, last year's totals."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"
BUDGET = "2023/budget.yaml"
ACCOUNTS = "2023/accounts.yaml"


@pytest.mark.parametrize(
    ("name", "target", "code"),
    [
        ("成本", "≤万元", "G020"),
        ("件数", "≥10", "G020"),
        ("读者满意度", "≤95%", "G021"),
        ("读者满意度（%）", "≥0.95%", "G021"),
        ("读者满意度（%）", "≥950%", "G015"),
    ],
)
def test_a_target_that_says_nothing_or_too_much(workspace: Demo, name: str, target: str, code: str) -> None:
    workspace.edit(STORE, "{name: 件数, target: ≥10件}", f"{{name: {name}, target: '{target}'}}")
    assert [one.partition(" ")[2] for one in workspace.found("G015", "G020", "G021")] == [code]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("受理率（%）", "≥95"),
        ("年话务量(万通)", "20"),
        ("故障率", "≤1%"),
        ("群众不满意率", "≤5%"),
        ("完成时间", "2023年9月30日前"),
        ("成本", "10万元—15万元"),
    ],
)
def test_a_target_with_its_unit_in_either_place(workspace: Demo, name: str, target: str) -> None:
    workspace.edit(STORE, "{name: 件数, target: ≥10件}", f"{{name: {name}, target: '{target}'}}")
    assert workspace.found() == []


@pytest.mark.parametrize("day", ["2023年13月", "2月30日", "2023年2月29日", "6月31日"])
def test_a_day_that_there_is_not_is_found_where_it_is_written(workspace: Demo, day: str) -> None:
    workspace.edit(STORE, "plan: 这是计划。", f"plan: 库房在{day}完成。")
    assert workspace.found("P035") == [f"{STORE}:16:12 P035"]


@pytest.mark.parametrize("day", ["2023年12月", "2月29日", "9月30日", "12个月", "第13月", "1-12月"])
def test_days_that_there_are(workspace: Demo, day: str) -> None:
    workspace.edit(STORE, "plan: 这是计划。", f"plan: 库房在{day}完成。")
    assert workspace.found("P035") == []


def test_a_project_of_one_year_does_not_last_three(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    assert workspace.found("G016") == [f"{STORE}:8:17 G016"]


def test_an_old_system_is_no_plan_left_over(workspace: Demo) -> None:
    workspace.edit(STORE, "plan: 这是计划。", "plan: 原系统于2016年建成，须更换。")
    assert workspace.found("Y005") == []


def test_a_year_left_over_is_shown_where_it_is_written(workspace: Demo) -> None:
    workspace.edit(STORE, "plan: 这是计划。", "plan: 计划在2021年完成。")
    assert workspace.found("Y005") == [f"{STORE}:16:12 Y005"]


def test_a_telephone_number_is_shown_where_it_is_written(workspace: Demo) -> None:
    workspace.edit(STORE, "plan: 这是计划。", "plan: 这是计划，联系０３５８-8220000。")
    assert workspace.found("D001") == [f"{STORE}:16:16 D001"]


def test_last_years_income_that_is_not_its_expenditure_is_found(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  income:\n    - {amount: 80}", "  income:\n    - {amount: 800}")
    assert workspace.found("R027") == ["2023/budget.yaml:19:7 R027"]


def test_a_row_of_accounts_written_twice_is_found_and_one_that_takes_back_is_not(accounts: Demo) -> None:
    row = "  - {department: 30231, unit: agency, amount: 5}\n"
    accounts.edit(ACCOUNTS, row, row * 2)
    assert len(accounts.findings("R016")) == 1
    accounts.edit(ACCOUNTS, row * 2, row + row.replace("5}", "-1}"))
    assert accounts.findings("R016") == []


def test_what_a_code_spends_beyond_its_income_comes_from_balances(accounts: Demo) -> None:
    assert accounts.findings("R028") == []
    text = (accounts.folder / ACCOUNTS).read_text(encoding="utf-8")
    begin = text.index("income:")
    swapped = text[begin : text.index("expenditure:")].replace("2010350", "x").replace("2010301", "2010350")
    accounts.write(ACCOUNTS, text[:begin] + swapped.replace("x", "2010301") + text[text.index("expenditure:") :])
    assert {one.code for one in accounts.findings("R010", "R028")} == {"R028"}
