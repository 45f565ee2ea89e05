"""Which of two lists of things are the same thing under another name. The answer is the same from either side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

_T = TypeVar("_T")

MOST_SIGNS = 100_000
"""The product of two lengths up to which they are compared sign by sign: the time that takes grows faster than it."""
_MOST_OF_LISTS = 10_000_000
"""The same for two lists of texts of which each is compared with each."""
_PIECE = 3
_FEW = 3
"""A piece that more texts of one side have tells nothing of any of them."""

_Marked = tuple[float, int, int]
"""How alike two things are, and their places in their lists."""


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: by what both say in the same order, of long ones by the pairs of signs in both."""
    first, second = sorted((one, other))
    if len(first) * len(second) <= MOST_SIGNS:
        return SequenceMatcher(None, first, second, autojunk=False).ratio()
    left, right = (Counter(pairwise(text)) for text in (first, second))
    return 2 * (left & right).total() / (left.total() + right.total())


def pair_alike(
    before: Sequence[_T], after: Sequence[_T], score: Callable[[_T, _T], float], least: float
) -> list[tuple[_T, _T]]:
    """The pairs that are most alike, each thing in one pair at the most, none scored below `least`."""
    marks = ((score(old, new), left, right) for left, old in enumerate(before) for right, new in enumerate(after))
    return [(before[left], after[right]) for left, right in _best(marks, least)]


def pair_texts(before: Sequence[str], after: Sequence[str], least: float) -> list[tuple[int, int]]:
    """The places of the texts that are most alike, as `pair_alike` has it by `likeness`.

    Of more texts than could each be compared with each, those are alike that share pieces which few others have.
    """
    if sum(map(len, before)) * sum(map(len, after)) > _MOST_OF_LISTS:
        return _best(_by_pieces(before, after), least)
    return pair_alike(
        range(len(before)), range(len(after)), lambda left, right: likeness(before[left], after[right]), least
    )


def _best(marks: Iterable[_Marked], least: float) -> list[tuple[int, int]]:
    """The places of the pairs of the highest marks, in their order."""
    scored = sorted(
        (-mark, min(left, right), max(left, right), left, right) for mark, left, right in marks if mark >= least
    )
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs = []
    for *_, left, right in scored:
        if left not in taken_before and right not in taken_after:
            taken_before.add(left)
            taken_after.add(right)
            pairs.append((left, right))
    return sorted(pairs)


def _by_pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[_Marked]:
    """The pairs that share a piece, by the share of what both have in common of all that only few have."""
    old, new = _holders(before), _holders(after)
    telling = [piece for piece in old.keys() | new.keys() if max(len(old[piece]), len(new[piece])) <= _FEW]
    sizes = [Counter(place for piece in telling for place in side[piece]) for side in (old, new)]
    shared = Counter((left, right) for piece in telling for left in old[piece] for right in new[piece])
    for (left, right), count in shared.items():
        yield 2 * count / (sizes[0][left] + sizes[1][right]), left, right


def _holders(texts: Sequence[str]) -> defaultdict[str, list[int]]:
    """The places of the texts in which each piece stands."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for piece in {text[at : at + _PIECE] for at in range(max(1, len(text) - _PIECE + 1))}:
            found[piece].append(place)
    return found
