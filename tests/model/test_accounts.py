"""accounts.yaml as facts: lines of 决算 and 全年预算, balances, and what it is compared with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.model.line import Fund, Nature, Origin, Source, Stage, UnitKind
from tests.accounts import NO_PRIOR
from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"
NARRATIVE = "2023/accounts-narrative.yaml"
APPROVED = """\
approved:
  source: 2023年部门预算公开
  expenditure:
    - {function: 201, amount: 50}
    - {function: 208, amount: 4}
"""
PRIOR = """\
prior:
  source: 2022年部门决算公开
  income: [{amount: 90}]
  expenditure:
    - {function: 201, amount: 87}
    - {function: 208, amount: 3}
  closing_balance: [{amount: 2}]
"""


def append(demo: Demo, text: str) -> None:
    demo.write(ACCOUNTS, (demo.folder / ACCOUNTS).read_text(encoding="utf-8") + text)


def situation(demo: Demo) -> str:
    """The text of a document whose changes need not have reasons."""
    document = demo.compose().document
    assert document is not None
    return "\n".join(block.text for block in document.text.blocks if hasattr(block, "text"))


def test_accounts_in_order_have_no_findings(accounts: Demo) -> None:
    assert accounts.found() == []


def test_lines_of_accounts_are_executed(accounts: Demo) -> None:
    lines = accounts.facts().lines
    assert {line.stage for source in (Source.INCOME, Source.EXPENDITURE, Source.BASIC) for line in lines[source]} == {
        Stage.EXECUTED
    }
    assert [int(line.amount) for line in lines[Source.INCOME]] == [900_000, 80_000, 40_000]


def test_income_of_accounts_is_known_by_its_function(accounts: Demo) -> None:
    assert [line.function_code for line in accounts.facts().lines[Source.INCOME]] == ["2010301", "2010350", "2080505"]


def test_amounts_of_accounts_may_be_negative(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "basic: 60, project: 29}", "basic: 60, project: 29}\n  - {function: 2010301, basic: -2.5}")
    accounts.edit(ACCOUNTS, "amount: 43}", "amount: 43}\n  - {department: 30101, amount: -2.5}")
    accounts.edit(ACCOUNTS, "closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 5.5}")
    assert accounts.found() == []
    assert accounts.facts().lines[Source.BASIC][1].amount == Decimal(-25_000)


@pytest.mark.parametrize("name", ["2023/budget.yaml", "2023/projects/1-store.yaml"])
def test_amounts_of_budgets_may_not_be_negative(workspace: Demo, name: str) -> None:
    old = "amount: 100}" if name.endswith("budget.yaml") else "- {amount: 270000}"
    workspace.edit(name, old, old.replace("amount: ", "amount: -"))
    assert [one.split()[1][0] for one in workspace.found()] == ["S"]


def test_a_row_of_expenditure_may_be_of_five_natures(accounts: Demo) -> None:
    five = "fund: unit_funds, basic: 1, project: 2, remittance: 3, business: 4, subsidy: 5"
    accounts.edit(ACCOUNTS, "basic:\n  - {dep", f"  - {{function: 2010350, {five}}}\nbasic:\n  - {{dep")
    found = [line for line in accounts.facts().lines[Source.EXPENDITURE] if line.fund is Fund.UNIT_FUNDS]
    assert [(line.nature, int(line.amount)) for line in found] == [
        (Nature.BASIC, 10_000),
        (Nature.PROJECT, 20_000),
        (Nature.REMITTANCE, 30_000),
        (Nature.BUSINESS, 40_000),
        (Nature.SUBSIDY, 50_000),
    ]


@pytest.mark.parametrize(
    ("balance", "fund"),
    [
        (Source.OPENING_BALANCE, Fund.GENERAL),
        (Source.CLOSING_BALANCE, Fund.GENERAL),
        (Source.SURPLUS_USED, Fund.UNIT_FUNDS),
        (Source.SURPLUS_DISTRIBUTED, Fund.UNIT_FUNDS),
    ],
)
def test_a_balance_that_names_no_fund_is_of_the_usual_one(accounts: Demo, balance: Source, fund: Fund) -> None:
    text = (accounts.folder / ACCOUNTS).read_text(encoding="utf-8")
    rest = text.replace("opening_balance:\n  - {amount: 2}\nclosing_balance:\n  - {amount: 3}\n", "")
    accounts.write(ACCOUNTS, f"{rest}{balance}:\n  - {{amount: 7}}\n")
    (line,) = accounts.facts().lines[balance]
    assert (line.fund, line.origin, line.stage) == (fund, Origin.CARRYOVER, Stage.EXECUTED)
    assert line.amount == 70_000


def test_a_balance_may_name_its_fund_and_its_function(accounts: Demo) -> None:
    accounts.edit(
        ACCOUNTS, "opening_balance:\n", "opening_balance:\n  - {fund: government_fund, function: 2120399, amount: 7}\n"
    )
    line = accounts.facts().lines[Source.OPENING_BALANCE][0]
    assert (line.fund, line.function_code) == (Fund.GOVERNMENT_FUND, "2120399")


def test_the_budget_after_adjustment_stands_beside_what_was_executed(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "adjusted: 7}", "adjusted: 7, amount: 2}\n  - {item: reception, amount: 1}")
    lines = accounts.facts().lines[Source.THREE_PUBLIC]
    assert [(line.stage, line.item, line.nature, int(line.amount)) for line in lines] == [
        (Stage.EXECUTED, "vehicle_operation", Nature.PROJECT, 20_000),
        (Stage.EXECUTED, "reception", Nature.PROJECT, 10_000),
        (Stage.ADJUSTED, "vehicle_operation", None, 70_000),
    ]


def test_basic_expenditure_of_accounts_needs_no_government_code(accounts: Demo) -> None:
    line = accounts.facts().lines[Source.BASIC][0]
    assert (line.government_economic_code, line.unit_kind) == (None, None)


def test_a_department_with_one_kind_of_unit_need_not_say_which(accounts: Demo) -> None:
    accounts.edit("department.yaml", "kind: institution", "kind: administrative")
    assert {line.unit_kind for line in accounts.facts().lines[Source.BASIC]} == {UnitKind.ADMINISTRATIVE}


def test_counts_of_three_public_are_zero_where_they_are_left_out(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "counts: {vehicles_kept: 1}", "counts: {vehicles_kept: 2, domestic_people: 30}")
    assert accounts.facts().counts == {"vehicles_kept": 2, "domestic_people": 30}
    said = situation(accounts)
    assert "公务用车保有量2辆" in said
    assert "30人次" in said
    assert "0批次" in said


def test_the_budget_of_the_year_is_what_was_approved(accounts: Demo) -> None:
    # 97 of 201 and 3 of 208 were approved, 97 and 4 were executed.
    assert "一般公共服务支出年初预算97.00万元，支出决算97.00万元，完成年初预算的100.00%" in situation(accounts)
    assert "社会保障和就业支出年初预算3.00万元，支出决算4.00万元，完成年初预算的133.33%" in situation(accounts)


def test_without_a_budget_of_the_year_what_was_approved_may_be_declared(accounts: Demo) -> None:
    (accounts.folder / "2023" / "budget.yaml").unlink()
    append(accounts, APPROVED)
    assert accounts.found() == []
    assert "支出年初预算54.00万元，支出决算101.00万元，完成年初预算的187.04%" in situation(accounts)
    assert "社会保障和就业支出年初预算4.00万元，支出决算4.00万元，完成年初预算的100.00%" in situation(accounts)


def test_what_was_approved_both_declared_and_in_a_budget_is_an_error(accounts: Demo) -> None:
    append(accounts, APPROVED)
    assert accounts.found() == [f"{ACCOUNTS}:{line_of(accounts, 'approved:')}:1 M011"]


def test_a_fault_in_the_budget_of_the_year_is_reported_there(accounts: Demo) -> None:
    accounts.edit("2023/budget.yaml", "function: 2080505", "function: 2080500")
    assert "2023/budget.yaml:9:16 C001" in accounts.found()


def test_last_years_accounts_may_be_declared(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, NO_PRIOR, PRIOR)
    said = situation(accounts)
    # Of income there is nothing but 90; what was spent and left is 87 + 3 + 2.
    assert "收入总计增加14.00万元，增长15.56%" in said
    assert "支出总计增加12.00万元，增长13.04%" in said
    assert "支出决算4.00万元，完成年初预算的133.33%，用于养老保险。较上年决算增加1.00万元，增长33.33%" in said


def add_last_year(demo: Demo) -> None:
    """The accounts of 2022 in files: 1 less of 208 was spent, and the balance was nothing."""
    demo.edit(ACCOUNTS, NO_PRIOR, "")
    text = (demo.folder / ACCOUNTS).read_text(encoding="utf-8")
    text = text.replace("year: 2023", "year: 2022").replace("2080505, basic: 4", "2080505, basic: 3")
    text = text.replace("opening_balance:\n  - {amount: 2}\n", "").replace("amount: 43", "amount: 42")
    demo.write(
        "2022/accounts.yaml", text.replace("closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 2}")
    )
    demo.write("2022/accounts-narrative.yaml", (demo.folder / NARRATIVE).read_text(encoding="utf-8"))


def test_last_years_accounts_come_from_the_workspace(accounts: Demo) -> None:
    add_last_year(accounts)
    said = situation(accounts)
    # 100 were spent and 2 left, of 102; now 101 are spent and 3 left, of 104.
    assert "收入总计增加2.00万元，增长1.96%" in said
    assert "支出总计增加2.00万元，增长1.96%" in said
    assert "较上年决算增加1.00万元，增长33.33%" in said
    assert "机关运行经费支出19.00万元，与2022年相同。" in said


def test_last_years_budget_is_not_last_years_accounts(accounts: Demo) -> None:
    text = (accounts.folder / "2023" / "budget.yaml").read_text(encoding="utf-8")
    accounts.write("2022/budget.yaml", text.replace("year: 2023", "year: 2022"))
    assert "与上年相比" not in situation(accounts)


def test_last_years_accounts_both_declared_and_in_files_is_an_error(accounts: Demo) -> None:
    add_last_year(accounts)
    append(accounts, PRIOR)
    assert accounts.found() == [f"{ACCOUNTS}:{line_of(accounts, 'prior:')}:1 M006"]


def line_of(demo: Demo, words: str) -> int:
    """The line of the accounts that the words stand in."""
    text = (demo.folder / ACCOUNTS).read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1


def test_a_form_of_budgets_is_not_for_accounts(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "shanxi-accounts-2024", "shanxi-budget-2023")
    assert accounts.found() == [f"{ACCOUNTS}:1:7 M008"]


def test_a_form_of_accounts_is_not_for_budgets(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanxi-accounts-2024")
    assert workspace.found() == ["2023/budget.yaml:1:7 M008"]


def test_accounts_without_their_narrative_are_reported(accounts: Demo) -> None:
    (accounts.folder / "2023" / "accounts-narrative.yaml").unlink()
    assert accounts.found() == ["2023/accounts-narrative.yaml:1:1 L012"]


def test_agency_operation_of_accounts_may_be_declared_by_unit(accounts: Demo) -> None:
    append(accounts, "agency_operation:\n  - {unit: agency, amount: 13}\n")
    lines = accounts.facts().lines[Source.AGENCY_OPERATION]
    assert [(line.unit, int(line.amount), line.stage) for line in lines] == [("agency", 130_000, Stage.EXECUTED)]
    assert lines[0].unit_kind is UnitKind.ADMINISTRATIVE  # 公开10表 asks for it
    assert accounts.found() == []


def test_a_declared_budget_may_have_three_public_by_item(accounts: Demo) -> None:
    (accounts.folder / "2023/budget.yaml").unlink()
    append(accounts, APPROVED + "  three_public:\n    - {item: reception, amount: 0.5}\n")
    declared = accounts.facts().declared_approved
    assert declared is not None
    assert [(line.item, int(line.amount)) for line in declared.lines[Source.THREE_PUBLIC]] == [("reception", 5_000)]


def test_what_small_firms_won_is_added_up_either_way(accounts: Demo) -> None:
    accounts.edit(ACCOUNTS, "services: 6}", "services: 6, awarded: {goods: 1, works: 0, services: 2, micro: 1}}")
    awarded = accounts.facts().awarded
    assert awarded is not None
    assert (awarded.sme, awarded.by_project) == (Decimal(30_000), None)
    accounts.edit(ACCOUNTS, "goods: 1, works: 0, services: 2, micro: 1", "reserved_sme: 4, others: 1")
    awarded = accounts.facts().awarded
    assert awarded is not None
    assert (awarded.sme, awarded.by_item) == (Decimal(50_000), None)


@pytest.mark.parametrize("half", ["{goods: 1, works: 0}", "{reserved_sme: 1}", "{others: 1}", "{}"])
def test_a_split_of_what_small_firms_won_is_written_whole(accounts: Demo, half: str) -> None:
    accounts.edit(ACCOUNTS, "services: 6}", f"services: 6, awarded: {half}}}")
    assert [found.split()[1][0] for found in accounts.found()] == ["S"]
