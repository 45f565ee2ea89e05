"""What a file is made of for its layout: entries with their text as it is written, and the remarks that go with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


class UnformattableError(ValueError):
    """The file cannot be put in order without a risk to what it says; `str()` says why in Chinese."""


@dataclass(slots=True)
class Scalar:
    """A word, a number or a text: `raw` as it stands in the file, `style` being `"`, `'`, `|`, `>` or nothing."""

    raw: str
    style: str


@dataclass(slots=True)
class Collection:
    """A mapping or a list. In braces (`flow`) it has no remarks of its own, but may be `fixed`: left as it is."""

    is_mapping: bool
    flow: bool
    column: int
    entries: list[Entry] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    raw: str = ""
    fixed: bool = False


Node: TypeAlias = "Scalar | Collection"


@dataclass(slots=True)
class Entry:
    """A key with its value, or an item of a list (whose key is empty).

    `head` are the lines above it, remarks and empty ones; `remark` stands at the end of its
    line, from `remark_column` on, and `more` below it in the same column. Columns count from 0.
    """

    key: str
    name: str
    node: Node
    head: list[str] = field(default_factory=list)
    remark: str = ""
    remark_column: int = 0
    more: list[str] = field(default_factory=list)

    def is_remarked(self) -> bool:
        """Whether a person has written a remark to it."""
        return bool(self.remark or any(self.head))


def open_blocks(node: Node) -> Iterator[Collection]:
    """The collection and, one in the other, the last of each that are not in braces: what a remark below may belong to."""
    while isinstance(node, Collection) and not node.flow:
        yield node
        node = node.entries[-1].node


def single_spaced(lines: list[str]) -> list[str]:
    """The lines without an empty one after another."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]
