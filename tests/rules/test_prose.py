from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"
NARRATIVE = "2023/narrative.yaml"
AMOUNT = "2023/narrative.yaml:10:28"
"""Where the amount after “人员增加，多支” stands."""


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


def test_p006_a_change_without_a_reason_is_an_error_at_the_reasons(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "  three_public: 压缩用车\n", "")
    finding = workspace.check()[0]
    assert workspace.found() == ["2023/narrative.yaml:6:1 P006"]
    assert finding.message == "“三公”经费比上年减少2.00万元，没有写原因"
    assert finding.hint == (
        "把下面几行贴到narrative.yaml的“reasons:”那一行下面，再填写：\n"
        "  three_public: 待补充  # “三公”经费减少的主要原因是"
    )


def test_p006_each_change_wants_its_own_reason(workspace: Demo) -> None:
    text = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, text[: text.index("reasons:")] + "reasons: {}\n")
    assert [finding.message.partition("比上年")[0] for finding in workspace.check()] == [
        "“三公”经费",
        "支出总计",
        "收入总计",
        "机关运行经费一般公共预算",
    ]


def test_p007_a_reason_without_a_change_is_a_warning(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{item: vehicle_operation, amount: 8}", "{item: vehicle_operation, amount: 6}")
    assert workspace.found() == ["2023/narrative.yaml:9:17 P007"]


def test_p006_no_reason_is_wanted_where_nothing_changed(workspace: Demo) -> None:
    workspace.edit(BUDGET, "{item: vehicle_operation, amount: 8}", "{item: vehicle_operation, amount: 6}")
    workspace.edit(NARRATIVE, "  three_public: 压缩用车\n", "")
    assert workspace.found() == []


def test_p006_no_reason_is_wanted_where_last_year_is_not_known(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  three_public:\n    - {item: vehicle_operation, amount: 8}\n", "")
    workspace.edit(NARRATIVE, "  three_public: 压缩用车\n", "")
    assert workspace.found() == [f"{BUDGET}:16:1 Y013"]
