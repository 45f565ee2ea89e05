"""waivers.yaml: what it excuses, what it cannot, and what is said of a waiver that is not needed."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"
SCAN = "2023/projects/2-scan.yaml"
G002 = f"{STORE}:10:19 G002"


def waive(demo: Demo, code: str, at: str, until: str = "2023") -> None:
    demo.write(
        "2023/waivers.yaml",
        f'waivers:\n  - {{code: {code}, at: "{at}", reason: 批复就是这样。, until: {until}}}\n',
    )


@pytest.fixture
def short(workspace: Demo) -> Demo:
    """A project whose whole period holds less than its year, and nothing else amiss."""
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 1}")
    assert workspace.found("G002") == [G002]
    return workspace


@pytest.mark.parametrize("at", ["projects/1-store.yaml", "projects/*.yaml", "projects/?-store.yaml", "*"])
def test_a_waiver_excuses_the_findings_of_its_code_where_its_pattern_matches(short: Demo, at: str) -> None:
    waive(short, "G002", at)
    assert short.found("G002", "R001", "W001", "W002") == []


@pytest.mark.parametrize(
    ("code", "at"),
    [("G001", "projects/*.yaml"), ("G002", "projects/2-*.yaml"), ("G002", "1-store.yaml"), ("G002", "budget.yaml")],
)
def test_a_waiver_of_another_code_or_file_excuses_nothing_and_is_said_to_be_unused(
    short: Demo, code: str, at: str
) -> None:
    waive(short, code, at)
    assert short.found("G002", "W001") == [G002, "2023/waivers.yaml:2:5 W001"]
    assert short.findings("W001")[0].message == f"没有{code}要豁免（{at}）"


def test_a_waiver_that_is_not_needed_is_a_warning_and_stops_nothing(workspace: Demo) -> None:
    waive(workspace, "G002", "projects/*.yaml")
    assert workspace.found("G002", "W001") == ["2023/waivers.yaml:2:5 W001"]
    assert workspace.findings("W001")[0].severity == "warning"
    assert workspace.compose().document is not None


def test_a_waiver_past_its_year_excuses_nothing_and_is_an_error(short: Demo) -> None:
    waive(short, "G002", "projects/*.yaml", until="2022")
    assert short.found("G002", "W002") == [G002, "2023/waivers.yaml:2:5 W002"]
    assert short.findings("W002")[0].message == "豁免G002只到2022年"


@pytest.mark.parametrize("until", ["2023", "2024"])
def test_a_waiver_holds_to_the_end_of_its_year(short: Demo, until: str) -> None:
    waive(short, "G002", "projects/*.yaml", until=until)
    assert short.found("G002", "R001", "W001", "W002") == []


def test_one_waiver_may_excuse_several_findings(short: Demo) -> None:
    short.edit(SCAN, "whole_period: {local: 90000}", "whole_period: {local: 1}")
    waive(short, "G002", "projects/*.yaml")
    assert short.found("G002", "R001", "W001", "W002") == []


def test_each_of_several_waivers_excuses_its_own(short: Demo) -> None:
    short.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    rows = "".join(
        f'  - {{code: {code}, at: "{at}", reason: 批复如此。, until: 2023}}\n'
        for code, at in [("R001", "budget.yaml"), ("G002", "projects/*")]
    )
    short.write("2023/waivers.yaml", f"waivers:\n{rows}")
    assert short.found("G002", "R001", "W001", "W002") == []


@pytest.mark.parametrize("code", ["L012", "S006", "M001", "C001", "W001", "R1", "r001"])
def test_what_must_be_mended_cannot_be_waived(short: Demo, code: str) -> None:
    waive(short, code, "*")
    assert [one.split(" ")[0] for one in short.found()] == ["2023/waivers.yaml:2:12"]
    assert short.check()[0].hint == "写检查结果里的编号，例如 G005；L、S、M、C开头的不能豁免，要改正"


def test_a_finding_that_leaves_no_document_cannot_be_waived(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "government: 50201", "unit: agency")
    waive(workspace, "R008", "*")
    assert [one.split()[1] for one in workspace.found("R008", "W001")] == ["R008"]
    assert workspace.compose().document is None


def test_a_waiver_wants_a_reason(short: Demo) -> None:
    short.write("2023/waivers.yaml", "waivers:\n  - {code: G002, at: '*', until: 2023}\n")
    assert [one.split(" ")[0] for one in short.found()] == ["2023/waivers.yaml:2:5"]


def test_findings_of_accounts_may_be_waived(accounts: Demo) -> None:
    accounts.edit("2023/accounts.yaml", "closing_balance:\n  - {amount: 3}", "closing_balance:\n  - {amount: 4}")
    assert [one.split()[1] for one in accounts.found("R010")] == ["R010"]
    waive(accounts, "R010", "accounts.yaml")
    assert accounts.found("R010", "W001") == []
