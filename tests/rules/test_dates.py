"""Y006: the first and the last day on which a document of 2023 is prepared."""

from __future__ import annotations

import pytest

from discgen.diagnostics import Severity
from tests.conftest import Demo

BUDGET, STORE = "2023/budget.yaml", "2023/projects/1-store.yaml"


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        ("2021-12-31", [Severity.WARNING]),
        ("2022-01-01", []),
        ("2023-06-30", []),
        ("2023-07-01", [Severity.WARNING]),
        ("2023-12-31", [Severity.WARNING]),
        ("2024-01-01", [Severity.ERROR]),
    ],
)
def test_a_goal_sheet_of_a_budget_is_filled_in_before_it_is_approved(
    workspace: Demo, day: str, severities: list[Severity]
) -> None:
    workspace.edit(STORE, "goal_sheet:\n", f"goal_sheet:\n  filled_on: {day}\n")
    assert [one.severity for one in workspace.findings("Y006")] == severities


def test_the_days_that_are_possible_are_named(workspace: Demo) -> None:
    workspace.edit(STORE, "goal_sheet:\n", "goal_sheet:\n  filled_on: 2025-11-22\n")
    found = workspace.findings("Y006")[0]
    assert found.message == "“库房改造”的填报日期是2025年11月22日，2023年已经过完"
    assert found.hint == "核对filled_on，应在2022年1月1日至2023年6月30日之间"


@pytest.mark.parametrize(
    ("day", "found"), [("2022-12-31", True), ("2023-01-01", False), ("2024-12-31", False), ("2025-01-01", True)]
)
def test_assets_of_accounts_are_counted_in_the_year_or_the_next(accounts: Demo, day: str, *, found: bool) -> None:
    accounts.edit(
        "2023/accounts.yaml",
        "procurement:",
        f"assets:\n  as_of: {day}\n  vehicles: {{authorised: 0, owned: 0}}\n  office_area: 0\nprocurement:",
    )
    assert bool(accounts.found("Y006")) is found
