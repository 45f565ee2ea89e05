"""Rules of 项目和绩效目标 (G): indicators, their directions and their costs."""

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


STORE = "2023/projects/1-store.yaml"
REPORT = "2023/evaluations/1-store.yaml"
CODES = ("G012", "G022", "G023", "G024", "G025", "G026")


def costing(demo: Demo, *costs: tuple[str, str], quantity: str = "≥10件", years: int = 1, whole: int = 270_000) -> Demo:
    """The project of 270,000元 a year, with these costs."""
    rows = "".join(f"      - {{name: {name}, target: {target}}}\n" for name, target in costs)
    demo.edit(STORE, "    社会效益指标:", f"    成本指标:\n{rows}    社会效益指标:")
    demo.edit(STORE, "target: ≥10件", f"target: {quantity}")
    demo.edit(STORE, "period_years: 1", f"period_years: {years}")
    demo.edit(STORE, "attribute: one_off", "attribute: recurring")
    demo.edit(STORE, "whole_period: {local: 270000}", f"whole_period: {{local: {whole}}}")
    return demo


def codes(demo: Demo) -> list[str]:
    return [finding.code for finding in demo.findings(*CODES)]


@pytest.mark.parametrize(
    ("name", "target", "found"),
    [
        ("库房改造费用", "≤27万元", []),
        ("库房改造费用", "≤30万元", ["G012"]),
        ("库房改造费用", "≥30万元", []),
        ("购置文件柜单价", "99万元", ["G012"]),  # one of them costs more than all
        ("第三方评审费用", "≤800000元/次", ["G012"]),
        ("办公用品成本", "≤3万元/月", []),
        ("办公用品成本", "≤70万元/月", ["G012"]),
        ("库房改造费用", "≤300000万元/年", ["G012"]),
        ("库房改造费用", "≤300000万/年", ["G022"]),
        ("管理员薪资标准", "2200月/元", ["G022"]),
        ("管理员薪资标准", "2200元/月", []),
        ("网络租赁费", "=1.5万年/元", ["G022"]),
        ("差旅费用", "80天/人", ["G022"]),
        ("后台运维时长", "1年", []),
        ("年度维护成本增长率", "≤15%", []),
        ("服务对象满意成本", "无", []),
        ("库房改造费用", "≤27000元", ["G023"]),
        ("库房改造费用", "≤27元/年", ["G023"]),
        ("库房改造费用", "≤26000元", []),
        ("档案盒标准", "≤27元", []),  # the price of one
        ("开展一次审计所需费用", "≤2700元", []),
        ("项目实施成本", "≤1000元/年", ["G024"]),
        ("项目实施成本", "≤27000元/年", ["G023"]),
        ("项目实施成本", "≤50000元", []),
        ("项目实施成本", "≤1000元/人次", []),
    ],
)
def test_a_cost_of_a_project_of_one_year(workspace: Demo, name: str, target: str, found: list[str]) -> None:
    assert codes(costing(workspace, (name, target))) == found


def test_a_part_beside_the_whole_may_have_its_digits(workspace: Demo) -> None:
    assert codes(costing(workspace, ("法律顾问聘用成本", "≤27万元"), ("案件处理成本", "≤2.7万元"))) == []


@pytest.mark.parametrize(
    ("costs", "found"),
    [
        (["27万元"], []),
        (["81万元"], []),  # all years
        (["54万元"], []),  # two of them
        (["80万元"], []),  # a little saved in all years
        (["77万元"], []),
        (["76万元"], ["G025"]),
        (["29万元"], ["G025"]),
        (["90万元"], ["G012"]),
        (["60万元", "21万元"], []),  # together those of all years
        (["60万元", "22万元"], ["G025"]),
    ],
)
def test_a_cost_of_a_project_of_three_years(workspace: Demo, costs: list[str], found: list[str]) -> None:
    named = [(f"第{number}项费用", cost) for number, cost in enumerate(costs)]
    assert codes(costing(workspace, *named, years=3, whole=810_000)) == found


def test_the_average_of_the_years_may_be_more_than_this_one(workspace: Demo) -> None:
    assert codes(costing(workspace, ("扩容费用", "≤30万元"), years=3, whole=900_000)) == []


