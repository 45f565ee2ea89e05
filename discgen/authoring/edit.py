"""Edits of a YAML file's text that keep its comments and order.

Each edit is proved by reading the result: it must hold the same tree but for what was to
change. Where text cannot be edited so, it is left as it was and the edit says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from discgen.diagnostics import DocumentPath, Place
from discgen.load.workspace import Workspace
from discgen.yamltext.nodes import UneditableError
from discgen.yamltext.read import read_yaml
from discgen.yamltext.tree import Node, Tree

MARK = "# 待确认"
_REMARK = re.compile(r"(?:^|\s)#.*")


def read_editable(workspace: Workspace, path: Path) -> tuple[str, str]:
    """The text of a file and its name in the workspace; one that the workspace refuses is refused here.

    Raises UneditableError.
    """
    tree, findings = workspace.read(path)
    if tree is None or findings:
        raise UneditableError(f"{findings[0].place} {findings[0].code} {findings[0].message}")
    return path.read_text(encoding="utf-8-sig"), tree.file


class EditedFile:
    """The text of a file and what it says, edit by edit. Raises UneditableError for a file that has errors."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.text = text
        tree, findings = read_yaml(text.encode(), file)
        if tree is None:
            raise UneditableError(f"{findings[0].place} {findings[0].code} {findings[0].message}")
        self.tree: Tree = tree

    def value(self, *path: str | int) -> Node:
        """What stands at a path; None where nothing does."""
        found: Node = _at(self.tree.root, path)
        return found

    @property
    def keys(self) -> list[str]:
        """The keys of the file, in order."""
        return list(_mapping(self.tree))

    def scalars(self) -> list[tuple[DocumentPath, Place]]:
        """The places of all scalars."""
        return [(path, place) for path, place in self.tree.values.items() if isinstance(self.value(*path), str)]

    def rewrite(self, path: DocumentPath, change: Callable[[str], str]) -> bool:
        """Change a scalar where it is written; whether that could be done. `change` leaves quotation marks alone."""
        old = self.value(*path)
        if not isinstance(old, str) or change(old) == old:
            return False
        lines = self.text.split("\n")
        start = self.tree.values[path]
        next_line, next_column = self._following(path)
        for number in range(start.line, max(next_line, start.line + 1)):
            line = lines[number - 1]
            first = start.column - 1 if number == start.line else 0
            last = next_column - 1 if number == next_line else len(line)
            remark = _REMARK.search(line, first, last)
            last = remark.start() if remark else last
            lines[number - 1] = line[:first] + change(line[first:last]) + line[last:]
        expected = deepcopy(self.tree.root)
        _at(expected, path[:-1])[path[-1]] = change(old)
        return self._accept("\n".join(lines), expected)

    def drop(self, path: DocumentPath) -> bool:
        """Take out a key or an item that has lines of its own; whether that could be done.

        Comments that stand after it, no deeper than it does, belong to what follows and stay.
        """
        place = self.tree.keys.get(path) or self.tree.values.get(path)
        if place is None:
            return False
        lines = self.text.split("\n")
        column = len(lines[place.line - 1]) - len(lines[place.line - 1].lstrip())
        end = self._end_line(path)
        while end > place.line and _stays(lines[end - 1], column):
            end -= 1
        rest = lines[end:]
        while rest and not rest[0] and (place.line == 1 or not lines[place.line - 2]):
            rest = rest[1:]
        expected = deepcopy(self.tree.root)
        del _at(expected, path[:-1])[path[-1]]
        return self._accept("\n".join([*lines[: place.line - 1], *rest]).rstrip("\n") + "\n", expected)

    def section(self, key: str) -> list[str]:
        """The lines of a key of the file, without empty lines and comments after it that belong to what follows."""
        first, end = self._section(key)
        return self.text.split("\n")[first:end]

    def put(self, key: str, lines: Sequence[str]) -> None:
        """Let these lines stand for a key of the file, in the place of what it had, else after the last one.

        Raises UneditableError where they, or the file with them, cannot be read.
        """
        alone, findings = read_yaml("\n".join([*lines, ""]).encode(), self.file)
        if alone is None:
            raise UneditableError(f"{self.file} “{key}”写不进去：{findings[0].message}")
        old = self.text.split("\n")
        is_new = key not in self.keys
        first, end = self._section(self.keys[-1] if is_new else key)
        before = [*old[:end], ""] if is_new else old[:first]
        expected = {**_mapping(self.tree), **_mapping(alone)}
        if not self._accept("\n".join([*before, *lines, *old[end:]]).rstrip("\n") + "\n", expected):
            raise UneditableError(f"{self.file} “{key}”写不进去")

    def _section(self, key: str) -> tuple[int, int]:
        """The lines of a key, counted from 0; the second does not belong to it."""
        first = self.tree.keys[(key,)].line - 1
        lines = self.text.split("\n")
        end = self._end_line((key,))
        while end > first + 1 and _stays(lines[end - 1], 0):
            end -= 1
        return first, end

    def mark(self, path: DocumentPath) -> None:
        """Say in a comment that what stands at a path is to be confirmed: at the end of its line, else above it."""
        lines = self.text.split("\n")
        number = (self.tree.keys.get(path) or self.tree.place(path)).line - 1
        line = lines[number]
        beside = [*lines[:number], f"{line}  {MARK}", *lines[number + 1 :]]
        indent = line[: len(line) - len(line.lstrip())]
        above = [*lines[:number], f"{indent}{MARK}", *lines[number:]]
        marked = len(self.tree.unconfirmed) + 1
        if not any(self._accept("\n".join(way), self.tree.root, marked) for way in (beside, above)):
            raise UneditableError(f"{self.tree.place(path)} 这里加不上备注")

    def _end_line(self, path: DocumentPath) -> int:
        """The number of the last line before what follows; what follows on the same line does not count."""
        place = self.tree.keys.get(path) or self.tree.place(path)
        return max(self._following(path)[0] - 1, place.line)

    def _following(self, path: DocumentPath) -> tuple[int, int]:
        """Line and column of the next key or value that is not part of the one at the path; else those of the end."""
        here = self.tree.place(path)
        further = (
            (other.line, other.column)
            for places in (self.tree.keys, self.tree.values)
            for other_path, other in places.items()
            if other_path[: len(path)] != path
        )
        end = (len(self.text.split("\n")) + 1, 1)
        return min((at for at in further if at > (here.line, here.column)), default=end)

    def _accept(self, text: str, expected: Node, marks: int | None = None) -> bool:
        """Take the text over where it says what is expected of it."""
        tree, _ = read_yaml(text.encode(), self.file)
        if tree is None or tree.root != expected or (marks is not None and len(tree.unconfirmed) != marks):
            return False
        self.text, self.tree = text, tree
        return True


def _mapping(tree: Tree) -> dict[str, Node]:
    return tree.root if isinstance(tree.root, dict) else {}


def _stays(line: str, column: int) -> bool:
    """Whether a line is blank, or a comment no deeper than the column."""
    bare = line.lstrip()
    return not bare or (bare.startswith("#") and len(line) - len(bare) <= column)


def _at(node: Any, path: DocumentPath) -> Any:
    for step in path:
        if isinstance(node, dict):
            node = node.get(str(step))
        else:
            node = node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None
    return node
