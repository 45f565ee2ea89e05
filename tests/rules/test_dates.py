"""Y006 and P046: the days on which a document of 2023 is prepared, and what lasts from one day to another."""

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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年7月-2021年7月运维。", True),
        ("自2023年11月5日至2023年11月1日。", True),
        ("2025—2024年实施。", True),
        ("2023年7月-2023年7月运维。", False),
        ("2023年—2024年6月实施。", False),
        ("2024年6月至2024年实施。", False),
        ("2023年11月至2月实施。", False),  # of the next year, perhaps
        ("由2023年到2025年看。", False),
    ],
)
def test_p046_a_range_ends_no_earlier_than_it_begins(workspace: Demo, text: str, *, found: bool) -> None:
    narrative = (workspace.folder / "2023/narrative.yaml").read_text(encoding="utf-8")
    workspace.write("2023/narrative.yaml", f"{narrative}notes:\n  other: {text}\n")
    assert bool(workspace.found("P046")) is found
