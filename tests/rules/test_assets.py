"""Rules of 资产和必备内容 (A): counts that must add up, what a form asks for, sizes."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

ASSETS = """\
assets:
  vehicles:
    authorised: 5
    owned: 4
    owned_by_use: {{{uses}}}
  office_area: 97
"""


def owning(demo: Demo, uses: str) -> Demo:
    demo.edit("2023/budget.yaml", "procurement:", ASSETS.format(uses=uses) + "procurement:")
    return demo


def test_a001_vehicles_by_use_must_add_up_to_those_owned(workspace: Demo) -> None:
    owning(workspace, "confidential: 1, other: 2")
    assert workspace.found("A001") == ["2023/budget.yaml:17:5 A001"]
    assert workspace.check()[0].message == "车辆按用途合计3辆，实有4辆"


def test_a001_uses_that_add_up_are_accepted(workspace: Demo) -> None:
    assert "A001" not in " ".join(owning(workspace, "confidential: 1, other: 3").found())


def of_shanghai(demo: Demo, owned: str) -> Demo:
    demo.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    demo.edit("2023/budget.yaml", "procurement:", f"assets:\n  vehicles: {{{owned}}}\nprocurement:")
    return demo


def test_a003_a_form_that_prints_what_vehicles_are_for_asks_for_it(workspace: Demo) -> None:
    found = [one for one in of_shanghai(workspace, "owned: 3").findings("A003") if "owned_by_use" in one.message]
    assert [(one.place.line, one.place.column) for one in found] == [(16, 13)]
    assert found[0].message == "缺少assets.owned_by_use（实有车辆各是什么用途），这个表式要说到它"
    assert found[0].hint.startswith("在vehicles下按用途写，加起来等于owned，例如owned_by_use: {other: 3}；用途有：")
    assert "enforcement 执法执勤用车、" in found[0].hint


@pytest.mark.parametrize("owned", ["owned: 0", "owned: 3, owned_by_use: {other: 3}"])
def test_a003_no_vehicle_has_no_use_and_what_is_told_is_not_asked_for(workspace: Demo, owned: str) -> None:
    found = of_shanghai(workspace, owned).findings("A003")
    assert not any("owned_by_use" in one.message for one in found)


def test_a005_money_spent_on_three_public_without_its_numbers_is_told(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "counts: {vehicles_kept: 1}\n", "")
    assert accounts.found() == ["2023/accounts.yaml:1:1 A005"]
    assert accounts.check()[0].message == "公务用车运行维护费50,000元，却没有写公务用车保有量，会印成0"


def test_a005_one_of_the_numbers_is_enough(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "{department: 30231, unit: agency", "{department: 30217, unit: agency")
    accounts.edit("2023/accounts.yaml", "vehicle_operation, adjusted", "reception, adjusted")
    accounts.edit(
        "2023/accounts.yaml", "counts: {vehicles_kept: 1}", "reception: {domestic: 5}\ncounts: {domestic_people: 300}"
    )
    assert accounts.found() == []


BUDGET, ACCOUNTS = "2023/budget.yaml", "2023/accounts.yaml"


def stating(demo: Demo, line: str) -> Demo:
    demo.edit(BUDGET, "procurement:", f"{line}\nprocurement:")
    return demo


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("units: 2, projects: 2, amount: 36", []),
        ("units: 3, projects: 2, amount: 36", ["编报绩效目标的单位3个，多于本部门的单位2个"]),
        ("projects: 3, amount: 36", ["编报绩效目标的项目3个，多于projects/下的项目2个"]),
        ("projects: 0, amount: 36", ["performance写了0个项目，资金360,000元"]),
        ("projects: 2, amount: 0", ["performance写了2个项目，资金0元"]),
        ("projects: 2", []),  # the money of all projects
        ("projects: 0, amount: 0", []),
    ],
)
def test_a006_no_more_units_and_projects_are_stated_than_there_are(
    workspace: Demo, stated: str, found: list[str]
) -> None:
    stating(workspace, f"performance: {{{stated}}}")
    assert [one.message for one in workspace.findings("A006")] == found


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("projects: 1, grades: {excellent: 1}, evaluated: 1", 0),
        ("projects: 1, grades: {excellent: 1}, evaluated: 2", 1),
        ("projects: 0, grades: {}", 1),  # a report is there
        ("projects: 1, grades: {excellent: 1}, evaluated_amount: 20", 1),
    ],
)
def test_a006_of_accounts_counts_reports_and_what_the_department_evaluates(
    accounts: Demo, stated: str, found: int
) -> None:
    accounts.add_evaluation()
    accounts.edit(ACCOUNTS, "counts:", f"performance: {{{stated}}}\ncounts:")
    assert len(accounts.findings("A006")) == found


@pytest.mark.parametrize(
    ("vehicles", "found"),
    [
        ("authorised: 4, owned: 4", []),
        ("authorised: 0, owned: 1", ["车辆实有1辆，多于编制0辆"]),
        (
            "authorised: {administrative: 2, institution: 2}, owned: {administrative: 1, institution: 3}",
            ["事业单位车辆实有3辆，多于编制2辆"],
        ),
        ("authorised: {administrative: 2, institution: 2}, owned: 4", []),
    ],
)
def test_a007_no_more_vehicles_are_owned_than_authorised(workspace: Demo, vehicles: str, found: list[str]) -> None:
    stating(workspace, f"assets: {{vehicles: {{{vehicles}}}}}")
    assert [one.message for one in workspace.findings("A007")] == found


@pytest.mark.parametrize(
    ("cost", "purchases", "found"),
    [
        ("15", "{vehicles_by_use: {other: 1}}", 0),
        ("15", "{vehicles_by_use: {other: 0}}", 1),
        ("0", "{vehicles_by_use: {other: 1}}", 1),
        ("0", "{special_over_1m: 0}", 0),
        ("0", "{special_over_1m: 1}", 1),  # 11万元 of procurement buy none
    ],
)
def test_a008_what_is_bought_has_its_money(workspace: Demo, cost: str, purchases: str, found: int) -> None:
    money = f"three_public: [{{item: vehicle_purchase, amount: {cost}}}]"
    stating(workspace, f"{money}\nassets: {{vehicles: {{owned: 2}}, purchases: {purchases}}}")
    assert len(workspace.findings("A008")) == found


def test_a008_asks_nothing_of_a_form_that_does_not_tell_of_purchases(workspace: Demo) -> None:
    stating(workspace, "three_public: [{item: vehicle_purchase, amount: 15}]\nassets: {vehicles: {owned: 2}}")
    assert workspace.findings("A008") == []


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ("domestic_batches: 3, domestic_people: 24", 0),
        ("domestic_batches: 24, domestic_people: 3", 1),
        ("domestic_people: 24", 0),
        ("domestic_batches: 3, domestic_people: 24, foreign_batches: 4, foreign_people: 8", 1),
        ("domestic_people: 24, overseas_groups: 1, overseas_people: 2", 2),  # no money for journeys
        ("domestic_people: 24, vehicles_purchased: 1", 1),
    ],
)
def test_a009_counts_agree_with_each_other_and_with_their_money(accounts: Demo, counts: str, found: int) -> None:
    accounts.edit(ACCOUNTS, "{department: 30231, unit: agency", "{department: 30217, unit: agency")
    accounts.edit(ACCOUNTS, "vehicle_operation, adjusted", "reception, adjusted")
    accounts.edit(ACCOUNTS, "counts: {vehicles_kept: 1}", f"reception: {{domestic: 5}}\ncounts: {{{counts}}}")
    assert len(accounts.findings("A009")) == found


BUDGET, ACCOUNTS = "2023/budget.yaml", "2023/accounts.yaml"


def owning_assets(demo: Demo, more: str) -> Demo:
    demo.edit(BUDGET, "procurement:", f"assets: {{vehicles: {{owned: 2}}, {more}}}\nprocurement:")
    return demo


@pytest.mark.parametrize(("kept", "found"), [("1", 0), ("100", 0), ("101", 1), ("0", 0)])
def test_a010_vehicles_cost_what_vehicles_cost(accounts: Demo, kept: str, found: int) -> None:
    accounts.edit(ACCOUNTS, "vehicles_kept: 1", f"vehicles_kept: {kept}")  # 5万元
    assert len(accounts.findings("A010")) == found


@pytest.mark.parametrize(("cost", "use", "found"), [("18", "other", 0), ("1.8", "other", 1), ("180", "special", 0)])
def test_a010_a_vehicle_that_is_bought_has_a_price(workspace: Demo, cost: str, use: str, found: int) -> None:
    owning_assets(workspace, f"purchases: {{vehicles_by_use: {{{use}: 1}}}}")
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
    owning_assets(workspace, f"office_area: {area}")  # 40万元 of 基本工资 pay 16 people at most
    assert len(workspace.findings("A011")) == found


def test_a011_says_nothing_where_nobody_is_paid(workspace: Demo) -> None:
    owning_assets(workspace, "office_area: 9720")
    workspace.edit(BUDGET, "{department: 30101,", "{department: 30102,")
    assert workspace.findings("A011") == []


def test_a011_no_department_has_a_square_kilometre(workspace: Demo) -> None:
    owning_assets(workspace, "office_area: 2851000")
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
    assert len(owning_assets(workspace, assets).findings("A012")) == found


def test_r024_fixed_assets_of_a_few_hundred_are_asked_about(workspace: Demo) -> None:
    owning_assets(workspace, "fixed_assets: [{unit: agency, amount: 0.0136}]")
    assert [one.message for one in workspace.findings("R024")] == ["固定资产原值只有136元，小得不合情理"]
