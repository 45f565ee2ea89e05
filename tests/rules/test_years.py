"""Years, dates and words beside last year's: the bounds that examples do not show."""

from __future__ import annotations

import pytest

from discgen.rules.stale import years_of
from tests.accounts import NO_PRIOR
from tests.conftest import Demo

BUDGET, STORE = "2023/budget.yaml", "2023/projects/1-store.yaml"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年完成", [2021]),
        ("2022年1月-2023年1月", [2022, 2023]),
        ("2020-05-01前", [2020]),
        ("2020/5完成", [2020]),
        ("已于2021年完成招标，2023年付款", [2023]),
        ("自2018年起推广", []),
        ("从2019年开始", []),
        ("2018年以来全省推行", []),
        ("2021年10月已签订合同", []),
        ("《2022年度部门预算》", []),
        ("晋财综〔2020〕43号", []),
        ("公告（2019年第56号）", []),
        ("{{ 2019年 }}", []),
        ("≤2000元", []),
        ("1978平方米", []),
        ("12019年", []),
        ("兑现2022年粮食种植补贴", []),
        ("发放2021年、2022年度补贴", []),
        ("按2021年签订的合同付款", []),
        ("2021年未完成的道路", []),
        ("2021年机构改革后人员转隶到位", [2021]),
        ("2021年机构改革后，人员转隶到位", []),
        ("2018年公车改革以来车辆减少", []),
        ("2021年1月启动", [2021]),
    ],
)
def test_years_that_a_text_speaks_of_as_present(text: str, years: list[int]) -> None:
    assert years_of(text) == years


@pytest.mark.parametrize(
    ("plan", "found"), [("2022年完成。", True), ("2023年完成。", False), ("2022年设计，2023年完成。", False)]
)
def test_y005_a_plan_must_reach_this_year(workspace: Demo, plan: str, *, found: bool) -> None:
    workspace.edit(STORE, "这是计划。", plan)
    assert bool(workspace.found("Y005")) is found


@pytest.mark.parametrize(("target", "found"), [("2021年6月前", True), ("2022年6月前", False), ("2024年6月前", False)])
def test_y005_a_target_may_be_of_last_year(workspace: Demo, target: str, *, found: bool) -> None:
    workspace.edit(STORE, "≥10件", target)
    assert bool(workspace.found("Y005")) is found


@pytest.mark.parametrize(
    ("name", "found"), [("2021年库房改造", True), ("2021年库房改造尾款", False), ("2022年库房改造", False)]
)
def test_y005_a_name_may_bear_an_older_year_for_what_is_left_to_pay(workspace: Demo, name: str, *, found: bool) -> None:
    workspace.edit(STORE, "name: 库房改造", f"name: {name}")
    assert bool(workspace.found("Y005")) is found


@pytest.mark.parametrize(("carried", "found"), [("80", False), ("80.01", True)])
def test_y007_all_of_last_year_may_be_carried_over_but_no_more(workspace: Demo, carried: str, *, found: bool) -> None:
    workspace.edit(BUDGET, "amount: 100}\n", f"amount: 100}}\n  - {{origin: carryover, amount: {carried}}}\n")
    assert bool(workspace.found("Y007")) is found


def test_y007_a_fund_without_a_budget_last_year_is_not_judged(workspace: Demo) -> None:
    workspace.edit(BUDGET, "amount: 100}\n", "amount: 100}\n  - {fund: state_capital, origin: carryover, amount: 9}\n")
    assert workspace.found("Y007") == []


@pytest.mark.parametrize(
    "reason", ["无", "其他", "经费增加", "支出减少", "工作需要", "预算安排", "根据实际情况调整", "比上年有所增加"]
)
def test_y001_a_reason_that_only_says_that_there_was_a_change(workspace: Demo, reason: str) -> None:
    workspace.edit("2023/narrative.yaml", "压缩用车", reason)
    assert len(workspace.found("Y001")) == 1


@pytest.mark.parametrize(
    "reason",
    ["人员增加", "项目调整", "压缩用车", "工资调整", "新增{{ income.total | 万元 }}", "退休人员减少", "缴费基数提高"],
)
def test_y001_a_short_reason_may_be_one(workspace: Demo, reason: str) -> None:
    workspace.edit("2023/narrative.yaml", "压缩用车", f'"{reason}"')
    assert workspace.found("Y001") == []


