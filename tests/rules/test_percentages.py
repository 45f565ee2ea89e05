"""Percentages typed beside figures: the demo's income went from 80 to 100, of its expenditure of 100 are 36 项目支出."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"


def told(demo: Demo, text: str) -> list[str]:
    """What P037 says of a note."""
    written = (demo.folder / NARRATIVE).read_text(encoding="utf-8")
    demo.write(NARRATIVE, f"{written}notes:\n  other: '{text}'\n")
    return [finding.message for finding in demo.findings("P037")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("收入比上年增长12.5%。", "文字里手写了“收入比上年增长12.5%”，收入总计的幅度是25.00%"),
        ("人员增加。支出总额较上年度增加24％。", "文字里手写了“支出总额较上年度增加24％”，支出总计的幅度是25.00%"),
        ("“三公”经费同比下降3%。", "文字里手写了““三公”经费同比下降3%”，“三公”经费的幅度是25.00%"),
        ("其中：项目支出占全部支出的45%。", "文字里手写了“其中：项目支出占全部支出的45%”，项目支出占支出36.00%"),
    ],
)
def test_a_percentage_that_the_figure_does_not_have_is_told(workspace: Demo, text: str, said: str) -> None:
    assert told(workspace, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "收入比上年增长25%。",
        "收入比上年增长25.0%。",
        "基本支出占支出的64%。",
        "财政部门要求“三公”经费下降3%。",
        "市档案馆支出比上年增长12%。",
        "库房改造分三年做，支出比上年增长12%。",
        "缴费基数比上年增长5%。",
        "进馆档案增加，比上年增长12%。",
        "支出比上年增长约12%。",
        "支出比上年减少3%以上。",
        "支出比上年决算增长12%。",
        "2022年支出比上年增长12%。",
        "库房项目占支出的12%。",
        "项目支出占一般公共预算支出的12%。",
        "收入比上年增长{{ change.income.total | 万元 }}。",
    ],
)
def test_a_percentage_of_something_else_is_left_alone(workspace: Demo, text: str) -> None:
    assert told(workspace, text) == []


def test_without_figures_of_last_year_no_rate_is_judged(workspace: Demo) -> None:
    budget = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8").partition("prior:\n")[0]
    workspace.write("2023/budget.yaml", f"{budget}prior: {{source: 2023年新设的部门}}\n")
    assert told(workspace, "收入比上年增长12.5%。") == []
