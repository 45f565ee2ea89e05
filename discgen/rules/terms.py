"""Official terms that are off by one sign: 国有资金经营预算 for 国有资本经营预算, 卫生与健康支出 for 卫生健康支出.

Terms are the names of the year's 科目 and `schema/words/terms.csv`. The sign in question stands inside the term, since at
its ends nobody can tell where a word begins; phrases that are words of their own are named in the same file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from discgen.diagnostics import Diagnostic, warning
from discgen.resources import shipped_rows
from discgen.rules.case import Case
from discgen.rules.passages import BLANKED, CHINESE, texts_and_labels

_LONG = 6
"""From this length on a 科目 is no common word: 办公经费 and 办公费 are both said, 国有资金经营预算 is not."""
_KEY = {True: 3, False: 2}
"""As many signs at the beginning or the end of a long or a short term lead to it."""
_TITLES = re.compile("《[^《》]*》")
_WORDS = re.compile(rf"[{CHINESE}（）]+")
_SERVICES = ("服务", "业务", "事务", "任务")
"""Where 事务 of a 科目 is another word: 市场监督管理服务."""
_JOINS = "的了"
"""What may be said in between: 机关的商品和服务支出."""
_OTHER_BEGINNINGS = ("其中", "其余")


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms by the signs that they begin and end with."""

    names: frozenset[str]
    heads: Mapping[str, list[str]] = field(default_factory=dict)
    tails: Mapping[str, list[str]] = field(default_factory=dict)


def terms_are_as_they_are_called(case: Case) -> Iterator[Diagnostic]:
    """P041: no phrase is an official term but for one sign that is wrong, missing, too many or changed over."""
    known = frozenset(name for one in case.disclosure.dictionaries.values() for name in one.names.values())
    terms = _terms(frozenset(name for name in known if len(name) >= _LONG))
    allowed = known | terms.names | _fixed_words("不是错")
    for one in texts_and_labels(case):
        bare = _TITLES.sub(lambda title: BLANKED * len(title[0]), one.judged)
        for start, end, term in near_terms(bare, terms, allowed):
            written = bare[start:end]
            said = f"“{one.around(start, end)}”里的“{written}”像是“{term}”写错了"
            yield warning("P041", said, one.at(start), f"核对后改成“{term}”；本来如此的，换一种说法")


def near_terms(text: str, terms: _Terms, allowed: Iterable[str]) -> list[tuple[int, int, str]]:
    """From where to where a phrase is a term but for a sign, and the term; of those that overlap, the longest."""
    found = {
        (start, end, term)
        for start, end, term in _candidates(text, terms)
        if _is_near(text[start:end], term) and not _is_within(text, start, end, term, allowed)
    }
    told: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end, term in sorted(found, key=lambda one: (one[0] - one[1], one)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            told.append((start, end, term))
    return sorted(told)


def _candidates(text: str, terms: _Terms) -> Iterator[tuple[int, int, str]]:
    for length in _KEY.values():
        for at in range(len(text) - length + 1):
            key = text[at : at + length]
            for term in terms.heads.get(key, ()):
                yield from ((at, at + size, term) for size in _sizes(term) if at + size <= len(text))
            for term in terms.tails.get(key, ()):
                end = at + length
                yield from ((end - size, end, term) for size in _sizes(term) if size <= end)


def _sizes(term: str) -> tuple[int, int, int]:
    return len(term) - 1, len(term), len(term) + 1


def _is_near(written: str, term: str) -> bool:
    """Whether exactly one sign inside is another, lacks, is too many, or has changed places with the next."""
    if written == term or written[0] != term[0] or written[-1] != term[-1] or not _WORDS.fullmatch(written):
        return False
    at = next((at for at, (one, other) in enumerate(zip(written, term, strict=False)) if one != other), -1)
    if len(written) == len(term):
        swapped = term[:at] + term[at + 1 : at + 2] + term[at] + term[at + 2 :]
        return written[at + 1 :] == term[at + 1 :] or written == swapped
    if len(written) < len(term):
        return written[at:] == term[at + 1 :]
    return written[at + 1 :] == term[at:] and written[at] not in _JOINS


def _is_within(text: str, start: int, end: int, term: str, allowed: Iterable[str]) -> bool:
    """Whether the phrase is a word of its own, or belongs to one that is in order."""
    written = text[start:end]
    if text[end : end + 1] and written == term[:-2] + term[-1] and _WORDS.match(text, end):
        return True  # 基础设施+设计 is no 基础设施建设
    if written in allowed or written.startswith(_OTHER_BEGINNINGS):
        return True
    if term.endswith(("事务", "业务", "服务")) and written.endswith(_SERVICES):
        return True
    around = text[max(0, start - _LONG) : end + _LONG]
    return any(written in word and word in around for word in allowed)


def _terms(names: frozenset[str]) -> _Terms:
    terms = names | _fixed_words("固定用语")
    heads: dict[str, list[str]] = {}
    tails: dict[str, list[str]] = {}
    for term in sorted(terms):
        length = _KEY[len(term) >= _LONG]
        heads.setdefault(term[:length], []).append(term)
        tails.setdefault(term[-length:], []).append(term)
    return _Terms(terms, heads, tails)


@cache
def _fixed_words(kind: str) -> frozenset[str]:
    return frozenset(row["term"] for row in shipped_rows("words", "terms.csv") if row["kind"] == kind)
