"""YAML text to a located tree, refusing what a clerk cannot mean.

Refused are duplicate keys, tabs, anchors and aliases, tags, merge keys, several documents in
a file, and nesting beyond reason: YAML 1.2 allows them, and each has hidden a wrong figure
or a bomb somewhere. The file is read to its end, so that all is reported at once; only a
syntax error ends the reading, since nothing after it can be trusted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from discgen.diagnostics import Diagnostic, DocumentPath, Place, error
from discgen.yamltext.punctuation import wrong_punctuation
from discgen.yamltext.syntax import TooDeep, lines_in_question, syntax_error
from discgen.yamltext.text import UNPRINTABLE, decode, split_lines, unprintable
from discgen.yamltext.tree import Node, Tree

MAX_DEPTH = 20
MAX_VALUES = 50_000
"""Twice what the longest list that a schema admits takes: a file that has more was not written for us."""
_EMPTY_SCALARS = {"", "~", "null", "Null", "NULL"}
_OR_TEXT = "是正文的，给整段加英文单引号"
_ABOUT_COMMENTS = "是正文就给整段加英文双引号；是备注就在“#”前空两格"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_UNCONFIRMED = re.compile(r"(?:^|(?<=\s))#\s*待确认")


def read_yaml(data: bytes, file: str) -> tuple[Tree | None, list[Diagnostic]]:
    """Return the tree of a YAML file and every error found; no tree where one is found."""
    tree, findings = examine_yaml(data, file)
    return (None if findings else tree), findings


def examine_yaml(data: bytes, file: str) -> tuple[Tree | None, list[Diagnostic]]:
    """The same, with the tree of a file that has errors wherever more can still be said of it.

    Such a tree is for telling all errors at once, and not for building from.
    """
    text, findings = decode(data, file)
    if findings and not text:
        return None, findings
    unmerged = list(_unmerged(text, file))
    if unmerged:
        return None, [*findings, *unmerged]
    tabs = list(_tabs(text, file))
    reader = _Reader(file)
    try:
        root = reader.read(text.replace("\t", " "))
    except _TooManyError as trouble:
        hint = "检查是否放错了文件，或导入了几遍；确有这么多行的，同一单位、科目和资金的合成一行"
        return None, [error("L001", f"文件里的值超过{MAX_VALUES // 10_000}万个，从这里起没有读", trouble.place, hint)]
    except yaml.YAMLError as trouble:
        told = [*findings, *tabs]
        # What the parser stumbles over is most likely a tab or a character that has been told already.
        further = [] if told else _stopped(trouble, text, file)
        return None, [*told, *reader.findings, *further]
    mistyped = [] if isinstance(root, dict) else wrong_punctuation(split_lines(text), file)
    tree = Tree(file, root, reader.values, reader.keys, tuple(reader.unconfirmed()), tuple(split_lines(text)))
    return tree, [*findings, *tabs, *reader.findings, *mistyped]


def _tabs(text: str, file: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(split_lines(text), start=1):
        column = line.find("\t") + 1
        if column:
            yield error("L003", "这一行用了制表符（Tab）", Place(file, number, column), "改成空格，每级缩进两个空格")


def _unmerged(text: str, file: str) -> Iterator[Diagnostic]:
    """L019: where git could not merge two versions; each conflict once, at its first mark."""
    for number, line in enumerate(split_lines(text), start=1):
        if line.startswith("<<<<<<< "):
            hint = "留下对的一份，另一份连同“<<<<<<<”“=======”“>>>>>>>”三行一起删去"
            yield error("L019", "从这里起，git没能把两个版本合到一起", Place(file, number), hint)


def _stopped(trouble: yaml.YAMLError, text: str, file: str) -> list[Diagnostic]:
    """Slips of the keyboard, and what the parser says unless it stumbled over one of them."""
    found = wrong_punctuation(split_lines(text), file)
    near = lines_in_question(trouble)
    return found if any(one.place.line in near for one in found) else [*found, syntax_error(trouble, text, file)]


class _TooManyError(ValueError):
    """There are more values than a file may have, the first too many at this place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class _Reader:
    """Composes the parser's events into plain data, noting where each value and key stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[DocumentPath, Place] = {}
        self.keys: dict[DocumentPath, Place] = {}
        self.findings: list[Diagnostic] = []
        self._events: Iterator[yaml.Event] = iter(())
        self._lines: list[str] = []
        self._is_printable = True
        self._depth = 0
        self._quoted: list[tuple[tuple[int, int], tuple[int, int]]] = []

    def read(self, text: str) -> Node:
        self._lines = split_lines(text)
        self._is_printable = not UNPRINTABLE.search(text)
        self._events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        root: Node = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if event.tags or event.version:
                    self._refuse("L008", "不用以“%”开头的说明行", event, (), "删去“%”开头的行和“---”")
                if documents > 1:
                    self._refuse("L006", "一个文件只放一份内容", event, (), "删去多余的“---”，或另存为一个文件")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, ())
        return root

    def unconfirmed(self) -> Iterator[Place]:
        """Where comments say `# 待确认`; the same words in quotation marks are text."""
        starts = [start for start, _ in self._quoted]  # in the order of the file, and none within another
        for line, text in enumerate(self._lines):
            for found in _UNCONFIRMED.finditer(text):
                at = (line, found.start())
                before = bisect_right(starts, at) - 1
                if before < 0 or at >= self._quoted[before][1]:
                    yield Place(self.file, line + 1, found.start() + 1)

    def _node(self, event: yaml.Event, path: DocumentPath) -> Node:
        if len(self.values) >= MAX_VALUES:
            raise _TooManyError(self._place(event, ()))
        self.values[path] = self._place(event, path)
        self._refuse_decoration(event, path)
        if isinstance(event, yaml.AliasEvent):
            return f"*{event.anchor}"
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeep(event.start_mark)
        collection = self._collection(event, path)
        self._depth -= 1
        return collection

    def _refuse_decoration(self, event: yaml.Event, path: DocumentPath) -> None:
        """Anchors, aliases and tags, on a value or on a key."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse("L007", "不用别名（*）", event, path, f"把内容直接写出来；{_OR_TEXT}")
        elif getattr(event, "anchor", None):
            self._refuse("L007", "不用锚点（&）", event, path, f"删去“&”和后面的名字；{_OR_TEXT}")
        if getattr(event, "tag", None):
            self._refuse("L008", "不用类型标记（!）", event, path, f"删去“!”开头的标记；{_OR_TEXT}")

    def _collection(self, event: yaml.Event, path: DocumentPath) -> Node:
        if isinstance(event, yaml.SequenceStartEvent):
            return [self._node(item, (*path, index)) for index, item in enumerate(self._items(yaml.SequenceEndEvent))]
        return self._mapping(path)

    def _items(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _scalar(self, event: yaml.ScalarEvent, path: DocumentPath) -> str | None:
        # What stands in the text itself has been told; this one is written as an escape.
        if self._is_printable and UNPRINTABLE.search(event.value):
            self.findings.append(unprintable(self._place(event, path)))
        plain = event.style in (None, "")
        if not plain and event.start_mark and event.end_mark:
            start, end = event.start_mark, event.end_mark
            in_block = event.style in ("|", ">")  # its text begins on the next line
            self._quoted.append(
                ((start.line + 1, 0) if in_block else (start.line, start.column), (end.line, end.column))
            )
        if plain and self._is_cut_short(event):
            self._refuse("L015", "“#”后面的字会被当作备注，不会印出", event, path, _ABOUT_COMMENTS)
        return None if plain and event.value in _EMPTY_SCALARS else str(event.value)

    def _is_cut_short(self, event: yaml.ScalarEvent) -> bool:
        """Whether a text seems to go on after ` #`: a remark stands off by two blanks or more."""
        end = event.end_mark
        if end is None or not _CHINESE.search(event.value):
            return False
        return re.match(r" #", self._lines[end.line][end.column :]) is not None

    def _mapping(self, path: DocumentPath) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        for event in self._items(yaml.MappingEndEvent):
            key = self._key(event, path)
            key_path = (*path, key)
            repeated = key in mapping
            if repeated:
                first = self.keys[key_path].line
                self._refuse("L009", f"“{key}”写了两次（第一次在第{first}行）", event, key_path, "只留一处")
            else:
                self.keys[key_path] = self._place(event, key_path)
            value = self._node(next(self._events), key_path)
            if not repeated:
                mapping[key] = value
        return mapping

    def _key(self, event: yaml.Event, path: DocumentPath) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_decoration(event, path)
            if event.value == "<<":
                self._refuse("L007", "不用合并键（<<）", event, path, "把内容直接写出来")
            return str(event.value)
        self._refuse("L010", "键只能是一个词", event, path, "检查是否多写了括号；写表达式的，给整段加英文双引号")
        self._node(event, path)
        return ""

    def _place(self, event: yaml.Event, path: DocumentPath) -> Place:
        mark = event.start_mark
        assert mark is not None
        return Place(self.file, mark.line + 1, mark.column + 1, path)

    def _refuse(self, code: str, message: str, event: yaml.Event, path: DocumentPath, hint: str) -> None:
        self.findings.append(error(code, message, self._place(event, path), hint))
