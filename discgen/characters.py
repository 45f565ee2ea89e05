"""What may stand in a text that is published: the one table of characters that are not what they look like, or are not seen.

Categories are those of the Unicode standard, as are the forms that radicals and compatibility characters stand for
(NFKC, EquivalentUnifiedIdeograph.txt). Scripts of national minorities may have what belongs to them: marks, joiners, digits.
Texts are shown so that nothing in them is hidden, and nothing is obeyed by whatever reads our output.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff]")
"""Control characters, private use areas (造字) and noncharacters: other machines show a blank, or something else."""
_RARE = re.compile(
    "[^\n\r\t -~\u00b0-\u00b7\u00d7\u2010-\u2027\u2030-\u205e\u3000-\u3029\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e\u2190-\u22ff\u2460-\u25ff]"
)
"""What has to be looked at: neither ASCII nor Chinese nor a mark of either."""
_IDEOGRAPHS = re.compile("[\U00020000-\U0002f7ff\U0002fa20-\U000323af]")
"""Rare characters of names; how many of them are assigned depends on the version of the standard."""
_LETTERS = re.compile(r"[^\W\d_\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_HAN = re.compile("[\u3005-\u3007\u3400-\u9fff\U00020000-\U000323af]")

_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Twelve of them are characters of their own, which is seen by their having no other form."""
_NO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff]")
_NOT_MISSED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Without these a text shows and says the same."""
_ZERO = "○◯OoＯｏ0０"
_CHINESE_DIGITS = "〇一二三四五六七八九"
_IN_CHINESE_YEAR = re.compile(
    rf"(?<![{_CHINESE_DIGITS}{_ZERO}A-Za-z])(?=[{_CHINESE_DIGITS}])"
    rf"[{_CHINESE_DIGITS}{_ZERO}]{{4}}(?=年)"
)
_RANGE = re.compile(r"(?<=[0-9年月日])一(?=[0-9])")
"""一 for the line of a range: 2023年一2025年. As a numeral it stands before no figure."""
_KINDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("\ufffd"), "替换符，原来的字已经丢了"),
    (re.compile("\ufffc"), "图片或别的对象的占位符"),
    (re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]"), "改变文字方向的控制符，印出来的顺序与写的不同"),
    (_NO_WIDTH, "看不见的空格"),
    (re.compile("\u00ad"), "看不见的连字符"),
    (re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]"), "看不见的填充符"),
    (re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"), "看不见的变体选择符"),
    (re.compile("[\U000e0000-\U000e0fff]"), "看不见的标签字符"),
    (re.compile("[\u2e80-\u2fdf]"), "部首，不是汉字"),
    (re.compile("[\u31c0-\u31ef]"), "笔画，不是汉字"),
    (re.compile("[\u2ff0-\u2fff]"), "汉字结构符，不是汉字"),
    (_COMPATIBILITY, "兼容汉字，查找时与标准字不是一个字"),
    (re.compile("[\ufb00-\ufb4f\U0001d400-\U0001d7ff]"), "排版用的字母，查找时与普通字母不是一个字"),
    (re.compile("[\u2028\u2029\x85]"), "看不见的换行符"),
    (UNPRINTABLE, "自造字或控制字符"),
)
"""What a character is called, the first that fits."""
_CATEGORIES = {
    **dict.fromkeys(("Cf", "Co", "Cs"), "看不见的控制符"),
    "Cn": "没有编码的字符",
    "Nd": "别的文字的数字",
}

_RADICALS = dict(
    zip(
        "⺝⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰",
        "月民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙",
        strict=True,
    )
)
"""Radicals and their characters where NFKC leaves them as they are; one that is only a part of characters has none."""
_LATIN_LOOK = set("АВЕКМНОРСТУХЅІЈаеорсухѕіјԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοѵ")
"""Cyrillic and Greek letters that look like Latin ones."""
_HAN_LOOK = dict(zip("ニロエカタトハーㄧㅡㅁㄚㄏ", "二口工力夕卜八一一一口丫厂", strict=True))
"""Kana, Zhuyin and Hangul that look like Chinese characters."""
_NAMES = {"CYRILLIC": "西里尔", "GREEK": "希腊"}
_SYLLABLES = {"KATAKANA", "HIRAGANA", "BOPOMOFO", "HANGUL"}


class Unfit(Struct, frozen=True):
    """A stretch of a text that may not stand in it; `right` is what certainly should (nothing, for `""`), None where nobody can know."""

    start: int
    end: int
    what: str
    right: str | None = None


def unfit(text: str) -> Iterator[Unfit]:
    """What may not stand in a published text, from left to right."""
    unfits = {stretch.start: stretch for stretch in _look_alikes(text)}
    rare = [match.start() for match in _RARE.finditer(text)]
    scripts = {script_of(text[at]) for at in rare if text[at].isalpha()}
    unfits |= {at: stretch for at in rare if (stretch := _unfit_character(text, at, scripts))}
    for word in _LETTERS.finditer(text) if scripts else ():
        at, what = _mixed(word)
        if what:
            unfits.setdefault(at, Unfit(at, at + 1, what))
    yield from (unfits[at] for at in sorted(unfits))


def _look_alikes(text: str) -> Iterator[Unfit]:
    """Characters that are in order elsewhere, and here stand for another that looks the same."""
    for year in _IN_CHINESE_YEAR.finditer(text):
        for at, character in enumerate(year[0], start=year.start()):
            if character in _ZERO:
                yield Unfit(at, at + 1, "年份里的零，应是“〇”", "〇")
    for line in _RANGE.finditer(text):
        yield Unfit(*line.span(), "汉字“一”，不是起止之间的横线", "—")


@lru_cache(maxsize=10_000)  # a file full of one character quotes the same few words a hundred thousand times
def visible(text: str) -> str:
    """The text with every unfit character written as its number, so that a message shows what is there."""
    pieces, last = [], 0
    for stretch in unfit(text):
        pieces += [text[last : stretch.start], _number(text[stretch.start])]
        last = stretch.end
    return "".join([*pieces, text[last:]])


def visible_line(text: str) -> str:
    """The same on one line: what would end it is written as its number too."""
    return visible(text).translate(_LINE_ENDS)


def visible_lines(text: str) -> str:
    """The text of which each line is made visible, as `visible` does."""
    return "\n".join(map(visible_line, text.splitlines()))


def encodable(text: str) -> str:
    """The text with what no encoding has written as its number: bytes of a file name that are not UTF-8."""
    return _SURROGATES.sub(lambda match: _number(match[0]), text)


def _number(character: str) -> str:
    return f"[U+{ord(character):04X}]"


_LINE_ENDS = {ord(character): _number(character) for character in "\n\r"}
_SURROGATES = re.compile("[\ud800-\udfff]")


def _unfit_character(text: str, at: int, scripts: set[str]) -> Unfit | None:
    character = text[at]
    right = _standard(character)
    is_own_character = _COMPATIBILITY.match(character) and right is None
    if is_own_character or _IDEOGRAPHS.match(character) or _belongs(character, scripts):
        return None
    what = _kind(character) or _named_by_category(text, at) or _imitated(text, at)
    return Unfit(at, at + 1, what, right) if what else None


def _named_by_category(text: str, at: int) -> str:
    category = unicodedata.category(text[at])
    if category.startswith("M"):
        before = text[at - 1 : at] if at else ""
        has_letter = before and not _HAN.match(before) and (before.isalpha() or unicodedata.category(before)[0] == "M")
        return "" if has_letter else "没有字母可附的附加符号"
    return _CATEGORIES.get(category, "")


def _imitated(text: str, at: int) -> str:
    looks = _HAN_LOOK.get(text[at])
    return f"假名或注音，不是汉字“{looks}”" if looks and _stands_among_han(text, at) else ""


def _belongs(character: str, scripts: set[str]) -> bool:
    """Whether the character is one of a script that the text is written in: joiners of Mongolian and Arabic, Tibetan digits."""
    if character in "\u200c\u200d":
        return bool(scripts & {"MONGOLIAN", "ARABIC"})
    script = script_of(character)
    is_mark_or_digit = unicodedata.category(character) in {"Mn", "Mc", "Nd", "Cf"}
    return is_mark_or_digit and script in scripts - {"CJK", "KANGXI", "HANGUL"}


@cache
def script_of(character: str) -> str:
    """The script of a character in capitals, `MONGOLIAN`: the first word of the character's name, which is that of its script."""
    return unicodedata.name(character, "").partition(" ")[0].partition("-")[0]


