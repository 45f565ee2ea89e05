"""Files of `projects/` and the like on either side: which are the same project, which are new, gone or renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from discgen.compare.change import Amounts, Change, Mark
from discgen.compare.facts import moved_amount
from discgen.compare.leaves import File, leaves_of
from discgen.compare.likeness import pair_alike, pair_texts
from discgen.money import ZERO

NOUNS = {"projects": "项目", "goal_sheets": "绩效目标表", "evaluations": "自评报告"}
"""What a file of each folder is."""
_LEAST_ALIKE = 0.6

Ids = Mapping[tuple[str, str], str]
"""The new names of files, without their ending, by their folder and their old name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One such file: its name without the ending, what it is called, the id of its unit, and its money in 元."""

    file: File
    id: str
    name: str
    unit: str
    amount: Decimal


def entry_of(file: File) -> Entry:
    """What a file is called; its own name where it does not say."""
    root = file.tree.root
    name, unit = (root.get("name"), root.get("unit")) if isinstance(root, dict) else (None, None)
    stem = PurePosixPath(file.tree.file).stem
    amounts = [
        leaf.value
        for key, leaf in leaves_of(file).items()
        if isinstance(leaf.value, Decimal) and key[len(file.key)] != "goal_sheet"
    ]
    return Entry(file, stem, str(name or stem).strip(), str(unit or ""), sum(amounts, ZERO))


def pair_entries(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    """The same thing on both sides: by name, by file, else by a name that is nearly the same with the same amount."""
    pairs: list[tuple[Entry | None, Entry | None]] = []
    before, after = list(old), list(new)
    for pairing in (_by(_same_whole), _by(_same_name), _by(_same_file), _nearly_same):
        found = pairing(before, after)
        pairs += found
        taken = {id(one) for pair in found for one in pair}
        before, after = ([one for one in side if id(one) not in taken] for side in (before, after))
    return [*pairs, *((one, None) for one in before), *((None, one) for one in after)]


def _by(score: Callable[[Entry, Entry], float]) -> Callable[[list[Entry], list[Entry]], list[tuple[Entry, Entry]]]:
    return lambda before, after: pair_alike(before, after, score, _LEAST_ALIKE)


def _same_whole(one: Entry, other: Entry) -> float:
    return float(one.name == other.name and one.id == other.id)


def _same_name(one: Entry, other: Entry) -> float:
    """Several units may have a project of one name: that of the same unit comes first."""
    return (1.0 if one.unit == other.unit else 0.9) if one.name == other.name else 0.0


def _same_file(one: Entry, other: Entry) -> float:
    return float(one.id == other.id)


def _nearly_same(before: list[Entry], after: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Those of the same amount by their names."""
    by_amount: defaultdict[Decimal, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for side, entries in enumerate((before, after)):
        for entry in entries:
            by_amount[entry.amount][side].append(entry)
    return [
        (olds[left], news[right])
        for olds, news in by_amount.values()
        for left, right in pair_texts([one.name for one in olds], [one.name for one in news], _LEAST_ALIKE)
    ]


def compare_entry(old: Entry | None, new: Entry | None, noun: str) -> list[Change]:
    """That one was added, dropped or renamed; nothing where it has kept its name."""
    one = new or old
    assert one is not None
    if old and new:
        return [Change(noun, "改名", old.name, new.name, Mark.CHANGED)] if old.name != new.name else []
    return [moved_amount(noun, one.name, Amounts(old.amount if old else None, new.amount if new else None, "元"))]
