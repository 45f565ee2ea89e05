"""文字 (P): amounts, percentages, counts and days that are typed in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from discgen.diagnostics import Diagnostic, error, warning
from discgen.ledger.facts import BUDGET_STAGES, FactBook
from discgen.model.evaluation import Evaluation
from discgen.model.line import Fund, Nature, UnitKind, total
from discgen.model.prose import Prose
from discgen.money import YUAN_PER_UNIT, YUAN_PER_WORD, ZERO, NumberStyle, percent, round_half_up
from discgen.phrases import chinese_number
from discgen.rules.case import Case, texts_and_labels
from discgen.rules.registry import finding, rule

_TYPED = re.compile(
    r"(?<![\d.,])(\d[\d,，]*(?:\.\d+)?)\s*(亿|万)?(?:余|多)?元(?!（含）|及?以[上下])|[￥¥]\s*(\d[\d,，]*)"
)
"""A figure with its unit; a threshold (50万元以上) is no budget figure."""
_PRICE_BEFORE = re.compile(r"(?:每|单价|均价|人均|平均|标准[由从为是]|标准不[超高低][过于])[^，。；]*$|各$")
_PRICE_AFTER = re.compile(r"的?标准|[/／每]")
"""What makes a figure a price or a rate of pay (每人每月50元, 400元/人): no budget figure either."""
_OTHER_MONEY = re.compile(r"(?:总投资|合同|中标|概算|累计|固定资产|资产总额|原值)[^，。；]*$")
"""What has amounts that are not of this year's budget or accounts."""
_BEFORE_AMOUNT = 100
"""How many characters before a figure are searched for what it is about."""
_EXAMPLE = "change.income.total"


@rule("P004", "P005")
def amounts_are_cited(case: Case) -> Iterator[Diagnostic]:
    """P004, P005: an amount typed in prose is wrong where it matches no fact, and fragile where it does.

    It matches where some fact, as the form shows it, is that number. A goal sheet and a report may
    also speak of their own funds, the narrative of those of each project. Of these, what no
    expression can cite may be typed: it is wrong, and reported, as soon as it does not match. Of facts
    that are the same, a reason is referred to a fact of its own subject.
    """
    facts, style = shown_facts(case.book), case.form.numbers["text"]
    shown = read_as(style, facts)
    disclosure = case.disclosure
    known = read_as(style, ((total(item.lines), "") for item in disclosure.projects))
    known |= read_as(style, ((item.executed, "") for item in disclosure.evaluations))
    for prose in disclosure.narrative.texts():
        subject = _subject(case, prose)
        own = read_as(style, ((amount, name) for amount, name in facts if subject and subject in name.split(".")))
        yield from _typed(prose, known | shown | own)
    for evaluation in disclosure.evaluations:
        own = read_as(style, _funds(evaluation))
        for prose in evaluation.texts():
            yield from _typed(prose, shown | own)
    for project in disclosure.projects:
        own = read_as(style, [(total(project.lines), "annual")])
        for prose in project.statement.values():
            yield from _typed(prose, shown | own)
    for _, sheet in disclosure.goal_sheets():
        own = read_as(style, [(sheet.whole_period.total, "whole_period"), (sheet.annual.total, "annual")])
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


class TypedAmount(Struct, frozen=True):
    """An amount that is written in a text: its figures with their unit, where they begin, and what they are in 元."""

    text: str
    start: int
    yuan: Decimal
    unit: str
    """The unit that an expression in its place shows: 元 or 万元."""
    is_of_others: bool
    """Whether the words before it say that it is no amount of this year's budget or accounts: a contract's."""


def typed_amounts(text: str) -> Iterator[TypedAmount]:
    """The amounts written in a text, but prices and rates of pay."""
    for match in _TYPED.finditer(text):
        if not _is_price(text, match):
            value = Decimal((match[1] or match[3]).replace(",", "").replace("，", ""))
            before = text[max(0, match.start() - _BEFORE_AMOUNT) : match.start()]
            yuan = value * YUAN_PER_WORD[f"{match[2] or ''}元"]
            unit = "万元" if match[2] else "元"
            yield TypedAmount(match[0], match.start(), yuan, unit, bool(_OTHER_MONEY.search(before)))


def _typed(prose: Prose, shown: Mapping[Decimal, str]) -> Iterator[Diagnostic]:
    for amount in typed_amounts(prose.typed):
        name = shown.get(amount.yuan.normalize())
        if name is None:
            yield _unmatched(prose, amount, _EXAMPLE if "annual" not in shown.values() else "annual")
        elif name:
            message = f"文字里手写了金额{amount.text}，数变了它不会跟着变"
            yield finding("P005", message, prose.at_typed(amount.start), f"改成 {{{{ {name} | {amount.unit} }}}}")


