"""项目和绩效目标 (G): the indicators of goal sheets and reports: their values, their directions, their costs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, error, warning
from discgen.model.evaluation import Evaluation, ScoredIndicator
from discgen.model.line import Origin, total
from discgen.model.project import GoalSheet
from discgen.money import ZERO, in_yuan
from discgen.reference.folders import cache_shipped, shipped_rows
from discgen.rules.case import Case
from discgen.rules.figures import Figure, bound, read_figure, significant
from discgen.rules.registry import finding, rule

_WHOLE = 100
_MAY_EXCEED = re.compile(r"[增提升降涨超]|利润|收益|回报|拉动|完成率|负债|拨备|自给|周转")
"""What a rate above 100 % makes sense for: growth, returns, more done than planned, and ratios that are no parts."""
UNIT_OF_NAME = re.compile(r"[（(][^（）()]+[）)]$")
"""The unit that a name ends in: 诉讼受理率（%）, 年话务量(万通)."""
_NO_NUMBER = re.compile(r"[≥≤><＞＜=＝≧≦]\D*")
_LEAST_SATISFIED = 50
"""Hundredths: nobody aims to satisfy less than half; 0.95 was meant as a share of 1."""

_TURNED = re.compile(r"(?P<many>[万亿]?)(?P<of>[^\d/／元万亿]{1,4})[/／](?P<money>元|万元|亿元)")
"""A price whose unit stands before its money: 月/元."""
_HALF = re.compile(r"万(?:[/／每]|$)")
"""万 that is not said to be 元."""
_OF_MONEY = re.compile(r"(?:费|费用|成本|经费|单价|价格|金额)$")


@rule("G020")
def targets_are_complete(case: Case) -> Iterator[Diagnostic]:
    """G020: a target that is a figure has its number and its unit, which may be that of the indicator's name."""
    for name, target, place in targets(case):
        figure = read_figure(target)
        if _NO_NUMBER.fullmatch(target):
            yield finding(
                "G020", f"“{name}”的指标值“{target}”没有数字", place, f"补上数字，例如{target[0]}10{target[1:]}"
            )
        elif figure and not figure.unit and not UNIT_OF_NAME.search(name):
            yield finding(
                "G020",
                f"“{name}”的指标值“{target}”没有单位",
                place,
                f"写上单位，例如{target}%、{target}次、{target}万元",
            )


@rule("G022")
def money_has_its_unit(case: Case) -> Iterator[Diagnostic]:
    """G022: a target that is money says 元, 万元 or 亿元, and then what it is for: 2200元/月, neither 2200月/元 nor 30万/年."""
    for aspect, name, target, place in _targets_by_aspect(case):
        figure, is_cost = read_figure(target), "成本" in aspect
        if figure is None or not figure.unit:
            continue
        turned = _TURNED.fullmatch(figure.unit)
        if turned:
            right = f"{target.removesuffix(figure.unit)}{turned['many']}{turned['money']}/{turned['of']}"
            yield finding("G022", f"“{name}”的指标值“{target}”单位写反了", place, f"改成{right}，或照实际的写")
        elif is_cost and _HALF.match(figure.unit):
            yield finding("G022", f"“{name}”的指标值“{target}”只写了“万”", place, "写万元；多写了“万”字的，删去")
        elif is_cost and _OF_MONEY.search(name) and "元" not in figure.unit and figure.unit != "%":
            message = f"“{name}”是花的钱，指标值“{target}”没有金额单位"
            yield finding("G022", message, place, "写上元或万元，例如80元/天")


@rule("G021")
def satisfaction_is_a_floor(case: Case) -> Iterator[Diagnostic]:
    """G021: 满意度 is to be reached, not kept below, and is no small part of a hundred."""
    for name, target, place in targets(case):
        figure = read_figure(target) if "满意" in name and "不满意" not in name else None
        if figure and figure.sign in ("≤", "<"):
            yield finding("G021", f"“{name}”写了{target}，说的是最多多少", place, "改成≥")
        elif figure and figure.unit == "%" and figure.number < _LEAST_SATISFIED:
            yield finding("G021", f"“{name}”写了{target}，不到一半", place, "核对数值，例如≥95%")


def targets(case: Case) -> Iterator[tuple[str, str, Place]]:
    """The name and each different target of every indicator, with the target's place."""
    return ((name, target, place) for _, name, target, place in _targets_by_aspect(case))


