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

from discgen.characters import UNPRINTABLE
from discgen.diagnostics import Diagnostic, DocumentPath, Place, error
from discgen.yamltext.compose import MAX_VALUES, TooManyError, compose
from discgen.yamltext.nodes import Collection, Document, Scalar, TextNode
from discgen.yamltext.punctuation import wrong_punctuation
from discgen.yamltext.syntax import lines_in_question, syntax_error
from discgen.yamltext.text import decode, split_lines, unprintable, unprintables
from discgen.yamltext.tree import Node, Tree

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
    """The same, with the tree of a file that has errors wherever more can still be found in it.

    Such a tree is for reporting all errors at once, and not for building from.
    """
    text, findings = decode(data, file)
    if findings:
        return None, findings
    _, tree, findings = examine_text(text, file)
    return tree, findings


def examine_text(text: str, file: str) -> tuple[Document, Tree | None, list[Diagnostic]]:
    """The same of a text that has been decoded, with its nodes."""
    document, lines = compose(text), split_lines(text)
    findings = list(unprintables(text, file)) if UNPRINTABLE.search(text) else []
    unmerged = list(_unmerged(lines, file)) if "<<<<<<< " in text else []
    if unmerged:
        return document, None, [*findings, *unmerged]
    if isinstance(document.error, TooManyError):
        return document, None, [_too_many(document.error, file)]
    findings += _tabs(lines, file) if "\t" in text else ()
    reader = _Reader(document, file)
    root = reader.read()
    if document.error:
        # What the parser stumbles over is most likely a tab or a character that is among the findings already.
        cause = [] if findings else _stopped(document.error, lines, text, file)
        return document, None, [*findings, *reader.findings, *cause]
    mistyped = [] if isinstance(root, dict) else wrong_punctuation(lines, file)
    tree = Tree(file, root, reader.values, reader.keys, tuple(_unconfirmed(document, lines, file)), tuple(lines))
    return document, tree, [*findings, *reader.findings, *mistyped]


def _too_many(exception: TooManyError, file: str) -> Diagnostic:
    hint = "检查是否放错了文件，或导入了几遍；确有这么多行的，同一单位、科目和资金的合成一行"
    place = Place(file, exception.mark.line + 1, exception.mark.column + 1)
    return error("L001", f"文件里的值超过{MAX_VALUES // 10_000}万个，从这里起没有读", place, hint)


def plain(node: TextNode) -> Node:
    """The data of a node that is read without complaint."""
    if isinstance(node, Scalar):
        return None if not node.style and node.value in _EMPTY_SCALARS else node.value
    if node.is_mapping:
        return {entry.name: plain(entry.node) for entry in node.entries}
    return [plain(entry.node) for entry in node.entries]


