"""R029: 部门 beside 政府 economic codes."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"
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
