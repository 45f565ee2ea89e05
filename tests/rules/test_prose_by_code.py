"""Reasons and purposes that a form wants of every 科目: P006 and P007, P009 and P010."""

from __future__ import annotations

import pytest

from tests.accounts import NO_PRIOR
from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"
NARRATIVE = "2023/accounts-narrative.yaml"
REASONS = "reasons:\n  expenditure: 人员增加\nreasons_by_code:\n"


@pytest.fixture
def compared(accounts: Demo) -> Demo:
    """Accounts beside those of last year: 97 of 201 as before, 4 of 208 where it was 3, reasons given."""
    prior = "prior:\n  source: 2022年部门决算公开\n  income: [{amount: 102}]\n  expenditure:\n"
    lines = "    - {function: 201, amount: 97}\n    - {function: 208, amount: 3}\n  closing_balance: [{amount: 2}]\n"
    same = "  three_public: [{item: vehicle_operation, amount: 5}]\n  agency_operation: [{unit: agency, amount: 19}]\n"
    accounts.edit(ACCOUNTS, NO_PRIOR, f"{prior}{lines}{same}")
    accounts.edit(NARRATIVE, "purposes:", f"{REASONS}  208: 缴费基数提高\npurposes:")
    return accounts


def test_a_reason_for_each_class_that_changed_is_in_order(compared: Demo) -> None:
    assert compared.found() == []


def test_p006_a_class_that_changed_wants_its_reason(compared: Demo) -> None:
    compared.edit(NARRATIVE, "  208: 缴费基数提高\n", "  {}\n")
    assert compared.found("P006") == [f"{NARRATIVE}:4:1 P006"]
    finding = compared.findings("P006")[0]
    assert finding.message == "社会保障和就业支出比上年增加1.00万元，没有写原因"
    assert finding.hint == (
        "把下面几行贴到accounts-narrative.yaml末尾，再填写：\n"
        "reasons_by_code:\n"
        "  208: 待补充  # 社会保障和就业支出增加的主要原因是"
    )


def test_p006_a_class_that_only_last_year_had_wants_its_reason(compared: Demo) -> None:
    compared.edit(
        ACCOUNTS,
        "    - {function: 208, amount: 3}\n",
        "    - {function: 208, amount: 3}\n    - {function: 213, amount: 6}\n",
    )
    messages = [finding.message for finding in compared.findings("P006") if finding.code == "P006"]
    assert messages == ["农林水支出比上年减少6.00万元，没有写原因"]
    compared.edit(NARRATIVE, "  208: 缴费基数提高\n", "  208: 缴费基数提高\n  213: 任务完成\n")
    assert compared.found("P006") == []


def test_p006_a_change_that_is_not_shown_wants_no_reason(compared: Demo) -> None:
    # 49元 are 0.00万元.
    compared.edit(ACCOUNTS, "function: 201, amount: 97", "function: 201, amount: 97.0049")
    assert "P006" not in " ".join(compared.found("P006"))


def test_p007_a_reason_for_a_class_that_did_not_change_is_a_warning(compared: Demo) -> None:
    compared.edit(NARRATIVE, "  208: 缴费基数提高\n", "  201: 项目增加\n  208: 缴费基数提高\n")
    assert compared.found("P007") == [f"{NARRATIVE}:7:8 P007"]
    assert compared.findings("P007")[0].message == "一般公共服务支出与上年持平，原因却说“增加”"


def test_p007_a_reason_where_last_year_is_not_known_is_a_warning(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "purposes:", "reasons_by_code:\n  208: 缴费基数提高\npurposes:")
    assert accounts.found("P007") == [f"{NARRATIVE}:5:8 P007"]
    assert accounts.findings("P007")[0].message == "社会保障和就业支出没有上年数，写的原因不会印出"


def test_p006_a_form_without_reasons_by_code_wants_none(workspace: Demo) -> None:
    # 100 against 80, by one line that knows no 科目.
    workspace.edit(
        "2023/budget.yaml", "  expenditure:\n    - {amount: 80}", "  expenditure:\n    - {function: 201, amount: 80}"
    )
    assert workspace.found("P006") == []


def test_reasons_by_code_are_printed_with_their_class(compared: Demo) -> None:
    said = [block.text for block in compared.document().text.blocks if hasattr(block, "text")]
    assert any("较上年决算增加1.00万元，增长33.33%，主要原因是缴费基数提高。" in text for text in said)


def test_p009_a_class_with_money_wants_its_purpose(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "  208: 养老保险\n", "")
    assert accounts.found("P009") == [f"{NARRATIVE}:4:1 P009"]
    finding = accounts.findings("P009")[0]
    assert finding.message == "208社会保障和就业支出没有写主要用于什么"
    assert finding.hint == (
        "把下面几行贴到accounts-narrative.yaml的“purposes:”那一行下面，再填写：\n"
        "  208: 待补充  # 社会保障和就业支出主要用于"
    )


def test_p009_without_any_purposes_every_class_is_named(accounts: Demo) -> None:
    accounts.edit(NARRATIVE, "purposes:\n  201: 机构运转\n  208: 养老保险\n", "")
    assert [finding.message[:3] for finding in accounts.findings("P009")] == ["201", "208"]
    assert {finding.code for finding in accounts.findings("P009")} == {"P009"}


def test_p009_a_class_that_only_was_approved_wants_no_purpose(accounts: Demo) -> None:
    # What was approved of 208 was not spent on it: nothing to say what for.
    accounts.edit(ACCOUNTS, "{function: 2080505, basic: 4}", "{function: 2010301, basic: 4}")
    accounts.edit(NARRATIVE, "  208: 养老保险\n", "")
    assert accounts.found("P009") == []


@pytest.mark.parametrize("code", ["213", "2010301", "20103"])
def test_p010_a_purpose_of_what_has_no_money_is_a_warning(accounts: Demo, code: str) -> None:
    accounts.edit(NARRATIVE, "  201: 机构运转\n", f"  {code}: 扶贫\n  201: 机构运转\n")
    assert [one.rpartition(" ")[2] for one in accounts.found("P010")] == ["P010"]
    (finding,) = accounts.findings("P010")
    assert (finding.place.line, finding.severity) == (5, "warning")
    assert finding.message == f"{code}没有钱，写的用途不会印出"


def test_p009_a_form_that_wants_no_purposes_has_none(workspace: Demo) -> None:
    assert workspace.found("P009") == []


def test_p009_a_form_by_item_wants_the_purpose_of_each_item(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    named = [finding.message[:7] for finding in workspace.findings("P009") if finding.code == "P009"]
    assert named == ["2010301", "2010350", "2080505"]


def test_purposes_are_printed_with_their_class(accounts: Demo) -> None:
    said = [block.text for block in accounts.document().text.blocks if hasattr(block, "text")]
    assert any("，用于养老保险。" in text for text in said)
