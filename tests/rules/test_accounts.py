"""勾稽 of accounts: what came is what went, and rules that budgets have too."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"


def test_r010_what_came_must_be_what_went(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 3.0001}")
    assert accounts.found("R010") == [f"{ACCOUNTS}:18:5 R010"]
    assert accounts.findings("R010")[0].message == (
        "一般公共预算年初结转加本年收入1,040,000元，本年支出加年末结转1,040,001元，相差1元"
    )


def test_r010_balances_that_make_up_the_difference_are_accepted(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "opening_balance:\n  - {amount: 2}", "opening_balance:\n  - {amount: 12}")
    accounts.edit(ACCOUNTS, "closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 13}")
    assert accounts.found("R010") == []


def test_r010_holds_fund_by_fund_of_appropriation(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "opening_balance:\n", "opening_balance:\n  - {fund: state_capital, amount: 1}\n")
    accounts.edit(ACCOUNTS, "closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 4}")
    assert accounts.found("R010") == [f"{ACCOUNTS}:18:5 R010", f"{ACCOUNTS}:19:5 R010"]
    assert [finding.message.partition("年初")[0] for finding in accounts.findings("R010")] == [
        "国有资本经营预算",
        "一般公共预算",
    ]


def test_accounts_of_which_more_came_back_than_went_out_are_accepted(accounts: Demo) -> None:
    """冲减 may leave 公用经费 or all that buys below nothing; nothing declared is not more than that."""
    for old, new in (
        ("agency, amount: 14", "agency, amount: -14"),
        ("archive, amount: 2", "archive, amount: -2"),
        ("agency, amount: 5", "agency, amount: -5"),
        ("30101, amount: 43", "30101, amount: 85"),
        ("project: 29", "project: -29"),
        ("{function: 2010301, amount: 90}", "{function: 2010301, amount: 32}"),
        ("procurement: {goods: 3, works: 0, services: 6}\n", ""),
    ):
        accounts.edit(ACCOUNTS, old, new)
    assert accounts.found("R010", "R012", "R013") == []


OWN = """\
  - {function: 2010350, fund: service_income, amount: 5}
  - {function: 2010350, fund: other_income, amount: 2}
"""


def test_r010_takes_all_money_of_units_together(accounts: Demo) -> None:
    # 5 of 事业收入, 2 of 其他收入 and 3 of 结余 are spent as 单位资金: 6, with 1 distributed and 3 left.
    accounts.edit(ACCOUNTS, "expenditure:\n", f"{OWN}expenditure:\n")
    accounts.edit(
        ACCOUNTS, "basic:\n  - {dep", "  - {function: 2010350, fund: unit_funds, business: 6}\nbasic:\n  - {dep"
    )
    accounts.edit(ACCOUNTS, "closing_balance:\n", "surplus_used:\n  - {amount: 3}\nclosing_balance:\n")
    accounts.edit(
        ACCOUNTS,
        "three_public:\n",
        "  - {fund: unit_funds, amount: 3}\nsurplus_distributed:\n  - {amount: 1}\nthree_public:\n",
    )
    assert accounts.found("R010") == []
    accounts.edit(ACCOUNTS, "business: 6", "business: 5")
    assert [one.split()[1] for one in accounts.found("R010")] == ["R010"]
    assert accounts.findings("R010")[0].message.startswith("非财政拨款年初结转加本年收入100,000元")


def test_r001_is_not_for_accounts(accounts: Demo) -> None:
    # Income of 102 is not expenditure of 101, and need not be.
    assert accounts.found("R001") == []


FUND = "  - {{fund: government_fund, {}amount: 5}}\n"


@pytest.mark.parametrize(("balance", "line"), [("opening_balance", 18), ("closing_balance", 20)])
def test_r011_balances_of_government_funds_name_their_function(accounts: Demo, balance: str, line: int) -> None:
    accounts.edit(ACCOUNTS, f"{balance}:\n", f"{balance}:\n{FUND.format('')}")
    assert f"{ACCOUNTS}:{line}:5 R011" in accounts.found("R011")
    assert accounts.compose().document is None


def test_r011_balances_that_name_it_and_those_of_other_funds_are_accepted(accounts: Demo) -> None:
    for balance in ("opening_balance", "closing_balance"):
        accounts.edit(ACCOUNTS, f"{balance}:\n", f"{balance}:\n{FUND.format('function: 2120399, ')}")
    assert accounts.found("R011") == []


def test_r011_a_balance_of_nothing_needs_no_function(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "opening_balance:\n", f"opening_balance:\n{FUND.format('').replace('5', '0')}")
    assert accounts.found("R011") == []


def test_r002_holds_in_accounts(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "amount: 43}", "amount: 44}")
    assert accounts.found("R002") == [f"{ACCOUNTS}:13:5 R002"]
    assert "按功能分类640,000元，按经济分类650,000元" in accounts.findings("R002")[0].message


def test_r004_operating_expenditure_of_accounts_says_whose_it_is(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "department: 30201, unit: agency", "department: 30201")
    assert accounts.found("R004") == [f"{ACCOUNTS}:14:5 R004"]
    accounts.edit(ACCOUNTS, "department: 30201, amount: 14", "department: 30201, unit_kind: institution, amount: 14")
    assert accounts.found("R004") == []


@pytest.mark.parametrize("fund", ["special_account", "unit_funds"])
def test_r007_income_that_the_form_has_no_row_for_would_be_in_the_total_only(accounts: Demo, fund: str) -> None:
    accounts.edit(ACCOUNTS, "function: 2010350, amount: 8", f"function: 2010350, fund: {fund}, amount: 8")
    assert f"{ACCOUNTS}:6:5 R007" in accounts.found("R007")
    assert accounts.compose().document is None


def test_r009_a_class_written_whole_beside_its_codes_is_refused(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "department: 30201, unit: archive", "department: 302, unit: archive")
    assert accounts.found("R009") == [f"{ACCOUNTS}:15:5 R009"]
    assert accounts.findings("R009")[0].message == "302这一类已经写到款，又写了一行类"
    assert accounts.compose().document is None


def test_r009_a_class_written_whole_by_itself_is_accepted(accounts: Demo) -> None:
    text = (accounts.folder / ACCOUNTS).read_text(encoding="utf-8")
    # 43 of 30101 stay 43 of 301.
    accounts.write(ACCOUNTS, text.replace("department: 30101", "department: 301"))
    assert accounts.found("R009") == []


def test_r006_three_public_of_accounts_is_within_what_projects_spent(accounts: Demo) -> None:
    # Projects spent 29 and 8.
    accounts.edit(ACCOUNTS, "adjusted: 7}", "adjusted: 7, amount: 37.5}")
    assert accounts.found("R006") == [f"{ACCOUNTS}:22:5 R006"]
    accounts.edit(ACCOUNTS, "amount: 37.5}", "amount: 37}")
    assert accounts.found("R006") == []


def test_rules_of_projects_are_not_for_accounts(accounts: Demo) -> None:
    # 37 of 项目支出 were executed, and the projects of the budget are 36.
    assert "R003" not in " ".join(accounts.found())
