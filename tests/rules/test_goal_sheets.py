from __future__ import annotations

from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"


def test_g001_annual_funds_must_equal_the_project(workspace: Demo) -> None:
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 260000.5}")
    assert workspace.found() == [f"{STORE}:11:13 G001"]
    assert workspace.check()[0].message == (
        "“库房改造”绩效目标表的年度资金260,000.5元，项目金额270,000元，相差9,999.5元"
    )


def test_g001_levels_and_lines_are_added_before_they_are_compared(workspace: Demo) -> None:
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 200000, other: 70000}")
    workspace.edit(STORE, "  - {amount: 270000}", "  - {amount: 20000}\n  - {amount: 250000}")
    assert workspace.found() == []


def test_g002_the_whole_period_must_hold_the_year(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 269999.99}")
    assert workspace.found() == [f"{STORE}:10:19 G002"]
    assert workspace.check()[0].message == "“库房改造”的实施期资金269,999.99元，少于年度资金270,000元"


def test_g002_the_whole_period_may_hold_more(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 270000.01}")
    assert workspace.found() == []


def test_g003_an_aspect_that_the_form_lacks_would_be_lost(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "数量指标值")
    assert workspace.found() == [f"{STORE}:22:9 G003"]
    assert workspace.check()[0].hint == "是不是“数量指标”？"


def test_g003_an_aspect_that_resembles_none_is_answered_with_all(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "其他")
    assert workspace.check()[0].hint.startswith("可以是：数量指标、质量指标、")


def test_g003_all_aspects_of_the_form_are_accepted(workspace: Demo) -> None:
    workspace.edit(STORE, "数量指标", "服务对象满意度指标")
    assert workspace.found() == []
