"""Levels of headings leave no gap, however a form numbers them; charts show shares of a whole, and none of two years."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from discgen.view.page import Outline, view_document
from discgen.view.pieces import ChartView
from tests.conftest import Demo


def levels_of(ranks: list[int]) -> list[int]:
    outline = Outline()
    return [outline.enter(rank) for rank in ranks]


def test_a_rank_that_is_left_out_is_no_level() -> None:
    assert levels_of([1, 2, 4, 4, 2, 3, 4]) == [1, 2, 3, 3, 2, 3, 4]


def test_a_higher_rank_after_one_that_skipped_stands_beside_it() -> None:
    assert levels_of([1, 2, 4, 3, 4]) == [1, 2, 3, 3, 4]


def test_what_stands_below_a_heading_is_one_level_deeper() -> None:
    outline = Outline()
    for rank in (1, 2, 4):
        outline.enter(rank)
    assert outline.below() == 4


@given(st.lists(st.integers(1, 4), min_size=1))
def test_no_heading_stands_more_than_one_level_below_the_one_before(ranks: list[int]) -> None:
    levels = levels_of(ranks)
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def charts(demo: Demo) -> dict[str, ChartView]:
    pieces = (piece for section in view_document(demo.document()).sections for piece in section.pieces)
    return {piece.title: piece for piece in pieces if isinstance(piece, ChartView)}


def test_parts_of_a_whole_have_their_shares(workspace: Demo) -> None:
    chart = charts(workspace)["一般公共预算当年拨款结构图"]
    assert chart.shown == ("97.00（97.00%）", "3.00（3.00%）")


def test_two_years_are_no_whole_and_have_no_shares(workspace: Demo) -> None:
    chart = charts(workspace)["“三公”经费分布图"]
    assert dict(zip(chart.labels, chart.shown, strict=True)) == {
        "公务用车运行维护费": "6.00",
        "上年公务用车运行维护费": "8.00",
    }
    assert chart.description == "“三公”经费分布图：公务用车运行维护费6.00万元；上年公务用车运行维护费8.00万元"


def test_a_chart_with_nothing_to_compare_is_left_out(workspace: Demo) -> None:
    workspace.edit(
        "2023/budget.yaml", "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "  three_public: []\n"
    )
    workspace.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 新增用车")
    assert set(charts(workspace)) == {"一般公共预算当年拨款结构图"}
