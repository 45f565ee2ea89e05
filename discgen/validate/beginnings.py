"""Texts that YAML took for something else, because of a sign that they begin with or an English colon in them."""

from __future__ import annotations

import re
from dataclasses import replace

from discgen.diagnostics import DocumentPath, Place
from discgen.load.tree import Node, Tree

_QUOTED = "给整段文字加英文单引号"
_REMARK = re.compile(r"(?:^|:|-) #")
_CHINESE = re.compile("[\u3400-\u9fff]")

Beginning = tuple[str, str, Place]
"""What is wrong, what to do, and where the sign stands."""


def misread_beginning(tree: Tree, path: DocumentPath, found: Node) -> Beginning | None:
    """What made a text at this path no text; None where it is not seen in the file."""
    place = tree.place(path)
    if not 0 < place.line <= len(tree.lines):
        return None
    line = tree.lines[place.line - 1]
    sign = line[place.column - 1 : place.column]
    if isinstance(found, dict):
        return _mapping(tree, path, found, place)
    if isinstance(found, list) and line.startswith("- ", place.column - 1):
        return "“- ”在开头，被当作了列表", f"负数写成-5，中间不空格；是文字的，{_QUOTED}", place
    if not found and sign and sign in ">|":
        hint = f"大于等于写成“≥”；别的{_QUOTED}，例如'{sign}5'"
        return f"“{sign}”在开头，被当作了分段的记号，后面的字没有读到", hint, place
    remark = _REMARK.search(line, max(0, place.column - 2)) if found is None else None
    if remark:
        at = replace(place, column=remark.end())
        return "没有填：“#”后面的都被当作备注", f"“#”是正文的，{_QUOTED}；是备注的，前空两格，再填上内容", at
    return None


def _mapping(tree: Tree, path: DocumentPath, found: dict[str, Node], place: Place) -> Beginning | None:
    """One line of text that an English colon made a key with a value."""
    if len(found) != 1:
        return None
    key = next(iter(found))
    if not _CHINESE.search(key):
        return None
    begun = tree.key_place((*path, key))
    at = begun.column + len(key)
    line = tree.lines[begun.line - 1]
    if line[at - 1 : at] != ":":
        return None
    said = f"第{at}列的英文冒号把这一行分成了键和值"
    return said, f"冒号改用中文“：”，或{_QUOTED}", replace(place, line=begun.line, column=at)
