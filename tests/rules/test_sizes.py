"""A010 to A013: sizes beside bounds, and beside last year's."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

BUDGET, ACCOUNTS = "2023/budget.yaml", "2023/accounts.yaml"


def owning(demo: Demo, more: str) -> Demo:
    demo.edit(BUDGET, "procurement:", f"assets: {{vehicles: {{owned: 2}}, {more}}}\nprocurement:")
    return demo


@pytest.mark.parametrize(("kept", "found"), [("1", 0), ("100", 0), ("101", 1), ("0", 0)])
def test_a010_vehicles_cost_what_vehicles_cost(accounts: Demo, kept: str, found: int) -> None:
    accounts.edit(ACCOUNTS, "vehicles_kept: 1", f"vehicles_kept: {kept}")  # 5万元
    assert len(accounts.findings("A010")) == found


@pytest.mark.parametrize(("cost", "use", "found"), [("18", "other", 0), ("1.8", "other", 1), ("180", "special", 0)])
def test_a010_a_vehicle_that_is_bought_has_a_price(workspace: Demo, cost: str, use: str, found: int) -> None:
    owning(workspace, f"purchases: {{vehicles_by_use: {{{use}: 1}}}}")
    workspace.edit(BUDGET, "procurement:", f"three_public: [{{item: vehicle_purchase, amount: {cost}}}]\nprocurement:")
    assert len(workspace.findings("A010")) == found


@pytest.mark.parametrize(("people", "found"), [("50", 0), ("500", 0), ("49", 1), ("5001", 1)])
def test_a010_guests_cost_what_guests_cost(accounts: Demo, people: str, found: int) -> None:
    accounts.edit(ACCOUNTS, "{department: 30231, unit: agency", "{department: 30217, unit: agency")
    accounts.edit(ACCOUNTS, "vehicle_operation, adjusted", "reception, adjusted")
    accounts.edit(
        ACCOUNTS, "counts: {vehicles_kept: 1}", f"reception: {{domestic: 5}}\ncounts: {{domestic_people: {people}}}"
    )
    assert len(accounts.findings("A010")) == found


@pytest.mark.parametrize(("area", "found"), [("640", 0), ("640.1", 1), ("6400", 1), ("0", 0)])
def test_a011_offices_are_as_large_as_people_need(workspace: Demo, area: str, found: int) -> None:
    owning(workspace, f"office_area: {area}")  # 40万元 of 基本工资 pay 16 people at most
    assert len(workspace.findings("A011")) == found


def test_a011_says_nothing_where_nobody_is_paid(workspace: Demo) -> None:
    owning(workspace, "office_area: 9720")
    workspace.edit(BUDGET, "{department: 30101,", "{department: 30102,")
    assert workspace.findings("A011") == []


def test_a011_no_department_has_a_square_kilometre(workspace: Demo) -> None:
    owning(workspace, "office_area: 2851000")
    workspace.edit(BUDGET, "{department: 30101,", "{department: 30102,")
    assert [one.message for one in workspace.findings("A011")] == ["办公用房2,851,000平方米，不合情理"]


@pytest.mark.parametrize(
    ("assets", "found"),
    [
        ("fixed_assets: [{unit: agency, amount: 5000}]", 0),  # fifty times 100万元
        ("fixed_assets: [{unit: agency, amount: 1360400}, {unit: archive, amount: 3}]", 1),
        ("equipment: {general_over_500k: 1, special_over_1m: 1}, fixed_assets: [{unit: agency, amount: 150}]", 0),
        ("equipment: {general_over_500k: 1, special_over_1m: 1}, fixed_assets: [{unit: agency, amount: 149}]", 1),
        ("equipment: {special_over_1m: 9}", 0),
    ],
)
def test_a012_fixed_assets_are_within_reason_and_hold_large_equipment(workspace: Demo, assets: str, found: int) -> None:
    assert len(owning(workspace, assets).findings("A012")) == found


def test_r024_fixed_assets_of_a_few_hundred_are_asked_about(workspace: Demo) -> None:
    owning(workspace, "fixed_assets: [{unit: agency, amount: 0.0136}]")
    assert [one.message for one in workspace.findings("R024")] == ["固定资产原值只有136元，小得不合情理"]
