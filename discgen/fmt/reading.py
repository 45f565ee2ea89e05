"""YAML text to a layout: every entry with its text as written and its remarks, nothing left out.

What lies between two scalars is punctuation and remarks only, so a `#` found there begins a
remark. One on a line of its own goes with what follows, unless it is set further in than that:
then it ends the block above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from discgen.fmt.layout import Collection, Entry, Scalar, UnformattableError, open_blocks, single_spaced

_EMPTY_END = re.compile(r"(\n *)+\Z")


def read_layout(text: str) -> Collection:
    """The layout of a text that `discgen.load` reads without complaint. Raises UnformattableError."""
    return _Reader(text).read()


class _Reader:
    """Goes through the parser's events, and looks at what lies between them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._end = 0
        self._above: list[tuple[int, str]] = []
        self._owner: Entry | None = None
        self._events: Iterator[yaml.Event] = iter(())

    def read(self) -> Collection:
        self._events = iter(yaml.parse(self._text, Loader=yaml.CSafeLoader))
        top = Entry("", "", Scalar("", ""))
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                self._value(event, top)
        self._pass_to(len(self._text))
        root = top.node
        if not isinstance(root, Collection) or root.flow or not root.is_mapping:
            raise UnformattableError("整个文件不是一行一个“键: 值”的写法")
        _hand_over(self._above, root)
        return root

    def _value(self, event: yaml.Event, entry: Entry) -> None:
        """Read the value of an entry; what is remarked between its key and its value goes above it."""
        if isinstance(event, yaml.CollectionStartEvent) and not event.flow_style:
            entry.node = self._block(event)
            return
        self._pass_to(_start(event))
        entry.head += [remark for _, remark in self._above if remark]
        self._above.clear()
        entry.node = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._flow(event)
        self._owner = entry

    def _block(self, event: yaml.CollectionStartEvent) -> Collection:
        assert event.start_mark is not None
        block = Collection(isinstance(event, yaml.MappingStartEvent), flow=False, column=event.start_mark.column)
        for begins in self._until_end():
            entry = Entry("", "", Scalar("", ""))
            self._pass_to(_start(begins))
            entry.head = self._taken_above(block)
            value = begins
            self._owner = entry
            if block.is_mapping:
                assert isinstance(begins, yaml.ScalarEvent)
                entry.key, entry.name = self._scalar(begins).raw, str(begins.value)
                value = next(self._events)
            self._value(value, entry)
            block.entries.append(entry)
        return block

    def _flow(self, event: yaml.Event) -> Collection:
        start = _start(event)
        node = Collection(isinstance(event, yaml.MappingStartEvent), flow=True, column=0)
        for begins in self._until_end():
            entry = Entry("", "", Scalar("", ""))
            value = begins
            if node.is_mapping:
                node.fixed |= self._is_remarked_before(begins)
                entry.key, entry.name = self._scalar(begins).raw, str(getattr(begins, "value", ""))
                value = next(self._events)
            node.fixed |= self._is_remarked_before(value)
            entry.node = self._scalar(value) if isinstance(value, yaml.ScalarEvent) else self._flow(value)
            node.fixed |= entry.node.fixed if isinstance(entry.node, Collection) else "\n" in entry.node.raw
            node.entries.append(entry)
        node.fixed |= "#" in self._text[self._at : self._end]
        self._at = max(self._at, self._end)
        node.raw = self._text[start : self._at]
        return node

    def _until_end(self) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, yaml.CollectionEndEvent):
                assert event.end_mark is not None
                self._end = event.end_mark.index
                return
            yield event

    def _is_remarked_before(self, event: yaml.Event) -> bool:
        start = max(self._at, _start(event))
        between, self._at = self._text[self._at : start], start
        return "#" in between

    def _scalar(self, event: yaml.Event) -> Scalar:
        assert event.end_mark is not None
        start = max(self._at, _start(event))
        raw = self._text[start : max(start, event.end_mark.index)]
        style = getattr(event, "style", None) or ""
        if style in ("|", ">"):
            raw = _EMPTY_END.sub("", raw)
        self._at = start + len(raw)
        return Scalar(raw, style)

    def _pass_to(self, end: int) -> None:
        """Take note of the remarks and empty lines up to `end`."""
        first, *others = self._text[self._at : max(self._at, end)].split("\n")
        if any("?" in line.partition("#")[0] for line in (first, *others)):
            raise UnformattableError("键前面写了“?”")
        begins_file = self._at == 0
        self._at = max(self._at, end)
        goes_on = False
        if begins_file or first.lstrip().startswith("-"):
            others.insert(0, first)
        elif "#" in first:
            goes_on = self._remark_owner(first, end, others)
        if end < len(self._text) and others:
            others.pop()  # what leads to the next entry on its own line
        for line in others:
            column = line.find("#")
            is_alone = line.lstrip().startswith("#")
            goes_on = goes_on and is_alone and self._owner is not None and column == self._owner.remark_column
            if goes_on and self._owner is not None:
                self._owner.more.append(line.strip())
            elif column >= 0 or not line.strip():
                self._above.append((len(line) - len(line.lstrip()), line[column:].rstrip() if column >= 0 else ""))

    def _remark_owner(self, rest_of_line: str, end: int, others: list[str]) -> bool:
        """Give the end of a line to the entry that stands on it; a second one stands above."""
        assert self._owner is not None
        if self._owner.remark:
            self._owner.head += [self._owner.remark, *self._owner.more]
            self._owner.more = []
        begins = max(self._at, end) - len("\n".join([rest_of_line, *others])) + rest_of_line.index("#")
        self._owner.remark = rest_of_line[rest_of_line.index("#") :].rstrip()
        self._owner.remark_column = begins - (self._text.rfind("\n", 0, begins) + 1)
        return True

    def _taken_above(self, block: Collection) -> list[str]:
        """The lines above the next entry of a block, less those that end the block in the entry before."""
        lines, self._above = self._above, []
        last = 0
        inner = block.entries[-1].node if block.entries else None
        if isinstance(inner, Collection) and not inner.flow:
            for number, (column, remark) in enumerate(lines, start=1):
                if remark and column <= block.column:
                    break
                last = number if remark else last
            _hand_over(lines[:last], inner)
        return single_spaced([remark for _, remark in lines[last:]])


def _hand_over(lines: list[tuple[int, str]], block: Collection) -> None:
    """Let remarks end the innermost block that begins no further in than they do."""
    blocks = list(open_blocks(block))
    empty: list[str] = []
    for column, remark in lines:
        if not remark:
            empty = [""]
            continue
        fitting = [one for one in blocks if one.column <= column] or blocks[:1]
        fitting[-1].tail += [*empty, remark]
        empty = []


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return int(event.start_mark.index)