@cache
def _kind(character: str) -> str:
    return next((what for pattern, what in _KINDS if pattern.match(character)), "")


@cache
def _standard(character: str) -> str | None:
    """The one character, the letters or the digit that it is a form of; nothing, of what is not missed."""
    if _NOT_MISSED.match(character):
        return ""
    if character in _RADICALS:
        return _RADICALS[character]
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and (_HAN.match(plain) or (plain.isascii() and plain.isalnum())) else None


def _mixed(word: re.Match[str]) -> tuple[int, str]:
    """Where in a word a letter stands that only looks like one of the others, and what it is; nothing of a sound word."""
    letters = word[0]
    if letters.isascii():
        return 0, ""
    scripts = {script_of(character) for character in letters if character.isalpha()}
    imitations = [at for at, character in enumerate(letters) if character in _LATIN_LOOK]
    if imitations and ("LATIN" in scripts or len(imitations) == len(letters)):
        at = imitations[0]
        return word.start() + at, f"像拉丁字母的{_NAMES.get(script_of(letters[at]), '别的')}字母"
    return 0, ""


def _stands_among_han(text: str, at: int) -> bool:
    around = (text[at - 1 : at] if at else "", text[at + 1 : at + 2])
    return any(map(_HAN.match, around)) and not any(
        character in _HAN_LOOK or script_of(character) in _SYLLABLES for character in around if character
    )


_BEGINS = re.compile(r"^(\s*):(?=:)")
_STANDS = re.compile(r"#(?=#\w*\[)")


def without_commands(text: str) -> str:
    """The text, in whose lines one character of what would be a command is written as its number."""
    return "\n".join(map(_without_command, text.split("\n")))


def _without_command(line: str) -> str:
    return _STANDS.sub("[U+0023]", _BEGINS.sub(r"\1[U+003A]", line))
