"""The parts of a sentence that differ from another, found by word, the same from either side; and what is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import takewhile

from discgen.compare.likeness import MOST_SIGNS

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
    """The text without the number it begins with: one that only moved on says the same."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


def without_year(text: str, year: int) -> str:
    """The text with its years told from the document's own: what only a new year changes is no change."""
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
    """What differs and what does not, from where to where on either side; of long texts what is between both ends differs."""
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


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _whole(runs: list[tuple[str, bool]]) -> Runs:
    return tuple(run for run in runs if run[0])


def shortened(runs: Runs, beside: int) -> Runs:
    """The runs with no more than `beside` characters of what is the same on either side of what differs."""
    last = len(runs) - 1
    return tuple(run if run[1] else (_cut(run[0], beside, at > 0, at < last), False) for at, run in enumerate(runs))


def _cut(text: str, beside: int, follows: bool, precedes: bool) -> str:  # noqa: FBT001 - where it stands
    head, tail = text[:beside] if follows else "", text[-beside:] if precedes else ""
    return text if len(text) <= len(head) + len(tail) + len(_LEFT_OUT) else f"{head}{_LEFT_OUT}{tail}"
