"""Goal sheets: what stands in their cells, and the size that each is set in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from discgen.view.goal_sheets import COLUMNS, SIZES, GoalSheetView, IndicatorRow, densities, density, goal_sheets
from discgen.view.sheets import LabelledText, in_one_group
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"


def page(demo: Demo) -> GoalSheetView:
    return goal_sheets(demo.document())[0]


def texts(sheet: GoalSheetView) -> tuple[tuple[str, str], ...]:
    """The prose as it is printed, with the form's labels."""
    return tuple((row.label, row.text) for row in sheet.prose)


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
    assert [sheet.name for sheet in goal_sheets(workspace.document())] == ["库房改造", "档案扫描"]


def test_funds_are_in_yuan_by_level_and_the_total_is_their_sum(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 2")
    workspace.edit(
        STORE, "whole_period: {local: 270000}", "whole_period: {central: 300000, provincial: 70000, local: 200000}"
    )
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 70000, local: 200000}")
    sheet = page(workspace)
    assert [figure.text for figure in sheet.totals] == ["570,000", "270,000"]
    assert [(row.label, *(figure.text for figure in row.figures)) for row in sheet.funds] == [
        ("中央财政资金", "300,000", "0"),
        ("省级财政资金", "70,000", "70,000"),
        ("市县（区）财政资金", "200,000", "200,000"),
        ("单位自筹", "0", "0"),
        ("其他资金", "0", "0"),
    ]


def test_every_figure_that_is_written_keeps_its_fact_with_the_line_it_is_written_in(workspace: Demo) -> None:
    sheet = page(workspace)
    facts = [figure.fact for figure in sheet.figures if figure.fact]
    assert [fact.name for fact in facts] == [
        "project.1-store.whole_period",
        "project.1-store.whole_period.local",
        "project.1-store.annual",
        "project.1-store.annual.local",
    ]
    assert [str(line.place) for line in facts[-1].lines] == [f"departments/demo/{STORE}:11:21"]


def test_prose_stands_under_the_forms_labels(workspace: Demo) -> None:
    assert texts(page(workspace)) == (
        ("项目概况", "这是概况。"),
        ("立项依据", "这是依据。"),
        ("项目设立必要性", "这是必要性。"),
        ("保证项目实施的制度、措施", "这是措施。"),
        ("项目实施计划", "这是计划。"),
    )
    assert [goal.text for goal in page(workspace).goals] == ["这是实施期目标。", "这是年度目标。"]


def test_the_prose_of_a_sheet_may_cite_its_own_funds(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 2")
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 500000}")
    workspace.edit(STORE, "这是概况。", "共{{ whole_period | 万元 }}，本年{{ annual | 元 }}。")
    assert texts(page(workspace))[0] == ("项目概况", "共50.00万元，本年270,000.00元。")


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
    grouped = in_one_group(rows)
    assert [(line.row.dimension, line.dimension_span) for line in grouped if line.dimension_span] == [
        ("产出指标", 4),
        ("效益指标", 4),
        ("满意度指标", 1),
    ]
    assert rows[0].sides == (("件数", "≥10件"), ("件数", "≥10件"))
    assert rows[1].sides == (("", ""), ("", ""))


def test_an_aspect_with_several_indicators_spans_them(workspace: Demo) -> None:
    more = "- {name: 件数, target: ≥10件}\n      - {name: 卷数, target: {annual: ≥5卷}}"
    workspace.edit(STORE, "- {name: 件数, target: ≥10件}", more)
    [rows] = page(workspace).groups
    assert [(line.dimension_span, line.aspect_span) for line in rows[:3]] == [(5, 2), (0, 0), (0, 1)]
    assert rows[1].row.sides == (("", ""), ("卷数", "≥5卷"))


def test_indicators_stand_in_the_forms_order_of_aspects(workspace: Demo) -> None:
    workspace.edit(STORE, "    数量指标:", "    成本指标:\n      - {name: 单价, target: ≤9元}\n    数量指标:")
    named = [row.sides[0][0] for row in page(workspace).indicators if row.sides[0][0]]
    assert named == ["件数", "单价", "利用档案方便", "利用者满意度"]


