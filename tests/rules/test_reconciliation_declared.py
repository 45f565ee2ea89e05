"""Rules of 勾稽 (R): figures declared of last year, or of the year's budget."""

from __future__ import annotations

import pytest

from tests.accounts import NO_PRIOR
from tests.conftest import Demo

BUDGET, ACCOUNTS = "2023/budget.yaml", "2023/accounts.yaml"
SPENT = "  expenditure:\n    - {amount: 80}\n"
PRIOR_OF_ACCOUNTS = """\
prior:
  source: 2022年部门决算公开
  income:
    - {amount: 80}
  expenditure:
    - {function: 201, amount: 74}
    - {function: 208, amount: 4}
  closing_balance:
    - {amount: 2}
"""
APPROVED = """\
approved:
  source: 2023年部门预算公开
  expenditure:
    - {function: 201, amount: 96}
    - {function: 208, amount: 3.9}
"""


@pytest.fixture
def declared(accounts: Demo) -> Demo:
    """Accounts whose last year and whose budget are declared."""
    (accounts.folder / BUDGET).unlink()
    accounts.edit(ACCOUNTS, NO_PRIOR, APPROVED + PRIOR_OF_ACCOUNTS)
    return accounts


def test_what_is_declared_rightly_has_no_finding(declared: Demo) -> None:
    assert declared.findings("R026", "R027", "R030", "R031", "R032", "R033", "R034") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{function: 208, amount: 4}", "{function: 208, amount: 40000}"),
        ("    - {function: 208, amount: 4}\n", ""),  # dropped
        ("{function: 201, amount: 74}", "{function: 201, amount: 47}"),
        ("{function: 201, amount: 74}", "{function: 201, amount: -74}"),
        ("{function: 208, amount: 4}", "{fund: government_fund, function: 208, amount: 4}"),
        ("    - {amount: 80}\n", "    - {fund: unit_funds, amount: 80}\n"),
    ],
)
def test_r027_last_years_accounts_balance_fund_by_fund(declared: Demo, old: str, new: str) -> None:
    declared.edit(ACCOUNTS, old, new)
    assert {finding.severity for finding in declared.findings("R027")} == {"warning"}


def test_r027_tells_the_line_that_holds_the_slip(declared: Demo) -> None:
    declared.edit(ACCOUNTS, "{function: 208, amount: 4}", "{function: 208, amount: 40}")
    (finding,) = declared.findings("R027")
    assert finding.message == "上年收入800,000元，上年支出1,160,000元，相差360,000元"
    assert finding.hint.startswith("多半是accounts.yaml第36行少写或多写了一位；")


def test_r027_balances_of_both_ends_count(declared: Demo) -> None:
    declared.edit(ACCOUNTS, "  closing_balance:\n    - {amount: 2}\n", "")
    assert len(declared.findings("R027")) == len(declared.findings("R032")) == 1


def test_r027_of_a_budget_is_held_fund_by_fund(workspace: Demo) -> None:
    workspace.edit(BUDGET, SPENT, SPENT.replace("{", "{fund: unit_funds, "))
    assert [one.message for one in workspace.findings("R027")] == [
        "上年一般公共预算收入800,000元，上年一般公共预算支出0元，相差800,000元",
        "上年非财政拨款收入0元，上年非财政拨款支出800,000元，相差800,000元",
    ]


@pytest.mark.parametrize(("project", "found"), [("30", 0), ("30.01", 1), ("300000", 1)])
def test_r030_basic_and_project_are_all_of_last_years_expenditure(workspace: Demo, project: str, found: int) -> None:
    parts = f"  basic:\n    - {{department: 301, amount: 50}}\n  project:\n    - {{amount: {project}}}\n"
    workspace.edit(BUDGET, SPENT, SPENT + parts)
    assert len(workspace.findings("R030")) == found


def test_r030_expenditure_by_nature_agrees_with_its_parts(workspace: Demo) -> None:
    by_nature = "  expenditure:\n    - {nature: basic, amount: 50}\n    - {nature: project, amount: 30}\n"
    parts = "  basic:\n    - {department: 301, amount: 40}\n  project:\n    - {amount: 40}\n"
    workspace.edit(BUDGET, SPENT, by_nature + parts)
    assert len(workspace.findings("R030")) == 2


@pytest.mark.parametrize(("amount", "found"), [("80", 0), ("80.01", 1)])
def test_r031_last_years_three_public_is_within_its_expenditure(workspace: Demo, amount: str, found: int) -> None:
    workspace.edit(BUDGET, "item: vehicle_operation, amount: 8}", f"item: vehicle_operation, amount: {amount}}}")
    assert len(workspace.findings("R031")) == found


