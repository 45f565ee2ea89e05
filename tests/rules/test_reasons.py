"""Reasons that cannot be those of the change: its direction, whose money it is, the year."""

from __future__ import annotations

import pytest

from tests.accounts import NO_PRIOR
from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
AGENCY = f"{NARRATIVE}:10:21"
"""机关运行经费: 15万元 last year, 19万元 this year."""
THREE_PUBLIC = f"{NARRATIVE}:9:17"
"""“三公”经费: 8万元 last year, 6万元 this year."""


@pytest.mark.parametrize(
    "reason",
    ["人员减少", "压缩日常公用支出", "编制下调，经费随之减少", "办公用房租金降低", "不再安排物业费"],
)
def test_p030_a_reason_of_a_decrease_does_not_explain_an_increase(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert workspace.found() == [f"{AGENCY} P030"]


@pytest.mark.parametrize("reason", ["用车增加", "新增一辆公务用车", "油价上涨，运行费提高"])
def test_p030_a_reason_of_an_increase_does_not_explain_a_decrease(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "压缩用车", reason)
    assert workspace.found() == [f"{THREE_PUBLIC} P030"]


def test_p030_says_what_the_figures_say(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "压缩用车", "用车增加")
    (finding,) = workspace.check()
    assert finding.message == "“三公”经费比上年减少2.00万元，原因却只说“增加”"


@pytest.mark.parametrize(
    "reason",
    [
        "人员增加，水电费减少",
        "上年压减较多",
        "2022年减少了日常开支",
        "退休人员减少",
        "经费不再压减",
        "承接的审批事项由县里划入",
        "增加的人员使节余减少",
    ],
)
def test_p030_a_reason_of_several_movements_or_of_last_years_may_explain_an_increase(
    workspace: Demo, reason: str
) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert workspace.found() == []


@pytest.mark.parametrize(
    "reason",
    [
        "上年新增一辆公务用车",
        "加大资产盘活力度",
        "提高车辆使用效率",
        "未新增公务用车",
        "退休人员增加",
        "增加的用车费由县里负担",
    ],
)
def test_p030_a_reason_may_tell_of_what_grew_and_made_the_cost_fall(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "压缩用车", reason)
    assert workspace.found() == []


def test_p030_the_reason_of_a_class_is_held_to_its_own_change(accounts: Demo) -> None:
    # 208: 3万元 last year, 4万元 this year
    prior = "prior:\n  source: 2022年部门决算公开\n  income: [{amount: 90}]\n  expenditure:\n"
    lines = "    - {function: 201, amount: 97}\n    - {function: 208, amount: 3}\n"
    accounts.edit("2023/accounts.yaml", NO_PRIOR, f"{prior}{lines}")
    reasons = "reasons:\n  expenditure: 人员增加\nreasons_by_code:\n  208: 缴费基数降低\n"
    accounts.edit("2023/accounts-narrative.yaml", "purposes:", f"{reasons}purposes:")
    assert accounts.found("P030") == ["2023/accounts-narrative.yaml:7:8 P030"]


def test_p031_a_reason_about_a_unit_without_any_of_the_money_is_told(workspace: Demo) -> None:
    # 机关运行经费 is all the agency's, this year and last
    workspace.edit(NARRATIVE, "人员增加", "市档案馆人员增加")
    (finding,) = workspace.check()
    assert str(finding.place).endswith(AGENCY)
    assert finding.message == "原因说的是市档案馆，机关运行经费一般公共预算里没有它的钱"


def test_p031_a_unit_that_people_came_from_may_be_named(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "人员增加", "市档案馆划转的人员增加")
    assert workspace.found() == []


def test_p031_another_department_of_the_workspace_is_told(workspace: Demo) -> None:
    department = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    other = workspace.folder.parent / "other" / "department.yaml"
    other.parent.mkdir()
    other.write_text(department.replace("档案", "统计"), encoding="utf-8")
    workspace.edit(NARRATIVE, "人员增加", "市统计局人员增加")
    (finding,) = workspace.check()
    assert (finding.code, finding.message) == ("P031", "原因里写的“市统计局”是另一个部门或它的单位")


@pytest.mark.parametrize("year", [2020, 2021, 2024])
def test_p032_a_year_that_is_neither_this_nor_last_is_told(workspace: Demo, year: int) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"{year}年人员增加")
    assert workspace.found() == [f"{AGENCY} P032"]


@pytest.mark.parametrize(
    "reason",
    [
        "2022年人员增加",
        "2023年人员增加",
        "自2019年起人员增加",
        "2019年以来人员增加",
        "按照2019年的规定人员增加",
        "按《2018年机构改革方案》人员增加",
        "按示财发〔2019〕4号人员增加",
        "“十四五”（2021—2025年）期间人员增加",
    ],
)
def test_p032_years_of_documents_plans_and_beginnings_are_right(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert workspace.found() == []