def test_y012_a_duty_that_is_gone_is_named(workspace: Demo) -> None:
    narrative = (workspace.folder / "2023/narrative.yaml").read_text(encoding="utf-8")
    last = narrative.replace("    - 收集和保管档案。\n", "    - 收集和保管档案。\n    - 利用档案。\n")
    budget = (workspace.folder / BUDGET).read_text(encoding="utf-8")
    this, _, prior = budget.partition("prior:\n")
    workspace.write(BUDGET, this)
    workspace.write("2022/budget.yaml", this.replace("2023\nunit", "2022\nunit") + "prior:\n" + prior)
    workspace.write("2022/narrative.yaml", last)
    assert [(str(one.place).removeprefix("departments/demo/"), one.message) for one in workspace.findings("Y012")] == [
        ("2023/narrative.yaml:3:5", "职责比上年少1项，上年有“利用档案。”")
    ]


def test_y013_a_first_year_without_figures_says_why(workspace: Demo) -> None:
    this, _, _ = (workspace.folder / BUDGET).read_text(encoding="utf-8").partition("prior:\n")
    workspace.write("2023/budget.yaml", this)
    [found] = workspace.findings("Y013")
    assert (found.severity, found.message) == ("note", "没有上年数，文字里不作比较")
    workspace.write("2023/budget.yaml", f"{this}prior: {{source: 2023年新设的部门}}\n")
    assert workspace.found("Y013") == []


def test_y013_a_part_that_was_not_entered_is_named(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "")
    [found] = workspace.findings("Y013")
    assert (found.severity, found.message) == ("warning", "prior里没有three_public，“三公”经费在文字里不作比较")
    assert found.hint == "在prior下补上three_public；上年没有的，写three_public: []"


def test_y013_a_part_that_was_nothing_is_known(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "  three_public: []\n")
    assert workspace.found("Y013") == []


def test_figures_of_last_year_are_all_there_or_none(workspace: Demo) -> None:
    """A `prior` of nothing but its source is whole; one with half its figures is not."""
    this, _, _ = (workspace.folder / BUDGET).read_text(encoding="utf-8").partition("prior:\n")
    workspace.write("2023/budget.yaml", f"{this}prior:\n  source: 2022年部门预算公开\n  income: [{{amount: 80}}]\n")
    [found] = workspace.check()
    assert found.message == "prior要有income和expenditure；没有上年数的，只写source，说明为什么"


def _prior_three_public(accounts: Demo, **amounts: str) -> None:
    rows = "".join(f"    - {{item: {item}, amount: {amount}}}\n" for item, amount in amounts.items())
    prior = (
        "prior:\n  source: 2022年部门决算公开\n  income:\n    - {amount: 102}\n  expenditure:\n    - {amount: 101}\n"
    )
    accounts.edit("2023/accounts.yaml", NO_PRIOR, f"{prior}  three_public:\n{rows}")


def test_y002_a_change_from_nothing_or_to_nothing_wants_a_reason(accounts: Demo) -> None:
    _prior_three_public(accounts, reception="5")
    assert [one.message for one in accounts.findings("Y002")] == [
        "公务接待费比上年减少5.00万元（100%），超过10%，没有写原因",
        "公务用车运行维护费比上年增加5.00万元，超过10%，没有写原因",
    ]


@pytest.mark.parametrize(("before", "told"), [("5", False), ("4.9999", True)])
def test_y002_a_change_of_the_threshold_itself_wants_none(accounts: Demo, before: str, *, told: bool) -> None:
    accounts.edit("2023/accounts.yaml", "30231, unit: agency, amount: 5}", "30231, unit: agency, amount: 5.5}")
    accounts.edit("2023/accounts.yaml", "unit: agency, amount: 14}", "unit: agency, amount: 13.5}")
    _prior_three_public(accounts, vehicle_operation=before, reception="0.5")
    assert any(one.message.startswith("公务用车运行维护费") for one in accounts.findings("Y002")) is told


def test_y014_the_form_of_a_year_before_is_told_with_the_one_to_use(workspace: Demo) -> None:
    workspace.edit(BUDGET, "form: shanxi-budget-2023", "form: shanxi-budget-2022")
    [found] = workspace.findings("Y014")
    assert found.message == "2023年的文件用的是旧表式shanxi-budget-2022，已经有shanxi-budget-2023"
    assert found.hint is not None
    assert found.hint.startswith("改成 form: shanxi-budget-2023，整本文件照新表式重新排")


def test_y014_a_form_later_than_the_document_is_not_asked_for(workspace: Demo) -> None:
    assert workspace.found("Y014") == []
