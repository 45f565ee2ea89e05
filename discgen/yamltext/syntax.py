"""What stopped the YAML parser, in Chinese: which sign at which column, and what to type instead.

Errors are known by the class of the parser's error, its two marks and the text that stands
there; its sentences are not read, for they change from release to release.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from msgspec import Struct
from yaml.parser import ParserError
from yaml.scanner import ScannerError

from discgen.diagnostics import Diagnostic, Place, error
from discgen.yamltext.compose import Mark, TooDeepError
from discgen.yamltext.text import split_lines

_CLOSED_BY = {"{": "}", "[": "]"}
_IN_QUOTES = "给这段文字加上英文双引号"
_AT_LEAST = f"大于等于写成“≥”；别的{_IN_QUOTES}"
_BRACKETED_VALUE = re.compile(r"(?::|^\s*(?:-\s+)*-)\s+([\[{]).*[\]}]\s*$")
"""A value that begins with a bracket, and is therefore no text, up to where it is closed."""
_GENERAL = "看这一行和上一行：冒号后有空格、缩进对齐、引号括号成对"
_QUOTED = re.compile(
    r"'(?:[^']|'')*+'"
    r'|"(?:[^"\\]|\\.)*+"',
    re.DOTALL,
)
"""A text in quotation marks, from the first to the one that closes it."""
_DOCUMENT_LINE = re.compile(r"(?:---|\.\.\.)(?:\s|$)")
_COLON_WITHOUT_VALUE = re.compile(r":[,?\[\]{}]")
"""Inside brackets such a colon ends nothing: it is part of no text, and no value follows."""
_LIST_ITEM = re.compile(r"-(?:\s|$)")
_FLOW_STARTS = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_FLOW_ENDS = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


class _Stop(Struct, frozen=True):
    """Where the parser stopped: its line as written, the column from 1, and the sign that stands there."""

    line: str
    column: int

    @property
    def before(self) -> str:
        return self.line[: self.column - 1]

    @property
    def sign(self) -> str:
        return self.line[self.column - 1 : self.column]


_Advice = tuple[str, str]
"""A message and its hint."""


def _open_quote(stop: _Stop) -> _Advice:
    return f"第{stop.column}列的引号{stop.sign}没有成对", f"在这段文字末尾补上同样的引号{stop.sign}"


def _open_bracket(stop: _Stop) -> _Advice:
    closer = _CLOSED_BY.get(stop.sign)
    if closer is None:  # the parser does not say where what it misses an end to began
        return "前面的“[”或“{”到这里还没有配上", "末尾补上“]”或“}”；几项之间用英文逗号加一个空格“, ”"
    message = f"第{stop.column}列的“{stop.sign}”没有配上“{closer}”，或里面少了英文逗号"
    return message, f"末尾补上“{closer}”；几项之间用英文逗号加一个空格“, ”"


def _second_colon(stop: _Stop) -> _Advice:
    if ": " in stop.before:
        message = f"第{stop.column}列又有一个英文冒号，一行只能有一个"
        return message, "文字里的冒号改用中文“：”，或给整段文字加英文双引号"
    return f"第{stop.column}列的冒号前面缩进不对", "与同一级的键对齐；上一行后面还有内容的，先写完"


def _unaligned(stop: _Stop) -> _Advice:
    otherwise = "缩进没有对齐，或上一行的括号、引号没有写完", "与上面同一级的键对齐，每级缩进两个空格"
    return _going_on(stop) or otherwise


def _unaligned_item(stop: _Stop) -> _Advice:
    otherwise = "列表项的“-”没有对齐", "同一个列表的“-”上下对齐，每项的键再缩进两个空格"
    return _going_on(stop) or otherwise


def _going_on(stop: _Stop) -> _Advice | None:
    """What to say of a line that goes on after what was quoted or bracketed at its beginning."""
    quote = next((mark for mark in "'\"" if stop.before.count(mark) > 1), "")
    if quote:
        message = f"第{stop.column}列：引号{quote}已经写完，后面又有字"
        outside = {"'": "双", '"': "单"}[quote]
        return message, f"文字里面的引号改用中文引号“”，或给整段文字再加英文{outside}引号"
    begun = _BRACKETED_VALUE.search(stop.before)
    return (f"第{stop.column}列：“{begun[1]}”开头的已经写完，后面又有字", _IN_QUOTES) if begun else None


def _bad_beginning(stop: _Stop) -> _Advice:
    if stop.sign == ">":
        return f"第{stop.column}列的“>”不能放在开头", _AT_LEAST
    return f"第{stop.column}列的“{stop.sign}”不能放在开头", _IN_QUOTES


def _always(message: str, hint: str = _GENERAL) -> Callable[[_Stop], _Advice]:
    return lambda _: (message, hint)


_UNKNOWN = _always("这里的写法不合YAML格式")
_BARE_COLON = _always("冒号后面缺少空格和内容")
_NO_COLON = _always("这一行缺少冒号，或冒号后面少了空格", "键后面写英文冒号加一个空格，例如year: 2023")
_BAD_ESCAPE = _always("英文双引号里面的反斜杠“\\”后面不能是这个字", "要写反斜杠本身的，外面改用英文单引号")
_NO_KEY = _always("冒号前面没有键", "在冒号前面写上键，例如year: 2023")
_BLOCK_SIGN = _always("“>”和“|”不能放在开头", _AT_LEAST)
_ITEM_SIGN = _always("“- ”和“? ”不能放在这里开头", f"负数写成-5，中间不空格；是文字的，{_IN_QUOTES}")
_TOO_DEEP = _always("括号或缩进套得太深", "删去多余的括号")

_LONE = {":": _NO_KEY, **dict.fromkeys(",]}!", _bad_beginning)}
"""What to say of a sign that stands where a value or a key begins."""

_OUT_OF_PLACE = {":": _second_colon, **dict.fromkeys("-?", _ITEM_SIGN)}
"""What to say of a sign that begins no token where it stands."""

_Cause = tuple[Mark | None, Callable[[_Stop], _Advice]]
"""The place to look at, and what to say of it."""


def _scanning(begun: Mark | None, stopped: Mark, text: str) -> _Cause:
    """A sign that no token begins or goes on with; `begun` is where that token began."""
    if begun is None:
        return stopped, _OUT_OF_PLACE.get(text[stopped.index : stopped.index + 1], _UNKNOWN)
    sign = text[begun.index : begun.index + 1]
    if begun.index == stopped.index:  # only the parser's own limit stops it at a bracket
        return stopped, _bad_beginning if sign in "%@`|>" else _TOO_DEEP
    if sign in "|>":
        return begun, _BLOCK_SIGN
    if sign in "%&*!":
        return begun, _bad_beginning
    if sign in "'\"":
        return _quoting(begun, stopped, text)
    return (stopped, _BARE_COLON) if _COLON_WITHOUT_VALUE.match(text, stopped.index) else (begun, _NO_COLON)


def _quoting(begun: Mark, stopped: Mark, text: str) -> _Cause:
    """A quotation mark that is not closed, what is closed and should be a key, or an escape in between."""
    closed = _QUOTED.match(text, begun.index)
    if closed is None or (stopped.column == 0 and _DOCUMENT_LINE.match(text, stopped.index, closed.end())):
        return begun, _open_quote
    return (begun, _NO_COLON) if closed.end() <= stopped.index else (stopped, _BAD_ESCAPE)


def _parsing(begun: Mark | None, stopped: Mark, text: str) -> _Cause:
    """A token that does not go on with what `begun` began."""
    if begun is None:
        return stopped, _UNKNOWN
    if _is_in_brackets(text, stopped.index):
        return begun, _open_bracket
    if begun.index == stopped.index:
        return stopped, _LONE.get(text[stopped.index : stopped.index + 1], _UNKNOWN)
    return stopped, _unaligned_item if _LIST_ITEM.match(text, begun.index) else _unaligned


def _is_in_brackets(text: str, end: int) -> bool:
    """Whether a bracket is open before this index, up to which the text has been scanned without an error."""
    depth = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if token.start_mark.index >= end:
            break
        depth += isinstance(token, _FLOW_STARTS) - isinstance(token, _FLOW_ENDS)
    return depth > 0


def _cause(exception: yaml.YAMLError, text: str) -> _Cause:
    if isinstance(exception, TooDeepError):
        return exception.mark, _TOO_DEEP
    if isinstance(exception, ScannerError | ParserError) and exception.problem_mark:
        find_cause = _scanning if isinstance(exception, ScannerError) else _parsing
        return find_cause(exception.context_mark, exception.problem_mark, text)
    return None, _UNKNOWN


def syntax_error(exception: yaml.YAMLError, text: str, file: str) -> Diagnostic:
    """L005 for what the parser raised over this text."""
    mark, advise = _cause(exception, text)
    lines = split_lines(text)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message, hint = advise(_Stop(lines[line - 1] if line <= len(lines) else "", column))
    return error("L005", message, Place(file, line, column), hint)


def lines_in_question(exception: yaml.YAMLError) -> range:
    """The lines (from 1) between which the parser lost its way."""
    marks = [exception.context_mark, exception.problem_mark] if isinstance(exception, yaml.MarkedYAMLError) else []
    lines = [mark.line + 1 for mark in marks if mark]
    return range(max(1, min(lines) - 1), max(lines) + 1) if lines else range(1, 2)
