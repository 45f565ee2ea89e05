"""How a number looks in its cell, where that is not the plain figure: in another unit, by another factor, with words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from discgen.importing.number_format import Kind, Section, section_for
from discgen.money import YUAN_PER_UNIT, AmountError

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_UNIT = re.compile(r"(?P<powers>[十百千万亿]*)(?P<yuan>[元圆]?)[整正]?")
_ENGLISH = {"k": "千", "m": "百万"}
_BESIDE_THE_POINT = re.compile(r"[\s()¥+−△▲负-]|人民币|rmb|cny")
"""Blanks, signs and the currency, which say nothing of the size; NFKC has made brackets and ￥ narrow."""
_MINUS = re.compile(r"[-−(（△▲负]")
_DASH = re.compile(r"[-−]")
_FIGURE = re.compile(r"[0-9０-９.]")
_REWRITE = "单元格格式改成“常规”，看清是多少再导入"


@dataclass(frozen=True, slots=True)
class Shown:
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
            raise AmountError(f"{self.told()}，{_REWRITE}" if self.code else self.why)
        seen = self.unit or declared
        size = self.scale * size_of(seen) if seen else Decimal(0)
        stored = next((name for name, yuan in YUAN_PER_UNIT.items() if yuan == size), "")
        if not stored or (self.unit and declared not in ("", self.unit, stored)):
            against = f"，和单位“{declared}”对不上" if declared else ""
            raise AmountError(f"{self.told()}{against}，{_REWRITE}")
        return stored

    def told(self) -> str:
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
    """What is written beside the figures and says something."""
    text = unicodedata.normalize("NFKC", section.before + section.after).lower()
    bare = _BESIDE_THE_POINT.sub("", text)
    return _ENGLISH.get(bare, bare) if section.kind is not Kind.WORDS else ""


def _is_simple(section: Section, value: Decimal) -> bool:
    """Whether the number is shown with all its digits and no others but noughts before them."""
    more = _FIGURE.search(section.before + section.after)
    is_plain = section.is_whole and section.scale == 1 and not section.is_spelt and not more
    return is_plain and value >= 0 and value == value.to_integral_value() and section.kind is not Kind.UNCLEAR


def _padded(section: Section, value: Decimal) -> str:
    """The digits with the noughts that placeholders ask for."""
    return figure(value).rjust(len(section.digits.lstrip("#?")), "0")
