"""What a chart shows, and that all of it has its place."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.form.form import load_form
from discgen.ledger.facts import Fact
from discgen.narrative.blocks import Chart
from discgen.view.chart import ChartView, view_chart
from discgen.view.page import view_document
from discgen.view.paper import ems
from tests.conftest import Demo

FORM = "shanxi-budget-2023"
TEXT_HEIGHT = (297 - 30 - 28) * 72 / 25.4
"""Of a page of text, in points."""


def chart_of(*parts: tuple[str, int]) -> ChartView:
    """A chart of parts with so many 万元."""
    facts = tuple(
        Fact(f"part.{number}", title, Decimal(amount * 10000), ()) for number, (title, amount) in enumerate(parts)
    )
    return view_chart(Chart("图", facts), load_form(FORM))


def of_two_years(parts: list[tuple[str, int, int]]) -> ChartView:
    """A chart of parts with so many 万元 this year and last year."""
    facts = [
        Fact(f"{prefix}part.{number}", title, Decimal(amount * 10000), ())
        for number, (title, *amounts) in enumerate(parts)
        for prefix, amount in zip(("", "prior."), amounts, strict=True)
    ]
    return view_chart(Chart("图", tuple(facts)), load_form(FORM))


def charts(demo: Demo) -> dict[str, ChartView]:
    pieces = (piece for section in view_document(demo.document()).sections for piece in section.pieces)
    return {piece.title: piece for piece in pieces if isinstance(piece, ChartView)}


def test_parts_of_a_whole_have_their_shares(workspace: Demo) -> None:
    chart = charts(workspace)["一般公共预算当年拨款结构图"]
    assert [bar.figures for bar in chart.bars] == ["97.00（97.00%）", "3.00（3.00%）"]


def test_last_years_bar_stands_under_this_years(workspace: Demo) -> None:
    chart = charts(workspace)["“三公”经费分布图"]
    assert [("".join(bar.label), bar.figures, bar.is_last_year) for bar in chart.bars] == [
        ("公务用车运行维护费", "6.00", False),
        ("上年", "8.00", True),
    ]
    assert chart.description == "“三公”经费分布图：公务用车运行维护费6.00万元；上年公务用车运行维护费8.00万元"


def test_shares_are_those_of_this_year() -> None:
    chart = of_two_years([("甲", 30, 10), ("乙", 10, 50)])
    assert [bar.figures for bar in chart.bars] == ["30.00（75.00%）", "10.00", "10.00（25.00%）", "50.00"]


def test_last_year_is_left_out_where_it_would_leave_the_page() -> None:
    parts = [(str(number), number + 1, number + 2) for number in range(13)]
    assert not any(bar.is_last_year for bar in of_two_years(parts).bars)
    fitting = of_two_years(parts[:12])
    assert len(fitting.bars) == 24
    assert fitting.height < TEXT_HEIGHT


def test_a_chart_with_nothing_to_compare_is_left_out(workspace: Demo) -> None:
    workspace.edit(
        "2023/budget.yaml", "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "  three_public: []\n"
    )
    workspace.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 新增用车")
    assert set(charts(workspace)) == {"一般公共预算当年拨款结构图"}


def test_bars_are_as_long_as_their_amounts() -> None:
    long, short, none = chart_of(("甲", 90), ("乙", 30), ("丙", 0)).bars
    assert long.length == pytest.approx(3 * short.length)
    assert none.length == 0


def test_where_nothing_has_money_no_bar_has_a_length() -> None:
    assert [bar.length for bar in chart_of(("甲", 0), ("乙", 0)).bars] == [0, 0]


def test_a_long_label_is_set_on_lines_of_about_the_same_length() -> None:
    chart = chart_of(("国有土地使用权出让收入安排的城市建设支出", 9), ("其他支出", 1))
    assert chart.bars[0].label == ("国有土地使用权出让收", "入安排的城市建设支出")


PARTS = st.tuples(st.text("档案库房改造支出", min_size=1, max_size=40), st.integers(0, 10**7), st.integers(0, 10**7))


@given(st.lists(PARTS, min_size=1, max_size=14), st.booleans())
def test_labels_bars_and_figures_have_their_place(parts: list[tuple[str, int, int]], both_years: bool) -> None:  # noqa: FBT001
    chart = of_two_years(parts) if both_years else chart_of(*(part[:2] for part in parts))
    for bar in chart.bars:
        assert max(ems(line) for line in bar.label) * chart.label_size + chart.gap <= chart.start
        assert chart.start + bar.length + chart.gap + ems(bar.figures) * chart.figure_size <= chart.width + 0.01
        assert len(bar.label) * chart.line <= bar.height
    assert all(lower.top >= upper.top + upper.height - 0.01 for upper, lower in pairwise(chart.bars))
    assert chart.bars[-1].top + chart.bars[-1].height < chart.height
