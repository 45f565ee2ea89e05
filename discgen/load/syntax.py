"""What stopped the YAML parser, in Chinese: which sign at which column, and what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from discgen.diagnostics import Diagnostic, Place, error
from discgen.load.text import split_lines

_CLOSED_BY = {"{": "}", "[": "]"}
_IN_QUOTES = "给这段文字加上英文双引号"
_BRACKETED_VALUE = re.compile(r":\s+([\[{]).*[\]}]\s*$")
"""A value that begins with a bracket, and is therefore no text, up to where it is closed."""
_GENERAL = "看这一行和上一行：冒号后有空格、缩进对齐、引号括号成对"


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where the parser stopped: its line as written, the column from 1, and the sign that stands there."""

    line: str
    column: int

    @property
    def before(self) -> str:
        return self.line[: self.column - 1]

    @property
    def sign(self) -> str:
        return self.line[self.column - 1 : self.column]


_Told = tuple[str, str]
"""A message and its hint."""


def _open_quote(stop: _Stop) -> _Told:
    return f"第{stop.column}列的引号{stop.sign}没有成对", f"在这段文字末尾补上同样的引号{stop.sign}"


def _open_bracket(stop: _Stop) -> _Told:
    closer = _CLOSED_BY.get(stop.sign)
    if closer is None:  # the parser does not say where what it misses an end to began
        return "前面的“[”或“{”到这里还没有配上", "末尾补上“]”或“}”；几项之间用英文逗号加一个空格“, ”"
    said = f"第{stop.column}列的“{stop.sign}”没有配上“{closer}”，或里面少了英文逗号"
    return said, f"末尾补上“{closer}”；几项之间用英文逗号加一个空格“, ”"


def _second_colon(stop: _Stop) -> _Told:
    if ": " in stop.before:
        said = f"第{stop.column}列又有一个英文冒号，一行只能有一个"
        return said, "文字里的冒号改用中文“：”，或给整段文字加英文双引号"
    return f"第{stop.column}列的冒号前面缩进不对", "与同一级的键对齐；上一行后面还有内容的，先写完"


def _unaligned(stop: _Stop) -> _Told:
    quote = next((mark for mark in "'\"" if stop.before.count(mark) > 1), "")
    if quote:
        said = f"第{stop.column}列：引号{quote}已经写完，后面又有字"
        return said, "文字里面的引号改用中文引号“”，外面的引号写在末尾"
    begun = _BRACKETED_VALUE.search(stop.before)
    if begun:
        return f"第{stop.column}列：“{begun[1]}”开头的已经写完，后面又有字", _IN_QUOTES
    return "缩进没有对齐，或上一行的括号、引号没有写完", "与上面同一级的键对齐，每级缩进两个空格"


def _bad_beginning(stop: _Stop) -> _Told:
    return f"第{stop.column}列的“{stop.sign}”不能放在开头", _IN_QUOTES


# LibYAML tells its troubles apart by wording alone. The second is whether the beginning of what was
# never finished is the place to look at.
_TROUBLES: tuple[tuple[str, bool, Callable[[_Stop], _Told]], ...] = (
    ("while scanning a quoted scalar", True, _open_quote),
    ("did not find expected ',' or", True, _open_bracket),
    ("while parsing a flow", True, _open_bracket),
    ("found unexpected ':'", False, lambda _: ("冒号后面缺少空格和内容", _GENERAL)),
    ("mapping values are not allowed", False, _second_colon),
    ("did not find expected key", False, _unaligned),
    (
        "did not find expected '-' indicator",
        False,
        lambda _: ("列表项的“-”没有对齐", "同一个列表的“-”上下对齐，每项的键再缩进两个空格"),
    ),
    (
        "could not find expected ':'",
        True,
        lambda _: ("这一行缺少冒号，或冒号后面少了空格", "键后面写英文冒号加一个空格，例如year: 2023"),
    ),
    ("control characters are not allowed", False, lambda _: ("文件里有看不见的控制字符", "删去重新输入这一行")),
    ("nesting too deep", False, lambda _: ("括号或缩进套得太深", "删去多余的括号")),
    ("cannot start any token", False, _bad_beginning),
    (
        "while scanning a block scalar",
        False,
        lambda _: ("“>”和“|”不能放在开头", _IN_QUOTES),
    ),
)


def syntax_error(trouble: Exception, text: str, file: str) -> Diagnostic:
    """L005 for what the parser raised over this text."""
    said = str(trouble)
    at_context, tell = next(
        ((at_context, tell) for english, at_context, tell in _TROUBLES if english in said),
        (False, lambda _: ("这里的写法不合YAML格式", _GENERAL)),
    )
    mark: Any = getattr(trouble, "problem_mark", None)
    mark = (getattr(trouble, "context_mark", None) or mark) if at_context else mark
    lines = split_lines(text)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message, hint = tell(_Stop(lines[line - 1] if line <= len(lines) else "", column))
    return error("L005", message, Place(file, line, column), hint)


def lines_in_question(trouble: Exception) -> range:
    """The lines (from 1) between which the parser lost its way."""
    marks: list[Any] = [getattr(trouble, name, None) for name in ("context_mark", "problem_mark")]
    told = [mark.line + 1 for mark in marks if mark]
    return range(max(1, min(told) - 1), max(told) + 1) if told else range(1, 2)
