from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.importing.tables.solve import Amounts, ContradictionError, Equation


def total(*parts: int, to: int) -> Equation:
    return Equation(dict.fromkeys(parts, 1), to, f"{parts}")


def test_a_part_is_what_the_others_leave() -> None:
    amounts = Amounts(3, [total(0, 1, 2, to=10), total(0, to=3), total(1, to=2)], [False] * 3)
    assert amounts.lower == amounts.upper == [3, 2, 5]


def test_parts_of_nothing_are_nothing_unless_they_may_be_negative() -> None:
    assert Amounts(2, [total(0, 1, to=0)], [False] * 2).upper == [0, 0]
    assert not Amounts(2, [total(0, 1, to=0)], [True] * 2).is_settled(0)


def test_a_link_carries_over_what_one_side_knows() -> None:
    link = Equation({0: 1, 1: -1, 2: -1}, 0, "link")
    amounts = Amounts(3, [link, total(0, to=7), total(1, to=7)], [False] * 3)
    assert amounts.lower == amounts.upper == [7, 7, 0]


def test_what_sums_leave_open_stays_open_until_it_is_assumed() -> None:
    amounts = Amounts(2, [total(0, 1, to=5)], [False] * 2)
    assert not amounts.is_settled(0)
    amounts.assume(0)
    assert amounts.lower == amounts.upper == [5, 0]


def test_sums_that_cannot_all_be_right_are_named() -> None:
    with pytest.raises(ContradictionError) as caught:
        Amounts(2, [total(0, to=1), total(1, to=2), total(0, 1, to=4)], [False] * 2)
    assert (caught.value.equation.total, caught.value.reached) == (4, (3, 3))


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), min_size=2, max_size=4))
def test_bounds_never_exclude_what_the_sums_were_made_from(grid: list[list[int]]) -> None:
    """Rows and columns of a grid: the cells themselves always fit, and an assumed solution keeps all sums."""
    width = len(grid[0])
    parts = [[row * width + column for column in range(width)] for row in range(len(grid))]
    equations = [total(*line, to=sum(grid[at])) for at, line in enumerate(parts)]
    equations += [total(*column, to=sum(row[at] for row in grid)) for at, column in enumerate(zip(*parts, strict=True))]
    flat = [cell for row in grid for cell in row]
    amounts = Amounts(len(flat), equations, [False] * len(flat))
    assert all(low <= cell <= high for low, cell, high in zip(amounts.lower, flat, amounts.upper, strict=True))
    for part in range(len(flat)):
        if not amounts.is_settled(part):
            amounts.assume(part)
    assert all(sum(amounts.lower[part] for part in equation.parts) == equation.total for equation in equations)
