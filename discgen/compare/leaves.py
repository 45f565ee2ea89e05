"""A located tree to its leaves: every fact of a file by a key that does not depend on where its line stands.

A row of amounts is known by all that it says besides them (科目, 资金, 单位, 来源); another row by
its name; a list of texts by the texts themselves. What is compared is therefore what is stated.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from discgen.codes.dictionary import Classification
from discgen.compare import naming
from discgen.compare.naming import Steps
from discgen.model.record import without_folds
from discgen.money import ZERO, AmountError, parse_amount
from discgen.yamltext.tree import Node, Tree

_DEFAULTS = {("fund", "general"), ("origin", "current")}
"""What a row says by saying nothing."""
_UNSAID = "一般公共预算"
"""What a row of amounts is called that says nothing but the amount."""
_NAMES = ("id", "code", "name", "level", "unit", "data")
"""The keys a row without amounts is known by, the first that it has."""
_OF_WAIVERS = ("code", "at", "path")
"""The keys a waiver is known by, all that it has."""
_BLANKS = re.compile(r"\s+")

_OTHERS = "其他"
"""What a key at the top of a file belongs to."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
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


def leaves_of(file: File) -> dict[Key, Leaf]:
    """The facts of a file by their keys; amounts with the same key are one amount."""
    found: dict[Key, list[Leaf]] = defaultdict(list)
    for key, leaf in _walk(file, file.tree.root, file.key, (), ()):
        found[key].append(leaf)
    return {own: leaf for key, leaves in found.items() for own, leaf in _told_apart(key, leaves)}


def _told_apart(key: Key, leaves: list[Leaf]) -> Iterator[tuple[Key, Leaf]]:
    """Leaves with one key: amounts added up, others by their rank, so that their order in the file does not matter."""
    amounts = [leaf.value for leaf in leaves if isinstance(leaf.value, Decimal)]
    if amounts:
        yield key, replace(leaves[0], value=sum(amounts, ZERO))
        return
    for rank, leaf in enumerate(sorted(leaves, key=lambda leaf: str(leaf.value))):
        yield (*key, f"#{rank}") if rank else key, leaf


def _walk(file: File, node: Node, key: Key, steps: Steps, titles: tuple[str, ...]) -> Iterator[tuple[Key, Leaf]]:
    if isinstance(node, dict):
        yield from _mapping(file, node, key, steps, titles)
    elif isinstance(node, list):
        yield from _list(file, node, key, (*steps, "items"), titles)
    elif node is not None:
        yield key, _leaf(file, str(node), key, steps, titles)


def _mapping(
    file: File, node: dict[str, Node], key: Key, steps: Steps, titles: tuple[str, ...]
) -> Iterator[tuple[Key, Leaf]]:
    for name, below in node.items():
        inner = naming.further(file.schema, steps, name)
        title = naming.title_of(file.schema, inner, name)
        if naming.is_code(name):
            title = naming.with_name(name, Classification.FUNCTION, file.year)
        if name == "target" and isinstance(below, dict):
            # One value and two values of an indicator are both its target.
            yield (*key, name), _leaf(file, _both(file, below, inner), (*key, name), inner, (*titles, title))
        else:
            yield from _walk(file, below, (*key, name), inner, (*titles, title))


def _both(file: File, node: dict[str, Node], steps: Steps) -> str:
    said = {name: naming.title_of(file.schema, (*steps, "properties", name), name) for name in sorted(node)}
    return "，".join(f"{title}{node[name]}" for name, title in said.items())


def _list(file: File, rows: list[Node], key: Key, steps: Steps, titles: tuple[str, ...]) -> Iterator[tuple[Key, Leaf]]:
    for row in rows:
        if isinstance(row, dict):
            yield from _row(file, row, key, steps, titles)
        elif row is not None:
            value = without_folds(str(row).strip())
            leaf = _leaf(file, value, key, steps, titles)
            yield (*key, f"={leaf.value}"), replace(leaf, family=key)


def _row(
    file: File, row: dict[str, Node], key: Key, steps: Steps, titles: tuple[str, ...]
) -> Iterator[tuple[Key, Leaf]]:
    known_by = _identity(file, row, steps)
    own = (*key, *(f"{name}={value}" for name, value in sorted(known_by.items())))
    said = "，".join(_meaning(file, name, value, steps) for name, value in known_by.items()) or _UNSAID
    rest = {name: below for name, below in row.items() if name not in known_by and not _is_default(name, below)}
    for under, leaf in _mapping(file, rest, own, steps, (*titles, said)):
        is_indicator = under[-1] == "target"
        yield under, replace(leaf, family=key, title=leaf.title.removesuffix("，指标值")) if is_indicator else leaf
    if not rest:
        yield own, _leaf(file, said, own, steps, titles)


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


def _leaf(file: File, text: str, key: Key, steps: Steps, titles: tuple[str, ...]) -> Leaf:
    said = titles[:-1] if titles[-1] == "金额" and len(titles) > 1 else titles
    topic, *below = [file.topic, *said] if file.topic or len(said) == 1 else said
    title = "，".join(below)
    amount = _amount(file, text, steps)
    if amount is not None:
        return Leaf(topic or _OTHERS, title, amount, "", file.unit)
    value = without_folds(_BLANKS.sub(" ", naming.plain_value(file.schema, steps, text.strip())))
    shown = naming.named_value(file.schema, steps, value, file.year, file.units)
    return Leaf(topic or _OTHERS, title, value, shown, is_prose=naming.is_prose(file.schema, steps), family=key)


def _amount(file: File, text: str, steps: Steps) -> Decimal | None:
    if not naming.is_amount(file.schema, steps):
        return None
    try:
        return parse_amount(text.strip(), file.unit)
    except AmountError:
        return None  # told as the text it is; a check says what is wrong with it
