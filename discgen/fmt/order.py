"""The nodes of a file put in order: keys as the JSON Schema lists them, rows in braces, everything else in blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from discgen.validate.library import schema_at
from discgen.yamltext.nodes import Collection, Entry, Scalar, TextNode, text_of

BLOCK_LISTS = frozenset({"units", "waivers", "annexes", "assets"})
"""Lists whose items are written a key a line; items of all others are rows, written in braces on one line."""
_PUNCTUATION_IN_BRACES = re.compile(r"[,\[\]{}]")


def put_in_order(root: Collection, schema: str) -> None:
    """Sort the keys of a file as in `schema/<schema>.schema.json`, and give each collection its shape."""
    _sort(root, schema, ())
    for entry in root.entries:
        _shape(entry.node, entry.name)


def _sort(node: TextNode, schema: str, steps: tuple[str, ...]) -> None:
    """Sort a collection that the schema speaks of at `steps`; keys it does not know stay last, as they were."""
    if isinstance(node, Scalar) or node.fixed:
        return
    if not node.is_mapping:
        for item in node.entries:
            _sort(item.node, schema, (*steps, "items"))
        return
    known = list(_properties(schema, steps))
    for entry in node.entries:
        further = ("properties", entry.name) if entry.name in known else ("additionalProperties",)
        _sort(entry.node, schema, (*steps, *further))
    node.entries.sort(key=lambda entry: known.index(entry.name) if entry.name in known else len(known))


def _properties(schema: str, steps: tuple[str, ...]) -> Mapping[str, Any]:
    try:
        properties: Mapping[str, Any] = schema_at(schema, (*steps, "properties"))["properties"]
    except (KeyError, TypeError):  # the schema says nothing of this place
        return {}
    return properties


def _shape(node: TextNode, name: str) -> None:
    """Rows into braces, other items and what runs over several lines out of them; `name` is the key it stands under."""
    if isinstance(node, Scalar) or node.fixed:
        return
    if node.flow and "\n" in text_of(node) and node.entries:
        node.flow = False
    for entry in node.entries:
        inner = entry.node
        if isinstance(inner, Scalar):
            continue
        is_row = inner.is_mapping and not node.is_mapping and name not in BLOCK_LISTS
        if is_row:
            _close_row(inner)
        elif not node.flow and not node.is_mapping and inner.is_mapping:
            _open_item(entry)
        if not (is_row and inner.flow):  # a row in braces is one line: nothing in it needs a shape
            _shape(inner, entry.name)


def _open_item(entry: Entry) -> None:
    """An item out of its braces; the remark at its end would be about its first key, and goes above."""
    inner = entry.node
    assert isinstance(inner, Collection)
    if inner.flow and inner.entries and not inner.fixed:
        inner.flow = False
        entry.head = [*entry.head, *(line for line in (entry.remark, *entry.more) if line)]
        entry.remark, entry.more = "", ()


def _close_row(node: Collection) -> None:
    if node.flow or not _fits_in_braces(node):
        return
    node.flow = True
    for entry in node.entries:
        if isinstance(entry.node, Collection):
            _close_row(entry.node)


def _fits_in_braces(node: TextNode) -> bool:
    """Whether it could be written on one line in braces: no remark would be lost, no quotation mark needed."""
    if isinstance(node, Scalar):
        needs_marks = not node.style and _PUNCTUATION_IN_BRACES.search(node.raw)
        return not needs_marks and "\n" not in node.raw and node.style not in ("|", ">")
    if node.fixed or node.tail:
        return False
    return all(
        not entry.is_remarked() and _fits_in_braces(entry.node) and not _PUNCTUATION_IN_BRACES.search(entry.raw_key)
        for entry in node.entries
    )
