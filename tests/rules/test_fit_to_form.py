"""R006 to R009 in budgets: 三公 within what pays for it, and money and codes as the form can show them."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"


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
