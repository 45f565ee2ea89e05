"""Charts as they are said: shares of a whole, or two years side by side."""

from __future__ import annotations

from discgen.view.page import view_document
from discgen.view.pieces import ChartView
from tests.conftest import Demo


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
