"""Prose beside the figures: amounts are cited and not typed, and a change has its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from discgen.diagnostics import Diagnostic, error, warning
from discgen.ledger.facts import STAGE_NAMES
from discgen.model.evaluation import Evaluation
from discgen.model.line import total
from discgen.model.prose import Prose
from discgen.money import YUAN_PER_UNIT, YUAN_PER_WORD, ZERO, percent
from discgen.rules.case import Case
from discgen.rules.misdirected import only_direction

_TYPED = re.compile(
    r"(?<![\d.,])(\d[\d,，]*(?:\.\d+)?)\s*(亿|万)?(?:余|多)?元(?!（含）|以上|以下)|[￥¥]\s*(\d[\d,，]*)"
)
"""A figure with its unit; a threshold (50万元以上) is no budget figure."""
_PRICE_BEFORE = re.compile(r"(?:每|单价|均价|人均|平均|标准[由从为是]|标准不[超高低][过于])[^，。；]*$|各$")
_PRICE_AFTER = re.compile(r"的?标准|[/／每]")
"""What makes a figure a price or a rate of pay (每人每月50元, 400元/人): no budget figure either."""
_OTHER_MONEY = re.compile(r"(?:总投资|合同|中标|概算|累计|固定资产|资产总额|原值)[^，。；]*$")
"""What has amounts that are not of this year's budget or accounts."""
_WINDOW = 100
"""As many signs before a figure are looked at for what it is of."""
_EXAMPLE = "change.income.total"


def amounts_are_cited(case: Case) -> Iterator[Diagnostic]:
    """P004, P005: an amount typed in prose is wrong where it matches no fact, and fragile where it does.

    It matches where some fact, as the form shows it, is that number. A goal sheet and a report may
    also speak of their own funds, the narrative of those of each project. Of these, what no
    expression can cite may be typed: it is wrong, and found, as soon as it does not match. Of facts
    that are the same, a reason is told of one of its own subject.
    """
    facts = _shown_facts(case)
    shown = _read_as(case, facts)
    disclosure = case.disclosure
    known = _read_as(case, ((total(one.lines), "") for one in disclosure.projects))
    known |= _read_as(case, ((one.executed, "") for one in disclosure.evaluations))
    for prose in disclosure.narrative.texts():
        subject = _subject(case, prose)
        own = _read_as(case, ((amount, name) for amount, name in facts if subject and subject in name.split(".")))
        yield from _typed(prose, known | shown | own)
    for evaluation in disclosure.evaluations:
        own = _read_as(case, _funds(evaluation))
        for prose in evaluation.texts():
            yield from _typed(prose, shown | own)
    for project in disclosure.projects:
        own = _read_as(case, [(total(project.lines), "annual")])
        for prose in project.statement.values():
            yield from _typed(prose, shown | own)
    for _, sheet in disclosure.goal_sheets():
        own = _read_as(case, [(sheet.whole_period.total, "whole_period"), (sheet.annual.total, "annual")])
        for prose in sheet.texts():
            yield from _typed(prose, shown | own)


def _funds(evaluation: Evaluation) -> Iterator[tuple[Decimal, str]]:
    """The amounts of a report, each with the name by which its prose may cite it, if there is one."""
    for row in evaluation.spending:
        yield from ((amount, "") for amount in (row.requested, row.approved, row.adjusted, row.executed))
    yield sum((row.requested for row in evaluation.spending), ZERO), ""
    yield sum((row.approved for row in evaluation.spending), ZERO), ""
    yield evaluation.adjusted, "adjusted"
    yield evaluation.executed, "executed"


def _typed(prose: Prose, shown: Mapping[Decimal, str]) -> Iterator[Diagnostic]:
    typed = prose.typed
    for match in _TYPED.finditer(typed):
        if _is_price(typed, match):
            continue
        value = Decimal((match[1] or match[3]).replace(",", "").replace("，", ""))
        name = shown.get((value * YUAN_PER_WORD[f"{match[2] or ''}元"]).normalize())
        if name is None:
            yield _unmatched(prose, match, _EXAMPLE if "annual" not in shown.values() else "annual")
        elif name:
            said = f"文字里手写了金额{match[0]}，数变了它不会跟着变"
            unit = "万元" if match[2] else "元"
            yield warning("P005", said, prose.at_typed(match.start()), f"改成 {{{{ {name} | {unit} }}}}")


def _unmatched(prose: Prose, figure: re.Match[str], example: str) -> Diagnostic:
    place, said = prose.at_typed(figure.start()), f"文字里手写了金额{figure[0]}，与任何数都对不上"
    if _OTHER_MONEY.search(figure.string[max(0, figure.start() - _WINDOW) : figure.start()]):
        return warning(
            "P004", said, place, "合同、总投资和资产的金额不在本文件里，核对原件；是本年预算、决算的，改成表达式"
        )
    return error("P004", said, place, f"改成表达式，例如 {{{{ {example} | 万元 }}}}，或删去")


def _is_price(text: str, figure: re.Match[str]) -> bool:
    return bool(
        _PRICE_BEFORE.search(text[max(0, figure.start() - _WINDOW) : figure.start()])
        or _PRICE_AFTER.match(text, figure.end())
    )


def _subject(case: Case, prose: Prose) -> str:
    """What the change is of that a text with an amount is the reason for (three_public); empty for any other text."""
    section, *keys = prose.place.path
    if section != "reasons" or not keys or not _TYPED.search(prose.typed):
        return ""
    facts = {**case.form.large_changes, **case.form.reasons}
    return facts.get(str(keys[0]), "").partition(".")[0]