def _unmatched(prose: Prose, amount: TypedAmount, example: str) -> Diagnostic:
    place, message = prose.at_typed(amount.start), f"文字里手写了金额{amount.text}，与任何数都对不上"
    if amount.is_of_others:
        return warning(
            "P004", message, place, "合同、总投资和资产的金额不在本文件里，核对原件；是本年预算、决算的，改成表达式"
        )
    return error("P004", message, place, f"改成表达式，例如 {{{{ {example} | 万元 }}}}，或删去")


def _is_price(text: str, figure: re.Match[str]) -> bool:
    return bool(
        _PRICE_BEFORE.search(text[max(0, figure.start() - _BEFORE_AMOUNT) : figure.start()])
        or _PRICE_AFTER.match(text, figure.end())
    )


def _subject(case: Case, prose: Prose) -> str:
    """The fact whose change a text with an amount explains (three_public); empty for any other text."""
    section, *keys = prose.place.path
    if section != "reasons" or not keys or not _TYPED.search(prose.typed):
        return ""
    facts = {**case.form.large_changes, **case.form.reasons}
    return facts.get(str(keys[0]), "").partition(".")[0]


def shown_facts(book: FactBook) -> list[tuple[Decimal, str]]:
    """Amounts in 元 that a reader may see, each with its fact's name, the most important fact last."""
    shown = []
    for name in book.catalogue.facts:
        stages = (book.at(stage, name) for stage in BUDGET_STAGES)
        facts = (book.this(name), book.prior(name), book.change(name), *stages)
        shown += [(abs(fact.value), fact.name) for fact in facts if fact.value]
    return shown[::-1]


def read_as(style: NumberStyle, amounts: Iterable[tuple[Decimal, str]]) -> dict[Decimal, str]:
    """Names by amount, exact and rounded as a style shows it; a later amount replaces an earlier equal."""
    values: dict[Decimal, str] = {}
    for amount, name in amounts:
        values[(style.rounded(amount) * YUAN_PER_UNIT[style.unit]).normalize()] = name
        values[amount.normalize()] = name
    return values


_TYPED_RATE = re.compile(r"(?:增长|增加|上升|提高|下降|减少|降低|压减)(?:了|约)?([0-9]+(?:\.[0-9]+)?)[%％]")


@rule("P027")
def rates_are_cited(case: Case) -> Iterator[Diagnostic]:
    """P027: a rate of change typed in the narrative that is just that of a fact will not follow it."""
    rates: dict[Decimal, str] = {}
    for prose in case.disclosure.narrative.texts():
        for match in _TYPED_RATE.finditer(prose.typed):
            rates = rates or _rates_by_size(case)
            name = rates.get(Decimal(match[1]).normalize())
            if name:
                message = f"文字里手写了{match[0]}，正是{case.book.this(name).title}的幅度，数变了它不会跟着变"
                yield finding(
                    "P027", message, prose.at_typed(match.start()), f"改成 {{{{ {name} | versus_prior }}}}，或删去"
                )


def _rates_by_size(case: Case) -> dict[Decimal, str]:
    """The names of facts by the size of their change in hundredths, as the form shows it."""
    rates: dict[Decimal, str] = {}
    for name in case.book.catalogue.facts:
        change, before = case.book.change(name).value, case.book.prior(name).value
        rate = percent(abs(change), before) if change and before and before > 0 else None
        if rate:
            shown = Decimal(case.form.percent.show(rate).rstrip("%"))
            rates.setdefault(shown.normalize(), name)
    return rates


_BEGINNING = r"(?:^|(?<=[。；;\n]))(?:其中[，：]?)?(?:本年度?|今年|本部门|部门)*"
_SAME = r"(?:支出|预算|决算|总额|总计|合计|数)*"
"""What may follow the name of a figure without making it another."""
_RATE = rf"{_SAME}(?:同比|[比较与同](?:上年|去年)(?:度|数|同期)*(?:相比)?[，,]?)(?:增长|增加|下降|减少)了?"
_SHARE = rf"{_SAME}占(?:本年|全部|部门)*(?:总支出|支出)(?:预算|决算|总额|总计|合计)?的?"
_FIGURE = r"(?P<typed>\d+(?:\.\d+)?)[%％](?!以[上下内]|左右|的(?:要求|比例|目标))"
_PARTS = (Nature.BASIC, Nature.PROJECT)
_WHOLE_PERCENT = "支出总计"


@rule("P037")
def percentages_are_right(case: Case) -> Iterator[Diagnostic]:
    """P037: a percentage typed of a figure is one that the figure has."""
    for prose in case.disclosure.narrative.texts():
        if "%" in prose.typed or "％" in prose.typed:
            yield from _rates(case, prose)
            yield from _shares(case, prose)


