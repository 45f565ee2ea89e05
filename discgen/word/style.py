"""What the style sheet of the pages says of an element and of its paper, as far as a word processor can do the same.

A small part of CSS: what `templates/document/document.css` uses for text and tables. What is not known here is left
to the word processor. Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile
from typing import Any

import cssselect2
import tinycss2

from discgen.view.paper import SIDES, Four, four, geometry, length, page_rules, without_blanks

_INHERITED = ("families", "size", "line", "is_bold", "align", "indent", "variables")
_Tokens = Sequence[Any]
_NOTHING: Four = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How an element is set. `families` are the fonts it asks for, the first before all; `line` is the height of a line.

    `width` is in percent, `page` the kind of paper, `floats` whether it stands on the right of what follows it. A heading
    that is not outlined is none of the document's; one that is continued stands above the further pages again.
    """

    families: tuple[str, ...] = ()
    size: float = 16.0
    line: float = 0.0
    is_bold: bool = False
    align: str = "left"
    indent: float = 0.0
    margin: Four = _NOTHING
    padding: Four = _NOTHING
    width: float | None = None
    page: str = ""
    floats: bool = False
    keeps_with_next: bool = False
    is_outlined: bool = True
    is_continued: bool = False
    variables: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of page: its width and height and its margins, and what stands at its foot, None being the page's number."""

    width: float
    height: float
    margin: Four
    foot: tuple[str | None, ...] = ()
    foot_style: Style = Style()

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - self.margin[1] - self.margin[3]


class StyleSheet:
    """A style sheet, asked for elements and for pages."""

    def __init__(self, text: str) -> None:
        self._matcher = cssselect2.Matcher()
        self._pages = list(page_rules(text))
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "qualified-rule":
                declarations = _declarations(rule.content)
                try:
                    selectors = cssselect2.compile_selector_list(rule.prelude)
                except cssselect2.SelectorError:
                    continue
                for selector in selectors:
                    if selector.pseudo_element is None:
                        self._matcher.add_selector(selector, declarations)

    def style(self, element: Any, above: Style) -> Style:
        """How an element is set that stands in another."""
        ways = [declarations for *_, declarations in sorted(self._matcher.match(element), key=lambda match: match[:2])]
        written = element.etree_element.get("style")
        if written:
            ways.append(_declarations(tinycss2.parse_component_value_list(written)))
        declarations = [declaration for way in ways for declaration in way]
        declarations.sort(key=lambda declaration: declaration.is_important)
        said: dict[str, Any] = {name: getattr(above, name) for name in _INHERITED}
        # What others are measured by is known first: the variables, and the size of a character.
        for one in declarations:
            if one.name.startswith("--"):
                said["variables"] = {**said["variables"], one.name: one.tokens}
        for one in declarations:
            if one.name in ("font", "font-size"):
                said.update(_said(one, said, above))
        for one in declarations:
            said.update(_said(one, said, above))
        return Style(**said)

    def paper(self, name: str) -> Paper:
        """The pages of this name."""
        page = geometry(self._pages, name)
        paper = Paper(page.width, page.height, page.margin)
        for names, content in self._pages:
            for one in content if not names or name in names else ():
                if one.type == "at-rule" and one.lower_at_keyword == "bottom-center":
                    paper = _with_foot(paper, one.content)
        return paper


