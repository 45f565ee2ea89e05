"""Reasons and purposes under the wrong code: what they speak of is another code's money.

What a 科目 is about are the words of its name and of those above it, and its topics (`topic` in
`schema/codes/meanings.csv`): 住房公积金 is 221, not 208.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from discgen.codes.dictionary import CLASS_DIGITS, Classification, Dictionary
from discgen.codes.meanings import values_of
from discgen.diagnostics import Diagnostic, warning
from discgen.model.prose import Prose
from discgen.rules.case import Case
from discgen.rules.passages import CHINESE

_FUNCTION, _ECONOMIC = Classification.FUNCTION, Classification.DEPARTMENT_ECONOMIC
_LEAD = 2
"""By as many words another code must fit better: one may be shared by chance."""
_PAIR = re.compile(rf"(?=([{CHINESE}]{{2}}))")
_SPECIFIC = 4
"""A name of fewer signs is a common word."""


def texts_are_about_their_code(case: Case) -> Iterator[Diagnostic]:
    """P042: a reason or a purpose speaks of the money of its own code, not of another's alone."""
    narrative, names = case.disclosure.narrative, case.disclosure.dictionaries[_FUNCTION]
    codes = _codes(case)
    for code, prose in narrative.reasons_by_code.items():
        if code in names:
            yield from _misplaced(prose, code, _topics_of_another(prose.typed, code, names, codes), names)
    written = [code for code in narrative.purposes if code in names]
    for code in written:
        prose = narrative.purposes[code]
        other = _topics_of_another(prose.typed, code, names, codes) or other_code(prose.typed, code, names, written)
        yield from _misplaced(prose, code, other, names)
    yield from _items(case)


def _codes(case: Case) -> frozenset[str]:
    """The classes that the document speaks of one by one."""
    groups = [group for group in (case.form.code_reasons, case.form.large_code_changes, case.form.purposes) if group]
    return frozenset(part.key[:CLASS_DIGITS] for group in groups for part in case.book.group(group) if part.value)


def _misplaced(prose: Prose, code: str, other: str, names: Dictionary) -> Iterator[Diagnostic]:
    if other:
        said = f"{code}{names.name(code)}下写的“{prose.text[:20]}”，说的是{other}{names.name(other)}"
        yield warning(
            "P042", said, prose.place, "核对是不是与另一个编码换错了；没有换错的，写出这个科目的钱用在哪里、为什么增减"
        )


def _topics_of_another(text: str, code: str, names: Dictionary, codes: frozenset[str]) -> str:
    """The class whose topics a text names while it names none of its own; empty where there is none."""
    topics = {one: (*words, names.name(one)) for one, words in values_of(_FUNCTION, "topic").items() if one in names}
    topics |= {one: (names.name(one),) for one in codes if one not in topics and one in names}
    own = code[:CLASS_DIGITS]
    if own in names and any(word in text for word in (*topics.get(own, ()), names.name(own), names.name(code))):
        return ""
    spoken = [one for one, words in topics.items() if one != own and any(word in text for word in words)]
    return spoken[0] if len(spoken) == 1 and (own in topics or spoken[0] in codes) else ""


def other_code(text: str, code: str, names: Dictionary, written: Iterable[str]) -> str:
    """The code, of those that purposes are written for, that a text fits better; or one it is the very name of."""
    own = len(_pairs(text) & _words_of(code, names))
    fit = {other: len(_pairs(text) & _words_of(other, names)) for other in _candidates(text, code, written)}
    best = max(fit.values(), default=0)
    if best >= own + _LEAD:
        return next(other for other, score in fit.items() if score == best)
    of_all = () if own or len(text) < _SPECIFIC else names.names
    called = [other for other in (*fit, *of_all) if names.name(other) == text != names.name(code)]
    return called[0] if len(set(called)) == 1 else ""


def _candidates(text: str, code: str, written: Iterable[str]) -> Iterator[str]:
    """Other codes that may be meant; of the code's own class where the text names a topic of it (职工医疗保险缴费 is 210's)."""
    own = code[:CLASS_DIGITS]
    is_of_own = any(word in text for word in values_of(_FUNCTION, "topic").get(own, ()))
    yield from (one for one in written if one != code and (one.startswith(own) or not is_of_own))


def _words_of(code: str, names: Dictionary) -> set[str]:
    return {pair for above in _FUNCTION.ancestry(code) if above in names for pair in _pairs(names.name(above))}


def _pairs(text: str) -> set[str]:
    """Every two Chinese signs that stand together."""
    return {found[1] for found in _PAIR.finditer(text)}


def _items(case: Case) -> Iterator[Diagnostic]:
    """A reason of one of the “三公” that speaks of another of them alone."""
    topics = _topics_of_items()
    facts = {**case.form.large_changes, **case.form.reasons}
    for key, prose in case.disclosure.narrative.reasons.items():
        source, _, item = facts.get(key, "").partition(".")
        if source != "three_public" or item not in topics or any(word in prose.typed for word in topics[item]):
            continue
        for other, words in topics.items():
            said = next((word for word in words if word in prose.typed), "")
            if said and words != topics[item]:
                told = f"{case.book.this(facts[key]).title}的原因只说“{said}”"
                yield warning(
                    "P042",
                    told,
                    prose.place,
                    f"核对是不是与{case.book.this(f'three_public.{other}').title}的原因换错了",
                )
                break


def _topics_of_items() -> Mapping[str, set[str]]:
    items: dict[str, set[str]] = {}
    for code, values in values_of(_ECONOMIC, "item").items():
        for item in values:
            items.setdefault(item, set()).update(values_of(_ECONOMIC, "topic").get(code, ()))
    return items
