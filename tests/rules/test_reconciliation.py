"""Rules of 勾稽 (R): margins over the same money."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"


def only_message(demo: Demo) -> str:
    findings = demo.check()
    assert len(findings) == 1
    return findings[0].message


def test_what_reconciles_has_no_findings(workspace: Demo) -> None:
    assert workspace.found() == []


def test_r001_income_must_equal_expenditure(workspace: Demo) -> None:
    workspace.edit(BUDGET, "amount: 100}", "amount: 100.01}")
    assert workspace.found() == ["2023/budget.yaml:5:5 R001"]
    assert only_message(workspace) == "一般公共预算当年收入1,000,100元，支出1,000,000元，相差100元"


def test_r001_holds_fund_by_fund(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{function: 2010350, project: 9}", "{function: 2010350, fund: unit_funds, project: 9}")
    workspace.edit("2023/projects/2-scan.yaml", "- {amount", "- {fund: unit_funds, amount")
    # The fund that has no income is placed where it is spent.
    assert workspace.found() == ["2023/budget.yaml:5:5 R001", "2023/budget.yaml:8:52 R001"]
    workspace.edit(BUDGET, "{fund: general, amount: 100}", "{amount: 91}\n  - {fund: unit_funds, amount: 9}")
    assert workspace.found() == []


def test_r001_keeps_carryover_apart(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{fund: general, amount: 100}", "{amount: 99}\n  - {origin: carryover, amount: 1}")
    assert [place.split()[1] for place in workspace.found()] == ["R001", "R001"]
    assert "一般公共预算上年结转收入10,000元，支出0元" in workspace.check()[1].message


def test_r001_a_fund_of_nothing_on_one_side_is_no_difference(workspace: Demo) -> None:
    workspace.edit(BUDGET, "amount: 100}", "amount: 100}\n  - {fund: unit_funds, amount: 0}")
    assert workspace.found() == []


def test_r002_basic_by_function_must_equal_basic_by_economic_code(workspace: Demo) -> None:
    workspace.edit(BUDGET, "amount: 40}", "amount: 40.5}")
    assert workspace.found() == ["2023/budget.yaml:11:5 R002"]
    assert only_message(workspace) == ("一般公共预算当年基本支出按功能分类640,000元，按经济分类645,000元，相差5,000元")


def test_r002_holds_fund_by_fund(workspace: Demo) -> None:
    workspace.edit(BUDGET, "government: 50101, amount: 40", "government: 50101, fund: unit_funds, amount: 40")
    assert [place.split()[1] for place in workspace.found()] == ["R002", "R002"]


def test_r003_projects_must_equal_the_project_column_of_their_code(workspace: Demo) -> None:
    workspace.add_project("2-scan", "2010350", "80000", unit="archive")
    assert workspace.found() == ["2023/budget.yaml:8:34 R003"]
    assert only_message(workspace) == (
        "2010350事业运行（一般公共预算当年）项目支出90,000元，该科目1个项目合计80,000元，相差10,000元"
    )


def test_r003_a_project_of_a_code_that_has_no_project_column_is_placed_at_the_project(workspace: Demo) -> None:
    workspace.add_project("3-more", "2080505", "50000")
    assert workspace.found() == ["2023/projects/3-more.yaml:5:5 R003"]


def test_r003_a_project_that_was_forgotten_is_asked_for(workspace: Demo) -> None:
    (workspace.folder / "2023/projects/2-scan.yaml").unlink()
    finding = next(one for one in workspace.check() if one.code == "R003")
    assert finding.hint.startswith("projects/下没有2010350的项目：漏了的补上，一个项目一个文件")


def test_r003_several_projects_of_a_code_are_added(workspace: Demo) -> None:
    workspace.add_project("2-scan", "2010350", "80000", unit="archive")
    workspace.add_project("3-more", "2010350", "10000")
    assert workspace.found() == []


def test_r003_holds_fund_by_fund(workspace: Demo) -> None:
    workspace.edit("2023/projects/2-scan.yaml", "- {amount", "- {fund: unit_funds, amount")
    assert workspace.found() == ["2023/budget.yaml:8:34 R003", "2023/projects/2-scan.yaml:5:5 R003"]


@pytest.fixture
def two_offices(workspace: Demo) -> Demo:
    """A department with two administrative units."""
    workspace.edit("department.yaml", "kind: institution", "kind: administrative")
    return workspace


def test_r004_agency_operation_of_two_administrative_units_names_its_unit(two_offices: Demo) -> None:
    assert two_offices.found() == ["2023/budget.yaml:12:5 R004", "2023/budget.yaml:14:5 R004"]
    two_offices.edit(BUDGET, "government: 50201", "government: 50201, unit: archive")
    assert two_offices.found() == ["2023/budget.yaml:14:5 R004"]
    two_offices.edit(BUDGET, "government: 50208", "government: 50208, unit: agency")
    assert two_offices.found() == []


def test_r004_concerns_only_what_is_agency_operation(two_offices: Demo) -> None:
    two_offices.edit(BUDGET, "government: 50208", "government: 50208, unit_kind: institution")
    two_offices.edit(BUDGET, "government: 50201", "government: 50201, component: personnel")
    assert "R004" not in " ".join(two_offices.found())


def test_r004_a_department_without_administrative_units_says_so(workspace: Demo) -> None:
    text = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    workspace.write("department.yaml", text.replace("kind: administrative", "kind: institution"))
    assert [finding.hint for finding in workspace.check()] == ["department.yaml里没有行政单位"] * 2


@pytest.mark.parametrize(("fund", "code"), [("government_fund", 1030148), ("state_capital", 1030601)])
def test_r005_fund_income_of_the_year_names_its_code(workspace: Demo, fund: str, code: int) -> None:
    workspace.edit(BUDGET, "amount: 100}", f"amount: 91}}\n  - {{fund: {fund}, amount: 9}}")
    workspace.edit(BUDGET, "{function: 2010350, project: 9}", f"{{function: 2010350, fund: {fund}, project: 9}}")
    workspace.edit("2023/projects/2-scan.yaml", "- {amount", f"- {{fund: {fund}, amount")
    assert workspace.found() == ["2023/budget.yaml:6:5 R005"]
    assert workspace.compose().document is None
    workspace.edit(BUDGET, "amount: 9}\nexpenditure", f"code: {code}, amount: 9}}\nexpenditure")
    assert workspace.found() == []


def test_r005_concerns_neither_other_funds_nor_carryover(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{fund: general, amount: 100}", "{fund: government_fund, origin: carryover, amount: 100}")
    assert "R005" not in " ".join(workspace.found())


def test_a_finding_that_leaves_a_table_without_rows_leaves_no_document(two_offices: Demo) -> None:
    assert two_offices.compose().document is None


def test_margins_that_differ_leave_a_document_for_the_draft(workspace: Demo) -> None:
    workspace.edit(BUDGET, "amount: 100}", "amount: 101}")
    assert workspace.compose().document is not None


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


def three_public(demo: Demo, row: str) -> None:
    demo.edit(BUDGET, "procurement:", f"three_public:\n  - {{{row}}}\nprocurement:")


def test_r006_three_public_that_projects_pay_is_within_project_expenditure(workspace: Demo) -> None:
    three_public(workspace, "item: vehicle_purchase, amount: 36.01")
    assert workspace.found("R006") == [f"{BUDGET}:16:5 R006"]
    assert workspace.findings("R006")[0].message == (
        "项目支出安排的“三公”经费360,100元，多于一般公共预算的项目支出360,000元"
    )
    workspace.edit(BUDGET, "36.01", "36")
    assert "R006" not in " ".join(workspace.found("R006"))


def test_r006_three_public_that_basic_expenditure_pays_is_within_it(workspace: Demo) -> None:
    # 6 of 30231 are in basic already; 58 more are all of 64.
    three_public(workspace, "item: reception, nature: basic, amount: 58.01")
    assert workspace.found("R006")[0].split()[1] == "R006"
    assert workspace.findings("R006")[0].message.startswith("基本支出安排的“三公”经费640,100元，多于")
    workspace.edit(BUDGET, "58.01", "58")
    assert "R006" not in " ".join(workspace.found("R006"))


def test_r006_holds_fund_by_fund(workspace: Demo) -> None:
    three_public(workspace, "item: reception, fund: state_capital, amount: 1")
    assert workspace.found("R006") == [f"{BUDGET}:16:5 R006"]
    assert workspace.findings("R006")[0].message == (
        "项目支出安排的“三公”经费10,000元，多于国有资本经营预算的项目支出0元"
    )


@pytest.fixture
def of_2022(workspace: Demo) -> Demo:
    """The department by a form without 国有资本经营 and 上年结转; its text may want more."""
    workspace.edit(BUDGET, "shanxi-budget-2023", "shanxi-budget-2022")
    return workspace


def codes(demo: Demo) -> list[str]:
    return [one.split()[1] for one in demo.found()]


def test_r007_a_fund_that_the_form_has_no_place_for(of_2022: Demo) -> None:
    of_2022.edit(BUDGET, "amount: 100}", "amount: 100}\n  - {fund: state_capital, code: 1030601, amount: 1}")
    assert f"{BUDGET}:6:5 R007" in of_2022.found("R007")
    found = [finding.message for finding in of_2022.findings("R007") if finding.code == "R007"]
    assert found == ["表式“shanxi-budget-2022”没有国有资本经营预算这一栏"]
    assert of_2022.compose().document is None


def test_r007_carryover_that_the_form_has_no_place_for(of_2022: Demo) -> None:
    of_2022.edit(BUDGET, "{fund: general, amount: 100}", "{amount: 99}\n  - {origin: carryover, amount: 1}")
    assert f"{BUDGET}:6:5 R007" in of_2022.found("R007")
    found = [finding.message for finding in of_2022.findings("R007") if finding.code == "R007"]
    assert found == ["表式“shanxi-budget-2022”没有上年结转这一栏"]


@pytest.mark.parametrize("row", ["fund: state_capital, code: 1030601", "origin: carryover"])
def test_r007_nothing_needs_no_place(of_2022: Demo, row: str) -> None:
    of_2022.edit(BUDGET, "amount: 100}", f"amount: 100}}\n  - {{{row}, amount: 0}}")
    assert "R007" not in codes(of_2022)


def test_r007_what_the_form_has_a_place_for_is_accepted(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{fund: general, amount: 100}", "{amount: 99}\n  - {origin: carryover, amount: 1}")
    assert "R007" not in codes(workspace)


def test_r008_a_form_with_pairs_of_codes_wants_the_government_code(workspace: Demo) -> None:
    workspace.edit(BUDGET, "department: 30101, government: 50101", "department: 30101, unit: agency")
    assert workspace.found("R008") == [f"{BUDGET}:11:5 R008"]
    assert workspace.findings("R008")[0].message == "这一行没有政府预算支出经济分类科目"


@pytest.mark.parametrize("code", ["30101, government: 50101", "30201, government: 50201"])
def test_r008_a_draft_is_made_of_lines_without_the_government_code(workspace: Demo, code: str) -> None:
    workspace.edit(BUDGET, f"department: {code}", f"department: {code[:5]}, unit: agency")
    document = workspace.compose().document
    assert document is not None
    table = next(table for table in document.tables if "经济科目" in table.title)
    assert [row.cells[0].text for row in table.rows if row.kind == "line" and not row.cells[1].text] == [
        {"30101": "基本工资", "30201": "办公费"}[code[:5]]
    ]


def test_r008_a_form_with_pairs_of_codes_wants_more_than_the_class(workspace: Demo) -> None:
    workspace.edit(BUDGET, "department: 30101, government", "department: 301, government")
    assert workspace.found("R008") == [f"{BUDGET}:11:5 R008"]
    assert workspace.findings("R008")[0].message == "部门预算支出经济分类要写到“款”级"


def test_r008_a_form_without_pairs_wants_neither(of_2022: Demo) -> None:
    of_2022.edit(BUDGET, "department: 30101, government: 50101", "department: 301, unit: agency")
    assert "R008" not in codes(of_2022)


def test_r009_a_class_is_written_whole_or_by_its_codes(of_2022: Demo) -> None:
    of_2022.edit(BUDGET, "department: 30231, government", "department: 302, government")
    assert f"{BUDGET}:14:5 R009" in of_2022.found("R009")
    assert of_2022.compose().document is None


def test_r009_classes_written_whole_beside_others_by_their_codes_are_accepted(of_2022: Demo) -> None:
    of_2022.edit(BUDGET, "department: 30101, government", "department: 301, government")
    assert "R009" not in codes(of_2022)


def test_r003_a_form_that_publishes_some_projects_accepts_fewer_but_not_more(workspace: Demo) -> None:
    workspace.edit(BUDGET, "shanxi-budget-2023", "shanghai-budget-2025")
    (workspace.folder / "2023" / "projects" / "2-scan.yaml").unlink()
    assert "R003" not in codes(workspace)
    workspace.add_project("1-store", "2010301", "270001")
    assert f"{BUDGET}:7:45 R003" in workspace.found("R003")


BASIC = "  - {department: 30101, government: 50101, amount: 40}\n"


def test_a_missing_code_is_told_where_other_contributions_are_written(workspace: Demo) -> None:
    # 2080505 has 3万元 of 基本支出; 30110 is written, 30108 is not
    workspace.edit(BUDGET, BASIC, BASIC.replace("40", "38") + "  - {department: 30110, government: 50102, amount: 2}\n")
    assert workspace.found("R018") == ["2023/budget.yaml:9:32 R018"]
    assert (
        workspace.findings("R018")[0].message
        == "2080505的基本支出30,000元，basic里没有30108机关事业单位基本养老保险缴费"
    )


def test_nothing_is_said_where_no_contribution_is_written_to_its_code(workspace: Demo) -> None:
    assert workspace.found("R018") == []


def test_a_contribution_without_its_function_is_told(workspace: Demo) -> None:
    workspace.edit(
        BUDGET,
        BASIC,
        BASIC.replace("40", "35")
        + "  - {department: 30108, government: 50102, amount: 3}\n"
        + "  - {department: 30113, government: 50103, amount: 2}\n",
    )
    assert [one.message for one in workspace.findings("R018")] == [
        "2210201的基本支出0元，30113住房公积金20,000元，相差20,000元"
    ]


def test_medical_insurance_is_paid_by_its_own_codes(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  - {function: 2080505, basic: 3}\n", "  - {function: 2101101, basic: 3}\n")
    rows = (
        "  - {department: 30110, government: 50102, amount: 2}\n  - {department: 30111, government: 50102, amount: 1}\n"
    )
    workspace.edit(BUDGET, BASIC, BASIC.replace("40", "37") + rows)
    assert workspace.findings("R018") == []
    workspace.edit(BUDGET, "{department: 30110, government: 50102,", "{department: 30310, government: 50901,")
    assert [one.message for one in workspace.findings("R018")] == [
        "21011的基本支出30,000元，多于basic里30110、30111、30112、30114、30307之和10,000元"
    ]


SALARIES = "{department: 30101, government: 50101, amount: 40}"


def test_a_pair_that_the_table_does_not_have_is_refused_and_the_possible_ones_are_named(workspace: Demo) -> None:
    workspace.edit(BUDGET, SALARIES, SALARIES.replace("50101", "50201"))
    (finding,) = workspace.findings("R029")
    assert finding.message == "30101 基本工资不对应50201 办公经费"
    assert finding.hint == (
        "30101对应的政府预算支出经济分类有：50101 工资奖金津补贴、50501 工资福利支出、50599 其他对事业单位补助"
    )
    assert str(finding.place).endswith("budget.yaml:11:5")


@pytest.mark.parametrize(
    "basic",
    [
        "{department: 30101, government: 50501, amount: 40}",  # 事业单位
        "{department: 30101, government: 50501, unit: archive, amount: 40}",
        "{department: 30231, government: 50208, unit_kind: institution, amount: 40}",
    ],
)
def test_each_of_several_possible_codes_is_accepted(workspace: Demo, basic: str) -> None:
    workspace.edit(BUDGET, SALARIES, basic)
    assert workspace.findings("R029") == []


@pytest.mark.parametrize(("unit", "government"), [("agency", "50501"), ("archive", "50101")])
def test_a_unit_is_paid_by_codes_of_its_kind(workspace: Demo, unit: str, government: str) -> None:
    workspace.edit(BUDGET, SALARIES, f"{{department: 30101, government: {government}, unit: {unit}, amount: 40}}")
    assert [finding.severity for finding in workspace.findings("R029")] == ["warning"]


@pytest.mark.parametrize("government", ["50101", "50501"])
def test_a_unit_under_the_civil_service_law_is_paid_by_either(workspace: Demo, government: str) -> None:
    workspace.edit("department.yaml", "kind: institution", "kind: quasi_administrative")
    workspace.edit(BUDGET, SALARIES, f"{{department: 30101, government: {government}, unit: archive, amount: 40}}")
    assert workspace.findings("R029") == []


def test_a_line_of_the_table_that_nobody_has_compared_warns_and_does_not_refuse(workspace: Demo) -> None:
    workspace.edit(BUDGET, SALARIES, "{department: 30213, government: 50201, amount: 40}")
    (finding,) = workspace.findings("R029")
    assert (finding.severity, finding.message) == ("warning", "30213 维修（护）费不对应50201 办公经费")


BUDGET, ACCOUNTS = "2023/budget.yaml", "2023/accounts.yaml"
PRIOR_ITEM = "    - {item: vehicle_operation, amount: 8}\n"
SCORED = "    - {name: 件数, target: ≥10件, actual: 12, weight: 60, score: 60}\n"


@pytest.mark.parametrize(
    ("file", "line"),
    [
        (BUDGET, PRIOR_ITEM),
        (BUDGET, "    - {unit: agency, amount: 15}\n"),
        (BUDGET, "  - {department: 30201, government: 50502, amount: 5}\n"),
        ("2023/narrative.yaml", "    - 收集和保管档案。\n"),
        ("department.yaml", "  - {id: archive, name: 示范市档案馆, short_name: 市档案馆, kind: institution}\n"),
    ],
)
def test_a_line_written_twice_is_found(workspace: Demo, file: str, line: str) -> None:
    workspace.edit(file, line, line + line.replace("id: archive", "id: archives"))
    assert "R016" in {finding.code for finding in workspace.check()}


def test_the_finding_names_the_list_and_the_line_that_is_repeated(workspace: Demo) -> None:
    workspace.edit(BUDGET, PRIOR_ITEM, PRIOR_ITEM * 2)
    (finding,) = (one for one in workspace.check() if one.code == "R016")
    assert finding.message == "prior.three_public（上年“三公”经费）里这一行与第23行只有金额不同，两行会相加"
    assert str(finding.place) == "departments/demo/2023/budget.yaml:24:7"


def test_fixed_assets_of_a_unit_are_written_once(workspace: Demo) -> None:
    assets = "assets: {vehicles: {owned: 0}, fixed_assets: [{unit: agency, amount: 30}, {unit: agency, amount: 30}]}\n"
    workspace.edit(BUDGET, "prior:\n", f"{assets}prior:\n")
    assert "R016" in {finding.code for finding in workspace.check()}


@pytest.mark.parametrize(("name", "found"), [("name: 库房改造", 1), ("name: 档案扫描", 0)])
def test_g027_a_project_has_one_report(accounts: Demo, name: str, found: int) -> None:
    accounts.add_evaluation()
    accounts.add_evaluation("2-scan")
    accounts.edit("2023/evaluations/2-scan.yaml", "name: 库房改造", name)
    assert len(accounts.findings("G027")) == found


def test_g010_an_indicator_of_a_report_is_said_once(accounts: Demo) -> None:
    accounts.add_evaluation()
    accounts.edit("2023/evaluations/1-store.yaml", SCORED, SCORED.replace("60", "30") * 2)
    (finding,) = accounts.findings("G010")
    assert finding.message == "indicators.数量指标里这一项与第18行重复"


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


_OTHER_BASIC = "  - {function: 2010350, fund: unit_funds, basic: 3}\nbasic:\n  - {dep"


def test_r002_accounts_need_no_economic_codes_for_what_is_no_appropriation(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "basic:\n  - {dep", _OTHER_BASIC)
    assert accounts.found("R002") == []


def test_r002_where_some_are_written_they_are_all(accounts: Demo) -> None:
    row = "  - {department: 30226, fund: unit_funds, unit: agency, amount: 2}\n"
    accounts.edit("2023/accounts.yaml", "basic:\n  - {dep", _OTHER_BASIC)
    accounts.edit("2023/accounts.yaml", "opening_balance:", f"{row}opening_balance:")
    assert len(accounts.found("R002")) == 1


def test_r002_holds_the_halves_where_expenditure_tells_them_apart(workspace: Demo) -> None:
    workspace.edit(BUDGET, "basic: 61", "personnel: 51, operating: 10")
    workspace.edit(BUDGET, "basic: 3", "personnel: 3")
    assert [finding.code for finding in workspace.check()] == ["R002"]
    assert only_message(workspace).startswith("一般公共预算当年人员经费按功能分类540,000元，按经济分类")


def test_r038_is_silent_where_no_table_of_the_form_splits_basic(workspace: Demo) -> None:
    assert workspace.found("R038") == []
