from __future__ import annotations

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