@pytest.mark.parametrize(("operating", "found"), [("15", 0), ("14", 1)])
def test_r031_last_years_agency_operation_is_within_its_operating(workspace: Demo, operating: str, found: int) -> None:
    basic = f"  basic:\n    - {{department: 301, amount: 60}}\n    - {{department: 302, amount: {operating}}}\n"
    workspace.edit(BUDGET, SPENT, SPENT + basic)
    assert len(workspace.findings("R031")) == found


def test_r032_the_opening_balance_is_last_years_closing(declared: Demo) -> None:
    declared.edit(ACCOUNTS, "  closing_balance:\n    - {amount: 2}", "  closing_balance:\n    - {amount: 3}")
    (finding,) = declared.findings("R032")
    assert finding.message == "一般公共预算年初结转和结余20,000元，上年年末结转和结余30,000元，相差10,000元"


def test_r032_says_nothing_where_last_year_is_not_known(accounts: Demo) -> None:
    assert accounts.findings("R032") == []


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("201, amount: 485", 0),  # 97万元 were spent, projects among them: a fifth
        ("201, amount: 19.4", 0),
        ("201, amount: 9.6", 1),
        ("201, amount: 19.39", 1),
        ("201, amount: 960000", 1),
        ("201, amount: -96", 1),
    ],
)
def test_r033_a_class_is_spent_about_as_approved(declared: Demo, row: str, found: int) -> None:
    declared.edit(ACCOUNTS, "{function: 201, amount: 96}", f"{{function: {row}}}")
    assert len(declared.findings("R033")) == found


@pytest.mark.parametrize(("amount", "found"), [("0.39", 0), ("39", 1), ("5", 0)])
def test_r033_a_class_of_basic_expenditure_keeps_closer_but_small_ones_are_let_be(
    declared: Demo, amount: str, found: int
) -> None:
    declared.edit(ACCOUNTS, "{function: 208, amount: 3.9}", f"{{function: 208, amount: {amount}}}")
    assert len(declared.findings("R033")) == found


@pytest.mark.parametrize(
    ("amount", "found"), [("101", []), ("10.1", ["支出年初预算101,000元，决算1,010,000元，完成年初预算的1000.00%"])]
)
def test_r033_a_budget_that_is_declared_whole_is_held_as_a_whole(declared: Demo, amount: str, found: list[str]) -> None:
    rows = "    - {function: 201, amount: 96}\n    - {function: 208, amount: 3.9}\n"
    declared.edit(ACCOUNTS, rows, f"    - {{amount: {amount}}}\n")
    assert [one.message for one in declared.findings("R033")] == found


def test_r034_a_class_of_basic_expenditure_that_was_dropped_is_missed(declared: Demo) -> None:
    declared.edit(ACCOUNTS, "    - {function: 208, amount: 3.9}\n", "")
    (finding,) = declared.findings("R034")
    assert finding.message == "208社会保障和就业支出本年基本支出40,000元，approved里没有这一类"


def test_r034_a_class_of_another_fund_is_not_that_class(declared: Demo) -> None:
    declared.edit(ACCOUNTS, "{function: 208, amount: 3.9}", "{function: 208, fund: unit_funds, amount: 3.9}")
    assert len(declared.findings("R034")) == 1


def test_r034_a_class_of_projects_may_come_in_the_course_of_the_year(declared: Demo) -> None:
    declared.edit(ACCOUNTS, "{function: 2010350, project: 8}", "{function: 2120399, project: 8}")
    assert declared.findings("R034") == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            "{function: 201, amount: 50}, {function: 20103, amount: 30}",
            ["prior.expenditure里写了201（第20行），又写了它下面的20103，两行会相加"],
        ),
        ("{function: 201, amount: 50}, {function: 2080505, amount: 30}", []),
        ("{function: 201, nature: basic, amount: 50}, {function: 20103, nature: project, amount: 30}", []),
        ("{function: 201, amount: 50}, {function: 20103, fund: government_fund, amount: 30}", []),
    ],
)
def test_r035_a_code_and_one_below_it_are_not_both_declared(workspace: Demo, rows: str, found: list[str]) -> None:
    workspace.edit(BUDGET, SPENT, f"  expenditure: [{rows}]\n")
    assert [one.message for one in workspace.findings("R035")] == found


def test_r035_of_what_was_approved(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, NO_PRIOR, APPROVED + "    - {function: 2010301, amount: 1}\n" + NO_PRIOR)
    (accounts.folder / BUDGET).unlink()
    assert len(accounts.findings("R035")) == 1


def test_r035_of_last_years_basic(workspace: Demo) -> None:
    basic = "  basic:\n    - {department: 302, amount: 40}\n    - {department: 30201, amount: 40}\n"
    workspace.edit(BUDGET, SPENT, SPENT + basic)
    assert len(workspace.findings("R035")) == 1


def test_last_years_income_that_is_not_its_expenditure_is_found(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  income:\n    - {amount: 80}", "  income:\n    - {amount: 800}")
    assert workspace.found("R027") == ["2023/budget.yaml:19:7 R027"]
