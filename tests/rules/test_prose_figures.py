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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("压缩用车，比上年减少1.10%", "文字里手写了“比上年减少1.10%”，“三公”经费的幅度是25.00%"),
        ("同比下降30％，用车减少", "文字里手写了“同比下降30％”，“三公”经费的幅度是25.00%"),
    ],
)
def test_p039_a_change_that_the_money_did_not_have_is_told(workspace: Demo, text: str, said: str) -> None:
    workspace.edit(NARRATIVE, "压缩用车", text)
    assert [one.message for one in workspace.findings("P039")] == [said]


@pytest.mark.parametrize(
    "text", ["人员增加，经费压缩，比上年减少3%", "压减一次培训，比上年减少3%", "人员经费压减，比上年减少3%"]
)
def test_p039_what_a_sentence_began_with_is_not_what_changed(workspace: Demo, text: str) -> None:
    workspace.edit(NARRATIVE, "压缩用车", text)
    assert len(workspace.findings("P039")) == 1


@pytest.mark.parametrize(
    "text",
    ["压缩用车，比上年减少25%", "压缩用车，保险费率比上年减少3%", "行驶里程比上年减少3%", "用车次数压减，比上年减少3%"],
)
def test_p039_its_own_change_and_that_of_something_else_are_accepted(workspace: Demo, text: str) -> None:
    workspace.edit(NARRATIVE, "压缩用车", text)
    assert workspace.found("P039") == []


def test_p039_a_purpose_is_held_to_any_figure_where_its_code_has_no_last_year(accounts: Demo) -> None:
    accounts.edit("2023/accounts-narrative.yaml", "201: 机构运转", "201: 机构运转，比上年减少1.10%")
    (told,) = accounts.findings("P039")
    assert told.message == "文字里手写了“比上年减少1.10%”，与任何数都对不上"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("本部门共3个预算单位。", True),
        ("内设三个科室。", True),
        ("全部经费用于下属单位8个。", True),
        ("内设科室共三个。", True),
        ("内设科室两个。", False),
        ("下属单位共一个。", False),
        ("下属单位中，3个在外县。", False),
        ("全部5个项目都已完成。", True),
        ("本部门共2个预算单位。", False),
        ("下属1个单位。", False),
        ("内设两个科室。", False),
        ("共2个项目。", False),
        ("市里共12个部门参加。", False),
    ],
)
def test_p040_what_is_counted_as_all_is_all(workspace: Demo, text: str, *, found: bool) -> None:
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, f"{narrative}notes:\n  other: {text}\n")
    assert bool(workspace.found("P040")) is found