def _rates(case: Case, prose: Prose) -> Iterator[Diagnostic]:
    for name, title in _compared(case).items():
        rate = rate_of_change(case, name)
        subject = re.escape(title.removesuffix("总计").removesuffix(Fund.GENERAL.label))
        for match in re.finditer(f"{_BEGINNING}{subject}{_RATE}{_FIGURE}", prose.typed):
            every = (rate_of_change(case, other) for other in case.book.catalogue.facts)
            if rate is not None and not any(_reads_as(known, match["typed"]) for known in every):
                yield _wrong(prose, match, f"{title}的幅度是{case.form.percent.show(rate)}", name)


def _compared(case: Case) -> dict[str, str]:
    """The figures that the form compares with last year, by name with their titles."""
    names = (*case.form.reasons.values(), *case.form.large_changes.values())
    return {name: case.book.this(name).title for name in names}


def rate_of_change(case: Case, name: str) -> Decimal | None:
    """The change of a fact in hundredths of last year; None where last year is unknown or zero."""
    change, before = case.book.change(name).value, case.book.prior(name).value
    return percent(abs(change), before) if change is not None and before and before > 0 else None


def _shares(case: Case, prose: Prose) -> Iterator[Diagnostic]:
    for title in (nature.label for nature in _PARTS):
        for match in re.finditer(f"{_BEGINNING}{title}{_SHARE}{_FIGURE}", prose.typed):
            shares = [share for share in _every_share(case, title) if share is not None]
            if shares and not any(_reads_as(share, match["typed"]) for share in shares):
                known = "、".join(dict.fromkeys(map(case.form.percent.show, shares)))
                yield _wrong(prose, match, f"{title}占支出{known}", "")


def _every_share(case: Case, title: str) -> Iterator[Decimal | None]:
    """The shares of the facts with this title in those that are called all expenditure."""
    facts = [case.book.this(name) for name in case.book.catalogue.facts]
    parts = [fact.value for fact in facts if fact.title == title and fact.value is not None]
    wholes = [fact.value for fact in facts if fact.title == _WHOLE_PERCENT and fact.value is not None]
    return (percent(part, whole) for part in parts for whole in wholes)


def _reads_as(value: Decimal | None, typed: str) -> bool:
    return value is not None and round_half_up(value, len(typed.partition(".")[2])) == Decimal(typed)


def _wrong(prose: Prose, match: re.Match[str], known: str, name: str) -> Diagnostic:
    message = f"文字里手写了“{match[0]}”，{known}"
    hint = f"核对后改成 {{{{ {name} | versus_prior }}}}，或删去" if name else "核对后改正，或删去"
    return finding("P037", message, prose.at_typed(match.start()), hint)


_CHANGE = re.compile(
    r"(?:^|(?<=[，。、；]))(?:本年度?|今年)?(?:同比|[比较与](?:上年|去年)(?:度|数|同期)*(?:相比)?[，,]?)"
    r"(?:增长|增加|上升|提高|下降|减少|降低|压减)了?约?(?P<typed>\d+(?:\.\d+)?)[%％]"
)
"""A change without a subject of its own: it belongs to the money that the clause is about."""
_OTHER_SUBJECT = re.compile(
    "基数|标准|比例|比率|费率|单价|价格|人数|人员(?:数|规模)|人员(?!经费|支出)(?=[，。；、]|[^，。；]{0,3}[增减多少升降])|数量|件|次数|人次|批次|面积|工资(?!福利)|水平|率"
)
_LAST_CLAUSE = re.compile("[^，。；]*[，。；、]?$")
"""What stands right before a change without a subject: what the sentence says earlier is about something else."""
_WINDOW = 100
"""How many characters of it are looked at."""
_NUMBER = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WHOLE = r"(?:共|共有|全部|全部的|合计|下设|下属|所属|内设|内设有|设有)"
_COUNTED = re.compile(
    rf"{_WHOLE}{_NUMBER}[个家](?:(?P<units>(?:预算|二级预算|基层预算|所属|下属|直属)?单位)"
    r"|(?P<offices>(?:职能)?[科股处]室|内设机构)|(?P<projects>(?:预算)?项目))"
)
_COUNTED_AFTER = re.compile(
    rf"(?:(?P<units>(?:下属|所属|预算|直属|二级预算|基层预算)单位)|(?P<offices>内设(?:机构|科室|股室|处室))|(?P<projects>预算项目))"
    rf"(?:[共合]?计|[共总]?[有为]|共){{0,2}}{_NUMBER}[个家](?![^，。；、）]*[中的内])"
)
_NAMES = {"units": "单位", "offices": "内设机构", "projects": "项目"}