@pytest.mark.parametrize(
    ("quantity", "price", "found"),
    [
        ("100组", "2700元/组", []),
        ("100组", "≤27000元/组", ["G026"]),  # ten times the funds
        ("≥100组", "2800元/组", ["G026"]),  # cannot be paid
        ("≥100组", "≤2800元/组", []),  # may cost less
        ("≤100组", "2800元/组", []),
        ("≥1000组", "≤1400元/组", ["G026"]),
        ("100组", "≤2800元/套", []),
        ("100组", "≤270元/组", ["G026"]),
    ],
)
def test_quantity_times_price(workspace: Demo, quantity: str, price: str, found: list[str]) -> None:
    assert codes(costing(workspace, ("货架成本", price), quantity=quantity)) == found


@pytest.mark.parametrize(
    ("cost", "found"),
    [
        ("{name: 改造费用, target: ≤29万元, actual: 29,", []),
        ("{name: 改造费用, target: ≤29万元, actual: 2.9,", ["G023"]),
        ("{name: 改造费用, target: ≤2.9万元, actual: 29万元,", ["G023"]),
        ("{name: 货架成本, target: =480万元/件, actual: 480,", ["G026", "G012", "G012"]),
        ("{name: 改造费用, target: ≤28万元, actual: 25.5,", []),
        ("{name: 货架成本, target: =20000元/件, actual: 20000,", []),
        ("{name: 货架成本, target: ≤24200元/件, actual: 24167,", []),  # 290,000元 by 12, rounded: 290,004元
        ("{name: 货架成本, target: ≤24200元/件, actual: 24168,", ["G026"]),
        ("{name: 货架成本, target: =25000元/件, actual: 25000,", ["G026"]),  # 12件 were done for 290,000元
        ("{name: 货架成本, target: =20000元/件, actual: 25000,", ["G026"]),
    ],
)
def test_a_report_says_what_its_money_can_have_paid(accounts: Demo, cost: str, found: list[str]) -> None:
    accounts.add_evaluation()
    accounts.edit(REPORT, "  服务对象满意度:", f"  成本指标:\n    - {cost} weight: 0, score: 0}}\n  服务对象满意度:")
    assert codes(accounts) == found


def test_the_sum_is_told_where_the_quantity_stands(accounts: Demo) -> None:
    accounts.add_evaluation()
    cost = "{name: 货架成本, target: =25000元/件, actual: 25000, weight: 0, score: 0}"
    accounts.edit(REPORT, "  服务对象满意度:", f"  成本指标:\n    - {cost}\n  服务对象满意度:")
    (finding,) = accounts.findings("G026")
    assert finding.message == "“库房改造”完成12件，每件25,000元，共300,000元，全年执行数只有290,000元"
    assert finding.place.path[-1] == "actual"


@pytest.mark.parametrize(
    ("name", "target", "code"),
    [
        ("成本", "≤万元", "G020"),
        ("件数", "≥10", "G020"),
        ("读者满意度", "≤95%", "G021"),
        ("读者满意度（%）", "≥0.95%", "G021"),
        ("读者满意度（%）", "≥950%", "G015"),
    ],
)
def test_a_target_that_says_nothing_or_too_much(workspace: Demo, name: str, target: str, code: str) -> None:
    workspace.edit(STORE, "{name: 件数, target: ≥10件}", f"{{name: {name}, target: '{target}'}}")
    assert [one.partition(" ")[2] for one in workspace.found("G015", "G020", "G021")] == [code]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("受理率（%）", "≥95"),
        ("年话务量(万通)", "20"),
        ("故障率", "≤1%"),
        ("群众不满意率", "≤5%"),
        ("完成时间", "2023年9月30日前"),
        ("成本", "10万元—15万元"),
    ],
)
def test_a_target_with_its_unit_in_either_place(workspace: Demo, name: str, target: str) -> None:
    workspace.edit(STORE, "{name: 件数, target: ≥10件}", f"{{name: {name}, target: '{target}'}}")
    assert workspace.found() == []
