"""What a YAML text consists of: every character of it belongs to one leaf, so that the text can be written back as it was.

A leaf is a scalar, a bracket or the end of the text. It has its own text and the text between the leaf before it and
itself: punctuation, blanks, line breaks and remarks. Whoever changes a leaf leaves all others as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import yaml
from msgspec import Struct, field

from discgen.diagnostics import DocumentPath


class UneditableError(ValueError):
    """A text that cannot be read, or not be changed without a risk to what it says; `str()` says why in Chinese."""


class Leaf(Struct, eq=False):
    """A piece of the text: `raw`, and what stands `before` it since the leaf before."""

    before: str
    raw: str


class Scalar(Leaf, eq=False):
    """A word, a number or a text.

    `style` is `"`, `'`, `|`, `>`, `*` for an alias, or nothing. `start` counts characters from 0, `line` and `column` count
    from 1, as people do. `anchor` and `tag` are what YAML knows besides; both are refused by whoever reads facts.
    """

    value: str
    style: str
    start: int
    line: int
    column: int
    anchor: str | None = None
    tag: str | None = None


class Collection(Struct, eq=False):
    """A mapping or a list, in brackets (`flow`), which are leaves, or a line an entry.

    `tail` and `fixed` are known once `discgen.yamltext.remarks` has looked: the remarks at its end, and whether it has
    remarks or line breaks within its brackets, so that it is left as it is.
    """

    is_mapping: bool
    flow: bool
    start: int
    line: int
    column: int
    anchor: str | None = None
    tag: str | None = None
    entries: list[Entry] = field(default_factory=list)
    open: Leaf | None = None
    close: Leaf | None = None
    tail: Sequence[str] = ()
    fixed: bool = False


TextNode: TypeAlias = "Scalar | Collection"


class Entry(Struct, eq=False):
    """A key with its value, or an item of a list, which has no key. Only a text that breaks off lacks a value.

    The rest is known once `discgen.yamltext.remarks` has looked: `head` are the lines above it, remarks and empty ones;
    `remark` stands at the end of its line, from `remark_column` (from 0) on, and `more` below it in the same column.
    """

    key: TextNode | None = None
    value: TextNode | None = None
    head: Sequence[str] = ()
    remark: str = ""
    remark_column: int = 0
    more: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The key as a word; empty for an item of a list."""
        return self.key.value if isinstance(self.key, Scalar) else ""

    @property
    def raw_key(self) -> str:
        """The key as it is written; empty for an item of a list."""
        return self.key.raw if isinstance(self.key, Scalar) else ""

    @property
    def node(self) -> TextNode:
        """The value, in a text that does not break off."""
        assert self.value is not None
        return self.value

    def is_remarked(self) -> bool:
        """Whether a person has written a remark to it."""
        return bool(self.remark or any(self.head))


class Part(Struct, eq=False):
    """One of the documents that YAML knows within a text, where it begins, and whether `%` lines stand above it."""

    line: int
    column: int
    is_directed: bool
    entry: Entry = field(default_factory=Entry)


class Document(Struct, eq=False):
    """The nodes of a text. With an `error` they are those up to where the parser stopped, and the text has no end."""

    text: str
    parts: list[Part] = field(default_factory=list)
    end: Leaf = field(default_factory=lambda: Leaf("", ""))
    error: yaml.YAMLError | None = None

    @property
    def root(self) -> TextNode | None:
        """The outermost node; none for a text without any."""
        return self.parts[-1].entry.value if self.parts else None

    def leaves(self) -> Iterator[Leaf]:
        """All leaves, in the order of the text."""
        for part in self.parts:
            yield from leaves_of(part.entry)
        yield self.end

    def scalars(self) -> Iterator[Scalar]:
        """All scalars, keys among them."""
        return (leaf for leaf in self.leaves() if isinstance(leaf, Scalar))

    def written(self) -> str:
        """The text as the nodes have it now."""
        return "".join(text for leaf in self.leaves() for text in (leaf.before, leaf.raw))


def leaves_of(node: TextNode | Entry | None) -> Iterator[Leaf]:
    """The leaves of a node or an entry, in the order of the text."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Entry):
        yield from leaves_of(node.key)
        yield from leaves_of(node.value)
    elif node:
        if node.open:
            yield node.open
        for entry in node.entries:
            yield from leaves_of(entry)
        if node.close:
            yield node.close


def entries_of(document: Document) -> Iterator[tuple[DocumentPath, Entry]]:
    """Every entry of a text that does not break off with its path, in the order of the text; the whole has an empty one."""
    for part in document.parts:
        if part.entry.value:
            yield from _entries_below((), part.entry)


def _entries_below(path: DocumentPath, entry: Entry) -> Iterator[tuple[DocumentPath, Entry]]:
    yield path, entry
    node = entry.value
    if isinstance(node, Collection):
        for index, inner in enumerate(node.entries):
            yield from _entries_below((*path, inner.name if node.is_mapping else index), inner)


def entry_at(node: TextNode | None, path: Sequence[str | int]) -> Entry | None:
    """The entry at a path below a node; None where nothing is, or for the node itself."""
    entry = None
    for step in path:
        if not isinstance(node, Collection):
            return None
        if node.is_mapping:
            entry = next((entry for entry in node.entries if entry.name == str(step)), None)
        else:
            entry = node.entries[step] if isinstance(step, int) and step < len(node.entries) else None
        if entry is None:
            return None
        node = entry.value
    return entry


def node_at(node: TextNode | None, path: Sequence[str | int]) -> TextNode | None:
    """The node at a path below a node; None where nothing is."""
    if not path:
        return node
    entry = entry_at(node, path)
    return entry.value if entry else None


def first_leaf(node: TextNode | Entry) -> Leaf:
    """The leaf that a node or an entry begins with; an entry that is in the text has one."""
    return next(leaves_of(node))


def text_of(node: TextNode | Entry) -> str:
    """The text of a node or an entry, less what stands before it."""
    first, *others = leaves_of(node)
    return first.raw + "".join(text for leaf in others for text in (leaf.before, leaf.raw))
