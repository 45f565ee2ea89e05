"""Rules of 与上年比 (Y): last year's figures, words and days."""

from __future__ import annotations

import pytest

from discgen.diagnostics import Severity
from discgen.rules.years import years_of
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


def dates(demo: Demo, approved: str, published: str) -> None:
    facts = f"2023/{demo.target.kind}.yaml"
    demo.edit(facts, "year: 2023\n", f"year: 2023\napproved_on: {approved}\npublished_on: {published}\n")


@pytest.mark.parametrize("published", ["2023-02-06", "2023-02-26"])
def test_the_day_itself_and_the_twentieth_day_are_in_time(workspace: Demo, published: str) -> None:
    dates(workspace, "2023-02-06", published)
    assert workspace.found() == []


def test_the_day_after_is_late(workspace: Demo) -> None:
    dates(workspace, "2023-02-06", "2023-02-27")
    [found] = workspace.check()
    assert (found.code, found.severity, found.path) == ("Y011", "warning", "published_on")
    assert found.message == "2023年2月6日批复，2023年2月27日才公开，过了21天"
    assert found.hint == "应在2023年2月26日以前公开；核对两个日期"


def test_publication_before_approval_is_an_error(workspace: Demo) -> None:
    dates(workspace, "2023-02-06", "2023-02-05")
    assert [(one.code, one.severity) for one in workspace.check()] == [("Y011", "error")]


def test_accounts_are_judged_too(accounts: Demo) -> None:
    dates(accounts, "2024-08-30", "2024-10-08")
    assert len(accounts.found("Y011")) == 1


def test_a_day_that_is_none_is_refused(workspace: Demo) -> None:
    dates(workspace, "2023-02-30", "2023-03-01")
    assert [one.code for one in workspace.check()] == ["M003"]


def test_an_old_system_is_no_plan_left_over(workspace: Demo) -> None:
    workspace.edit(STORE, "plan: 这是计划。", "plan: 原系统于2016年建成，须更换。")
    assert workspace.found("Y005") == []


def test_a_year_left_over_is_shown_where_it_is_written(workspace: Demo) -> None:
    workspace.edit(STORE, "plan: 这是计划。", "plan: 计划在2021年完成。")
    assert workspace.found("Y005") == [f"{STORE}:16:12 Y005"]


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        ("2021-12-31", [Severity.WARNING]),
        ("2022-01-01", []),
        ("2023-06-30", []),
        ("2023-07-01", [Severity.WARNING]),
        ("2023-12-31", [Severity.WARNING]),
        ("2024-01-01", [Severity.ERROR]),
    ],
)
def test_a_goal_sheet_of_a_budget_is_filled_in_before_it_is_approved(
    workspace: Demo, day: str, severities: list[Severity]
) -> None:
    workspace.edit(STORE, "goal_sheet:\n", f"goal_sheet:\n  filled_on: {day}\n")
    assert [one.severity for one in workspace.findings("Y006")] == severities


def test_the_days_that_are_possible_are_named(workspace: Demo) -> None:
    workspace.edit(STORE, "goal_sheet:\n", "goal_sheet:\n  filled_on: 2025-11-22\n")
    found = workspace.findings("Y006")[0]
    assert found.message == "“库房改造”的填报日期是2025年11月22日，2023年已经过完"
    assert found.hint == "核对filled_on，应在2022年1月1日至2023年6月30日之间"


@pytest.mark.parametrize(
    ("day", "found"), [("2022-12-31", True), ("2023-01-01", False), ("2024-12-31", False), ("2025-01-01", True)]
)
def test_assets_of_accounts_are_counted_in_the_year_or_the_next(accounts: Demo, day: str, *, found: bool) -> None:
    accounts.edit(
        "2023/accounts.yaml",
        "procurement:",
        f"assets:\n  as_of: {day}\n  vehicles: {{authorised: 0, owned: 0}}\n  office_area: 0\nprocurement:",
    )
    assert bool(accounts.found("Y006")) is found
