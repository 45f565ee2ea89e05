"""What differs between a text and the same text as it came back, leaving out what programs change by themselves.

Blanks of any kind, signs without width, quotation marks by their shape, digits and letters by their width, and the
separators of thousands count as nothing: Word, WPS and LibreOffice change them while somebody types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from discgen.compare.texts import MOST_SIGNS, pair_texts, without_number

_WORD = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?|.", re.DOTALL)
"""A number is one word, every other character another."""
_AS_ONE = str.maketrans(
    {
        **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F) if chr(wide - 0xFEE0).isalnum()},
        **dict.fromkeys("“”„‟″〝〞", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
        "\u2011": "-",
        "％": "%",
        "．": ".",
    }
)
_LEAST_ALIKE = 0.5
"""Texts that share less are not one text changed."""
_LEAST_ALIKE_MOVED = 0.8
"""The same for texts that no longer stand where they did."""
_MOST_PARTS = 4
"""Into so many paragraphs one is parted, at the most."""
_MOST_SIGNS = 100 * MOST_SIGNS


class Word(Struct, frozen=True):
    """A word of a text: what it counts as, and from where to where it is written."""

    meant: str
    start: int
    end: int


class Stretch(Struct, frozen=True):
    """What differs: from where to where in the text, and what stands there now. Nothing at all is an insertion."""

    start: int
    end: int
    now: str


@lru_cache(maxsize=4_000)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text that count."""
    return tuple(
        Word(meant, match.start(), match.end()) for match in _WORD.finditer(text) if (meant := _meant(match[0]))
    )


def _meant(written: str) -> str:
    bare = "".join(written.translate(_AS_ONE).split())
    return re.sub("[,，]", "", bare) if bare[:1].isdigit() and len(bare) > 1 else bare


def plain(text: str) -> str:
    """What a text counts as."""
    return "".join(word.meant for word in words(text))


def stretches(before: str, now: str) -> list[Stretch]:
    """What differs, in order."""
    old, new = words(before), words(now)
    left, right = [word.meant for word in old], [word.meant for word in new]
    return [
        Stretch(*_range(before, old, start, end), _written(now, new, other, other_end))
        for kind, start, end, other, other_end in _opcodes(left, right)
        if kind != "equal"
    ]


def _opcodes(left: list[str], right: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """As SequenceMatcher has it; of texts so long that this would take minutes, what lies between both ends."""
    if len(left) * len(right) <= _MOST_SIGNS:
        return SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    begin = _common(left, right)
    rest = _common(left[begin:][::-1], right[begin:][::-1])
    return [("replace", begin, len(left) - rest, begin, len(right) - rest)]


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))


def _range(text: str, found: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    if start < end:
        return found[start].start, found[end - 1].end
    at = found[start].start if start < len(found) else found[-1].end if found else len(text)
    return at, at


def _written(text: str, found: Sequence[Word], start: int, end: int) -> str:
    return text[found[start].start : found[end - 1].end] if start < end else ""


class Aligned(Struct, frozen=True):
    """Texts that came back against those that went out, by their places: pairs, of which some moved, and what went or came."""

    pairs: tuple[tuple[int, int], ...]
    moved: frozenset[tuple[int, int]]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def aligned(before: Sequence[str], now: Sequence[str]) -> Aligned:
    """What became of each text: it is as it was, or changed, or stands elsewhere, or is gone. Empty texts are left out."""
    old = [at for at, text in enumerate(before) if words(text)]
    new = [at for at, text in enumerate(now) if words(text)]
    pairs: list[tuple[int, int]] = []
    left_over: tuple[list[int], list[int]] = [], []
    keys = [plain(without_number(before[at])) for at in old], [plain(without_number(now[at])) for at in new]
    for kind, start, end, other, other_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        here, there = old[start:end], new[other:other_end]
        if kind == "equal":
            pairs += zip(here, there, strict=True)
            continue
        found = list(_alike(before, now, here, there, _LEAST_ALIKE))
        pairs += found
        left_over[0].extend(at for at in here if at not in {left for left, _ in found})
        left_over[1].extend(at for at in there if at not in {right for _, right in found})
    moved = list(_alike(before, now, *left_over, _LEAST_ALIKE_MOVED))
    return Aligned(
        tuple(sorted([*pairs, *moved])),
        frozenset(moved),
        tuple(at for at in left_over[0] if at not in {left for left, _ in moved}),
        tuple(at for at in left_over[1] if at not in {right for _, right in moved}),
    )


def parted(wholes: Sequence[str], parts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The texts that are several neighbours of the others together: which whole, and from which part to which."""
    places = {plain(text): at for at, text in enumerate(wholes)}
    keys = [plain(text) for text in parts]
    at = 0
    while at < len(keys):
        together, end = keys[at], at + 1
        while end < min(len(keys), at + _MOST_PARTS) and together and together not in places:
            together += keys[end]
            end += 1
        if end > at + 1 and together in places:
            yield places[together], at, end
            at = end
        else:
            at += 1


def _alike(
    before: Sequence[str], now: Sequence[str], here: Sequence[int], there: Sequence[int], least: float
) -> Iterator[tuple[int, int]]:
    """The pairs that are most alike; one text against one other is it changed, wherever it stands in its row."""
    if len(here) == len(there) == 1 and least == _LEAST_ALIKE:
        yield here[0], there[0]
        return
    found = pair_texts([plain(before[at]) for at in here], [plain(now[at]) for at in there], least)
    yield from ((here[left], there[right]) for left, right in found)
