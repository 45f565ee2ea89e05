r"""How a number looks in its cell: the format to its sections, and what a person sees by them.

A number is shown in another unit, by another factor, with words, or as it is. The grammar of formats is that of
ECMA-376 Part 1, 18.8.31; `!` escapes a sign as `\` does: so Excel and WPS in Chinese write and read it, while
LibreOffice shows the `!` itself.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from discgen.money import YUAN_PER_UNIT, AmountError

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_UNIT = re.compile(r"(?P<powers>[十百千万亿]*)(?P<yuan>[元圆]?)[整正]?")
_ENGLISH = {"k": "千", "m": "百万"}
_NOT_A_UNIT = re.compile(r"[\s()¥+−△▲负-]|人民币|rmb|cny")
"""Blanks, signs and the currency, which say nothing of the size; NFKC has made brackets and ￥ narrow."""
_MINUS = re.compile(r"[-−(（△▲负]")
_DASH = re.compile(r"[-−]")
_FIGURE = re.compile(r"[0-9０-９.]")
_REWRITE = "单元格格式改成“常规”，看清是多少再导入"
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


class Shown(Struct, frozen=True):
    """A number that is shown as `scale` times itself, in `unit` if its format names one (万元, 千元, 元; else '').

    `why` says in Chinese why it can be no amount at all, '' where it can; what is no number (a date) has no `code`.
    """

    code: str
    scale: Decimal = Decimal(1)
    unit: str = ""
    why: str = ""

    def stored_in(self, declared: str) -> str:
        """The unit of the stored number where the sheet declares one ('' for none). Raises AmountError.

        What a person sees is an amount in the unit of the format, else in that of the sheet; it is `scale` times what
        is stored. A sheet that declares the unit that is stored, beside a format that names what it shows, agrees.
        """
        if self.why:
            raise AmountError(f"{self.describe()}，{_REWRITE}" if self.code else self.why)
        seen = self.unit or declared
        size = self.scale * size_of(seen) if seen else Decimal(0)
        stored = next((name for name, yuan in YUAN_PER_UNIT.items() if yuan == size), "")
        if not stored or (self.unit and declared not in ("", self.unit, stored)):
            against = f"，和单位“{declared}”对不上" if declared else ""
            raise AmountError(f"{self.describe()}{against}，{_REWRITE}")
        return stored

    def describe(self) -> str:
        """What a person sees instead of the number, in Chinese."""
        if self.why:
            return f"存的数按格式“{self.code}”{self.why}"
        more = f"写着“{self.unit}”" if self.unit else ""
        if self.scale == 1:
            return f"存的数按格式“{self.code}”{more or '显示成中文数字'}"
        times = f"放大到{figure(self.scale)}倍" if self.scale > 1 else f"缩小到{figure(1 / self.scale)}分之一"
        return f"存的数按格式“{self.code}”{times}显示{more and '，'}{more}"


def size_of(unit: str) -> Decimal:
    """How many 元 a unit is, also one that no file may declare: 千元, 亿元."""
    return Decimal(10) ** sum(_POWERS.get(sign, 0) for sign in unit)


def figure(value: Decimal) -> str:
    """A number in plain figures, without noughts at the end of its decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_number(value: Decimal, code: str) -> tuple[str, Shown | None]:
    """The text of a number with a format, and how it is shown where an amount may not be read off that text.

    The text is what is on the screen where that is a whole number with words or noughts (`2025年`, `003`), else the
    plain figure.
    """
    section, with_minus = section_for(code, value)
    why = _hidden(section, value) or _sign_lost(section, value, with_minus=with_minus)
    words = _words(section)
    named = _UNIT.fullmatch(words)
    if not why and words and not named:
        if _is_simple(section, value):
            return f"{section.before}{_padded(section, value)}{section.after}".strip(), None
        why = f"显示成“{section.before}…{section.after}”"
    if why:
        return figure(value), Shown(code, why=why)
    unit = f"{named['powers']}元" if named and words else ""
    if unit or section.scale != 1 or section.is_spelt:
        return figure(value), Shown(code, section.scale, unit)
    return _padded(section, value) if _is_simple(section, value) else figure(value), None


