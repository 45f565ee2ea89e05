"""Rules of 勾稽 (R): limits and units."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET = "2023/budget.yaml"


@pytest.mark.parametrize(("goods", "found"), [("0.0999", True), ("0.1", False), ("0", False)])
def test_r024_procurement_of_less_than_1000_yuan_is_asked_about(workspace: Demo, goods: str, *, found: bool) -> None:
    workspace.edit(BUDGET, "goods: 4", f"goods: {goods}")
    assert workspace.found("R024") == (["2023/budget.yaml:15:22 R024"] if found else [])


def test_r024_the_parts_of_procurement_kept_for_small_companies_are_asked_about(workspace: Demo) -> None:
    workspace.edit(BUDGET, "services: 7}", "services: 7, reserved: {sme: 5, micro: 0.0002}}")
    assert [one.message for one in workspace.findings("R024")] == ["其中小微企业只有2元，小得不合情理"]


def test_r024_a_report_in_the_wrong_unit_is_asked_about(accounts: Demo) -> None:
    accounts.add_evaluation()
    accounts.edit(
        "2023/evaluations/1-store.yaml",
        "requested: 270000, approved: 270000, adjusted: 290000, executed: 290000",
        "requested: 27, approved: 27, adjusted: 29, executed: 29",
    )
    assert accounts.found("R024") == ["2023/evaluations/1-store.yaml:15:5 R024"]


@pytest.mark.parametrize(
    ("before", "found"),
    [("0.6", 0), ("0.59", 1), ("60", 0), ("60.1", 1), ("0.0006", 1), ("60000", 1), ("0", 0)],
)
def test_r026_vehicles_do_not_cost_ten_times_last_years(workspace: Demo, before: str, found: int) -> None:
    # 公务用车运行维护费 of this year is 6万元; it is told once, not again for all of “三公”经费
    workspace.edit(BUDGET, "item: vehicle_operation, amount: 8", f"item: vehicle_operation, amount: {before}")
    assert len(workspace.findings("R026")) == found


@pytest.mark.parametrize(("before", "found"), [("20", 0), ("19.9", 2), ("500", 0), ("501", 2), ("0", 0)])
def test_r026_totals_are_not_five_times_last_years(workspace: Demo, before: str, found: int) -> None:
    text = (workspace.folder / BUDGET).read_text(encoding="utf-8")
    workspace.write(BUDGET, text.replace("amount: 80}", f"amount: {before}}}"))
    assert len(workspace.findings("R026")) == found


def test_r026_tells_what_may_be_wrong_by_how_far_it_is(workspace: Demo) -> None:
    workspace.edit(BUDGET, "  income:\n    - {amount: 80}", "  income:\n    - {amount: 8}")
    workspace.edit(BUDGET, "  expenditure:\n    - {amount: 80}", "  expenditure:\n    - {amount: 0.008}")
    income, expenditure = workspace.findings("R026")
    assert income.message == "收入总计1,000,000元，上年80,000元，是上年的12.5倍"
    assert "多写了一位" in income.hint
    assert "元和万元写混了" in expenditure.hint


@pytest.mark.parametrize(("amount", "found"), [("36", False), ("36.0001", True)])
def test_r025_stated_performance_may_be_all_projects_and_no_more(workspace: Demo, amount: str, *, found: bool) -> None:
    workspace.edit(BUDGET, "procurement:", f"performance: {{projects: 2, amount: {amount}}}\nprocurement:")
    assert workspace.found("R025") == (["2023/budget.yaml:15:36 R025"] if found else [])


def test_r025_tells_a_figure_in_the_wrong_unit(workspace: Demo) -> None:
    workspace.edit(BUDGET, "procurement:", "performance: {projects: 2, amount: 360000}\nprocurement:")
    assert workspace.findings("R025")[0].hint.startswith("两边正好差一万倍，多半是元和万元写混了；")


@pytest.mark.parametrize(("amount", "found"), [("0.048", False), ("0.0048", True)])
def test_r024_one_reception_may_cost_a_few_hundred(accounts: Demo, amount: str, *, found: bool) -> None:
    accounts.edit("2023/accounts.yaml", "adjusted: 7}", f"adjusted: 7, amount: {amount}}}")
    assert bool(accounts.found("R024")) is found


@pytest.mark.parametrize(("amount", "found"), [("37", False), ("37.0001", True)])
def test_r025_projects_that_the_department_evaluates_may_be_all_and_no_more(
    accounts: Demo, amount: str, *, found: bool
) -> None:
    stated = f"performance: {{projects: 2, grades: {{good: 2}}, evaluated: 1, evaluated_amount: {amount}}}\n"
    accounts.edit("2023/accounts.yaml", "procurement:", f"{stated}procurement:")
    assert accounts.found("R025") == (["2023/accounts.yaml:23:79 R025"] if found else [])


@pytest.mark.parametrize(
    ("written", "messages"),
    [
        ("awarded: {goods: 3, works: 0, services: 6, micro: 9}", []),
        (
            "awarded: {goods: 3.1, works: 0, services: 5, micro: 1}",
            ["授予中小企业的货物合同31,000元，多于政府采购里的这一项30,000元"],
        ),
        (
            "awarded: {goods: 1, works: 0, services: 1, micro: 2.1}",
            ["授予小微企业的合同21,000元，多于授予中小企业的20,000元"],
        ),
        (
            "reserved: {sme: 4, micro: 2}, awarded: {reserved_sme: 5, reserved_micro: 3, others: 1}",
            [
                "预留项目里授予中小企业的合同50,000元，多于面向中小企业预留的40,000元",
                "预留项目里授予小微企业的合同30,000元，多于面向小微企业预留的20,000元",
            ],
        ),
        ("awarded: {reserved_sme: 5, others: 5}", ["其他项目里授予中小企业的合同100,000元，多于政府采购90,000元"]),
        (
            "awarded: {goods: 1, works: 0, services: 1, reserved_sme: 2, others: 1}",
            ["授予中小企业的合同按货物、工程、服务合计20,000元，按是不是预留合计30,000元"],
        ),
    ],
)
def test_r037_what_small_firms_won_is_within_what_was_bought_and_reserved(
    accounts: Demo, written: str, messages: list[str]
) -> None:
    accounts.edit("2023/accounts.yaml", "services: 6}", f"services: 6, {written}}}")
    assert [one.message for one in accounts.findings("R037")] == messages
