"""Words and signs that stand twice in a row, where neither the language nor two words that meet have them so.

What is rightly doubled is `schema/words/doubled.csv`: 叠字 (人人, 大大提高), and where a word that ends in a sign meets one
that begins with it (职工+工资, 人员+人员经费).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from discgen.diagnostics import Diagnostic, warning
from discgen.resources import shipped_rows
from discgen.rules.case import Case
from discgen.rules.passages import CHINESE, Passage, texts_and_labels

_PARTICLE = re.compile(
    r"(?<!目)的的(?![士确])|了了(?![解如却然结])|(?<![共饱缓温调总中平])和和(?![气睦平谐])|(?<![给赋授参])与与(?!会)|(?<!合)并并(?![非不且])"
    r"|(?<![〇零一二三四五六七八九十两第])一一(?=[张枚窗站网批套份般些]|[个项件](?![个项件])|系列|次性|体化)"
)
_PARTICLES = "的了和与并"
_NUMERAL = "一二三四五六七八九十〇零百千两"
_WORD = re.compile(rf"(?P<word>[{CHINESE}]{{2,8}})(?P=word)")
_REDUPLICATED = re.compile(rf"[{_NUMERAL}各逐每很许非慢好][{CHINESE}]|[{_NUMERAL}]{{2,}}|[{CHINESE}][{_NUMERAL}]")
"""一个一个, 各项各项, 很多很多; 二〇二〇; 十一十一."""
_SIGN = re.compile(rf"(?P<sign>[{CHINESE}])(?P=sign)+")
_CHINESE = re.compile(f"[{CHINESE}]")
_ANY = "*"
_NO_COMPOUND = "的地得了和与及或对为把将被在"
"""What ends no word, so that the first of two words stands alone after it: 的工作工作人员."""


def words_are_written_once(case: Case) -> Iterator[Diagnostic]:
    """P012: a particle, a word or a sign that stands twice in a row, where that is no way of speaking."""
    for one in texts_and_labels(case):
        for found in _PARTICLE.finditer(one.judged):
            said = f"“{one.around(*found.span())}”里的“{found[0][0]}”写了两遍"
            yield warning("P012", said, one.at(found.start()), "删去一个", one.fix(*found.span(), found[0][0]))
        for start, end, word in _doubled(one):
            said = f"“{one.around(start, end)}”里的“{word}”写了两遍"
            yield warning("P012", said, one.at(start), "删去一个；本来如此的，换一种说法")


def _doubled(one: Passage) -> Iterator[tuple[int, int, str]]:
    """Where a word or a sign is doubled, from where to where, and what it is."""
    text, told = one.judged, -1
    for found in _WORD.finditer(text):
        word = found["word"]
        if not _REDUPLICATED.fullmatch(word) and not _is_right(text, found.start(), found.end(), word):
            told = found.end()
            yield *found.span(), word
    for found in _SIGN.finditer(text):
        sign, (start, end) = found["sign"], found.span()
        if start < told or sign in _NUMERAL or sign in _PARTICLES or _is_pair_of_doubles(text, start, end):
            continue
        if end - start > len(sign) * 2 or not _is_right(text, start, end, sign):
            yield start, end, sign


def _is_right(text: str, start: int, end: int, word: str) -> bool:
    """Whether what stands on either side allows the word to stand twice."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return any(
        (not left or (_is_of(before, left) and not (left == _ANY and before in _NO_COMPOUND)))
        and (not right or _is_of(after, right))
        for left, right in _rightly_doubled().get(word, ())
    )


def _is_of(sign: str, signs: str) -> bool:
    """Whether it is a Chinese sign, and one of those; `*` is any of them."""
    return bool(_CHINESE.match(sign)) and (signs == _ANY or sign in signs)


def _is_pair_of_doubles(text: str, start: int, end: int) -> bool:
    """方方面面, 家家户户: either half of it."""
    follows, precedes = text[end : end + 2], text[max(0, start - 2) : start]
    return any(len(two) > 1 and two[0] == two[1] and _CHINESE.match(two) for two in (follows, precedes))


@cache
def _rightly_doubled() -> dict[str, list[tuple[str, str]]]:
    """The words of the file, each with what must stand before and after it: `*` is any sign, where nothing is said all is right."""
    words: dict[str, list[tuple[str, str]]] = {}
    for row in shipped_rows("words", "doubled.csv"):
        words.setdefault(row["word"], []).append((row["before"], row["after"]))
    return words
