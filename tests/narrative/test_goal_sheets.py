from __future__ import annotations

from discgen.narrative.goal_sheets import GoalSheetPage
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"


def page(demo: Demo) -> GoalSheetPage:
    return demo.document().text.goal_sheets[0]


def test_a_page_says_whose_project_it_is(workspace: Demo) -> None:
    sheet = page(workspace)
    assert sheet.title == "示范市市级预算部门（单位）项目支出绩效目标申报表"
    assert (sheet.year, sheet.name, sheet.department, sheet.unit) == (
        "（2023年度）",
        "库房改造",
        "026-示范市档案局",
        "示范市档案局",
    )
    assert (sheet.attribute, sheet.period) == ("一次性项目（1年结束）", "1年")


def test_pages_stand_in_the_order_of_projects(workspace: Demo) -> None:
    assert [sheet.name for sheet in workspace.document().text.goal_sheets] == ["库房改造", "档案扫描"]


def test_funds_are_in_yuan_by_level_and_the_total_is_their_sum(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 2")
    workspace.edit(
        STORE, "whole_period: {local: 270000}", "whole_period: {central: 300000, provincial: 70000, local: 200000}"
    )
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 70000, local: 200000}")
    sheet = page(workspace)
    assert sheet.totals == ("570,000", "270,000")
    assert sheet.funds == (
        ("中央财政资金", "300,000", "0"),
        ("省级财政资金", "70,000", "70,000"),
        ("市县（区）财政资金", "200,000", "200,000"),
        ("单位自筹", "0", "0"),
        ("其他资金", "0", "0"),
    )


def test_prose_stands_under_the_forms_labels(workspace: Demo) -> None:
    assert page(workspace).prose == (
        ("项目概况", "这是概况。"),
        ("立项依据", "这是依据。"),
        ("项目设立必要性", "这是必要性。"),
        ("保证项目实施的制度、措施", "这是措施。"),
        ("项目实施计划", "这是计划。"),
    )
    assert page(workspace).goals == ("这是实施期目标。", "这是年度目标。")


def test_the_prose_of_a_sheet_may_cite_its_own_funds(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 2")
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 500000}")
    workspace.edit(STORE, "这是概况。", "共{{ whole_period | 万元 }}，本年{{ annual | 元 }}。")
    assert page(workspace).prose[0] == ("项目概况", "共50.00万元，本年270,000.00元。")


def test_the_funds_of_a_sheet_are_unknown_outside_it(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "人员增加", '"{{ annual | 万元 }}"')
    assert workspace.found() == ["2023/narrative.yaml:10:22 P002"]


def test_every_aspect_of_the_form_has_a_line_and_spans_reach_over_all(workspace: Demo) -> None:
    rows = page(workspace).indicators
    assert [row.aspect for row in rows] == [
        "数量指标",
        "质量指标",
        "时效指标",
        "成本指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "可持续影响指标",
        "服务对象满意度指标",
    ]
    assert [(row.dimension, row.dimension_span) for row in rows if row.dimension_span] == [
        ("产出指标", 4),
        ("效益指标", 4),
        ("满意度指标", 1),
    ]
    assert rows[0].sides == (("件数", "≥10件"), ("件数", "≥10件"))
    assert rows[1].sides == (("", ""), ("", ""))


def test_an_aspect_with_several_indicators_spans_them(workspace: Demo) -> None:
    more = "- {name: 件数, target: ≥10件}\n      - {name: 卷数, target: {annual: ≥5卷}}"
    workspace.edit(STORE, "- {name: 件数, target: ≥10件}", more)
    rows = page(workspace).indicators
    assert [(row.dimension_span, row.aspect_span) for row in rows[:3]] == [(5, 2), (0, 0), (0, 1)]
    assert rows[1].sides == (("", ""), ("卷数", "≥5卷"))


def test_indicators_stand_in_the_forms_order_of_aspects(workspace: Demo) -> None:
    workspace.edit(STORE, "    数量指标:", "    成本指标:\n      - {name: 单价, target: ≤9元}\n    数量指标:")
    named = [row.sides[0][0] for row in page(workspace).indicators if row.sides[0][0]]
    assert named == ["件数", "单价", "利用档案方便", "利用者满意度"]


def test_the_day_of_filling_is_written_without_zeros_or_left_blank(workspace: Demo) -> None:
    assert page(workspace).filled_on == ""
    workspace.edit(STORE, "goal_sheet:\n", "goal_sheet:\n  filled_on: 2022-11-04\n")
    assert page(workspace).filled_on == "2022年11月4日"
