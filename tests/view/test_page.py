"""Levels of headings leave no gap, however a form numbers them; charts show shares of a whole, and none of two years."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from discgen.view.page import Outline


def levels_of(ranks: list[int]) -> list[int]:
    outline = Outline()
    return [outline.enter(rank) for rank in ranks]


def test_a_rank_that_is_left_out_is_no_level() -> None:
    assert levels_of([1, 2, 4, 4, 2, 3, 4]) == [1, 2, 3, 3, 2, 3, 4]


def test_a_higher_rank_after_one_that_skipped_stands_beside_it() -> None:
    assert levels_of([1, 2, 4, 3, 4]) == [1, 2, 3, 3, 4]


def test_what_stands_below_a_heading_is_one_level_deeper() -> None:
    outline = Outline()
    for rank in (1, 2, 4):
        outline.enter(rank)
    assert outline.below() == 4


@given(st.lists(st.integers(1, 4), min_size=1))
def test_no_heading_stands_more_than_one_level_below_the_one_before(ranks: list[int]) -> None:
    levels = levels_of(ranks)
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
