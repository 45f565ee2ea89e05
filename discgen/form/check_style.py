"""Checks of a form's style sheet: it reads nothing, and keeps to what the program can follow.

What a style looks like, no check can say: that is seen on the sample that `discgen form check` makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from discgen.diagnostics import Diagnostic, Place, error

STYLE_FILE = "style.css"
"""In the folder of a form: what stands behind the shipped style sheet."""
_PAGES = ("front", "body", "portrait", "landscape")
"""The pages whose paper may be another; a goal sheet is measured for its own."""
_OF_PAGES = ("size", "margin", "margin-top", "margin-right", "margin-bottom", "margin-left")
_PAPERS = ("a3", "a4", "a5", "b4", "b5")
_TURNS = ("landscape", "portrait")


def wrong_style(text: str, file: str) -> Iterator[Diagnostic]:
    """M025: what cannot be read, what would be fetched, and what pages cannot be."""
    import tinycss2  # few forms have a style sheet

    if "</" in text:
        line = text[: text.index("</")].count("\n") + 1
        yield _finding("样式里不能有“</”", Place(file, line), "只写样式，不写网页的标签")
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        place = Place(file, rule.source_line, rule.source_column)
        if rule.type == "error":
            yield _finding("样式读到这里读不下去", place, "核对花括号、冒号和分号")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            yield from _wrong_page(rule, file)
        elif rule.type == "at-rule":
            yield _finding(f"样式里不能用@{rule.at_keyword}", place, "只写普通的样式和@page")
        else:
            found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _wrong_declarations(found, file)


def _wrong_page(rule: Any, file: str) -> Iterator[Diagnostic]:
    import tinycss2

    place = Place(file, rule.source_line, rule.source_column)
    names = [token.value for token in rule.prelude if token.type == "ident"]
    if not names or any(name not in _PAGES for name in names):
        written = f"@page {'、'.join(names)}".strip()
        yield _finding(f"{written}的纸不能换", place, f"能换的有：{'、'.join(_PAGES)}，写成@page landscape")
    for one in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
        at = Place(file, one.source_line, one.source_column)
        if one.type != "declaration" or one.lower_name not in _OF_PAGES:
            said = getattr(one, "name", "") or getattr(one, "at_keyword", "")
            yield _finding(f"@page里不能写{said}", at, "只写size（纸张）和margin（页边）")
        elif one.lower_name == "size" and not _is_paper(one.value):
            yield _finding("纸张不认识", at, "写A3、A4、A5、B4、B5，横放的加landscape，例如size: A3 landscape")


def _is_paper(tokens: Iterable[Any]) -> bool:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    lengths = [token for token in tokens if token.type == "dimension"]
    papers = [word for word in words if word not in _TURNS]
    if lengths:
        return not words and len(lengths) == len(("width", "height"))
    return len(papers) == 1 and papers[0] in _PAPERS


def _wrong_declarations(found: Iterable[Any], file: str) -> Iterator[Diagnostic]:
    for one in found:
        place = Place(file, one.source_line, one.source_column)
        if one.type != "declaration":
            yield _finding("样式读到这里读不下去", place, "写成“名称: 值;”，一行一项")
        elif _fetches(one.value):
            yield _finding("样式不能引用别的文件", place, "图片写成data:开头的地址，字体用机器上装的")


def _fetches(tokens: Iterable[Any]) -> bool:
    """Whether a value names an address that is not its own content."""
    for token in tokens:
        if token.type == "url" and not token.value.startswith("data:"):
            return True
        if token.type == "function":
            first = next((part for part in token.arguments if part.type == "string"), None)
            if token.lower_name in ("url", "src", "image", "image-set") and (
                first is None or not first.value.startswith("data:")
            ):
                return True
            if _fetches(token.arguments):
                return True
    return False


def _finding(message: str, place: Place, hint: str) -> Diagnostic:
    return error("M025", message, place, hint)
