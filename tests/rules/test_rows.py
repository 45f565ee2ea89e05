"""R016 and G010: a line written twice is found in whatever list it stands."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

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