def _shown_facts(case: Case) -> list[tuple[Decimal, str]]:
    """元 that a reader may see as a figure, each with the fact's name, the foremost fact last."""
    found = []
    for name in case.book.catalogue.facts:
        stages = (case.book.at(stage, name) for stage in STAGE_NAMES)
        facts = (case.book.this(name), case.book.prior(name), case.book.change(name), *stages)
        found += [(abs(fact.value), fact.name) for fact in facts if fact.value]
    return found[::-1]


def _read_as(case: Case, amounts: Iterable[tuple[Decimal, str]]) -> dict[Decimal, str]:
    """What amounts in 元 are read as, exact or rounded to the form's places, with their names; a later one prevails."""
    style = case.form.numbers["text"]
    values: dict[Decimal, str] = {}
    for amount, name in amounts:
        values[(style.rounded(amount) * YUAN_PER_UNIT[style.unit]).normalize()] = name
        values[amount.normalize()] = name
    return values


def changes_have_reasons(case: Case) -> Iterator[Diagnostic]:
    """P006, P007: the form tells the reason of a change; there is one for each change, and none without."""
    narrative, book = case.disclosure.narrative, case.book
    yield from _reasoned(case, case.form.reasons, narrative.reasons, "reasons")
    if case.form.code_reasons:
        names = {part.key: part.name for part in book.group(case.form.code_reasons)}
        yield from _reasoned(case, names, narrative.reasons_by_code, "reasons_by_code")


def _reasoned(case: Case, names: Mapping[str, str], reasons: Mapping[str, Prose], section: str) -> Iterator[Diagnostic]:
    """`names` are the facts whose changes the section accounts for, by its keys."""
    changes = {key: _shown_change(case, name) for key, name in names.items()}
    titles = {key: case.book.this(name).title for key, name in names.items()}
    about = {
        key: f"{titles[key]}{'增加' if change > 0 else '减少'}的主要原因是"
        for key, change in changes.items()
        if change and key not in reasons
    }
    unit, hint = case.form.numbers["text"].unit, case.to_add(section, about, reasons)
    for key, change in changes.items():
        if change and key in about:
            said = f"{titles[key]}比上年{'增加' if change > 0 else '减少'}{abs(change):,f}{unit}，没有写原因"
            yield error("P006", said, case.disclosure.narrative.place, hint)
        elif not change and key in reasons and case.book.this(names[key]).value is not None:
            yield from _without_change(case, titles[key], reasons[key], is_known=change is not None)


def _without_change(case: Case, title: str, reason: Prose, *, is_known: bool) -> Iterator[Diagnostic]:
    """A figure that stayed as it was may be explained, but not by what would have changed it."""
    if not is_known:
        said = f"{title}没有上年数，写的原因不会印出"
        yield warning("P007", said, reason.place, "删去这一行，或补上上年数")
        return
    way = next(filter(None, (only_direction(reason.typed, case.disclosure.year, up=up) for up in (True, False))), "")
    if way:
        said = f"{title}与上年持平，原因却说“{way}”"
        yield warning("P007", said, reason.place, "写为什么不变，或删去这一行；确有增减的，核对上年数和本年数")


def money_has_purposes(case: Case) -> Iterator[Diagnostic]:
    """P009: the form says of every 科目 what its money is mainly for."""
    if not case.form.purposes:
        return
    narrative = case.disclosure.narrative
    parts = case.book.group(case.form.purposes)
    missing = {part.key: part.title for part in parts if part.value and part.key not in narrative.purposes}
    hint = case.to_add("purposes", {key: f"{title}主要用于" for key, title in missing.items()}, narrative.purposes)
    for key, title in missing.items():
        yield error("P009", f"{key}{title}没有写主要用于什么", narrative.purposes_place, hint)
    for key in narrative.purposes.keys() - {part.key for part in parts}:
        yield warning("P010", f"{key}没有钱，写的用途不会印出", narrative.purposes[key].place, "删去这一行，或改正编码")


def _shown_change(case: Case, name: str) -> Decimal | None:
    """The change as the form shows it; None where last year is not known."""
    change = case.book.change(name).value
    return None if change is None else case.form.numbers["text"].rounded(change)


_RATE = re.compile(r"(?:增长|增加|上升|提高|下降|减少|降低|压减)(?:了|约)?([0-9]+(?:\.[0-9]+)?)[%％]")


def rates_are_cited(case: Case) -> Iterator[Diagnostic]:
    """P027: a rate of change typed in the narrative that is just that of a fact will not follow it."""
    rates: dict[Decimal, str] = {}
    for prose in case.disclosure.narrative.texts():
        for match in _RATE.finditer(prose.typed):
            rates = rates or _rates(case)
            name = rates.get(Decimal(match[1]).normalize())
            if name:
                said = f"文字里手写了{match[0]}，正是{case.book.this(name).title}的幅度，数变了它不会跟着变"
                yield warning(
                    "P027", said, prose.at_typed(match.start()), f"改成 {{{{ {name} | versus_prior }}}}，或删去"
                )


def _rates(case: Case) -> dict[Decimal, str]:
    """The sizes of all changes in hundredths, as the form shows them, by the fact's name."""
    rates: dict[Decimal, str] = {}
    for name in case.book.catalogue.facts:
        change, before = case.book.change(name).value, case.book.prior(name).value
        rate = percent(abs(change), before) if change and before and before > 0 else None
        if rate:
            shown = Decimal(case.form.percent.show(rate).rstrip("%"))
            rates.setdefault(shown.normalize(), name)
    return rates
