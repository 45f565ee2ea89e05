"""P041: official terms that are off by one sign."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

PROJECT = "2023/projects/2-scan.yaml"


def noted(workspace: Demo, text: str) -> list[str]:
    """What is found in a note that says this."""
    file = "2023/narrative.yaml"
    narrative = (workspace.folder / file).read_text(encoding="utf-8")
    workspace.write(file, f"{narrative}notes:\n  other: '{text}'\n")
    return [finding.code for finding in workspace.check()]


@pytest.mark.parametrize(
    "text",
    [
        "为退休人员缴纳职工年金。",
        "没有国有资金经营预算安排的支出。",
        "卫生与健康支出增加。",
        "卫王健康支出增加。",
        "公务招待费压减。",
        "公务用车运行护维费压减。",
        "缴纳工商保险和失业保险。",
        "社会保障与就业支出增加。",
        "财政拔款增加。",
        "其他社会障保和就业支出增加。",
    ],
)
def test_a_term_with_one_wrong_sign_is_told(workspace: Demo, text: str) -> None:
    assert noted(workspace, text) == ["P041"]


@pytest.mark.parametrize(
    "text",
    [
        "为退休人员缴纳职业年金和企业年金。",
        "对个人和家庭补助、其中工资福利支出和机关的商品和服务支出都有增加。",
        "开展市场监督管理服务、统计信息服务和基层司法服务。",
        "公务车运行维护费和公务用车运行维护经费下降。",
        "采购办公经费、专业设备购置和办公设备配置。",
        "国有资本经营预决算一并公开。",
        "森林防灭火基础设施设计服务。",
        "执行《关于国有资金经营预算的通知》。",
        "发放事业单位退休人员、行政单位退休人员补贴，保障机关运转经费。",
        "压减公务接待经费和因公出国（境）经费。",
        "缴纳基本养老保险费、职工基本医疗保险费，社会保险缴费基数提高。",
    ],
)
def test_words_near_a_term_that_are_words_of_their_own_are_not(workspace: Demo, text: str) -> None:
    assert "P041" not in noted(workspace, text)


def test_a_name_is_told_at_the_word(workspace: Demo) -> None:
    workspace.edit(PROJECT, "档案扫描", "补缴职工年金")
    assert workspace.found() == ["2023/projects/2-scan.yaml:1:9 P041"]