def _targets_by_aspect(case: Case) -> Iterator[tuple[str, str, str, Place]]:
    """The 二级指标, the name and each different target of every indicator, with the target's place."""
    for _, sheet in case.disclosure.goal_sheets():
        for indicator in sheet.indicators:
            place = case.below(indicator.place, "target")
            for target in dict.fromkeys((indicator.whole_period, indicator.annual)):
                if target:
                    yield indicator.aspect, indicator.name, target, place
    for evaluation in case.disclosure.evaluations:
        for scored in evaluation.indicators:
            yield scored.aspect, scored.name, scored.target, case.below(scored.place, "target")


@rule("G015")
def rates_are_possible(case: Case) -> Iterator[Diagnostic]:
    """G015: a rate or 满意度 is no more than 100 %, as a target or as a result, unless it is one of growth."""
    for _, sheet in case.disclosure.goal_sheets():
        for indicator in sheet.indicators:
            place = case.below(indicator.place, "target")
            for target in {indicator.whole_period, indicator.annual}:
                yield from _impossible(indicator.name, target, place)
    for evaluation in case.disclosure.evaluations:
        for scored in evaluation.indicators:
            yield from _impossible(scored.name, scored.target, case.below(scored.place, "target"))
            wanted = read_figure(scored.target)
            if wanted and wanted.unit == "%":
                actual = f"{scored.actual.removesuffix('%')}%"
                yield from _impossible(scored.name, actual, case.below(scored.place, "actual"))


def _impossible(name: str, written: str | None, place: Place) -> Iterator[Diagnostic]:
    figure, name = read_figure(written), UNIT_OF_NAME.sub("", name)
    is_rate = name.endswith(("率", "度", "比例", "比重", "占比")) and not _MAY_EXCEED.search(name)
    if figure and figure.unit == "%" and figure.number > _WHOLE and is_rate:
        yield finding("G015", f"“{name}”写了{written}，超过100%", place, "核对数值；不是比率的，改单位")


_RATE = re.compile(r"(?P<of>.+?)(?:发生|出现)?(?:比?率|比例|占比)")
_DEGREE = re.compile(r"(?P<of>.+?)[性度]")
"""A rate where its target is one: 准确性≥95%."""
_NEGATION = re.compile("[不未无零非]$")
_COUNT = re.compile(r"(?P<of>.+?)(?:发生|出现)?(?:次数|数量|起数|件数|数|时长)?")
_DEALT_WITH = re.compile(
    "受理|处理|处置|办理|排除|修复|解决|接收|接听|回复|转办|交办|核查|调查|巡查|检查|降|减|压缩|增"
)
"""Words after which 故障, 投诉 and 违规 are work to be done, or a fall that is wanted: 处理投诉数量, 故障下降率."""
_WAITING = re.compile(r"(?:响应|修复|恢复|等待|等候|排队|办理|办结|审批|到达|处置)(?:时间|时长|时限)")
_CUT = re.compile("压|缩|减|降|节")
_UP, _DOWN = ("≥", ">", "≧"), ("≤", "<", "≦")
_NO_LIMIT = 50
_COUNTED = ("故障", "事故", "差错", "投诉", "违规", "违纪", "信访", "上访", "中断", "宕机")


@rule("G030")
def targets_go_the_right_way(case: Case) -> Iterator[Diagnostic]:
    """G030: a rate that should be high has no ceiling, one that should be low no floor; nor has a time of waiting.

    满意度 is G021.
    """
    for name, target, place in targets(case):
        figure = read_figure(target)
        direction = _direction(UNIT_OF_NAME.sub("", name), figure) if figure and figure.sign else ""
        if figure is None or not direction:
            continue
        if direction == "floor" and figure.sign in _DOWN:
            yield finding("G030", f"“{name}”写了{target}，说的是最多多少", place, "应当达到的，写≥")
        elif direction == "ceiling" and figure.sign in _UP:
            yield finding("G030", f"“{name}”写了{target}，说的是至少多少", place, "应当控制的，写≤")
        elif direction == "ceiling" and figure.unit == "%" and figure.number > _NO_LIMIT:
            yield finding("G030", f"“{name}”写了{target}，等于没有限制", place, "核对数值，例如≤1%")


def _direction(name: str, figure: Figure) -> str:
    """`floor` or `ceiling`; empty where the name does not say."""
    rate = _RATE.fullmatch(name) or (_DEGREE.fullmatch(name) if figure.unit == "%" else None)
    if rate:
        if rate["of"].endswith("节约") and not figure.number:
            return "floor"  # nothing saved is the least, not the most
        return "" if _CUT.search(rate["of"][-2:]) else _direction_of(rate["of"])
    if _WAITING.search(name) and name.endswith(("时间", "时长", "时限")):
        return "" if _CUT.search(name) or figure.unit == "%" else "ceiling"
    count = _COUNT.fullmatch(name)
    bad = count and count["of"].endswith(_COUNTED) and not _DEALT_WITH.search(name)
    return "ceiling" if bad and count and not _NEGATION.search(count["of"][:-2]) else ""


