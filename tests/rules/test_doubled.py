"""P012: doubled words and signs, in prose as in names and targets."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
PROJECT = "2023/projects/2-scan.yaml"


def noted(workspace: Demo, text: str) -> list[str]:
    """What is found in a note that says this."""
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, f"{narrative}notes:\n  other: '{text}'\n")
    return [finding.code for finding in workspace.check()]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("宣传资料印刷印刷经费", 11),
        ("工作经经费", 9),
        ("档案扫描描", 10),
        ("支支撑系统", 7),
        ("档案扫描经费经费", 11),
        ("科科科室扫描", 7),
        ("系统系统故障处理", 7),
        ("在职人员人员培训", 9),
        ("在职人员人员", 9),
        ("科目目录目录扫描", 9),
        ("档案采购购", 10),
    ],
)
def test_a_name_that_says_a_word_twice_is_told_at_the_word(workspace: Demo, name: str, column: int) -> None:
    workspace.edit(PROJECT, "档案扫描", name)
    assert workspace.found() == [f"2023/projects/2-scan.yaml:1:{column} P012"]


def test_a_target_is_told_as_a_name_is(workspace: Demo) -> None:
    workspace.edit(PROJECT, "target: 方便", "target: 保障保障")
    assert workspace.found() == ["2023/projects/2-scan.yaml:24:32 P012"]


@pytest.mark.parametrize("name", ["在职人员人员经费", "离退休人员人员类支出", "库房维修修缮", "政府采购购买服务"])
def test_a_name_in_which_two_words_meet_is_accepted(workspace: Demo, name: str) -> None:
    workspace.edit(PROJECT, "档案扫描", name)
    assert workspace.found() == []


@pytest.mark.parametrize(
    "text",
    [
        "用于技术支支撑。",
        "离退休人员人员按月发放。",
        "困难学生补助助困难家庭。",
        "按科科目级填列。",
        "市档案局局长调调研。",
        "新增的工作工作人员到岗。",
        "购置文件件柜。",
        "政务服务一一张网。",
        "本部部门没有。",
        "维护系统统一标准准。",
        "按规定开展工作作。",
    ],
)
def test_prose_that_says_a_sign_twice_is_told(workspace: Demo, text: str) -> None:
    assert "P012" in noted(workspace, text)


@pytest.mark.parametrize(
    "text",
    [
        "委编办办理登记，管理系统系统故障。",
        "事事好好落实，步步深入，一一核对，一一体现，二〇一一年起。",
        "在职人员人员经费和职工工资按规定核定。",
        "困难学生补助助学金、体（美）育教育教学和科目目级编码都已核对，的的确确是医疗疗效。",
        "人人参与，处处留心，方方面面都往往要等等看，件件有落实，大大提高效率。",
        "全市市直单位、各县县级部门按行政政策、财政政策和法律法规规定执行。",
        "企业业务、专业业务和体系系统由公用车辆车管所、中心心理辅导站办理。",
        "供水水质、净水水量、设施施工、救援援助、急救救治和人防防护都已安排。",
        "采用大数据据实核定，依据据实报销，研究研究再定。",
        "图书馆馆藏和文化馆馆长的培训落实实名制，市审批局局机关、公安局局属单位参加。",
        "重点点位、网站站点、水库库区、路面面层和产业业态的评审审核、抽查查验由小组组员代办办件。",
        "2023年年初预算、上年年末数，12月月底前完成，会议议程由协会会员通过。",
    ],
)
def test_words_that_meet_and_words_that_are_doubled_by_nature_are_accepted(workspace: Demo, text: str) -> None:
    assert noted(workspace, text) == []
