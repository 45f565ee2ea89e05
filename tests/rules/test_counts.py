"""A006 to A009: counts beside counts, and beside the money for them."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

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
