"""Prose beside the figures: amounts are cited and not typed, and a change has its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, error, warning
from discgen.model.disclosure import Disclosure
from discgen.model.prose import Prose
from discgen.money import YUAN_PER_UNIT
from discgen.rules.case import Case

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TYPED = re.compile(r"(?<![\d.,])(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|元)(?!（含）|以上|以下|以内)")
"""A threshold (50万元以上) is no budget figure."""
_UNITS = {**YUAN_PER_UNIT, "亿元": Decimal(100_000_000)}


def amounts_are_cited(case: Case) -> Iterator[Diagnostic]:
    """P004, P005: an amount typed in prose is wrong where it matches no fact, and fragile where it does.

    It matches where some fact, as the form shows it, is that number.
    """
    shown = _shown_values(case)
    for prose in _all_prose(case.disclosure):
        for number, unit in _TYPED.findall(_EXPRESSION.sub("", prose.text)):
            value = Decimal(number.replace(",", "").replace("，", ""))
            name = shown.get((value * _UNITS[unit]).normalize())
            if name is None:
                said = f"文字里手写了金额{number}{unit}，与任何数都对不上"
                yield error("P004", said, prose.place, "改成表达式，例如 {{ change.income.total | 万元 }}，或删去")
            else:
                said = f"文字里手写了金额{number}{unit}，数变了它不会跟着变"
                yield warning(
                    "P005", said, prose.place, f"改成 {{{{ {name} | {unit if unit in YUAN_PER_UNIT else '万元'} }}}}"
                )


def _shown_values(case: Case) -> dict[Decimal, str]:
    """元 that a reader may see as a figure, exact or rounded to the form's places of 万元, by the fact's name."""
    style = case.form.numbers["text"]
    values: dict[Decimal, str] = {}
    for name in case.book.catalogue.facts:
        for fact in (case.book.this(name), case.book.prior(name), case.book.change(name)):
            if fact.value:
                size = abs(fact.value)
                values.setdefault(size.normalize(), fact.name)
                values.setdefault((style.rounded(size) * YUAN_PER_UNIT[style.unit]).normalize(), fact.name)
    return values


def _all_prose(disclosure: Disclosure) -> Iterator[Prose]:
    narrative = disclosure.narrative
    yield from narrative.duties
    yield from narrative.reasons.values()
    yield from narrative.notes.values()
    for project in disclosure.projects:
        yield from project.goal_sheet.texts()


def changes_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """P006, P007: the form tells the reason of a change; there is one for each change, and none without."""
    reasons = case.disclosure.narrative.reasons
    for key, name in case.form.reasons.items():
        change = _shown_change(case, name)
        title = case.book.catalogue.facts[name].title
        if change and key not in reasons:
            unit = case.form.numbers["text"].unit
            said = f"{title}比上年{'增加' if change > 0 else '减少'}{abs(change):,f}{unit}，没有写原因"
            hint = f"在narrative.yaml的reasons下加一行：{key}: ……"
            yield error("P006", said, case.disclosure.narrative.place, hint)
        elif change == 0 and key in reasons:
            hint = "持平的不写原因，删去这一行"
            yield warning("P007", f"{title}与上年持平，却写了增减原因", reasons[key].place, hint)


def _shown_change(case: Case, name: str) -> Decimal | None:
    """The change as the form shows it; None where last year is not known."""
    change = case.book.change(name).value
    return None if change is None else case.form.numbers["text"].rounded(change)
