"""P039, P040: percentages and counts that are typed. The demo's income went from 80 to 100, its “三公” from 8 to 6."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"


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
