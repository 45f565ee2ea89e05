"""The facts of two states, leaf by leaf: what was added, dropped, moved by how much, or said otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from discgen.compare.change import Amounts, Change, mark_of
from discgen.compare.leaves import Key, Leaf
from discgen.compare.likeness import pair_texts
from discgen.money import YUAN_PER_UNIT

_LEAST_ALIKE = 0.5
"""Below this a text is another text, not the same one changed."""


def shown_amount(amount: Decimal | None, unit: str) -> str:
    """An amount as a file writes it, with separators: `4,577,700`, `457.77`; empty for none."""
    if amount is None:
        return ""
    text = f"{amount / YUAN_PER_UNIT[unit]:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def compare_leaves(old: Mapping[Key, Leaf], new: Mapping[Key, Leaf]) -> list[Change]:
    """What differs: amounts first, then other facts, then prose, each in the order of their keys."""
    gone = {key: leaf for key, leaf in old.items() if key not in new}
    come = {key: leaf for key, leaf in new.items() if key not in old}
    both: list[tuple[Key, Leaf | None, Leaf | None]] = [
        (key, old[key], new[key]) for key in old.keys() & new.keys() if old[key].value != new[key].value
    ]
    both += list(_became(gone, come))
    both += [(key, leaf, None) for key, leaf in gone.items()]
    both += [(key, None, leaf) for key, leaf in come.items()]
    return [_change(before, after) for _, before, after in sorted(both, key=_order)]


def _order(found: tuple[Key, Leaf | None, Leaf | None]) -> tuple[int, Key]:
    key, before, after = found
    leaf = after or before
    assert leaf is not None
    rank = 0 if isinstance(leaf.value, Decimal) else 2 if leaf.is_prose else 1
    return rank, key


def _became(gone: dict[Key, Leaf], come: dict[Key, Leaf]) -> Iterator[tuple[Key, Leaf, Leaf]]:
    """Texts of one list that are nearly the same; they are taken out of both sides."""
    families: dict[Key, tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for side, leaves in enumerate((gone, come)):
        for key, leaf in leaves.items():
            if leaf.family and not isinstance(leaf.value, Decimal):
                families[leaf.family][side].append(key)
    for before, after in families.values():
        olds, news = sorted(before), sorted(after)
        for left, right in pair_texts(
            [_whole(gone[key]) for key in olds], [_whole(come[key]) for key in news], _LEAST_ALIKE
        ):
            one, other = olds[left], news[right]
            yield min(one, other), gone.pop(one), come.pop(other)


def _whole(leaf: Leaf) -> str:
    """The title with what is said under it: what a row with a new name is recognised by."""
    return leaf.title + str(leaf.value)


def _change(before: Leaf | None, after: Leaf | None) -> Change:
    sides = [side for side in (before, after) if side]
    # A code may have another name in another year: the choice must not depend on which side is the old one.
    topic, title = min(side.topic for side in sides), min(side.title for side in sides)
    if all(isinstance(side.value, Decimal) for side in sides):
        old, new = (side.value if side and isinstance(side.value, Decimal) else None for side in (before, after))
        return moved_amount(topic, title, Amounts(old, new, sides[-1].unit))
    renamed = len({side.title for side in sides}) > 1 and not sides[0].is_prose
    shown_before, shown_after = _shown(before, renamed=renamed), _shown(after, renamed=renamed)
    if renamed:
        title = title.rpartition("，")[0]
    return Change(
        topic, title, shown_before, shown_after, mark_of(before, after), is_text=any(side.is_prose for side in sides)
    )


def _shown(side: Leaf | None, *, renamed: bool) -> str:
    """What a side says; with its name where that is what differs."""
    if side is None:
        return ""
    said = shown_amount(side.value, side.unit) if isinstance(side.value, Decimal) else side.shown
    return f"{side.title.rpartition('，')[2]} {said}" if renamed else said


def moved_amount(topic: str, title: str, amounts: Amounts) -> Change:
    """The change of an amount, of which one side may be none."""
    old, new = shown_amount(amounts.before, amounts.unit), shown_amount(amounts.after, amounts.unit)
    return Change(topic, title, old, new, mark_of(old, new), amounts)