def _tabs(lines: list[str], file: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(lines, start=1):
        column = line.find("\t") + 1
        if column:
            yield error("L003", "这一行用了制表符（Tab）", Place(file, number, column), "改成空格，每级缩进两个空格")


def _unmerged(lines: list[str], file: str) -> Iterator[Diagnostic]:
    """L019: where git could not merge two versions; each conflict once, at its first mark."""
    for number, line in enumerate(lines, start=1):
        if line.startswith("<<<<<<< "):
            hint = "留下对的一份，另一份连同“<<<<<<<”“=======”“>>>>>>>”三行一起删去"
            yield error("L019", "从这里起，git没能把两个版本合到一起", Place(file, number), hint)


def _stopped(exception: yaml.YAMLError, lines: list[str], text: str, file: str) -> list[Diagnostic]:
    """Slips of the keyboard, and what the parser says unless it stumbled over one of them."""
    slips = wrong_punctuation(lines, file)
    near = lines_in_question(exception)
    return slips if any(slip.place.line in near for slip in slips) else [*slips, syntax_error(exception, text, file)]


def _unconfirmed(document: Document, lines: list[str], file: str) -> Iterator[Place]:
    """Where remarks say `# 待确认`; the same words in quotation marks are text."""
    if "待确认" not in document.text:
        return
    spans = [_span_of_text(scalar) for scalar in document.scalars() if scalar.style]
    starts = [start for start, _ in spans]  # in the order of the file, and none within another
    for number, line in enumerate(lines, start=1):
        for match in _UNCONFIRMED.finditer(line):
            column = match.start() + 1
            before = bisect_right(starts, (number, column)) - 1
            if before < 0 or (number, column) >= spans[before][1]:
                yield Place(file, number, column)


def _span_of_text(scalar: Scalar) -> tuple[tuple[int, int], tuple[int, int]]:
    """Line and column where the text of a quoted scalar begins, and where it ends."""
    lines = split_lines(scalar.raw)
    in_block = scalar.style in ("|", ">")  # its text begins on the next line
    end = (scalar.line + len(lines) - 1, len(lines[-1]) + 1 + (scalar.column - 1) * (len(lines) == 1))
    return ((scalar.line + 1, 1) if in_block else (scalar.line, scalar.column)), end


class _Reader:
    """Nodes to plain data, noting where each value and key stands and what is refused."""

    def __init__(self, document: Document, file: str) -> None:
        self.values: dict[DocumentPath, Place] = {}
        self.keys: dict[DocumentPath, Place] = {}
        self.findings: list[Diagnostic] = []
        self._document = document
        self._file = file
        self._is_printable = not UNPRINTABLE.search(document.text)
        self._text = document.text.replace("\t", " ")
        self._has_remarks = " #" in self._text

    def read(self) -> Node:
        """The plain data of the last document; there should be one."""
        root: Node = None
        for number, part in enumerate(self._document.parts):
            place = Place(self._file, part.line, part.column)
            if part.is_directed:
                self._refuse("L008", "不用以“%”开头的说明行", place, "删去“%”开头的行和“---”")
            if number:
                self._refuse("L006", "一个文件只放一份内容", place, "删去多余的“---”，或另存为一个文件")
            if part.entry.value:
                root = self._value(part.entry.value, ())
        return root

    def _value(self, node: TextNode, path: DocumentPath) -> Node:
        place = self.values[path] = Place(self._file, node.line, node.column, path)
        if node.anchor or node.tag:
            self._refuse_decoration(node, place)
        if isinstance(node, Scalar):
            return self._scalar(node, place)
        if node.is_mapping:
            return self._mapping(node, path)
        return [self._value(entry.value, (*path, index)) for index, entry in enumerate(node.entries) if entry.value]

    def _refuse_decoration(self, node: TextNode, place: Place) -> None:
        """Anchors, aliases and tags, on a value or on a key."""
        if isinstance(node, Scalar) and node.style == "*":
            self._refuse("L007", "不用别名（*）", place, f"把内容直接写出来；{_OR_TEXT}")
        elif node.anchor:
            self._refuse("L007", "不用锚点（&）", place, f"删去“&”和后面的名字；{_OR_TEXT}")
        if node.tag:
            self._refuse("L008", "不用类型标记（!）", place, f"删去“!”开头的标记；{_OR_TEXT}")

    def _scalar(self, node: Scalar, place: Place) -> str | None:
        value = node.value
        if node.style:
            # What stands in the text itself is a finding already; this one is written as an escape.
            if node.style == '"' and self._is_printable and UNPRINTABLE.search(value):
                self.findings.append(unprintable(place))
            return value
        if self._has_remarks and self._is_cut_short(node):
            self._refuse("L015", "“#”后面的字会被当作备注，不会印出", place, _ABOUT_COMMENTS)
        return None if value in _EMPTY_SCALARS else value

    def _is_cut_short(self, node: Scalar) -> bool:
        """Whether a text seems to go on after ` #`: a remark stands off by two blanks or more."""
        return self._text.startswith(" #", node.start + len(node.raw)) and bool(_CHINESE.search(node.value))

    def _mapping(self, node: Collection, path: DocumentPath) -> dict[str, Node]:
        mapping: dict[str, Node] = {}
        for entry in node.entries:
            if not entry.key:
                break
            key = self._key(entry.key, path)
            key_path = (*path, key)
            is_repeated = key in mapping
            place = Place(self._file, entry.key.line, entry.key.column, key_path)
            if is_repeated:
                first = self.keys[key_path].line
                self._refuse("L009", f"“{key}”写了两次（第一次在第{first}行）", place, "只留一处")
            else:
                self.keys[key_path] = place
            if entry.value:
                value = self._value(entry.value, key_path)
                if not is_repeated:
                    mapping[key] = value
        return mapping

    def _key(self, node: TextNode, path: DocumentPath) -> str:
        if isinstance(node, Scalar) and node.style != "*":
            if node.anchor or node.tag or node.value == "<<":
                place = Place(self._file, node.line, node.column, path)
                self._refuse_decoration(node, place)
                if node.value == "<<":
                    self._refuse("L007", "不用合并键（<<）", place, "把内容直接写出来")
            return node.value
        place = Place(self._file, node.line, node.column, path)
        self._refuse("L010", "键只能是一个词", place, "检查是否多写了括号；写表达式的，给整段加英文双引号")
        self._value(node, path)
        return ""

    def _refuse(self, code: str, message: str, place: Place, hint: str) -> None:
        self.findings.append(error(code, message, place, hint))