def _direction_of(text: str) -> str:
    words = _words()
    word = next((text[-length:] for length in (4, 2) if text[-length:] in words), "")
    if not word:
        return ""
    opposite = {"floor": "ceiling", "ceiling": "floor"}
    return opposite[words[word]] if _NEGATION.search(text[: -len(word)]) else words[word]


@cache_shipped
def _words() -> dict[str, str]:
    return {row["word"]: row["direction"] for row in shipped_rows("words", "directions.csv")}


_COST = "成本"
_ROUNDED = Decimal("0.5")
"""How much a price rounded to 元 may exceed the exact price."""
_UPWARD = ("≥", ">")
_IN_A_YEAR = ("", "年")
"""The units of a total: of the whole or of a year; anything else is a price."""
_UNIT_COST = re.compile(r"单价|标准|人均|每|平均|一[次个人套台件份]|单位(?:用|购)")
"""Names of what one thing costs, without a unit that says so."""
_WHOLE_COST = re.compile(r"(?:实施|运营|建设|总)(?:成本|费用|经费|支出)$|总额$|总价$")
"""Names of what the whole project costs."""
_MANY_YEARS = 30


class _Cost(Struct, frozen=True):
    """A 成本指标 that is money: `amount` in 元 for the whole (`per` is empty or 年) or for one of what `per` says."""

    name: str
    target: str
    sign: str
    amount: Decimal
    per: str
    place: Place

    @property
    def is_total(self) -> bool:
        return self.per in _IN_A_YEAR and self.sign not in _UPWARD and not _UNIT_COST.search(self.name)


@rule("G012")
def costs_are_within_funds(case: Case) -> Iterator[Diagnostic]:
    """G012: a cost, of the whole or of one thing, is within the project's funds, of a report (a year's) not far beyond."""
    for name, sheet, carried in _sheets(case):
        funds = _funds(sheet, carried)
        for cost in _costs(case, sheet):
            if cost.sign not in _UPWARD and cost.amount > funds > 0:
                message = f"“{name}”的“{cost.name}”{cost.target}，多于项目资金{in_yuan(funds)}"
                yield error("G012", message, cost.place, "核对指标值的位数、单位和funds")
    for evaluation in case.disclosure.evaluations:
        funds = max(_sums(evaluation))
        for cost in (*_planned(case, evaluation.indicators), *_results(case, evaluation.indicators)):
            if cost.sign not in _UPWARD and funds > 0 and bound("cost_of_report").is_beyond(cost.amount / funds):
                message = f"“{evaluation.name}”的“{cost.name}”{cost.target}，是项目资金{in_yuan(funds)}的{cost.amount / funds:.0f}倍"
                yield warning("G012", message, cost.place, "核对指标值、完成值的位数、单位和funds")


@rule("G023")
def costs_have_the_digits_of_funds_only_as_funds(case: Case) -> Iterator[Diagnostic]:
    """G023: a cost of the whole is not the funds with a nought more or less, nor their figure in another unit."""
    for name, sheet, carried in _sheets(case):
        totals = [cost for cost in _costs(case, sheet) if cost.is_total]
        funds = _likely_totals(sheet)
        below = [cost for cost in totals if cost.amount <= _funds(sheet, carried)]  # beyond: G012
        for cost in [] if any(cost.amount in funds for cost in totals) else below:
            yield from _other_magnitude(name, cost, funds)
    for evaluation in case.disclosure.evaluations:
        sums = _sums(evaluation)
        for costs in (_planned(case, evaluation.indicators), _results(case, evaluation.indicators)):
            totals = [cost for cost in costs if cost.is_total and cost.amount <= max(sums)]
            for cost in [] if any(cost.amount in sums for cost in totals) else totals:
                yield from _other_magnitude(evaluation.name, cost, sums)


