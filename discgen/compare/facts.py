"""The facts of files on two sides: what was added, dropped, renamed, moved by how much, or said otherwise.

Every fact has a key that does not depend on where its line stands: a row of amounts is known by all that it says besides
them (科目, 资金, 单位, 来源), another row by its name, a list of texts by the texts themselves. What is compared is
therefore what is stated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from discgen.codes.dictionary import Classification
from discgen.compare import naming
from discgen.compare.change import Amounts, Change, Mark, mark_of
from discgen.compare.naming import Steps
from discgen.compare.texts import pair_alike, pair_texts
from discgen.model.line import Fund
from discgen.model.record import without_folds
from discgen.money import ZERO, AmountError, exact_in_unit, parse_amount
from discgen.yamltext.tree import Node, Tree

_LEAST_ALIKE_TEXTS = 0.5
"""Below this a text is another text, not the same one changed."""


def compare_facts(old: Mapping[Key, Fact], new: Mapping[Key, Fact]) -> list[Change]:
    """What differs: amounts first, then other facts, then prose, each in the order of their keys."""
    gone = {key: leaf for key, leaf in old.items() if key not in new}
    come = {key: leaf for key, leaf in new.items() if key not in old}
    both: list[tuple[Key, Fact | None, Fact | None]] = [
        (key, old[key], new[key]) for key in old.keys() & new.keys() if old[key].value != new[key].value
    ]
    both += list(_became(gone, come))
    both += [(key, leaf, None) for key, leaf in gone.items()]
    both += [(key, None, leaf) for key, leaf in come.items()]
    return [_change(before, after) for _, before, after in sorted(both, key=_order)]


def _order(found: tuple[Key, Fact | None, Fact | None]) -> tuple[int, Key]:
    key, before, after = found
    leaf = after or before
    assert leaf is not None
    rank = 0 if isinstance(leaf.value, Decimal) else 2 if leaf.is_prose else 1
    return rank, key


def _became(gone: dict[Key, Fact], come: dict[Key, Fact]) -> Iterator[tuple[Key, Fact, Fact]]:
    """Texts of one list that are nearly the same; they are taken out of both sides."""
    families: dict[Key, tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for side, leaves in enumerate((gone, come)):
        for key, leaf in leaves.items():
            if leaf.family and not isinstance(leaf.value, Decimal):
                families[leaf.family][side].append(key)
    for before, after in families.values():
        olds, news = sorted(before), sorted(after)
        for left, right in pair_texts(
            [_whole(gone[key]) for key in olds], [_whole(come[key]) for key in news], _LEAST_ALIKE_TEXTS
        ):
            one, other = olds[left], news[right]
            yield min(one, other), gone.pop(one), come.pop(other)


def _whole(leaf: Fact) -> str:
    """The title with what is said under it: what a row with a new name is recognised by."""
    return leaf.title + str(leaf.value)


def _change(before: Fact | None, after: Fact | None) -> Change:
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


def _shown(side: Fact | None, *, renamed: bool) -> str:
    """What a side says; with its name where that is what differs."""
    if side is None:
        return ""
    said = exact_in_unit(side.value, side.unit, thousands=True) if isinstance(side.value, Decimal) else side.shown
    return f"{side.title.rpartition('，')[2]} {said}" if renamed else said


def moved_amount(topic: str, title: str, amounts: Amounts) -> Change:
    """The change of an amount, of which one side may be none."""
    old, new = (
        "" if amount is None else exact_in_unit(amount, amounts.unit, thousands=True)
        for amount in (amounts.before, amounts.after)
    )
    return Change(topic, title, old, new, mark_of(old, new), amounts)


NOUNS = {"projects": "项目", "goal_sheets": "绩效目标表", "evaluations": "自评报告"}
"""What a file of each folder is."""
_LEAST_ALIKE_NAMES = 0.6

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
        for key, leaf in facts_of_file(file).items()
        if isinstance(leaf.value, Decimal) and key[len(file.key)] != "goal_sheet"
    ]
    return Entry(file, stem, str(name or stem).strip(), str(unit or ""), sum(amounts, ZERO))


def pair_entries(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    """The same thing on both sides: by name, by file, else by a name that is nearly the same with the same amount."""
    pairs: list[tuple[Entry | None, Entry | None]] = []
    before, after = list(old), list(new)
    for pairing in (_pairing_by(_same_whole), _pairing_by(_same_name), _pairing_by(_same_file), _nearly_same):
        found = pairing(before, after)
        pairs += found
        taken = {id(one) for pair in found for one in pair}
        before, after = ([one for one in side if id(one) not in taken] for side in (before, after))
    return [*pairs, *((one, None) for one in before), *((None, one) for one in after)]


def _pairing_by(
    score: Callable[[Entry, Entry], float],
) -> Callable[[list[Entry], list[Entry]], list[tuple[Entry, Entry]]]:
    return lambda before, after: pair_alike(before, after, score, _LEAST_ALIKE_NAMES)


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
        for left, right in pair_texts([one.name for one in olds], [one.name for one in news], _LEAST_ALIKE_NAMES)
    ]


def compare_entry(old: Entry | None, new: Entry | None, noun: str) -> list[Change]:
    """That one was added, dropped or renamed; nothing where it has kept its name."""
    one = new or old
    assert one is not None
    if old and new:
        return [Change(noun, "改名", old.name, new.name, Mark.CHANGED)] if old.name != new.name else []
    return [moved_amount(noun, one.name, Amounts(old.amount if old else None, new.amount if new else None, "元"))]


_DEFAULTS = {("fund", "general"), ("origin", "current")}
"""What a row says by saying nothing."""
_NAMES = ("id", "code", "name", "level", "unit", "data")
"""The keys a row without amounts is known by, the first that it has."""
_OF_WAIVERS = ("code", "at", "path")
"""The keys a waiver is known by, all that it has."""
_BLANKS = re.compile(r"\s+")

_OTHERS = "其他"
"""What a key at the top of a file belongs to."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: an amount in 元, or a text. `family` are the leaves it may have become, `shown` how it is told."""

    topic: str
    title: str
    value: Decimal | str
    shown: str
    unit: str = ""
    is_prose: bool = False
    family: Key = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is compared: its schema, the key of its facts, what they belong to, and what its names mean."""

    tree: Tree
    schema: str
    key: Key
    topic: str
    year: int
    units: Mapping[str, str]

    @property
    def unit(self) -> str:
        """元 or 万元, as the file says; files that do not say are in 元."""
        root = self.tree.root
        written = root.get("unit") if isinstance(root, dict) and self.schema in ("budget", "accounts") else None
        return "万元" if written == "万元" else "元"


def facts_of_file(file: File) -> dict[Key, Fact]:
    """The facts of a file by their keys; amounts with the same key are one amount."""
    found: dict[Key, list[Fact]] = defaultdict(list)
    for key, leaf in _walk(file, file.tree.root, file.key, (), ()):
        found[key].append(leaf)
    return {own: leaf for key, leaves in found.items() for own, leaf in _told_apart(key, leaves)}


def _told_apart(key: Key, leaves: list[Fact]) -> Iterator[tuple[Key, Fact]]:
    """Leaves with one key: amounts added up, others by their rank, so that their order in the file does not matter."""
    amounts = [leaf.value for leaf in leaves if isinstance(leaf.value, Decimal)]
    if amounts:
        yield key, replace(leaves[0], value=sum(amounts, ZERO))
        return
    for rank, leaf in enumerate(sorted(leaves, key=lambda leaf: str(leaf.value))):
        yield (*key, f"#{rank}") if rank else key, leaf


def _walk(file: File, node: Node, key: Key, steps: Steps, titles: tuple[str, ...]) -> Iterator[tuple[Key, Fact]]:
    if isinstance(node, dict):
        yield from _mapping(file, node, key, steps, titles)
    elif isinstance(node, list):
        yield from _list(file, node, key, (*steps, "items"), titles)
    elif node is not None:
        yield key, _fact(file, str(node), key, steps, titles)


def _mapping(
    file: File, node: dict[str, Node], key: Key, steps: Steps, titles: tuple[str, ...]
) -> Iterator[tuple[Key, Fact]]:
    for name, below in node.items():
        inner = naming.further(file.schema, steps, name)
        title = naming.title_of(file.schema, inner, name)
        if naming.is_code(name):
            title = naming.with_name(name, Classification.FUNCTION, file.year)
        if name == "target" and isinstance(below, dict):
            # One value and two values of an indicator are both its target.
            yield (*key, name), _fact(file, _both(file, below, inner), (*key, name), inner, (*titles, title))
        else:
            yield from _walk(file, below, (*key, name), inner, (*titles, title))


def _both(file: File, node: dict[str, Node], steps: Steps) -> str:
    said = {name: naming.title_of(file.schema, (*steps, "properties", name), name) for name in sorted(node)}
    return "，".join(f"{title}{node[name]}" for name, title in said.items())


def _list(file: File, rows: list[Node], key: Key, steps: Steps, titles: tuple[str, ...]) -> Iterator[tuple[Key, Fact]]:
    for row in rows:
        if isinstance(row, dict):
            yield from _row(file, row, key, steps, titles)
        elif row is not None:
            value = without_folds(str(row).strip())
            leaf = _fact(file, value, key, steps, titles)
            yield (*key, f"={leaf.value}"), replace(leaf, family=key)


def _row(
    file: File, row: dict[str, Node], key: Key, steps: Steps, titles: tuple[str, ...]
) -> Iterator[tuple[Key, Fact]]:
    known_by = _identity(file, row, steps)
    own = (*key, *(f"{name}={value}" for name, value in sorted(known_by.items())))
    said = "，".join(_meaning(file, name, value, steps) for name, value in known_by.items()) or Fund.GENERAL.label
    rest = {name: below for name, below in row.items() if name not in known_by and not _is_default(name, below)}
    for under, leaf in _mapping(file, rest, own, steps, (*titles, said)):
        is_indicator = under[-1] == "target"
        yield under, replace(leaf, family=key, title=leaf.title.removesuffix("，指标值")) if is_indicator else leaf
    if not rest:
        yield own, _fact(file, said, own, steps, titles)


def _is_default(name: str, value: Node) -> bool:
    return isinstance(value, str) and (name, value) in _DEFAULTS


def _identity(file: File, row: dict[str, Node], steps: Steps) -> dict[str, str]:
    """What a row is known by: beside amounts all that is a code or a choice; else its name."""
    inner = {name: naming.further(file.schema, steps, name) for name in row}
    texts = {name: str(value).strip() for name, value in row.items() if isinstance(value, str)}
    texts = {name: naming.plain_value(file.schema, inner[name], text) for name, text in texts.items()}
    if any(naming.is_amount(file.schema, inner[name]) for name in texts):
        free = [name for name in texts if naming.is_amount(file.schema, inner[name]) or _is_free(file, inner[name])]
        return {name: text for name, text in texts.items() if name not in free and not _is_default(name, text)}
    if "at" in texts:
        return {name: texts[name] for name in _OF_WAIVERS if name in texts}
    return next(({name: texts[name]} for name in _NAMES if name in texts), texts)


def _is_free(file: File, steps: Steps) -> bool:
    """Whether an author writes what they like there, so that it tells no row from another."""
    return naming.is_prose(file.schema, steps) or steps[-1] in ("deviation", "explanation")


def _meaning(file: File, name: str, value: str, steps: Steps) -> str:
    return naming.named_value(file.schema, naming.further(file.schema, steps, name), value, file.year, file.units)


def _fact(file: File, text: str, key: Key, steps: Steps, titles: tuple[str, ...]) -> Fact:
    said = titles[:-1] if titles[-1] == "金额" and len(titles) > 1 else titles
    topic, *below = [file.topic, *said] if file.topic or len(said) == 1 else said
    title = "，".join(below)
    amount = _amount(file, text, steps)
    if amount is not None:
        return Fact(topic or _OTHERS, title, amount, "", file.unit)
    value = without_folds(_BLANKS.sub(" ", naming.plain_value(file.schema, steps, text.strip())))
    shown = naming.named_value(file.schema, steps, value, file.year, file.units)
    return Fact(topic or _OTHERS, title, value, shown, is_prose=naming.is_prose(file.schema, steps), family=key)


def _amount(file: File, text: str, steps: Steps) -> Decimal | None:
    if not naming.is_amount(file.schema, steps):
        return None
    try:
        return parse_amount(text.strip(), file.unit)
    except AmountError:
        return None  # told as the text it is; a check says what is wrong with it
