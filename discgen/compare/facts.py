"""The facts of files before and after: what was added, dropped, renamed, reworded, or moved by how much.

Every fact has a key that does not depend on where its line stands: a row of amounts is known by all that it says besides
them (科目, 资金, 单位, 来源), another row by its name, a list of texts by the texts themselves. What is compared is
therefore what is stated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from discgen.compare import naming
from discgen.compare.change import Amounts, Change, Mark, mark_of
from discgen.compare.naming import Names, Steps
from discgen.compare.texts import pair_alike, pair_texts
from discgen.model.line import Fund
from discgen.model.record import without_folds
from discgen.money import ZERO, AmountError, exact_in_unit, parse_amount
from discgen.reference.codes import Classification
from discgen.yamltext.tree import Node, Tree

Key = tuple[str, ...]
Ids = Mapping[tuple[str, str], str]
"""The new names of files, without their ending, by their folder and their old name."""

NOUNS = {"projects": "项目", "goal_sheets": "绩效目标表", "evaluations": "自评报告"}
"""What a file of each folder is."""
_LEAST_ALIKE_TEXTS, _LEAST_ALIKE_NAMES = 0.5, 0.6
"""Below this a text, or the name of a project, is another one, not the same one changed."""
_DEFAULTS = {("fund", "general"), ("origin", "current")}
"""What a row says by saying nothing."""
_NAMES = ("id", "code", "name", "level", "unit", "data")
"""The keys a row without amounts is known by, the first that it has."""
_NAMES_OF_WAIVERS = ("code", "at", "path")
"""The keys a waiver is known by, all that it has."""
_BLANKS = re.compile(r"\s+")

_OTHERS = "其他"
"""What a key at the top of a file belongs to."""


class Fact(Struct, frozen=True):
    """A fact: an amount in 元, or a text. `family` are the facts it may have become, `shown` is the text for a reader."""

    topic: str
    title: str
    value: Decimal | str
    shown: str
    unit: str = ""
    is_prose: bool = False
    family: Key = ()


class File(Struct, frozen=True):
    """A file as it is compared: its schema, the key of its facts, what they belong to, and what its names mean."""

    tree: Tree
    schema: str
    key: Key
    topic: str
    names: Names

    @property
    def unit(self) -> str:
        """元 or 万元, as the file says; files that do not say are in 元."""
        root = self.tree.root
        written = root.get("unit") if isinstance(root, dict) and self.schema in ("budget", "accounts") else None
        return "万元" if written == "万元" else "元"


class Entry(Struct, frozen=True):
    """A file of a project or the like: its name without the ending, its title, the id of its unit, and its money in 元."""

    file: File
    id: str
    name: str
    unit: str
    amount: Decimal


def compare_facts(old: Mapping[Key, Fact], new: Mapping[Key, Fact]) -> list[Change]:
    """What differs: amounts first, then other facts, then prose, each in the order of their keys."""
    gone = {key: fact for key, fact in old.items() if key not in new}
    come = {key: fact for key, fact in new.items() if key not in old}
    changed: list[tuple[Key, Fact | None, Fact | None]] = [
        (key, old[key], new[key]) for key in old.keys() & new.keys() if old[key].value != new[key].value
    ]
    changed += list(_reworded(gone, come))
    changed += [(key, fact, None) for key, fact in gone.items()]
    changed += [(key, None, fact) for key, fact in come.items()]
    return [_change(before, after) for _, before, after in sorted(changed, key=_order)]


def _order(changed: tuple[Key, Fact | None, Fact | None]) -> tuple[int, Key]:
    key, before, after = changed
    fact = after or before
    assert fact is not None
    rank = 0 if isinstance(fact.value, Decimal) else 2 if fact.is_prose else 1
    return rank, key


def _reworded(gone: dict[Key, Fact], come: dict[Key, Fact]) -> Iterator[tuple[Key, Fact, Fact]]:
    """Texts of one list that are nearly the same; they are taken out of what went and what came."""
    families: dict[Key, tuple[list[Key], list[Key]]] = defaultdict(lambda: ([], []))
    for state, facts in enumerate((gone, come)):
        for key, fact in facts.items():
            if fact.family and not isinstance(fact.value, Decimal):
                families[fact.family][state].append(key)
    for before, after in families.values():
        olds, news = sorted(before), sorted(after)
        for left, right in pair_texts(
            [_whole(gone[key]) for key in olds], [_whole(come[key]) for key in news], _LEAST_ALIKE_TEXTS
        ):
            old, new = olds[left], news[right]
            yield min(old, new), gone.pop(old), come.pop(new)


def _whole(fact: Fact) -> str:
    """The title with the value: what a row with a new name is recognised by."""
    return fact.title + str(fact.value)


def _change(before: Fact | None, after: Fact | None) -> Change:
    facts = [fact for fact in (before, after) if fact]
    # A code may have another name in another year: the choice must not depend on which of them is the old one.
    topic, title = min(fact.topic for fact in facts), min(fact.title for fact in facts)
    if all(isinstance(fact.value, Decimal) for fact in facts):
        old, new = (fact.value if fact and isinstance(fact.value, Decimal) else None for fact in (before, after))
        return change_of_amount(topic, title, Amounts(old, new, facts[-1].unit))
    renamed = len({fact.title for fact in facts}) > 1 and not facts[0].is_prose
    shown_before, shown_after = _shown(before, renamed=renamed), _shown(after, renamed=renamed)
    if renamed:
        title = title.rpartition("，")[0]
    return Change(
        topic, title, shown_before, shown_after, mark_of(before, after), is_text=any(fact.is_prose for fact in facts)
    )


def _shown(fact: Fact | None, *, renamed: bool) -> str:
    """The value of a fact; with its name where that is what differs."""
    if fact is None:
        return ""
    text = exact_in_unit(fact.value, fact.unit, thousands=True) if isinstance(fact.value, Decimal) else fact.shown
    return f"{fact.title.rpartition('，')[2]} {text}" if renamed else text


def change_of_amount(topic: str, title: str, amounts: Amounts) -> Change:
    """The change of an amount, which there may be only before or only after."""
    old, new = (
        "" if amount is None else exact_in_unit(amount, amounts.unit, thousands=True)
        for amount in (amounts.before, amounts.after)
    )
    return Change(topic, title, old, new, mark_of(old, new), amounts)


def entry_of(file: File) -> Entry:
    """A file of a project or the like; without a title it has that of its file."""
    root = file.tree.root
    name, unit = (root.get("name"), root.get("unit")) if isinstance(root, dict) else (None, None)
    stem = PurePosixPath(file.tree.file).stem
    amounts = [
        fact.value
        for key, fact in facts_of_file(file).items()
        if isinstance(fact.value, Decimal) and key[len(file.key)] != "goal_sheet"
    ]
    return Entry(file, stem, str(name or stem).strip(), str(unit or ""), sum(amounts, ZERO))


def pair_entries(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[Entry | None, Entry | None]]:
    """The same item before and after: by name, by file, else by a name that is nearly the same with the same amount."""
    pairs: list[tuple[Entry | None, Entry | None]] = []
    before, after = list(old), list(new)
    for pairing in (_pairing_by(_same_whole), _pairing_by(_same_name), _pairing_by(_same_file), _nearly_same):
        matches = pairing(before, after)
        pairs += matches
        taken = {id(entry) for pair in matches for entry in pair}
        before, after = ([entry for entry in entries if id(entry) not in taken] for entries in (before, after))
    return [*pairs, *((entry, None) for entry in before), *((None, entry) for entry in after)]


def _pairing_by(
    score: Callable[[Entry, Entry], float],
) -> Callable[[list[Entry], list[Entry]], list[tuple[Entry, Entry]]]:
    return lambda before, after: pair_alike(before, after, score, _LEAST_ALIKE_NAMES)


def _same_whole(left: Entry, right: Entry) -> float:
    return float(left.name == right.name and left.id == right.id)


def _same_name(left: Entry, right: Entry) -> float:
    """Several units may have a project of one name: that of the same unit comes first."""
    return (1.0 if left.unit == right.unit else 0.9) if left.name == right.name else 0.0


def _same_file(left: Entry, right: Entry) -> float:
    return float(left.id == right.id)


def _nearly_same(before: list[Entry], after: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Those of the same amount by their names."""
    by_amount: defaultdict[Decimal, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for state, entries in enumerate((before, after)):
        for entry in entries:
            by_amount[entry.amount][state].append(entry)
    return [
        (olds[left], news[right])
        for olds, news in by_amount.values()
        for left, right in pair_texts(
            [entry.name for entry in olds], [entry.name for entry in news], _LEAST_ALIKE_NAMES
        )
    ]


def compare_entry(old: Entry | None, new: Entry | None, noun: str) -> list[Change]:
    """That a file was added, dropped or renamed; nothing where it has kept its name."""
    entry = new or old
    assert entry is not None
    if old and new:
        return [Change(noun, "改名", old.name, new.name, Mark.CHANGED)] if old.name != new.name else []
    return [change_of_amount(noun, entry.name, Amounts(old.amount if old else None, new.amount if new else None, "元"))]


def facts_of_file(file: File) -> dict[Key, Fact]:
    """The facts of a file by their keys; amounts with the same key are one amount."""
    by_key: dict[Key, list[Fact]] = defaultdict(list)
    for key, fact in _walk(file, file.tree.root, file.key, (), ()):
        by_key[key].append(fact)
    return {own: fact for key, facts in by_key.items() for own, fact in _with_rank(key, facts)}


def _with_rank(key: Key, facts: list[Fact]) -> Iterator[tuple[Key, Fact]]:
    """Facts with one key: amounts added up, others by their rank, so that their order in the file does not matter."""
    amounts = [fact.value for fact in facts if isinstance(fact.value, Decimal)]
    if amounts:
        yield key, replace(facts[0], value=sum(amounts, ZERO))
        return
    for rank, fact in enumerate(sorted(facts, key=lambda fact: str(fact.value))):
        yield (*key, f"#{rank}") if rank else key, fact


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
        inner = naming.below(file.schema, steps, name)
        title = naming.title_of(file.schema, inner, name)
        if naming.is_code(name):
            title = naming.with_name(name, Classification.FUNCTION, file.names)
        if name == "target" and isinstance(below, dict):
            # One value and two values of an indicator are both its target.
            yield (*key, name), _fact(file, _both_values(file, below, inner), (*key, name), inner, (*titles, title))
        else:
            yield from _walk(file, below, (*key, name), inner, (*titles, title))


def _both_values(file: File, node: dict[str, Node], steps: Steps) -> str:
    titles = {name: naming.title_of(file.schema, (*steps, "properties", name), name) for name in sorted(node)}
    return "，".join(f"{title}{node[name]}" for name, title in titles.items())


def _list(file: File, rows: list[Node], key: Key, steps: Steps, titles: tuple[str, ...]) -> Iterator[tuple[Key, Fact]]:
    for row in rows:
        if isinstance(row, dict):
            yield from _row(file, row, key, steps, titles)
        elif row is not None:
            value = without_folds(str(row).strip())
            fact = _fact(file, value, key, steps, titles)
            yield (*key, f"={fact.value}"), replace(fact, family=key)


def _row(
    file: File, row: dict[str, Node], key: Key, steps: Steps, titles: tuple[str, ...]
) -> Iterator[tuple[Key, Fact]]:
    known_by = _identity(file, row, steps)
    own = (*key, *(f"{name}={value}" for name, value in sorted(known_by.items())))
    title = "，".join(_meaning(file, name, value, steps) for name, value in known_by.items()) or Fund.GENERAL.label
    rest = {name: below for name, below in row.items() if name not in known_by and not _is_default(name, below)}
    for inner, fact in _mapping(file, rest, own, steps, (*titles, title)):
        is_indicator = inner[-1] == "target"
        yield inner, replace(fact, family=key, title=fact.title.removesuffix("，指标值")) if is_indicator else fact
    if not rest:
        yield own, _fact(file, title, own, steps, titles)


def _is_default(name: str, value: Node) -> bool:
    return isinstance(value, str) and (name, value) in _DEFAULTS


def _identity(file: File, row: dict[str, Node], steps: Steps) -> dict[str, str]:
    """What a row is known by: all its values that are a code or a choice; else its name."""
    inner = {name: naming.below(file.schema, steps, name) for name in row}
    texts = {name: str(value).strip() for name, value in row.items() if isinstance(value, str)}
    texts = {name: naming.plain_value(file.schema, inner[name], text) for name, text in texts.items()}
    if any(naming.is_amount(file.schema, inner[name]) for name in texts):
        free = [name for name in texts if naming.is_amount(file.schema, inner[name]) or _is_free(file, inner[name])]
        return {name: text for name, text in texts.items() if name not in free and not _is_default(name, text)}
    if "at" in texts:
        return {name: texts[name] for name in _NAMES_OF_WAIVERS if name in texts}
    return next(({name: texts[name]} for name in _NAMES if name in texts), texts)


def _is_free(file: File, steps: Steps) -> bool:
    """Whether an author writes what they like there, so that it identifies no row."""
    return naming.is_prose(file.schema, steps) or steps[-1] in ("deviation", "explanation")


def _meaning(file: File, name: str, value: str, steps: Steps) -> str:
    return naming.named_value(file.schema, naming.below(file.schema, steps, name), value, file.names)


def _fact(file: File, text: str, key: Key, steps: Steps, titles: tuple[str, ...]) -> Fact:
    named = titles[:-1] if titles[-1] == "金额" and len(titles) > 1 else titles
    topic, *below = [file.topic, *named] if file.topic or len(named) == 1 else named
    title = "，".join(below)
    amount = _amount(file, text, steps)
    if amount is not None:
        return Fact(topic or _OTHERS, title, amount, "", file.unit)
    value = without_folds(_BLANKS.sub(" ", naming.plain_value(file.schema, steps, text.strip())))
    shown = naming.named_value(file.schema, steps, value, file.names)
    return Fact(topic or _OTHERS, title, value, shown, is_prose=naming.is_prose(file.schema, steps), family=key)


def _amount(file: File, text: str, steps: Steps) -> Decimal | None:
    if not naming.is_amount(file.schema, steps):
        return None
    try:
        return parse_amount(text.strip(), file.unit)
    except AmountError:
        return None  # compared as the text it is; a check says what is wrong with it