@rule("G024")
def costs_of_all_are_not_small(case: Case) -> Iterator[Diagnostic]:
    """G024: what is called the cost of the whole project is not a small part of the year's funds."""
    for name, sheet, _ in _sheets(case):
        totals, annual = [cost for cost in _costs(case, sheet) if cost.is_total], sheet.annual.total
        for cost in totals if len(totals) == 1 and annual > 0 else []:
            is_reported = _is_other_magnitude(cost, _likely_totals(sheet))
            if (
                _WHOLE_COST.search(cost.name)
                and not is_reported
                and bound("cost_of_funds").is_below(cost.amount / annual)
            ):
                message = f"“{name}”的“{cost.name}”{cost.target}，不到年度资金{in_yuan(annual)}的十分之一"
                yield finding("G024", message, cost.place, "核对指标值的位数和单位；说的是单价的，写出单位，例如元/次")


@rule("G025")
def costs_are_of_the_year_or_of_all_years(case: Case) -> Iterator[Diagnostic]:
    """G025: a cost beyond the year's funds is that of all years, of some years, or of a year on the average."""
    for name, sheet, _ in _sheets(case):
        if sheet.period_years == 1 or not sheet.annual.total:
            continue
        funds, totals = _likely_totals(sheet), [cost for cost in _costs(case, sheet) if cost.is_total]
        if sum((cost.amount for cost in totals), ZERO) in funds:
            continue
        for cost in totals:
            within = sheet.annual.total < cost.amount <= sheet.whole_period.total
            near = any(bound("cost_beside_funds").holds(cost.amount / amount) for amount in funds)
            if within and not near and not _is_other_magnitude(cost, funds):
                message = (
                    f"“{name}”的“{cost.name}”{cost.target}，多于年度资金{in_yuan(sheet.annual.total)}，"
                    f"也不是实施期资金{in_yuan(sheet.whole_period.total)}"
                )
                yield finding("G025", message, cost.place, "核对指标值和funds，写本年的成本或整个实施期的成本")


@rule("G026")
def prices_times_quantities_fit_funds(case: Case) -> Iterator[Diagnostic]:
    """G026: quantity × price, both of one unit, is not the funds in another magnitude, nor beyond what they can pay."""
    for name, sheet, carried in _sheets(case):
        quantities = {unit: figures for unit, figures in _quantities(sheet).items() if len(figures) == 1}
        for cost in _single_prices(_costs(case, sheet)):
            if cost.per not in quantities:
                continue
            sign, number = quantities[cost.per][0]
            product, funds = number * cost.amount, _funds(sheet, carried)
            is_firm = cost.sign not in ("≤", "<") and sign not in ("≤", "<")
            least = product - number * _ROUNDED
            beyond = least > funds if is_firm else funds and bound("product_of_funds").is_beyond(product / funds)
            same = significant(product) == significant(sheet.annual.total) and product not in _likely_totals(sheet)
            if funds > 0 and (beyond or (same and len(significant(product)) > 1)):
                message = f"“{name}”的{number:,f}{cost.per}×{in_yuan(cost.amount)}＝{in_yuan(product)}，项目资金{in_yuan(funds)}"
                yield finding("G026", message, cost.place, "核对数量、单价的位数和funds")
    yield from _results_fit_spending(case)


def _results_fit_spending(case: Case) -> Iterator[Diagnostic]:
    """What a report says was bought, at its price, cost no more than was spent."""
    for evaluation in case.disclosure.evaluations:
        executed = sum((row.executed for row in evaluation.spending), ZERO)
        done: dict[str, list[tuple[Decimal, Place]]] = {}
        for indicator in evaluation.indicators:
            target, actual = read_figure(indicator.target), read_figure(indicator.actual)
            if indicator.aspect.startswith("数量") and target and actual and actual.unit in ("", target.unit):
                done.setdefault(target.unit, []).append((actual.number, case.below(indicator.place, "actual")))
        for cost in _single_prices(_results(case, evaluation.indicators)):
            if len(done.get(cost.per, ())) == 1:
                number, place = done[cost.per][0]
                if number * (cost.amount - _ROUNDED) > executed > 0:
                    message = (
                        f"“{evaluation.name}”完成{number:,f}{cost.per}，每{cost.per}{in_yuan(cost.amount)}，"
                        f"共{in_yuan(number * cost.amount)}，全年执行数只有{in_yuan(executed)}"
                    )
                    hint = "核对完成的数量、成本和executed；还有没付的，在waivers.yaml里说明"
                    yield finding("G026", message, place, hint)


def _sheets(case: Case) -> Iterator[tuple[str, GoalSheet, Decimal]]:
    """Each goal sheet with its name and what its project carried over, in 元; that of separate sheets may be in 实施期."""
    for project in case.disclosure.projects:
        if project.goal_sheet:
            carried = total(line for line in project.lines if line.origin is Origin.CARRYOVER)
            yield project.name, project.goal_sheet, carried
    for separate in case.disclosure.separate_sheets:
        sheet = separate.goal_sheet
        yield separate.name, sheet, max(sheet.whole_period.total - sheet.annual.total, ZERO)


