r"""A number format of a workbook to its sections: by what factor figures are shown, and what is written beside them.

The grammar is that of ECMA-376 Part 1, 18.8.31; `!` escapes a sign as `\` does: so Excel and WPS in Chinese
write and read it, while LibreOffice shows the `!` itself.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)
    | [\\!](?P<escaped>.)
    | (?P<blank>[_*].)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<exponent>E[+-])
    | (?P<clock>AM/PM|A/P|上午/下午)
    | (?P<date>[ymdhsbge]+|a{3,4})
    | (?P<digit>[0#?])
    | (?P<sign>[.,%/@;])
    | (?P<other>.)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(?P<how><=|>=|<>|<|>|=)\s*(?P<bound>-?[0-9]+(\.[0-9]+)?)")
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(-.*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_RED = re.compile(r"red|红色|color\s*3", re.IGNORECASE)
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MOST_CHARACTERS = 255
"""What Excel allows; a longer one is none."""
Token = tuple[str, str]
"""The kind of a part of a format, by the names in `_TOKEN`, and what it says; literals are `text`."""
_SECTIONS = 3
"""Those of numbers; the fourth is of text."""


class Kind(Enum):
    """What a section shows."""

    NUMBER = auto()
    DATE = auto()
    GENERAL = auto()
    WORDS = auto()
    """No figure at all, which hides the number."""
    UNCLEAR = auto()


@dataclass(frozen=True, slots=True)
class Section:
    """How numbers are shown: `scale` times what is stored, between the texts `before` and `after`.

    `digits` are the placeholders before the point, `is_whole` says that there are no others.
    """

    kind: Kind
    scale: Decimal = Decimal(1)
    before: str = ""
    after: str = ""
    digits: str = ""
    is_whole: bool = True
    is_red: bool = False
    is_spelt: bool = False
    """Whether figures are shown as Chinese numerals."""
    has_year_only: bool = False
    condition: tuple[str, Decimal] | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the section's own condition is true of a number."""
        return self.condition is not None and _COMPARE[self.condition[0]](value, self.condition[1])


@lru_cache(maxsize=1_000)
def sections_of(code: str) -> tuple[Section, ...]:
    """The sections of a format, those for numbers only; one that is unclear for a code that is no format."""
    if len(code) > _MOST_CHARACTERS:
        return (Section(Kind.UNCLEAR),)
    groups: list[list[Token]] = [[]]
    for token in _tokens(code):
        if token == ("sign", ";"):
            groups.append([])
        else:
            groups[-1].append(token)
    return tuple(map(_section, groups[:_SECTIONS]))


def section_for(code: str, value: Decimal) -> tuple[Section, bool]:
    """The section that shows a number, and whether a minus is put before it without the section's saying so.

    What becomes of the minus in a section with a condition, programs do not agree on: there it is not counted on.
    """
    sections = sections_of(code)
    if any(one.condition for one in sections):
        free = [one for one in sections if one.condition is None]
        return next((one for one in sections if one.holds(value)), free[-1] if free else Section(Kind.UNCLEAR)), False
    if value < 0 and len(sections) > 1:
        return sections[1], False
    return sections[_SECTIONS - 1 if value == 0 and len(sections) == _SECTIONS else 0], True


def _tokens(code: str) -> Iterator[Token]:
    """The parts of a format, each with its kind; what is quoted or escaped without its quotes, as `text`."""
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind in ("quoted", "escaped", "other"):
            yield "text", text.strip('"') if kind == "quoted" else text
        elif kind != "blank":
            yield kind, text


def _section(tokens: list[Token]) -> Section:
    brackets = [text.strip() for kind, text in tokens if kind == "bracket"]
    dates = "".join(text for kind, text in tokens if kind in ("date", "clock")).lower()
    condition = next((found for text in brackets if (found := _CONDITION.fullmatch(text))), None)
    section = Section(
        Kind.UNCLEAR,
        is_red=any(map(_RED.fullmatch, brackets)),
        is_spelt=any(text.lower().startswith("dbnum") for text in brackets),
        condition=(condition["how"], Decimal(condition["bound"])) if condition else None,
    )
    if dates or any(map(_ELAPSED.fullmatch, brackets)):
        return replace(section, kind=Kind.DATE, has_year_only=bool(dates) and set(dates) <= {"y", "e"})
    if any(map(_is_general, tokens)):
        before, after = _beside(tokens, _is_general)
        return replace(section, kind=Kind.GENERAL, before=before, after=after)
    if any(map(_is_digit, tokens)):
        return _number(tokens, section)
    return replace(section, kind=Kind.WORDS, before="".join(_texts(tokens)))


def _number(tokens: list[Token], section: Section) -> Section:
    """A section with figures. The last commas divide by thousands, and so does a point that is only written."""
    figures = [at for at, token in enumerate(tokens) if _is_digit(token)]
    inside = tokens[figures[0] : figures[-1] + 1]
    points = [at for at, token in enumerate(tokens) if token == ("sign", ".")]
    written = [at for at, (kind, text) in enumerate(inside) if kind == "text" and text == "."]
    odd = [text for kind, text in inside if kind == "text" and text.strip(",， '") and text != "."]
    if len(points) + len(written) > 1 or odd:
        return section
    commas = _commas_after(tokens, figures[-1])
    if points and figures[0] < points[0] < figures[-1]:
        commas += _commas_after(tokens, max(at for at in figures if at < points[0]))
    scale = Decimal(100) ** sum(token == ("sign", "%") for token in tokens) / Decimal(1000) ** commas
    if written:
        scale /= Decimal(10) ** sum(map(_is_digit, inside[written[0] :]))
    before, after = _beside(tokens, _is_digit)
    return replace(
        section,
        kind=Kind.NUMBER,
        scale=scale,
        before=before,
        after=after,
        digits="".join(text for kind, text in inside if kind == "digit"),
        is_whole=not points and not any(kind == "exponent" or text == "/" for kind, text in tokens),
    )


def _is_digit(token: Token) -> bool:
    return token[0] == "digit"


def _is_general(token: Token) -> bool:
    return token[0] == "general" or token == ("sign", "@")


def _commas_after(tokens: list[Token], at: int) -> int:
    """How many commas follow a placeholder at once."""
    count = 0
    while tokens[at + 1 + count : at + 2 + count] == [("sign", ",")]:
        count += 1
    return count


def _beside(tokens: list[Token], is_figure: Callable[[Token], bool]) -> tuple[str, str]:
    """What is written before the first figure and after the last."""
    at = [place for place, token in enumerate(tokens) if is_figure(token)]
    return "".join(_texts(tokens[: at[0]])), "".join(_texts(tokens[at[-1] + 1 :]))


def _texts(tokens: list[Token]) -> Iterator[str]:
    for kind, text in tokens:
        if kind == "text":
            yield text
        elif kind == "sign" and text == "%":
            yield "%"
        elif kind == "bracket" and (currency := _CURRENCY.fullmatch(text)):
            yield currency["sign"]
