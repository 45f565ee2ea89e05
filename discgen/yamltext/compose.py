"""YAML text to nodes, by the events of PyYAML: the only place that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Protocol, TypeAlias

import yaml

from discgen.yamltext.nodes import Collection, Document, Entry, Leaf, Part, Scalar

MAX_DEPTH = 20
MAX_VALUES = 50_000
"""Twice what the longest list that a schema admits takes: a file that has more was not written for us."""
_Event: TypeAlias = Any
"""An event of the parser, which always has both its marks; the stubs say it may have none."""
_EMPTY_END = re.compile(r"(\n *)+\Z")
_OPENING, _CLOSING = ("{", "["), ("}", "]")


class Mark(Protocol):
    """A place as the parser gives it, counted from 0."""

    index: int
    line: int
    column: int


class LimitError(yaml.YAMLError):
    """A text has more of something than we read, the first too many at this mark."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark


class TooDeepError(LimitError):
    """Brackets or indents stand in one another beyond reason."""


class TooManyError(LimitError):
    """There are more values than a file may have."""


def compose(text: str) -> Document:
    """The nodes of a text. One that the parser refuses has those before the place, and the error.

    Tabs are read as blanks, so that one in the wrong place does not end the reading.
    """
    document = Document(text)
    composer = _Composer(text)
    try:
        composer.compose(document.parts)
    except yaml.YAMLError as error:
        document.error = error
    document.end = Leaf(text[composer.at :], "")
    return document


class _Composer:
    """Goes through the events; `at` is how much of the text has gone into leaves."""

    def __init__(self, text: str) -> None:
        self.at = 0
        self._text = text
        self._depth = 0
        self._values = 0
        self._events: Iterator[_Event] = iter(())

    def compose(self, parts: list[Part]) -> None:
        # `yaml.parse` does the same in three calls an event.
        self._events = iter(yaml.CSafeLoader(self._text.replace("\t", " ")).get_event, None)
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                mark: Any = event.start_mark
                parts.append(Part(mark.line + 1, mark.column + 1, bool(event.tags or event.version)))
            elif isinstance(event, yaml.NodeEvent):
                self._value(event, parts[-1].entry)

    def _value(self, event: _Event, entry: Entry) -> None:
        """Compose the value of an entry; where the parser stops within it, the entry has what there is."""
        if self._values >= MAX_VALUES:
            raise TooManyError(event.start_mark)
        self._values += 1
        if isinstance(event, yaml.ScalarEvent):
            entry.value = self._scalar(event, event.value, event.style or "")
        elif isinstance(event, yaml.AliasEvent):
            entry.value = self._scalar(event, f"*{event.anchor}", "*")
        else:
            entry.value = self._collection_start(event)
            self._entries(entry.value, event)

    def _scalar(self, event: _Event, value: str, style: str) -> Scalar:
        at, text, mark = self.at, self._text, event.start_mark
        start = max(at, mark.index)  # an empty one may stand before what has been read
        raw = text[start : event.end_mark.index]
        if style in ("|", ">"):
            raw = _EMPTY_END.sub("", raw)
        self.at = start + len(raw)
        tag = event.tag if style != "*" else None
        return Scalar(text[at:start], raw, value, style, start, mark.line + 1, mark.column + 1, event.anchor, tag)

    def _collection_start(self, event: _Event) -> Collection:
        mark = event.start_mark
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        start, line, column = max(self.at, mark.index), mark.line + 1, mark.column + 1
        node = Collection(is_mapping, bool(event.flow_style), start, line, column, event.anchor, event.tag)
        if event.flow_style and self._text.startswith(_OPENING, start):  # `[a: 1]` holds a mapping without brackets
            node.open = Leaf(self._text[self.at : start], self._text[start])
            self.at = start + 1
        return node

    def _entries(self, node: Collection, event: _Event) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeepError(event.start_mark)
        for begins in self._events:
            if isinstance(begins, yaml.CollectionEndEvent):
                self._collection_end(node, begins)
                break
            entry = Entry()
            node.entries.append(entry)
            if not node.is_mapping:
                self._value(begins, entry)
                continue
            if isinstance(begins, yaml.ScalarEvent):
                entry.key = self._scalar(begins, begins.value, begins.style or "")
            else:
                self._key(begins, entry)
            self._value(next(self._events), entry)
        self._depth -= 1

    def _key(self, event: _Event, entry: Entry) -> None:
        """Compose a key that is no word, which readers refuse."""
        holder = Entry()
        try:
            self._value(event, holder)
        finally:
            entry.key = holder.value

    def _collection_end(self, node: Collection, event: _Event) -> None:
        end = event.end_mark.index
        if node.open and self._text.startswith(_CLOSING, end - 1):
            node.close = Leaf(self._text[self.at : end - 1], self._text[end - 1])
            self.at = end
