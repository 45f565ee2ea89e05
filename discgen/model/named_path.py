"""Places in a file by names: `goal_sheet.indicators.数量指标[年龄达标率]` stays true when a line is put in above.

A list item is called by its name, id or code, a text by how it begins; its number in the list
would be another item's tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from discgen.diagnostics import DocumentPath
from discgen.load.tree import Node

_NAMING = ("name", "id", "function", "code", "department", "government", "item", "unit", "fund")
"""Keys whose values an item may be called by, the best first."""
_STEP = re.compile(r"\[([^\]]+)\]|([^.\[\]]+)")
_BEGINNING = 12
"""Characters by which a text is called."""
_NOWHERE = object()
"""What a step leads to that the file does not have."""


def show_named(root: Node, path: DocumentPath) -> str:
    """The path by names; it ends above an item that has none."""
    shown = ""
    for step, node in _walk(root, path):
        if isinstance(step, str):
            shown += f".{step}" if shown else step
            continue
        names = _names(node)
        if not names:
            break
        shown += f"[{names[0][:_BEGINNING]}]"
    return shown


def is_below(root: Node, path: DocumentPath, written: str) -> bool:
    """Whether the path leads to what is `written` by names, or to something inside it."""
    wanted = [(found[1], found[2]) for found in _STEP.finditer(written)]
    steps = list(_walk(root, path))
    return len(wanted) <= len(steps) and all(
        step == key if isinstance(step, str) else bool(item) and _is_called(node, item)
        for (item, key), (step, node) in zip(wanted, steps, strict=False)
    )


def _walk(root: Node, path: DocumentPath) -> Iterator[tuple[str | int, Node]]:
    """Each step with what it leads to, as far as the path is written."""
    node = root
    for step in path:
        below = _below(node, step)
        if below is _NOWHERE:
            return
        node = cast("Node", below)
        yield step, node


def _below(node: Node, step: str | int) -> object:
    if isinstance(node, dict) and isinstance(step, str):
        return node.get(step, _NOWHERE)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return _NOWHERE


def _names(item: Node) -> list[str]:
    """What an item may be called; of a code that its name follows, the code."""
    if isinstance(item, dict):
        values = [str(item[key]) for key in _NAMING if isinstance(item.get(key), str)]
        return [re.sub(r"^(\d{3,7}) .*", r"\1", value) for value in values]
    text = item.strip() if isinstance(item, str) else ""
    return [re.split(r"[\[\]\n]", text)[0]] if text else []


def _is_called(item: Node, name: str) -> bool:
    names = _names(item)
    return name in names if isinstance(item, dict) else any(one.startswith(name) for one in names)
