"""Sentences of the national form of accounts and of Shanghai's: more than the budget, less, as much, nothing."""

from __future__ import annotations

import pytest

from discgen.narrative.blocks import Paragraph
from tests.conftest import Demo

ACCOUNTS = "2023/accounts.yaml"
NARRATIVE = "2023/accounts-narrative.yaml"
FORMS = ("national-accounts-2024", "shanghai-accounts-2024")
REASONS = """\
budget_reasons: {general: 追加改造经费, three_public: 少用车}
budget_reasons_by_code: {2010301: 追加改造经费, 2010350: 成交价低, 2080505: 补缴}
reasons: {three_public: 少用车, agency_operation: 少买耗材}
purposes:"""


def told(demo: Demo, form: str) -> str:
    """What the document says in this form; reasons are given."""
    demo.edit(ACCOUNTS, "form: shanxi-accounts-2024", f"form: {form}")
    demo.edit(NARRATIVE, "purposes:", REASONS)
    document = demo.compose().document
    assert document is not None
    return "".join(block.text for block in document.text.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    ("form", "more", "less"),
    [
        (
            FORMS[0],
            "年初预算为88.00万元，支出决算为89.00万元，完成年初预算的101.14%。决算数大于年初预算数，主要原因是追加改造经费。",
            "年初预算为9.00万元，支出决算为8.00万元，完成年初预算的88.89%。决算数小于年初预算数，主要原因是成交价低。",
        ),
        (
            FORMS[1],
            "年初预算为88.00万元，支出决算为89.00万元。决算数大于预算数的主要原因：追加改造经费。",
            "年初预算为9.00万元，支出决算为8.00万元。决算数小于预算数的主要原因：成交价低。",
        ),
    ],
)
def test_an_item_is_told_beside_its_budget_with_the_reason(accounts: Demo, form: str, more: str, less: str) -> None:
    text = told(accounts, form)
    assert more in text
    assert less in text


@pytest.mark.parametrize(("form", "same"), [(FORMS[0], "决算数与年初预算数持平。"), (FORMS[1], "决算数与预算数持平。")])
def test_what_is_printed_alike_is_level_and_its_reason_is_not_printed(accounts: Demo, form: str, same: str) -> None:
    accounts.edit(ACCOUNTS, "{function: 2010350, project: 8}", "{function: 2010350, project: 9.0049}")
    text = told(accounts, form)
    assert (
        f"年初预算为9.00万元，支出决算为9.00万元{'，完成年初预算的100.05%' if form == FORMS[0] else ''}。{same}" in text
    )
    assert "成交价低" not in text


@pytest.mark.parametrize(
    ("form", "nothing"),
    [
        (
            FORMS[0],
            "年初预算为9.00万元，支出决算为0.00万元，完成年初预算的0%。决算数小于年初预算数，主要原因是成交价低。",
        ),
        (FORMS[1], "年初预算为9.00万元，支出决算为0.00万元。决算数小于预算数的主要原因：成交价低。"),
    ],
)
def test_what_was_planned_and_not_spent_is_told(accounts: Demo, form: str, nothing: str) -> None:
    accounts.edit(ACCOUNTS, "  - {function: 2010350, project: 8}\n", "")
    assert nothing in told(accounts, form)


@pytest.mark.parametrize("form", FORMS)
def test_what_was_spent_without_a_plan_has_no_percentage(accounts: Demo, form: str) -> None:
    accounts.edit(ACCOUNTS, "{function: 2010350, project: 8}", "{function: 2010399, project: 8}")
    assert "年初预算为0.00万元，支出决算为8.00万元。决算数大于" in told(accounts, form)


@pytest.mark.parametrize("form", FORMS)
def test_without_a_budget_nothing_is_compared_with_one(accounts: Demo, form: str) -> None:
    (accounts.folder / "2023/budget.yaml").unlink()
    text = told(accounts, form)
    assert "年初预算" not in text
    assert "决算为8.00万元。" in text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (FORMS[0], "“三公”经费财政拨款支出全年预算为7.00万元，支出决算为5.00万元，完成全年预算的71.43%。"),
        (FORMS[1], "“三公”经费财政拨款支出年初预算为6.00万元，支出决算为5.00万元，完成预算的83.33%，其中："),
    ],
)
def test_three_public_stands_beside_the_budget_that_its_form_asks_for(accounts: Demo, form: str, said: str) -> None:
    assert said in told(accounts, form)


@pytest.mark.parametrize(
    ("form", "written", "said"),
    [
        (
            FORMS[0],
            "awarded: {goods: 3, works: 0, services: 3, micro: 1.5}",
            (
                "授予中小企业合同金额6.00万元，占政府采购支出总额的66.67%，其中：授予小微企业合同金额1.50万元，"
                "占授予中小企业合同金额的25.00%。货物采购授予中小企业合同金额占货物支出金额的100.00%；"
                "服务采购授予中小企业合同金额占服务支出金额的50.00%。"
            ),
        ),
        (
            FORMS[1],
            "reserved: {sme: 5, micro: 2}, awarded: {reserved_sme: 4, reserved_micro: 1, others: 2}",
            (
                "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额4.00万元；"
                "在面向小微企业预留的政府采购项目中，由小微企业供应商中标或成交的，采购金额1.00万元；"
                "在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额2.00万元。"
            ),
        ),
    ],
)
def test_contracts_of_small_firms_are_told_as_the_form_splits_them(
    accounts: Demo, form: str, written: str, said: str
) -> None:
    accounts.edit(ACCOUNTS, "services: 6}", f"services: 6, {written}}}")
    assert said in told(accounts, form)


@pytest.mark.parametrize("form", FORMS)
def test_problems_that_are_not_solved_are_counted(accounts: Demo, form: str) -> None:
    stated = "performance: {projects: 2, grades: {good: 2}, problems: {found: 3, solved: 1}}\n"
    accounts.edit(ACCOUNTS, "procurement:", f"{stated}procurement:")
    text = told(accounts, form)
    assert "发现问题3个，已经完成整改的1个，正在整改的2个。" in text
    assert "平均得分" not in text
