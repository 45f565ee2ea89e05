"""Small pieces of Chinese text: numerals, numbered headings, the phrase for a change, and lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

_PERCENT_CLAUSE = re.compile(r"，[^，]*\{percent\}")
_DIGITS = "零一二三四五六七八九"
_PAUSE = re.compile("[、，；]")
_WHOLLY_QUOTED = re.compile("“[^“”]*”|《[^《》]*》")


def chinese_number(number: int) -> str:
    """1 to 999 as headings write them: 一, 十, 十一, 二十, 一百零一, 一百一十. Raises ValueError beyond."""
    hundreds, rest = divmod(number, 100)
    if not 0 < number < len(_DIGITS) * 100:
        raise ValueError(f"headings are numbered 1 to 999, not {number}")
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        head += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        head += "零"
    return head + (_DIGITS[ones] if ones else "")


def numbered(style: str, number: int, **further: str) -> str:
    """A number in a form's style, such as `第{chinese}部分 `; the style may hold `further` names."""
    return style.format(chinese=chinese_number(number), arabic=number, **further)


def chinese_day(day: date) -> str:
    """A day as documents write it: 2023年2月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def direction(this: Decimal, before: Decimal) -> str:
    """How `this` stands to `before`: the name of the phrase to use. A base of zero or less allows no percentage."""
    if this == before:
        return "unchanged"
    if this < before:
        return "decrease"
    return "increase" if before > 0 else "no_base"


def fill_change_phrase(phrases: Mapping[str, str], way: str, amount: str, percent: str) -> str:
    """The form's phrase for a change, filled; without the clause that has the percentage where that is empty."""
    phrase = phrases[way] if percent else _PERCENT_CLAUSE.sub("", phrases[way])
    return phrase.format(amount=amount, percent=percent)


def enumerated(names: Iterable[str]) -> str:
    """Names joined by 、; with several, a name that itself holds a pause gets quotation marks, so that it reads as one name."""
    listed = list(names)
    return "、".join(listed if len(listed) == 1 else map(as_list_item, listed))


def few(names: Sequence[str], most: int, counted: str = "") -> str:
    """The first `most` names; with more, 等 follows, and their number where `counted` is the measure word: 甲、乙等12张."""
    more = f"等{len(names)}{counted}" if counted else "等"
    return "、".join(names[:most]) + (more if len(names) > most else "")


def as_list_item(name: str) -> str:
    """A name in a list: in quotation marks where it holds a pause, unless marks already enclose it."""
    if not _PAUSE.search(name) or _WHOLLY_QUOTED.fullmatch(name):
        return name
    return f"“{name.replace('“', '‘').replace('”', '’')}”"