def test_the_day_of_filling_is_written_without_zeros_or_left_blank(workspace: Demo) -> None:
    assert page(workspace).filled_on == ""
    workspace.edit(STORE, "goal_sheet:\n", "goal_sheet:\n  filled_on: 2022-11-04\n")
    assert page(workspace).filled_on == "2022年11月4日"


NAMES = [size.name for size in SIZES]


@pytest.fixture
def sheet(workspace: Demo) -> GoalSheetView:
    return page(workspace)


def with_indicators(sheet: GoalSheetView, count: int, name: str = "件数") -> GoalSheetView:
    row = IndicatorRow("产出指标", "数量指标", ((name, "≥1件"), (name, "≥1件")))
    return replace(sheet, indicators=(row,) * count)


def test_a_short_sheet_is_set_in_the_largest_size(sheet: GoalSheetView) -> None:
    assert density(sheet) == "normal"


def test_more_indicators_are_set_smaller_and_never_larger(sheet: GoalSheetView) -> None:
    chosen = [NAMES.index(density(with_indicators(sheet, count))) for count in range(1, 60)]
    assert chosen == sorted(chosen)
    assert set(chosen) == {0, 1, 2}


def test_neighbours_are_set_in_one_size_but_not_in_the_smallest(sheet: GoalSheetView) -> None:
    larger, smaller = (
        next(with_indicators(sheet, n) for n in range(1, 60) if density(with_indicators(sheet, n)) == name)
        for name in NAMES[1:]
    )
    assert densities([sheet, sheet]) == ["normal", "normal"]
    assert densities([sheet, larger, smaller]) == ["compact", "compact", "tight"]


def test_longer_prose_is_set_smaller_and_never_larger(sheet: GoalSheetView) -> None:
    pages = [replace(sheet, prose=(LabelledText("项目概况", "字" * length),)) for length in range(0, 4000, 100)]
    chosen = [NAMES.index(density(longer)) for longer in pages]
    assert chosen == sorted(chosen)
    assert set(chosen) == {0, 1, 2}


def test_what_fits_no_size_is_set_in_the_smallest(sheet: GoalSheetView) -> None:
    assert density(with_indicators(sheet, 500)) == "tight"


def test_latin_letters_take_less_room_than_chinese(sheet: GoalSheetView) -> None:
    count = next(n for n in range(1, 60) if density(with_indicators(sheet, n, "项" * 30)) != "normal")
    assert density(with_indicators(sheet, count, "x" * 30)) == "normal"


def test_a_sheet_that_fits_no_size_is_a_warning_at_its_place(workspace: Demo) -> None:
    assert workspace.found() == []
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", f"summary: {'这是概况。' * 1000}")
    assert workspace.found() == ["2023/projects/1-store.yaml:7:3 G006"]


def test_the_sizes_are_those_of_the_style_sheet() -> None:
    css = (Path(__file__).parents[2] / "templates" / "document" / "document.css").read_text(encoding="utf-8")
    for size in SIZES:
        prefix = "" if size.name == "normal" else rf"\.{size.name} "
        font = re.search(rf"(?m)^{prefix}\.goal {{ font-size: ([\d.]+)pt; line-height: ([\d.]+)pt", css)
        padding = re.search(rf"(?m)^{prefix}\.goal th, .*padding: ([\d.]+)pt", css)
        assert font is not None
        assert padding is not None
        assert (float(font[1]), float(font[2]), float(padding[1])) == (size.font, size.line, size.padding)


def test_the_columns_are_those_of_the_style_sheet() -> None:
    css = (Path(__file__).parents[2] / "templates" / "document" / "document.css").read_text(encoding="utf-8")
    group, dimension, aspect, name, target = (
        float(re.findall(rf"\.g{number}[^{{]*{{ width: ([\d.]+)%", css)[0]) for number in (1, 2, 3, 4, 5)
    )
    assert group + dimension + 2 * (aspect + name + target) == pytest.approx(100)
    shares = {"label": group + dimension, "dimension": dimension, "aspect": aspect, "name": name, "target": target}
    assert {key: COLUMNS[key] * 100 for key in shares} == pytest.approx(shares)
