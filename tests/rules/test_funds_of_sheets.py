"""G018 and G019: amounts and names of goal sheets that are nearly, or wholly, another's."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"


@pytest.mark.parametrize(
    ("years", "whole", "annual", "found"),
    [
        (3, "2867000", "949000", True),
        (3, "2347000", "949000", True),
        (3, "2847000", "949000", False),
        (3, "949000", "949000", False),
        (3, "949080", "949000", True),
        (99, "949080", "949000", True),
        (99, "1900000", "949000", False),
        (3, "1590000", "290000", False),
        (2, "900000", "500000", False),
        (3, "3500000", "1000000", False),
        (1, "949080", "949000", False),
        (2, "225000", "125000", False),
        (4, "1000000", "270000", False),
    ],
)
def test_g018_the_whole_period_is_no_digit_away_from_the_years(
    workspace: Demo, years: int, whole: str, annual: str, *, found: bool
) -> None:
    workspace.edit(STORE, "period_years: 1", f"period_years: {years}")
    workspace.edit(STORE, "whole_period: {local: 270000}", f"whole_period: {{local: {whole}}}")
    workspace.edit(STORE, "annual: {local: 270000}", f"annual: {{local: {annual}}}")
    assert bool(workspace.found("G018")) is found


@pytest.mark.parametrize(
    ("attribute", "whole", "found"),
    [
        ("recurring", "18300000", 1),  # a nought too many
        ("recurring", "18300000000", 1),  # 元 taken for 万元
        ("recurring", "2830000", 1),  # the first digit
        ("continuing", "2830000", 0),  # 1,000,000 may have been paid before
        ("continuing", "18300000", 1),
        ("continuing", "5000000", 0),
        ("continuing", "610000000", 0),  # the end of something large
        ("continuing", "610000001", 1),
        ("recurring", "5480000", 0),  # less than three times the three years
        ("recurring", "5490001", 1),
        ("recurring", "2440000", 1),  # just four years of three
        ("continuing", "2440000", 0),
        ("recurring", "1830000", 0),
        ("recurring", "610000", 0),
    ],
)
def test_g018_a_project_that_goes_on_costs_about_as_much_each_year(
    workspace: Demo, attribute: str, whole: str, found: int
) -> None:
    workspace.edit(STORE, "attribute: one_off", f"attribute: {attribute}")
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    workspace.edit(STORE, "whole_period: {local: 270000}", f"whole_period: {{local: {whole}}}")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {local: 610000}")
    assert len(workspace.findings("G018")) == found


def test_g002_each_level_of_government_pays_no_less_in_the_whole_period(workspace: Demo) -> None:
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {provincial: 200000, local: 100000}")
    workspace.edit(STORE, "annual: {local: 270000}", "annual: {provincial: 100000, local: 170000}")
    assert workspace.found("G002") == [f"{STORE}:10:19 G002"]


def test_g018_says_what_was_expected(workspace: Demo) -> None:
    workspace.edit(STORE, "period_years: 1", "period_years: 3")
    workspace.edit(STORE, "whole_period: {local: 270000}", "whole_period: {local: 810900}")
    assert workspace.found("G018") == [f"{STORE}:10:19 G018"]
    assert workspace.findings("G018")[0].message == (
        "“库房改造”的实施期资金810,900元，与年度资金的3倍810,000元只差900元"
    )


def add_sheet(demo: Demo, stem: str, name: str, unit: str, years: int) -> None:
    """A goal sheet apart, with the content of the first project's."""
    text = (demo.folder / STORE).read_text(encoding="utf-8")
    content = text[text.index("goal_sheet:") :].replace("period_years: 1", f"period_years: {years}")
    head = f'name: {name}\ndepartment: {{code: "026", name: 示范市档案局}}\nunit: {unit}\n'
    demo.write(f"2023/goal_sheets/{stem}.yaml", head + content)


@pytest.mark.parametrize(
    ("name", "unit", "years", "found"),
    [
        ("库房消防", "示范市档案馆", 3, True),
        ("库房消防", "示范市档案馆", 99, False),
        ("库房消防", "示范市图书馆", 3, False),
        ("库房改造", "示范市档案局", 3, True),
        ("库房改造", "示范市图书馆", 3, False),
    ],
)
def test_g019_a_name_stands_once_for_a_unit_and_a_period(
    workspace: Demo, name: str, unit: str, years: int, *, found: bool
) -> None:
    add_sheet(workspace, "1-fire", "库房消防", "示范市档案馆", 3)
    add_sheet(workspace, "2-other", name, unit, years)
    assert workspace.found("G019") == (["2023/goal_sheets/2-other.yaml:1:7 G019"] if found else [])
