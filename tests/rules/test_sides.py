"""What a difference between two sides gives away of the slip behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.diagnostics import Place
from discgen.rules.sides import Amount, likely_slip
from tests.conftest import Demo

BUDGET, STORE = "2023/budget.yaml", "2023/projects/1-store.yaml"


def side(*amounts: str, first: int = 1) -> list[Amount]:
    """Amounts in 元, one a line of budget.yaml."""
    return [(Decimal(amount), Place("budget.yaml", line)) for line, amount in enumerate(amounts, first)]


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (["3930200"], ["393.02"], "两边正好差一万倍，多半是元和万元写混了"),
        (["1200000", "500"], ["1200000", "5000000"], "budget.yaml第2行多半是元和万元写混了"),
        (["70000", "13000", "2500"], ["70000", "13000"], "差额正好是budget.yaml第3行，多半是多写或漏写了"),
        (["384500", "20000"], ["348500", "20000"], "多半是budget.yaml第1行相邻两个数字颠倒了"),
        (["123400", "5000"], ["123400", "50000"], "多半是budget.yaml第2行少写或多写了一位"),
    ],
)
def test_a_slip_is_named_with_the_line_that_would_close_the_gap(left: list[str], right: list[str], said: str) -> None:
    other = [(amount, Place("other.yaml", place.line)) for amount, place in side(*right)]
    assert likely_slip(side(*left), other).replace("或other.yaml第1行", "").replace("或other.yaml第2行", "") == said


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["1000000"], ["990000"]),
        (["500", "500"], ["1000"]),
        (["384500", "20000"], ["348400", "20000"]),
        ([], ["120000", "5000"]),
    ],
)
def test_a_gap_that_no_single_slip_closes_says_nothing(left: list[str], right: list[str]) -> None:
    assert likely_slip(side(*left), side(*right)) == ""


def test_a_slip_that_many_lines_could_be_is_told_without_a_line() -> None:
    assert likely_slip(side("100", "100", "100", "7"), side("207")) == "差额正好是其中一行，多半是多写或漏写了"


def test_r002_names_the_line_that_was_left_out_or_written_twice(workspace: Demo) -> None:
    workspace.edit(
        BUDGET,
        "  - {department: 30231,",
        "  - {department: 30205, government: 50201, amount: 7}\n  - {department: 30231,",
    )
    assert workspace.findings("R002")[0].hint == (
        "差额正好是budget.yaml第14行，多半是多写或漏写了；核对expenditure各行的basic和basic各行的amount"
    )


def test_r003_names_the_project_whose_amount_is_in_the_other_unit(workspace: Demo) -> None:
    workspace.edit(STORE, "- {amount: 270000}", "- {amount: 27}")
    assert workspace.findings("R003")[0].hint.startswith("两边正好差一万倍，多半是元和万元写混了；")
    assert workspace.findings("G001")[0].hint.startswith("两边正好差一万倍，多半是元和万元写混了；")


def test_r001_names_the_amount_whose_digits_changed_places(workspace: Demo) -> None:
    workspace.edit(BUDGET, "basic: 61, project: 27", "basic: 16, project: 27")
    assert workspace.findings("R001")[0].hint.startswith("多半是budget.yaml第7行相邻两个数字颠倒了；")
