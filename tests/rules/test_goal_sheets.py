from __future__ import annotations

import pytest

from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"


def test_g001_annual_funds_must_equal_the_project(workspace: Demo) -> None:
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 260000.5}")
    assert workspace.found("G001") == [f"{STORE}:11:13 G001"]
    assert workspace.findings("G001")[0].message == (
        "“库房改造”绩效目标表的年度资金260,000.5元，项目金额270,000元，相差9,999.5元"
    )


def test_g001_levels_and_lines_are_added_before_they_are_compared(workspace: Demo) -> None:
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 200000, other: 70000}")
    workspace.edit(STORE, "  - {amount: 270000}", "  - {amount: 20000}\n  - {amount: 250000}")
    assert workspace.found("G001") == []


def test_g002_the_whole_period_must_hold_the_year(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 269999.99}")
    assert workspace.found("G002") == [f"{STORE}:10:19 G002"]
    assert workspace.findings("G002")[0].message == "“库房改造”的实施期资金269,999.99元，少于年度资金270,000元"


def test_g002_the_whole_period_may_hold_more(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 270000.01}")
    assert workspace.found("G002") == []


def test_g003_an_aspect_that_the_form_lacks_would_be_lost(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "数量指标值")
    assert workspace.found("G003") == [f"{STORE}:22:9 G003"]
    assert workspace.findings("G003")[0].hint == "是不是“数量指标”？"


def test_g003_an_aspect_that_resembles_none_is_answered_with_all(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "其他")
    assert workspace.findings("G003")[0].hint.startswith("可以是：数量指标、质量指标、")


def test_g003_all_aspects_of_the_form_are_accepted(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "服务对象满意度指标")
    assert workspace.found("G003") == []


def test_g005_every_project_has_its_goal_sheet(workspace: Demo) -> None:
    text = (workspace.folder / STORE).read_text(encoding="utf-8")
    workspace.write(STORE, text[: text.index("goal_sheet:")])
    assert workspace.found("G005") == [f"{STORE}:1:7 G005"]
    assert workspace.findings("G005")[0].message == "“库房改造”没有绩效目标表"


def test_g005_a_form_that_prints_no_goal_sheets_wants_none(workspace: Demo) -> None:
    text = (workspace.folder / STORE).read_text(encoding="utf-8")
    workspace.write(STORE, text[: text.index("goal_sheet:")])
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    assert "G005" not in " ".join(workspace.found("G005"))


SEPARATE = """\
name: 办公设备购置经费
department: {code: "640", name: 示范市大数据中心}
unit: 示范市大数据中心
"""


def add_separate_sheet(demo: Demo) -> None:
    text = (demo.folder / STORE).read_text(encoding="utf-8")
    demo.write("2023/goal_sheets/1-desk.yaml", SEPARATE + text[text.index("goal_sheet:") :])


def test_g007_a_goal_sheet_belongs_to_a_project_of_the_department(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    assert workspace.found("G007") == ["2023/goal_sheets/1-desk.yaml:1:7 G007"]
    assert workspace.findings("G007")[0].message == "绩效目标表“办公设备购置经费”（示范市大数据中心）不属于本部门的项目"


def test_g007_may_be_explained(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    workspace.write(
        "2023/waivers.yaml",
        'waivers:\n  - {code: G007, at: "goal_sheets/*", reason: 随本文件公开。, until: 2023}\n',
    )
    assert workspace.found("G007", "W001") == []


def test_a_separate_sheet_is_held_to_the_form_like_any_other(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    name = "2023/goal_sheets/1-desk.yaml"
    workspace.edit(name, "数量指标", "数量指标值")
    workspace.edit(name, "whole_period: {local: 270000}", "whole_period: {local: 1}")
    assert workspace.found("G002", "G003") == [f"{name}:8:19 G002", f"{name}:20:9 G003"]


@pytest.mark.parametrize("period", ["whole_period: 这是实施期目标。", "annual: 这是年度目标。"])
def test_g008_a_sheet_has_a_goal_for_each_period_of_the_form(workspace: Demo, period: str) -> None:
    workspace.edit(STORE, f"    {period}\n", "")
    assert workspace.found("G008") == [f"{STORE}:7:3 G008"]
    name = {"w": "实施期", "a": "年度"}[period[0]]
    assert workspace.findings("G008")[0].message.startswith(f"“库房改造”的绩效目标表没有{name}")


def test_g008_a_form_with_one_period_wants_one_goal(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanxi-budget-2022")
    workspace.edit(STORE, "    whole_period: 这是实施期目标。\n", "")
    assert "G008" not in " ".join(workspace.found("G008"))


def test_g008_a_separate_sheet_may_lack_a_goal(workspace: Demo) -> None:
    add_separate_sheet(workspace)
    workspace.edit("2023/goal_sheets/1-desk.yaml", "    whole_period: 这是实施期目标。\n", "")
    assert workspace.found("G008") == []
