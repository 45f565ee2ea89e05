"""Which entry a remark belongs to: `place_remarks` fills in `head`, `remark`, `more`, `tail` and `fixed` of the nodes.

A remark on a line of its own goes with what follows, unless it is set further in than that: then it ends the block above.
`without_remarks` empties them all, for a text that others are to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from discgen.yamltext.compose import compose
from discgen.yamltext.nodes import Collection, Document, Entry, Leaf, Scalar, TextNode, UneditableError, first_leaf


def place_remarks(document: Document) -> None:
    """Fill in the remarks of a document that is read without complaint. Raises UneditableError."""
    _Remarks(document).place()


_TO_END_OF_LINE = "[^\n\r\x85\u2028\u2029]*"
_REMARK = re.compile(f"#{_TO_END_OF_LINE}")
_AT_THE_TOP = re.compile(f"(?:(?:#{_TO_END_OF_LINE})?\n)*")
_MAY_BEGIN = re.compile(r"(?:^|\s)#", re.MULTILINE)
_OF_BLOCK = re.compile(rf"\A([|>]\S*[ \t]+){_REMARK.pattern}")
"""The line that a text in a block begins with."""


def without_remarks(text: str) -> str:
    """A text that is read without complaint, with nothing behind the `#` of its remarks.

    What is written stays at its line and column, and means what it meant: the sign itself may end a block.
    """
    top = _AT_THE_TOP.match(text)
    assert top is not None
    head, rest = text[: top.end()], text[top.end() :]
    if not _MAY_BEGIN.search(rest):  # as in nearly every file, which need not be parsed for it
        return _REMARK.sub("#", head) + rest
    document = compose(text)
    for leaf in document.leaves():
        leaf.before = _REMARK.sub("#", leaf.before)
        if isinstance(leaf, Scalar) and leaf.style in ("|", ">"):
            leaf.raw = _OF_BLOCK.sub(r"\1#", leaf.raw)
    return document.written()


def single_spaced(lines: Sequence[str]) -> list[str]:
    """The lines without an empty one after another."""
    return [line for number, line in enumerate(lines) if line or not number or lines[number - 1]]


class _Remarks:
    """Goes from leaf to leaf.

    `_above` are the remarks and empty lines, each with its indentation, of which it is not known yet where they belong;
    `_owner` is the entry that a remark at the end of the line is about.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._above: list[tuple[int, str]] = []
        self._owner = Entry()
        self._last: Leaf | None = None

    def place(self) -> None:
        for part in self._document.parts:
            self._value(part.entry)
        self._pass(self._document.end, len(self._document.text))
        root = self._document.root
        if isinstance(root, Collection) and not root.flow:
            _end_blocks(self._above, root)

    def _value(self, entry: Entry) -> None:
        """The value of an entry; what is remarked between its key and its value goes above it."""
        node = entry.node
        if isinstance(node, Collection) and not node.flow:
            before: TextNode | None = None
            for inner in node.entries:
                self._entry(inner, node, before)
                before = inner.node
            return
        self._pass(first_leaf(node), node.start)
        entry.head = [*entry.head, *(remark for _, remark in self._above if remark)]
        self._above.clear()
        if isinstance(node, Collection):
            _fix(node)
        self._owner = entry

    def _entry(self, entry: Entry, block: Collection, before: TextNode | None) -> None:
        node = entry.key or entry.node
        self._pass(first_leaf(node), node.start)
        entry.head = self._head(block, before)
        self._owner = entry
        self._value(entry)

    def _pass(self, leaf: Leaf, start: int) -> None:
        """Take note of the remarks and empty lines before a leaf, which is at `start`."""
        if leaf is self._last:
            return
        is_first, self._last = self._last is None, leaf
        first, *others = leaf.before.split("\n")
        if any("?" in line.partition("#")[0] for line in (first, *others)):
            raise UneditableError("键前面写了“?”")
        goes_on = False
        if is_first or first.lstrip().startswith("-"):
            others.insert(0, first)
        elif "#" in first:
            self._remark_owner(first, start - len(leaf.before) + first.index("#"))
            goes_on = True
        if start < len(self._document.text) and others:
            others.pop()  # what leads to the next entry on its own line
        for line in others:
            column = line.find("#")
            goes_on = goes_on and line.lstrip().startswith("#") and column == self._owner.remark_column
            if goes_on:
                self._owner.more = [*self._owner.more, line.strip()]
            elif column >= 0 or not line.strip():
                self._above.append((len(line) - len(line.lstrip()), line[column:].rstrip() if column >= 0 else ""))

    def _remark_owner(self, rest_of_line: str, at: int) -> None:
        """Give the end of a line, whose remark begins `at`, to the entry that stands on it; a second one stands above."""
        owner = self._owner
        if owner.remark:
            owner.head = [*owner.head, owner.remark, *owner.more]
            owner.more = ()
        owner.remark = rest_of_line[rest_of_line.index("#") :].rstrip()
        owner.remark_column = at - (self._document.text.rfind("\n", 0, at) + 1)

    def _head(self, block: Collection, before: TextNode | None) -> list[str]:
        """The lines above the next entry of a block, less those that end the block in the value `before` it."""
        lines, self._above = self._above, []
        last = 0
        if isinstance(before, Collection) and not before.flow:
            for number, (indentation, remark) in enumerate(lines, start=1):
                if remark and indentation < block.column:
                    break
                last = number if remark else last
            _end_blocks(lines[:last], before)
        return single_spaced([remark for _, remark in lines[last:]])


def _end_blocks(lines: list[tuple[int, str]], block: Collection) -> None:
    """Let remarks end the innermost block that begins no further in than they do."""
    blocks = list(_open_blocks(block))
    empty: list[str] = []
    for indentation, remark in lines:
        if not remark:
            empty = [""]
            continue
        fitting = [inner for inner in blocks if inner.column <= indentation + 1] or blocks[:1]
        fitting[-1].tail = [*fitting[-1].tail, *empty, remark]
        empty = []


def _open_blocks(node: TextNode) -> Iterator[Collection]:
    """The collection and, one in the other, the last of each that are not in brackets: what a remark below may belong to."""
    while isinstance(node, Collection) and not node.flow:
        yield node
        node = node.entries[-1].node


def _fix(node: Collection) -> None:
    """See which collections in brackets have remarks, or texts over several lines, in them."""
    for entry in node.entries:
        leaves = (first_leaf(part) for part in (entry.key, entry.node) if part)
        node.fixed |= any("#" in leaf.before for leaf in leaves)
        if isinstance(entry.node, Scalar):
            node.fixed |= "\n" in entry.node.raw
        else:
            _fix(entry.node)
            node.fixed |= entry.node.fixed
    node.fixed |= node.close is not None and "#" in node.close.before
