"""Y005, P022: years and names that were left standing from an earlier year."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

PROJECT = "2023/projects/2-scan.yaml"
NARRATIVE = "2023/narrative.yaml"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("这是措施。", "预计2022年支出按合同执行。", "15:15"),
        ("这是计划。", "预计2022年支出按合同执行，2023年验收。", "16:11"),
        ("这是必要性。", "预计2022年扫描五万页。", "14:16"),
        ("这是概况。", "2022年新增项目，用于扫描。", "12:12"),
        ("这是概况。", "扫描档案，资金列入2022年预算。", "12:21"),
        ("这是措施。", "2021年按合同执行。", "15:13"),
    ],
)
def test_y005_a_year_that_is_past_and_spoken_of_as_to_come(workspace: Demo, old: str, new: str, place: str) -> None:
    workspace.edit(PROJECT, old, new)
    assert workspace.found() == [f"2023/projects/2-scan.yaml:{place} Y005"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("这是计划。", "2021年12月竣工，2023年6月前完成竣工结算审价，下半年支付尾款。"),
        ("这是必要性。", "2019年采购的设备已经老化，2021年共扫描五万页。"),
        ("这是概况。", "预计2022年底前验收，尾款在2023年支付。"),
        ("这是必要性。", "原计划2022年完成，因疫情推迟。"),
        ("这是计划。", "2023年年底前完成，2024年结清。"),
    ],
)
def test_y005_what_was_done_in_an_earlier_year_is_accepted(workspace: Demo, old: str, new: str) -> None:
    workspace.edit(PROJECT, old, new)
    assert workspace.found() == []


def test_y005_a_reason_does_not_look_forward_to_last_year(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "人员增加", "人员增加，预计2022年招录三人")
    assert "2023/narrative.yaml:10:28 Y005" in workspace.found()


@pytest.mark.parametrize(
    "name", ["医疗卫生与计划生育支出", "文化体育与传媒支出", "国土海洋气象等支出", "行政事业单位离退休"]
)
def test_p022_a_name_of_earlier_years_is_told_in_prose_and_in_names(workspace: Demo, name: str) -> None:
    workspace.edit(PROJECT, "档案扫描", f"{name}清理")
    workspace.edit(NARRATIVE, "人员增加", f"{name}增加")
    assert workspace.found("P022") == ["2023/narrative.yaml:10:21 P022", "2023/projects/2-scan.yaml:1:7 P022"]


@pytest.mark.parametrize("text", ["行政事业单位离退休人员增加", "执行《医疗卫生与计划生育支出管理办法》的人员增加"])
def test_p022_people_and_titles_are_called_what_they_are(workspace: Demo, text: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", text)
    assert workspace.found("P022") == []
