"""The lists of a file, and what tells their items apart: the `itemKey` beside `"type": "array"` in its schema.

`itemKey` names the properties that no two items have alike (none: the item itself is what no other may be).
`itemAmounts` names those that would be added up: where it stands, two items repeat each other only in an amount
that both have. A property that is left out counts as its `default`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from discgen.diagnostics import DocumentPath
from discgen.reference.folders import cache_shipped
from discgen.validate.library import load_schema, resolved
from discgen.yamltext.tree import Node, Tree

_ANY = "*"
"""Stands in a list's path for each key of a mapping whose keys are free."""
_NAME_AFTER_CODE = re.compile(r"^(\d{3,7}) .*", re.DOTALL)


class KeyedList(Struct, frozen=True):
    """A list of a schema: its path by keys, its title (none for lists under free keys), and what tells its items apart."""

    path: tuple[str, ...]
    title: str
    key: tuple[str, ...]
    amounts: tuple[str, ...]
    defaults: Mapping[str, str]


class Repeat(Struct, frozen=True):
    """An item that repeats an `earlier` item of its list; `amount` names what would be added twice."""

    keyed: KeyedList
    amount: str
    item: DocumentPath
    earlier: DocumentPath


def repeats(tree: Tree, schema: str) -> Iterator[Repeat]:
    """Every item of a schema-valid file that repeats an earlier one of its list. Amounts below zero take back, and do not."""
    for keyed in keyed_lists(schema):
        for path, items in _written(tree.root, keyed.path):
            yield from _repeats(keyed, path, items)


@cache_shipped
def keyed_lists(schema: str) -> tuple[KeyedList, ...]:
    """The lists that the schema gives an `itemKey`."""
    return tuple(_lists(schema, load_schema(schema), ()))


def _lists(schema: str, node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[KeyedList]:
    if "itemKey" in node:
        inner, item = resolved(schema, node["items"])
        below = {name: resolved(inner, written)[1] for name, written in item.get("properties", {}).items()}
        defaults = {name: str(written["default"]) for name, written in below.items() if "default" in written}
        key, amounts = tuple(node["itemKey"]), tuple(node.get("itemAmounts", ()))
        title = "" if path[-1] == _ANY else node.get("title", "")
        yield KeyedList(path, title, key, amounts, defaults)
    inside = dict(node.get("properties", {}))
    if isinstance(node.get("additionalProperties"), dict):
        inside[_ANY] = node["additionalProperties"]
    for name, written in inside.items():
        yield from _lists(*resolved(schema, written), (*path, name))


def _written(node: Node, steps: tuple[str, ...], path: DocumentPath = ()) -> Iterator[tuple[DocumentPath, list[Node]]]:
    """The lists that a file has at a path, each with where it is."""
    if not steps:
        if isinstance(node, list):
            yield path, node
        return
    if isinstance(node, dict):
        for name in node if steps[0] == _ANY else steps[:1]:
            if name in node:
                yield from _written(node[name], steps[1:], (*path, name))


def _repeats(keyed: KeyedList, path: DocumentPath, items: list[Node]) -> Iterator[Repeat]:
    first: dict[Hashable, int] = {}
    for at, item in enumerate(items):
        key = _key(keyed, item)
        for amount in _amounts(keyed, item):
            earlier = first.setdefault((key, amount), at)
            if earlier != at:
                yield Repeat(keyed, amount, (*path, at), (*path, earlier))
                break


def _key(keyed: KeyedList, item: Node) -> Hashable:
    if not isinstance(item, dict):
        return str(item).strip()
    values = (str(item.get(name, keyed.defaults.get(name, ""))).strip() for name in keyed.key)
    return tuple(_NAME_AFTER_CODE.sub(r"\1", value) for value in values)


def _amounts(keyed: KeyedList, item: Node) -> list[str]:
    """The names of the amounts in which an item may repeat another; an empty name where its list has no amounts."""
    if not keyed.amounts or not isinstance(item, dict):
        return [""]
    return [name for name in keyed.amounts if name in item and not str(item[name]).startswith("-")]
