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
