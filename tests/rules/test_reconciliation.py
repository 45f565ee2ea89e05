from __future__ import annotations

import pytest

from discgen.rules.registry import RULES
from tests.conftest import Demo

BUDGET = "2023/budget.yaml"


def only_message(demo: Demo) -> str:
    findings = demo.check()
    assert len(findings) == 1
    return findings[0].message


def test_what_reconciles_has_no_findings(workspace: Demo) -> None:
    assert workspace.found() == []


def test_every_code_belongs_to_one_rule() -> None:
    codes = [code for rule in RULES for code in rule.codes]
    assert len(codes) == len(set(codes)) >= 11
    assert all(rule.reason for rule in RULES)


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
