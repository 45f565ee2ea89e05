"""The nodes of a file to text: two spaces a level, one space after a colon, remarks in their columns, no blanks at the end of a line."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from itertools import dropwhile

from discgen.yamltext.nodes import Collection, Entry, Scalar, TextNode, UneditableError, text_of

_STEP = 2
_BEFORE_REMARK = 2
"""Blanks between a value and its remark, at least; with one the reader would ask whether it is text."""


def write(root: Collection, header: Sequence[str]) -> str:
    """The text: the lines of the header, then the entries, then one newline."""
    return "\n".join([*header, *_block(root, 0)]) + "\n"


def _block(node: Collection, indent: int) -> list[str]:
    lines: list[str] = []
    for entry in node.entries:
        head = _indented(entry.head if lines else _without_empty_start(entry.head), indent)
        lines += head + (_keyed(entry, indent) if node.is_mapping else _item(entry, indent))
    return lines + _indented(node.tail, indent)


def _keyed(entry: Entry, indent: int) -> list[str]:
    return _entry(f"{' ' * indent}{entry.raw_key}:", entry, indent)


def _item(entry: Entry, indent: int) -> list[str]:
    """An item of a list; remarks to the first thing in it stand above its dash."""
    inner = entry.node
    dash = f"{' ' * indent}-"
    if isinstance(inner, Scalar) or inner.flow:
        return _entry(dash, entry, indent)
    head: list[str] = []
    first: TextNode | None = inner
    while isinstance(first, Collection) and not first.flow:
        head += _without_empty_start(first.entries[0].head)
        first.entries[0].head = ()
        first = None if first.is_mapping else first.entries[0].node
    begin, *others = _block(inner, indent + _STEP)
    return [*_indented(head, indent), f"{dash} {begin.lstrip()}", *others]


def _entry(begin: str, entry: Entry, indent: int) -> list[str]:
    """What begins with a key or a dash, and its value."""
    node = entry.node
    if isinstance(node, Collection) and not node.flow:
        return _remarked([begin], entry) + _block(node, indent + _STEP)
    value = _scalar(node, indent) if isinstance(node, Scalar) else _braces(node, indent)
    lines = [f"{begin} {value[0]}".rstrip(), *value[1:]]
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        return _indented([line for line in (entry.remark, *entry.more) if line], indent) + lines
    return _remarked(lines, entry)


def _remarked(lines: list[str], entry: Entry) -> list[str]:
    """The lines with the entry's remark at the end, in its column if there is room."""
    if not entry.remark:
        return lines
    *others, last = lines
    column = max(entry.remark_column, len(last) + _BEFORE_REMARK)
    return [*others, f"{last:<{column}}{entry.remark}", *(" " * column + line for line in entry.more)]


def _scalar(node: Scalar, indent: int) -> list[str]:
    first, *others = node.raw.split("\n")
    if node.style not in ("|", ">"):
        return [first.rstrip(), *_indented([line.strip() for line in others], indent + _STEP)] if others else [first]
    if any(character.isdigit() for character in first.partition("#")[0]):
        raise UneditableError("“|”“>”后面写了缩进的格数")
    own = next((len(line) - len(line.lstrip(" ")) for line in others if line.strip()), 0)
    return [first, *_indented([line[own:] for line in others], indent + _STEP)]


def _braces(node: Collection, indent: int) -> list[str]:
    """What stands in braces, on one line; one with remarks inside is left as it is but for its indentation."""
    if not node.fixed:
        return [_on_one_line(node)]
    first, *others = text_of(node).split("\n")
    return [first.rstrip(), *_indented([line.strip() for line in others], indent + _STEP)]


def _on_one_line(node: TextNode) -> str:
    if isinstance(node, Scalar):
        return node.raw
    if not node.is_mapping:
        return f"[{', '.join(_on_one_line(entry.node) for entry in node.entries)}]"
    return f"{{{', '.join(f'{entry.raw_key}: {_on_one_line(entry.node)}' for entry in node.entries)}}}"


def _indented(lines: Sequence[str], indent: int) -> list[str]:
    return [f"{' ' * indent}{line}" if line else "" for line in lines]


def _without_empty_start(lines: Sequence[str]) -> list[str]:
    return [*dropwhile(operator.not_, lines)]