@lru_cache(maxsize=8)
def style_sheet(text: str) -> StyleSheet:
    """The style sheet of a text, read once."""
    return StyleSheet(text)


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A property with its value, blanks left out."""

    name: str
    tokens: tuple[Any, ...]
    is_important: bool


def _declarations(content: Any) -> list[_Declaration]:
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [
        _Declaration(one.lower_name, without_blanks(one.value), one.important)
        for one in found
        if one.type == "declaration"
    ]


def _meant(tokens: _Tokens, variables: Mapping[str, tuple[Any, ...]]) -> _Tokens:
    """The tokens of a value, variables replaced by what they stand for."""
    if not any(token.type == "function" and token.lower_name == "var" for token in tokens):
        return tokens
    meant: list[Any] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            name, *otherwise = without_blanks(token.arguments)
            meant += variables.get(name.value, tuple(otherwise[1:]))
        else:
            meant.append(token)
    return meant


@dataclass(frozen=True, slots=True)
class _Value:
    """The value of a declaration for an element of this size, in one whose size is that `above`."""

    tokens: _Tokens
    size: float
    above: float

    @property
    def word(self) -> str:
        """The value, where it is a word."""
        words = [token.lower_value for token in self.tokens if token.type == "ident"]
        return words[0] if len(words) == 1 else ""

    @property
    def lengths(self) -> list[float]:
        """All lengths of the value."""
        return [found for token in self.tokens if (found := length(token, self.size)) is not None]

    def sized(self) -> dict[str, float]:
        """The size that the value is."""
        size = length(self.tokens[0], self.above) if self.tokens else None
        return {} if size is None else {"size": size}

    def first(self, name: str) -> dict[str, float]:
        """The first length, by this name; nothing where there is none."""
        return dict(zip([name], self.lengths, strict=False))

    def four(self, name: str) -> dict[str, Four]:
        """Top, right, bottom and left by this name, of one to four lengths."""
        return {name: four(self.lengths)} if self.lengths else {}

    def width(self) -> dict[str, float | None]:
        """The share that the value is; none where it is what others leave."""
        is_share = bool(self.tokens) and self.tokens[0].type == "percentage"
        return {"width": self.tokens[0].value if is_share else None}

    def font(self) -> dict[str, Any]:
        """`bold 26pt/42pt "…", serif`."""
        before = list(takewhile(lambda token: token.type != "dimension", self.tokens))
        size, *rest = self.tokens[len(before) :]
        line = 0.0
        if rest and rest[0].type == "literal" and rest[0].value == "/":
            line, rest = length(rest[1], self.size) or 0.0, rest[2:]
        is_bold = any(token.type == "ident" and token.lower_value == "bold" for token in before)
        return {"is_bold": is_bold, "size": length(size, self.above), "line": line, "families": _families(rest)}

    def continued(self) -> dict[str, bool]:
        """Whether what is written stands above the further pages again: `continued content() "（续）"`."""
        is_named = any(token.type == "ident" and token.value == "continued" for token in self.tokens)
        return {"is_continued": any(token.type == "function" for token in self.tokens)} if is_named else {}


_MEANT: Mapping[str, Callable[[_Value], Mapping[str, Any]]] = {
    "font": _Value.font,
    "font-family": lambda value: {"families": _families(value.tokens)},
    "font-size": _Value.sized,
    "font-weight": lambda value: {"is_bold": value.word == "bold"},
    "line-height": lambda value: value.first("line"),
    "text-align": lambda value: {"align": value.word},
    "text-indent": lambda value: value.first("indent"),
    "margin": lambda value: value.four("margin"),
    "padding": lambda value: value.four("padding"),
    "width": _Value.width,
    "page": lambda value: {"page": value.word},
    "float": lambda value: {"floats": value.word == "right"},
    "bookmark-level": lambda value: {"is_outlined": value.word != "none"},
    "break-after": lambda value: {"keeps_with_next": value.word == "avoid"},
    "string-set": _Value.continued,
}
"""What of a style each property says."""


def _said(one: _Declaration, said: Mapping[str, Any], above: Style) -> Mapping[str, Any]:
    """What a declaration says of a style, of which this is said so far."""
    value = _Value(_meant(one.tokens, said["variables"]), said["size"], above.size)
    if one.name in _MEANT:
        return _MEANT[one.name](value)
    begin, _, side = one.name.partition("-")
    if begin in ("margin", "padding") and side in SIDES and value.lengths:
        four = list(said.get(begin, _NOTHING))
        four[SIDES.index(side)] = value.lengths[0]
        return {begin: tuple(four)}
    return {}


def _families(tokens: _Tokens) -> tuple[str, ...]:
    """The names between commas; one without quotation marks may have several words."""
    names: list[list[str]] = [[]]
    for token in tokens:
        if token.type == "literal":
            names.append([])
        elif token.type in ("string", "ident"):
            names[-1].append(token.value)
    return tuple(" ".join(words) for words in names if words)


def _with_foot(paper: Paper, content: Any) -> Paper:
    """The paper with what a box in its margin says: texts and `counter(page)`."""
    foot, said = paper.foot, {name: getattr(paper.foot_style, name) for name in _INHERITED}
    for one in _declarations(content):
        if one.name == "content":
            foot = tuple(_foot(one.tokens))
        said.update(_said(one, said, Style()))
    return replace(paper, foot=foot, foot_style=Style(**said))


def _foot(tokens: _Tokens) -> Iterator[str | None]:
    for token in tokens:
        if token.type == "string":
            yield token.value
        elif token.type == "function" and token.lower_name == "counter":
            yield None
