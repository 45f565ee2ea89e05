"""G030: whether a target is a floor or a ceiling."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

PROJECT = "2023/projects/2-scan.yaml"


def of(workspace: Demo, name: str, target: str) -> list[str]:
    """What is found of an indicator."""
    workspace.edit(PROJECT, "name: 件数, target: ≥10件", f"name: {name}, target: {target}")
    return workspace.found()


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("车身整洁合格率", "≤95%"),
        ("项目验收合格率（%）", "≤95%"),
        ("资金支付及时率", "<100%"),
        ("审计报告结论准确性", "≤95%"),
        ("成本节约率", "≤0%"),
        ("投诉办结率", "≤98%"),
        ("无故障率", "≤99%"),
        ("系统故障率", "≥1%"),
        ("系统故障发生率", "≥1%"),
        ("产品不合格率", "≥2%"),
        ("安全事故数", "≥1次"),
        ("系统故障次数", "≥3次"),
        ("热线响应时间", "≥30分钟"),
        ("系统故障率", "≤85%"),
    ],
)
def test_a_target_that_goes_the_wrong_way_is_told_at_the_target(workspace: Demo, name: str, target: str) -> None:
    assert of(workspace, name, target) == [f"2023/projects/2-scan.yaml:22:{26 + len(name)} G030"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("车身整洁合格率", "≥95%"),
        ("车身整洁合格率", "95%"),
        ("审计报告结论准确性", "≥95%"),
        ("成本节约率", "≤5%"),
        ("成本节约率", "≥0%"),
        ("办理及时性", "≤3天"),
        ("系统故障率", "≤1%"),
        ("投诉下降率", "≥10%"),
        ("故障修复率", "≥98%"),
        ("处理投诉数量", "≥100件"),
        ("受理信访件数", "≥20件"),
        ("压缩办理时限", "≥30%"),
        ("培训时间", "≥3天"),
        ("年度维护成本增长率", "≤15%"),
        ("预算控制率", "≤100%"),
        ("团队人员月流失率", "≤20%"),
        ("参训人数", "≤50人"),
    ],
)
def test_one_that_goes_the_right_way_or_may_go_either_is_not(workspace: Demo, name: str, target: str) -> None:
    assert of(workspace, name, target) == []


def test_a_report_is_held_to_the_same(accounts: Demo) -> None:
    accounts.add_evaluation()
    file = "2023/evaluations/1-store.yaml"
    accounts.edit(file, "{name: 满意度, target: ≥95%, actual: 96", "{name: 档案完好率, target: ≤97%, actual: 96")
    assert [one.code for one in accounts.check()] == ["G030"]
