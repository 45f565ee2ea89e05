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
