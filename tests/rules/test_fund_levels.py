"""G028 and G029: a budget has no 财政拨款 of the levels below its own."""

from __future__ import annotations

import pytest

from discgen.mend import check_and_mend
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"
SCAN = "2023/projects/2-scan.yaml"
REPORT = "2023/evaluations/1-store.yaml"


def of_level(demo: Demo, level: str) -> Demo:
    demo.edit("department.yaml", "level: 市级", f"level: {level}")
    return demo


@pytest.mark.parametrize("level", ["市级", "区级", "县级", "乡级"])
def test_money_of_cities_and_counties_is_that_of_their_departments(workspace: Demo, level: str) -> None:
    assert of_level(workspace, level).found("G028") == []


@pytest.mark.parametrize(("level", "right"), [("省级", "provincial"), ("中央", "central")])
def test_money_of_a_lower_level_is_found_where_its_key_stands_and_mended(
    workspace: Demo, level: str, right: str
) -> None:
    of_level(workspace, level)
    places = [f"{file}:{line} G028" for file in (STORE, SCAN) for line in ("10:20", "11:14")]
    assert workspace.found("G028") == places
    assert workspace.findings("G028")[0].message == (
        f"“库房改造”把财政拨款写成了市县区资金（local），本部门的预算是{level}的"
    )
    checked, made = check_and_mend(workspace.workspace, [workspace.target])
    assert made == 4
    assert "G028" not in {finding.code for finding in checked.findings}
    text = (workspace.folder / STORE).read_text(encoding="utf-8")
    assert f"    whole_period: {{{right}: 270000}}\n    annual: {{{right}: 270000}}\n" in text


def test_transfers_from_above_are_no_contradiction(workspace: Demo) -> None:
    of_level(workspace, "省级")
    for file, amount in ((STORE, 270000), (SCAN, 90000)):
        for period in ("whole_period", "annual"):
            workspace.edit(file, f"{period}: {{local: {amount}}}", f"{period}: {{central: {amount}}}")
    assert workspace.found("G028") == []


def test_what_other_years_cost_a_lower_level_may_pay(workspace: Demo) -> None:
    of_level(workspace, "省级")
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {provincial: 270000, local: 500000}")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 270000}")
    assert [place for place in workspace.found("G028") if STORE in place] == []


def test_money_that_the_own_level_has_beside_it_is_for_a_person_to_add_up(workspace: Demo) -> None:
    of_level(workspace, "省级")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 200000, local: 70000}")
    whole, annual = (finding for finding in workspace.findings("G028") if STORE in finding.place.file)
    assert (whole.fix is None, annual.fix) == (False, None)
    assert annual.hint == "把local的金额并到provincial；department.yaml的level写错的，改level"


def test_what_a_unit_is_given_from_below_is_no_appropriation(workspace: Demo) -> None:
    """A provincial institution whose project a city pays for enters it as its own money."""
    of_level(workspace, "省级")
    workspace.edit(STORE, "- {amount: 270000}", "- {fund: other_income, amount: 270000}")
    assert [place for place in workspace.found("G028") if STORE in place] == []


@pytest.fixture
def reporting(accounts: Demo) -> Demo:
    accounts.add_evaluation()
    return accounts


def test_a_report_is_held_to_the_same(reporting: Demo) -> None:
    of_level(reporting, "省级")
    [finding] = reporting.findings("G029")
    assert str(finding.place).endswith(f"{REPORT}:15:13")
    assert finding.message == "“库房改造”把财政拨款写成了市县区资金（local），本部门的预算是省级的"
    _, made = check_and_mend(reporting.workspace, [reporting.target])
    assert made == 1
    assert "{level: provincial, requested" in (reporting.folder / REPORT).read_text(encoding="utf-8")


def test_a_report_of_the_own_level_is_silent(reporting: Demo) -> None:
    assert reporting.found("G029") == []