def _funds(sheet: GoalSheet, carried: Decimal) -> Decimal:
    """The funds that can pay: for a project of one year those of the year, with what was carried over."""
    return sheet.annual.total + carried if sheet.period_years == 1 else sheet.whole_period.total


def _likely_totals(sheet: GoalSheet) -> set[Decimal]:
    """What the cost of a whole may be: of the year, of all years, of some years, of a year on the average."""
    years, annual, whole = sheet.period_years, sheet.annual.total, sheet.whole_period.total
    return {whole, whole / years, *(annual * count for count in range(1, min(years, _MANY_YEARS) + 1))}


def _costs(case: Case, sheet: GoalSheet) -> list[_Cost]:
    return [
        cost
        for indicator in sheet.indicators
        if _COST in indicator.aspect
        for target in dict.fromkeys((indicator.whole_period, indicator.annual))
        for cost in _read(indicator.name, target, case.below(indicator.place, "target"))
    ]


def _sums(evaluation: Evaluation) -> list[Decimal]:
    """The sums of a report: requested, approved, adjusted and spent, in 元."""
    rows = ((row.requested, row.approved, row.adjusted, row.executed) for row in evaluation.spending)
    return [sum(amounts, ZERO) for amounts in zip(*rows, strict=True)] or [ZERO]


def _planned(case: Case, indicators: Collection[ScoredIndicator]) -> list[_Cost]:
    """The costs of a report as they were planned."""
    costs = (indicator for indicator in indicators if _COST in indicator.aspect)
    return [
        cost
        for indicator in costs
        for cost in _read(indicator.name, indicator.target, case.below(indicator.place, "target"))
    ]


def _results(case: Case, indicators: Collection[ScoredIndicator]) -> list[_Cost]:
    """The costs of a report, as they turned out where that is a figure, else as they were planned."""
    results: list[_Cost] = []
    for indicator in indicators:
        if _COST in indicator.aspect:
            target, actual = read_figure(indicator.target), read_figure(indicator.actual)
            unit = target.unit if target and actual and not actual.unit else ""
            done = list(_read(indicator.name, f"{indicator.actual}{unit}", case.below(indicator.place, "actual")))
            results += done or _read(indicator.name, indicator.target, case.below(indicator.place, "target"))
    return results


def _read(name: str, target: str | None, place: Place) -> Iterator[_Cost]:
    figure = read_figure(target)
    if figure and figure.price and target:
        amount, per = figure.price
        yield _Cost(name, target, figure.sign, amount, per, place)


def _single_prices(costs: Collection[_Cost]) -> list[_Cost]:
    """The prices of things that have exactly one price."""
    prices = [cost for cost in costs if cost.per]
    count = Counter(cost.per for cost in prices)
    return [cost for cost in prices if count[cost.per] == 1]


def _quantities(sheet: GoalSheet) -> dict[str, list[tuple[str, Decimal]]]:
    """The signs and numbers of 数量指标 by their unit."""
    by_unit: dict[str, list[tuple[str, Decimal]]] = {}
    for indicator in sheet.indicators:
        figure = (
            read_figure(indicator.annual or indicator.whole_period) if indicator.aspect.startswith("数量") else None
        )
        if figure and figure.unit:
            by_unit.setdefault(figure.unit, []).append((figure.sign, figure.number))
    return by_unit


def _is_other_magnitude(cost: _Cost, funds: Collection[Decimal]) -> bool:
    """Whether a cost has the digits of the funds but another magnitude; one digit alone may agree by chance."""
    telling = len(significant(cost.amount)) > 1 or _WHOLE_COST.search(cost.name) is not None
    return (
        telling
        and cost.amount not in funds
        and any(significant(cost.amount) == significant(amount) for amount in funds if amount)
    )


def _other_magnitude(name: str, cost: _Cost, funds: Collection[Decimal]) -> Iterator[Diagnostic]:
    if _is_other_magnitude(cost, funds):
        meant = min(
            (amount for amount in funds if significant(amount) == significant(cost.amount)),
            key=lambda amount: abs(amount - cost.amount),
        )
        message = f"“{name}”的“{cost.name}”{cost.target}，与资金{in_yuan(meant)}只差在位数上"
        yield finding("G023", message, cost.place, "核对指标值的位数和单位，多半多写或少写了零，或元和万元写混了")
