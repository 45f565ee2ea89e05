"""Texts before and after: which of them are the same text changed, and which of its words differ.

The answers are the same the other way round.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from typing import TypeVar

_T = TypeVar("_T")

MOST_SIGNS = 100_000
"""The product of two lengths up to which they are compared sign by sign: the time that takes grows faster than it."""
_MOST_OF_LISTS = 10_000_000
"""The same for two lists of texts of which each is compared with each."""
_PIECE = 3
_FEW = 3
"""A piece that is in more texts than these says nothing about any of them."""

_Marked = tuple[float, int, int]
"""How alike two items are, and their places in their lists."""


def likeness(left: str, right: str) -> float:
    """How alike two texts are, from 0 to 1: by what both say in the same order, of long texts by the pairs of signs in both."""
    first, second = sorted((left, right))
    if len(first) * len(second) <= MOST_SIGNS:
        return SequenceMatcher(None, first, second, autojunk=False).ratio()
    pairs, other_pairs = (Counter(pairwise(text)) for text in (first, second))
    return 2 * (pairs & other_pairs).total() / (pairs.total() + other_pairs.total())


def pair_alike(
    before: Sequence[_T], after: Sequence[_T], score: Callable[[_T, _T], float], least: float
) -> list[tuple[_T, _T]]:
    """The pairs that are most alike, each item in one pair at the most, none scored below `least`."""
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
    sizes = [Counter(place for piece in telling for place in holders[piece]) for holders in (old, new)]
    shared = Counter((left, right) for piece in telling for left in old[piece] for right in new[piece])
    for (left, right), count in shared.items():
        yield 2 * count / (sizes[0][left] + sizes[1][right]), left, right


def _holders(texts: Sequence[str]) -> defaultdict[str, list[int]]:
    """The places of the texts in which each piece stands."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for piece in {text[at : at + _PIECE] for at in range(max(1, len(text) - _PIECE + 1))}:
            holders[piece].append(place)
    return holders


_WORD = re.compile(r"[A-Za-z_.]+|[0-9][0-9,.]*%?|\s+|.", re.DOTALL)
"""A number or a Latin word is one word, every other character another."""

_NUMBER = re.compile(
    r"第[一二三四五六七八九十百]+部分\s*|[（(](?:[一二三四五六七八九十百]+|[0-9]+)[）)]|(?:[一二三四五六七八九十百]+|[0-9]+)、"
)
"""What numbers a heading or a paragraph."""

_LEFT_OUT = "……"

Runs = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it differs."""


def without_number(text: str) -> str:
    """The text without the number it begins with: a heading that only moved on says the same."""
    number = _NUMBER.match(text)
    return text[number.end() :] if number else text


def without_year(text: str, year: int) -> str:
    """The text with its years counted from the document's own: what only a new year changes is no change."""
    return text.replace(str(year), "本年").replace(str(year - 1), "上年")


def marked(before: str, after: str) -> tuple[Runs, Runs]:
    """Both texts in pieces; joined they are the texts."""
    if before > after:
        return marked(after, before)[::-1]
    left, right = _WORD.findall(before), _WORD.findall(after)
    old, new = [], []
    for is_other, start, end, other_start, other_end in _stretches(left, right):
        old.append(("".join(left[start:end]), is_other))
        new.append(("".join(right[other_start:other_end]), is_other))
    return _whole(old), _whole(new)


def _stretches(left: list[str], right: list[str]) -> list[tuple[bool, int, int, int, int]]:
    """What differs and what does not, from where to where in either text; of long texts what is between both ends differs."""
    if len(left) * len(right) <= MOST_SIGNS:
        codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        return [(kind != "equal", start, end, other, other_end) for kind, start, end, other, other_end in codes]
    begin = _common(left, right)
    rest = _common(reversed(left[begin:]), reversed(right[begin:]))
    end, other_end = len(left) - rest, len(right) - rest
    return [
        (False, 0, begin, 0, begin),
        (True, begin, end, begin, other_end),
        (False, end, len(left), other_end, len(right)),
    ]


def _common(left: Iterable[str], right: Iterable[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _whole(runs: list[tuple[str, bool]]) -> Runs:
    return tuple(run for run in runs if run[0])


def shortened(runs: Runs, most: int) -> Runs:
    """The runs with `most` characters of what is the same, at the most, around what differs."""
    last = len(runs) - 1
    return tuple(run if run[1] else (_cut(run[0], most, at > 0, at < last), False) for at, run in enumerate(runs))


def _cut(text: str, most: int, follows: bool, precedes: bool) -> str:  # noqa: FBT001 - where it stands
    head, tail = text[:most] if follows else "", text[-most:] if precedes else ""
    return text if len(text) <= len(head) + len(tail) + len(_LEFT_OUT) else f"{head}{_LEFT_OUT}{tail}"
