"""R018: 缴费 by function and by economic code, where the one or the other is not written."""

from __future__ import annotations

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"
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