@rule("P039")
def changes_are_known(case: Case) -> Iterator[Diagnostic]:
    """P039: a change in percent, typed in a reason or a purpose of the money itself, is one that the money had.

    Where last year is not known by code, any figure of the document will do.
    """
    narrative, form = case.disclosure.narrative, case.form
    names = {**form.large_changes, **form.reasons}
    groups = [group for group in (form.code_reasons, form.large_code_changes, form.purposes) if group]
    parts = {part.key: part.name for group in groups for part in case.book.group(group)}
    for key, prose in (
        *narrative.reasons.items(),
        *narrative.reasons_by_code.items(),
        *narrative.purposes.items(),
    ):
        typed = prose.typed
        for match in _CHANGE.finditer(typed):
            clause = _LAST_CLAUSE.search(typed, max(0, match.start() - _WINDOW), match.start())
            if clause is None or not _OTHER_SUBJECT.search(clause[0]):
                yield from _unknown(case, prose, match, names.get(key) or parts.get(key, ""))


def _unknown(case: Case, prose: Prose, match: re.Match[str], name: str) -> Iterator[Diagnostic]:
    own = rate_of_change(case, name) if name else None
    every = [own] if own is not None else [rate_of_change(case, fact) for fact in case.book.catalogue.facts]
    places = len(match["typed"].partition(".")[2])
    if any(rate is not None and round_half_up(rate, places) == Decimal(match["typed"]) for rate in every):
        return
    known = (
        f"，{case.book.this(name).title}的幅度是{case.form.percent.show(own)}"
        if own is not None
        else "，与任何数都对不上"
    )
    hint = f"核对后改成 {{{{ {name} | versus_prior }}}}，或删去" if own is not None else "核对后改正，或删去"
    yield finding("P039", f"文字里手写了“{match[0]}”{known}", prose.at_typed(match.start()), hint)


@rule("P040")
def counts_are_right(case: Case) -> Iterator[Diagnostic]:
    """P040: units, offices and projects that are counted as all there are (共3个单位, 内设15个科室) are so many."""
    known = {kind: counts for kind, counts in _counts(case).items() if counts}
    for prose in case.disclosure.narrative.texts():
        for match in (*_COUNTED.finditer(prose.typed), *_COUNTED_AFTER.finditer(prose.typed)):
            kind = next(name for name in _NAMES if match[name])
            number = _read(match["n"])
            if kind in known and number is not None and number not in known[kind]:
                there = "、".join(f"{count}个" for count in sorted(known[kind]))
                message = f"文字里手写了“{match[0]}”，本文件的{_NAMES[kind]}是{there}"
                yield finding("P040", message, prose.at_typed(match.start()), "核对个数")


def _counts(case: Case) -> Mapping[str, set[int]]:
    """What each may be counted as: units with or without the 机关, offices with or without centres, projects."""
    disclosure, stated = case.disclosure, case.disclosure.performance
    kinds = Counter(unit.kind for unit in disclosure.department.units)
    units, offices = kinds.total(), len(disclosure.narrative.offices)
    projects = {len(disclosure.projects), len(disclosure.evaluations)}
    return {
        "units": {units, units - 1, *kinds.values(), units - kinds[UnitKind.ADMINISTRATIVE]} - {0},
        "offices": {offices, offices + len(disclosure.narrative.centres)} - {0},
        "projects": (projects | ({stated.projects, stated.evaluated} if stated else set())) - {0},
    }


def _read(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    return next((count for count in range(1, 100) if chinese_number(count) == number.replace("两", "二")), None)


_DAY = re.compile(r"(?<!\d)(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")


_A_LEAP_YEAR = "2000"


_RANGE = re.compile(
    r"(?<!\d)(?P<from>20\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?|20\d{2}(?=[-—–~～至]{1,2}20\d{2}年))"
    r"(?:[-—–~～至]{1,2}|到)(?P<to>20\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?)"
)


@rule("P035")
def days_are_in_the_calendar(case: Case) -> Iterator[Diagnostic]:
    """P035: a day or a month that a text names exists; a month alone is judged after its year only (13月, 三个月)."""
    for passage in texts_and_labels(case):
        for match in _DAY.finditer(passage.judged):
            if (match["year"] or match["day"]) and not _exists(match):
                what = "这一天" if match["day"] else "这个月"
                yield finding("P035", f"没有{match[0]}{what}", passage.at(match.start()), "核对月份和日期")


@rule("P046")
def ranges_go_forward(case: Case) -> Iterator[Diagnostic]:
    """P046: what lasts from one day, month or year to another ends no earlier than it begins."""
    for passage in texts_and_labels(case):
        for match in _RANGE.finditer(passage.judged):
            begin, end = (tuple(map(int, re.findall(r"\d+", match[side]))) for side in ("from", "to"))
            shared = min(len(begin), len(end))
            if end[:shared] < begin[:shared]:
                yield finding("P046", f"“{match[0]}”倒过来了：结束早于开始", passage.at(match.start()), "核对起止日期")


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"] or _A_LEAP_YEAR), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return False
    return True
