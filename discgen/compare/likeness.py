"""Which of two lists of things are the same thing under another name. The answer is the same from either side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

_T = TypeVar("_T")


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1."""
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def pair_alike(
    before: Sequence[_T], after: Sequence[_T], score: Callable[[_T, _T], float], least: float
) -> list[tuple[_T, _T]]:
    """The pairs that are most alike, each thing in one pair at the most, none scored below `least`."""
    scored = [
        (-mark, min(left, right), max(left, right), left, right)
        for left, old in enumerate(before)
        for right, new in enumerate(after)
        if (mark := score(old, new)) >= least
    ]
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs = []
    for *_, left, right in sorted(scored):
        if left not in taken_before and right not in taken_after:
            taken_before.add(left)
            taken_after.add(right)
            pairs.append((left, right))
    return [(before[left], after[right]) for left, right in sorted(pairs)]