def _hidden(section: Section, value: Decimal) -> str:
    if section.kind is Kind.UNCLEAR:
        return "看不懂显示成什么"
    if section.kind is Kind.WORDS and value:
        return f"显示成“{section.before}”" if section.before.strip() else "不显示"
    return ""


def _sign_lost(section: Section, value: Decimal, *, with_minus: bool) -> str:
    """A sign that the format drops or makes up. Red figures are negative ones, as brackets are, in accounts."""
    figures_sign = _MINUS.search(section.before) or _DASH.search(section.after)
    if value < 0 and not with_minus and not figures_sign and not section.is_red:
        return "显示不出负号"
    if value > 0 and figures_sign:
        return "显示成负数"
    return ""


def _words(section: Section) -> str:
    """The words written around the figures, in lower case and without blanks, signs and currency."""
    text = unicodedata.normalize("NFKC", section.before + section.after).lower()
    bare = _NOT_A_UNIT.sub("", text)
    return _ENGLISH.get(bare, bare) if section.kind is not Kind.WORDS else ""


def _is_simple(section: Section, value: Decimal) -> bool:
    """Whether the number is shown with all its digits and no others but noughts before them."""
    more = _FIGURE.search(section.before + section.after)
    is_plain = section.is_whole and section.scale == 1 and not section.is_spelt and not more
    return is_plain and value >= 0 and value == value.to_integral_value() and section.kind is not Kind.UNCLEAR


def _padded(section: Section, value: Decimal) -> str:
    """The digits with the noughts that placeholders ask for."""
    return figure(value).rjust(len(section.digits.lstrip("#?")), "0")


class Kind(Enum):
    """What a section shows."""

    NUMBER = auto()
    DATE = auto()
    GENERAL = auto()
    WORDS = auto()
    """No figure at all, which hides the number."""
    UNCLEAR = auto()


class Section(Struct, frozen=True):
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
    if any(section.condition for section in sections):
        free = [section for section in sections if section.condition is None]
        return next(
            (section for section in sections if section.holds(value)), free[-1] if free else Section(Kind.UNCLEAR)
        ), False
    if value < 0 and len(sections) > 1:
        return sections[1], False
    return sections[_SECTIONS - 1 if value == 0 and len(sections) == _SECTIONS else 0], True


def _tokens(code: str) -> Iterator[Token]:
    """The parts of a format, each with its kind; what is quoted or escaped without its quotes, as `text`."""
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind in ("quoted", "escaped", "other"):
            yield "text", text.strip('"') if kind == "quoted" else text
        elif kind != "blank":
            yield kind, text


def _section(tokens: list[Token]) -> Section:
    brackets = [text.strip() for kind, text in tokens if kind == "bracket"]
    dates = "".join(text for kind, text in tokens if kind in ("date", "clock")).lower()
    condition = next((match for text in brackets if (match := _CONDITION.fullmatch(text))), None)
    section = Section(
        Kind.UNCLEAR,
        is_red=any(map(_RED.fullmatch, brackets)),
        is_spelt=any(text.lower().startswith("dbnum") for text in brackets),
        condition=(condition["how"], Decimal(condition["bound"])) if condition else None,
    )
    if dates or any(map(_ELAPSED.fullmatch, brackets)):
        return replace(section, kind=Kind.DATE, has_year_only=bool(dates) and set(dates) <= {"y", "e"})
    if any(map(_is_general, tokens)):
        before, after = _around_figures(tokens, _is_general)
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
    before, after = _around_figures(tokens, _is_digit)
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


def _around_figures(tokens: list[Token], is_figure: Callable[[Token], bool]) -> tuple[str, str]:
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
