"""Rules of 文字 (P): amounts, percentages, counts and days typed in a text."""

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


STORE = "2023/projects/1-store.yaml"


@pytest.mark.parametrize("day", ["2023年13月", "2月30日", "2023年2月29日", "6月31日"])
def test_a_day_that_there_is_not_is_found_where_it_is_written(workspace: Demo, day: str) -> None:
    workspace.edit(STORE, "plan: 这是计划。", f"plan: 库房在{day}完成。")
    assert workspace.found("P035") == [f"{STORE}:16:12 P035"]


@pytest.mark.parametrize("day", ["2023年12月", "2月29日", "9月30日", "12个月", "第13月", "1-12月"])
def test_days_that_there_are(workspace: Demo, day: str) -> None:
    workspace.edit(STORE, "plan: 这是计划。", f"plan: 库房在{day}完成。")
    assert workspace.found("P035") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年7月-2021年7月运维。", True),
        ("自2023年11月5日至2023年11月1日。", True),
        ("2025—2024年实施。", True),
        ("2023年7月-2023年7月运维。", False),
        ("2023年—2024年6月实施。", False),
        ("2024年6月至2024年实施。", False),
        ("2023年11月至2月实施。", False),  # of the next year, perhaps
        ("由2023年到2025年看。", False),
    ],
)
def test_p046_a_range_ends_no_earlier_than_it_begins(workspace: Demo, text: str, *, found: bool) -> None:
    narrative = (workspace.folder / "2023/narrative.yaml").read_text(encoding="utf-8")
    workspace.write("2023/narrative.yaml", f"{narrative}notes:\n  other: {text}\n")
    assert bool(workspace.found("P046")) is found


AMOUNT = "2023/narrative.yaml:10:28"
BUDGET = "2023/budget.yaml"


@pytest.mark.parametrize("amount", ["33万元", "12.5万元", "3,300元", "3，300元", "1.2亿元", "100.01万元", "0.5元"])
def test_p004_a_typed_amount_that_matches_no_fact_is_an_error(workspace: Demo, amount: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"人员增加，多支{amount}")
    assert workspace.found() == [f"{AMOUNT} P004"]


@pytest.mark.parametrize(
    ("amount", "hint"),
    [
        ("100万元", "改成 {{ income.total | 万元 }}"),
        ("100.00万元", "改成 {{ income.total | 万元 }}"),
        ("1,000,000元", "改成 {{ income.total | 元 }}"),
        ("0.01亿元", "改成 {{ income.total | 万元 }}"),
        ("80万元", "改成 {{ prior.income.total | 万元 }}"),
        ("20万元", "改成 {{ change.income.total | 万元 }}"),
        ("2万元", "改成 {{ change.three_public.total | 万元 }}"),
    ],
)
def test_p005_a_typed_amount_that_matches_a_fact_is_a_warning_that_names_it(
    workspace: Demo, amount: str, hint: str
) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"人员增加，多支{amount}")
    assert workspace.found() == [f"{AMOUNT} P005"]
    assert workspace.check()[0].hint == hint


def test_p005_an_amount_as_the_document_shows_it_matches_though_it_is_rounded(workspace: Demo) -> None:
    workspace.edit(BUDGET, "amount: 40}", "amount: 39.996}")
    workspace.edit(BUDGET, "amount: 5}", "amount: 5.004}")
    workspace.edit(NARRATIVE, "人员增加", "人员经费40万元")
    assert workspace.check()[0].hint == "改成 {{ basic.personnel | 万元 }}"


@pytest.mark.parametrize(
    "text",
    [
        "{{ income.total | 万元 }}",
        "招录3人",
        "占25%",
        "第3号文件",
        "2023年",
        "万元以上",
        "一百万元",
        "50万元以上",
        "100万元（含）以上的设备",
        "3000万元及以下的项目",
        "按照每人每月50元补发交通补贴",
        "物业费由每平方米1.8元提高到2.5元",
        "公用经费定额标准从1.2万元提高到1.5万元",
        "培训按400元/人安排",
        "邮件平均20元",
        "第一至第四季度各15万元",
        "按600元的标准补贴",
    ],
)
def test_p004_text_without_typed_amounts_is_accepted(workspace: Demo, text: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"'{text}'")
    assert workspace.found("P004", "P005") == []


@pytest.mark.parametrize("text", ["合同总金额85万元", "项目总投资120万元", "固定资产原值1200万元"])
def test_p004_money_that_is_not_of_the_budget_is_a_warning(workspace: Demo, text: str) -> None:
    workspace.edit("2023/projects/1-store.yaml", "这是概况。", f"{text}。")
    (finding,) = workspace.check()
    assert (finding.code, finding.severity) == ("P004", "warning")


def test_p004_what_is_said_after_a_contract_is_of_the_budget(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "这是概况。", "按合同，本年支付85万元。")
    (finding,) = workspace.check()
    assert (finding.code, finding.severity) == ("P004", "error")


def test_p004_looks_into_all_prose(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管档案。", "收集档案，3万元。")
    workspace.edit(NARRATIVE, "overview:", "notes:\n  other: 另有3万元。\noverview:")
    workspace.edit("2023/projects/1-store.yaml", "这是依据。", "依据3万元。")
    workspace.edit("2023/projects/2-scan.yaml", "这是年度目标。", "目标3万元。")
    assert workspace.found() == [
        "2023/narrative.yaml:2:12 P004",
        "2023/narrative.yaml:5:12 P004",
        "2023/projects/1-store.yaml:13:12 P004",
        "2023/projects/2-scan.yaml:19:15 P004",
    ]


def test_p004_targets_of_indicators_may_hold_amounts(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "≥10件", "≤3万元")
    assert workspace.found() == []


def test_p005_of_facts_that_are_the_same_a_reason_is_told_that_of_its_own_subject(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "  income: 新增库房项目", "  income: 新增库房项目20万元")
    workspace.edit(NARRATIVE, "  expenditure: 新增库房项目", "  expenditure: 增加库房维修20万元")
    hints = [finding.hint for finding in workspace.findings("P005")]
    assert hints == ["改成 {{ change.income.total | 万元 }}", "改成 {{ change.expenditure.total | 万元 }}"]


@pytest.mark.parametrize(("typed", "found"), [("27万元", []), ("28万元", ["P004"])])
def test_p004_a_reason_may_speak_of_the_amount_of_a_project(workspace: Demo, typed: str, found: list[str]) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"人员增加，库房改造{typed}")
    assert [finding.code for finding in workspace.findings("P004", "P005")] == found
