"""A located tree: plain data whose scalars are still text, and where each value stands.

What a scalar means is the schema's business (as in StrictYAML), so `026` keeps its zero,
`NO` is a word and an amount never passes through a float.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from discgen.diagnostics import DocumentPath, Place

Node: TypeAlias = "str | list[Node] | dict[str, Node] | None"
"""A scalar as text (None where it is left empty), a list, or a mapping."""


class Tree(Struct, frozen=True, eq=False):
    """The content of one YAML file. A tree is equal to itself alone, so that what was looked up in it can be kept."""

    file: str
    root: Node
    values: dict[DocumentPath, Place]
    keys: dict[DocumentPath, Place]
    unconfirmed: tuple[Place, ...] = ()
    """Where a comment says `# 待确认`: what stands there has yet to be looked at."""
    lines: tuple[str, ...] = ()
    """The file as it is written, line by line."""

    def place(self, path: DocumentPath = ()) -> Place:
        """Where the value at `path` begins; of an absent value, where its nearest holder begins."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.file))

    def key_place(self, path: DocumentPath) -> Place:
        """Where the key that ends `path` is written."""
        return self.keys.get(path) or self.place(path)
