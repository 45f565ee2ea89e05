"""Reasons and purposes as they read in the sentences of the form."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
ACCOUNTS = "2023/accounts-narrative.yaml"


@pytest.mark.parametrize(
    "reason",
    [
        "为退休和死亡人员缴纳职业年金的单位部分",
        "退休人员的职业年金单位部分",
        "人员经费",
        "政策性补贴",
        "保障性住房项目",
        "人员经费，公用经费",
    ],
)
def test_p062_a_thing_is_no_reason(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert workspace.found("P062") == [f"{NARRATIVE}:10:21 P062"]


@pytest.mark.parametrize(
    "reason",
    [
        "人员增加",
        "为退休和死亡人员缴纳职业年金的单位部分，支出相应增加",
        "退休人员职业年金单位缴费部分在本年做实",
        "上年招录工作人员较多，日常公用支出相应增加",
        "本年新安排数字政府信息化、弱电维保等项目",
        "安排一次出国培训项目",
        "压减日常公用支出",
        "2024年7月下调了在职人员住房公积金缴存基数",
        "年内有人员退休和去世",
        "物价上涨带来的办公费用上升",
        "承接县里划转的审批业务",
        "我局承担县里划转的审批业务",
        "严控三公经费支出",
        "取消了2个项目",
        "进一步盘活存量资金",
        "优先保障重点项目",
        "城市光网工程的尾款已经付清，本年不再安排",
    ],
)
def test_p062_what_happened_is_a_reason(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert workspace.found("P062") == []


@pytest.mark.parametrize("purpose", ["社会保障和就业支出", "社会保障、就业", "社会保障支出等方面"])
def test_p061_the_name_of_the_code_is_no_purpose(accounts: Demo, purpose: str) -> None:
    accounts.edit(ACCOUNTS, "208: 养老保险", f"208: {purpose}")
    assert accounts.found("P061") == [f"{ACCOUNTS}:6:8 P061"]


@pytest.mark.parametrize("purpose", ["养老保险", "社会保障和就业服务窗口", "就业和社会保障", "失业人员的社会保障"])
def test_p061_a_word_more_or_another_order_is_a_purpose(accounts: Demo, purpose: str) -> None:
    accounts.edit(ACCOUNTS, "208: 养老保险", f"208: {purpose}")
    assert accounts.found("P061") == []


@pytest.mark.parametrize("purpose", ["由于人员调入", "因缴费基数上调", "缴费人数增加"])
def test_p063_a_change_is_no_purpose(accounts: Demo, purpose: str) -> None:
    accounts.edit(ACCOUNTS, "208: 养老保险", f"208: {purpose}")
    assert accounts.found("P063") == [f"{ACCOUNTS}:6:8 P063"]


@pytest.mark.parametrize("reason", ["由于人员增加", "因为人员增加", "人员增加所致", "人员增加引起的", "因人员增加"])
def test_p064_a_reason_says_once_that_it_is_one(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert [one.code for one in workspace.findings("P064")] == ["P064"]


@pytest.mark.parametrize("reason", ["因公出差的人员增加", "因此增加人员", "人员增加，导致公用支出上升"])
def test_p064_a_word_within_a_reason_is_right(workspace: Demo, reason: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", reason)
    assert workspace.found("P064") == []


PRIOR = """\
prior:
  source: 2022年部门预算公开
  income: [{amount: 100}]
  expenditure: [{function: 201, amount: 98.5}, {function: 208, amount: 1.5}]
"""


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ("", ["社会保障和就业支出比上年增加1.50万元（100%），超过10%，没有写原因"]),
        ("reasons_by_code: {208: 缴费人数增加}\n", []),
    ],
)
def test_y002_a_class_that_changed_much_wants_a_reason_where_the_form_has_a_place_for_it(
    workspace: Demo, reasons: str, told: list[str]
) -> None:
    # 201: 97 after 98.5, which is less than a tenth; 208: 3 after 1.5
    budget = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8").partition("prior:")[0] + PRIOR
    workspace.write("2023/budget.yaml", budget.replace("shanxi-budget-2023", "shanxi-budget-2022"))
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, narrative + reasons)
    assert [one.message for one in workspace.findings("Y002")] == told
