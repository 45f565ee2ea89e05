"""成本指标 of goal sheets and reports beside the money they are about: totals, prices, and prices times quantities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from discgen.diagnostics import Diagnostic, Place, error, warning
from discgen.model.evaluation import Evaluation, ScoredIndicator
from discgen.model.line import Origin, total
from discgen.model.project import GoalSheet
from discgen.money import ZERO, in_yuan
from discgen.rules.bounds import bound
from discgen.rules.case import Case
from discgen.rules.sides import significant
from discgen.rules.targets import read_figure

_COST = "成本"
_ROUNDED = Decimal("0.5")
"""As much may a price in whole 元 be above what was paid for one."""
_UPWARD = ("≥", ">")
_IN_A_YEAR = ("", "年")
"""What a total is for, the whole or a year; anything else is a price."""
_OF_ONE = re.compile(r"单价|标准|人均|每|平均|一[次个人套台件份]|单位(?:用|购)")
"""Names of what one thing costs, without a unit that says so."""
_OF_ALL = re.compile(r"(?:实施|运营|建设|总)(?:成本|费用|经费|支出)$|总额$|总价$")
"""Names of what the whole project costs."""
_MANY_YEARS = 30


@dataclass(frozen=True, slots=True)
class _Cost:
    """A 成本指标 that is money: `amount` in 元 for the whole (`per` is empty or 年) or for one of what `per` says."""

    name: str
    target: str
    sign: str
    amount: Decimal
    per: str
    place: Place

    @property
    def is_total(self) -> bool:
        return self.per in _IN_A_YEAR and self.sign not in _UPWARD and not _OF_ONE.search(self.name)


def costs_are_within_funds(case: Case) -> Iterator[Diagnostic]:
    """G012: a cost, of the whole or of one thing, is within the project's funds, of a report (a year's) not far beyond."""
    for name, sheet, carried in _sheets(case):
        funds = _funds(sheet, carried)
        for cost in _costs(case, sheet):
            if cost.sign not in _UPWARD and cost.amount > funds > 0:
                said = f"“{name}”的“{cost.name}”{cost.target}，多于项目资金{in_yuan(funds)}"
                yield error("G012", said, cost.place, "核对指标值的位数、单位和funds")
    for evaluation in case.disclosure.evaluations:
        funds = max(_sums(evaluation))
        for cost in (*_planned(case, evaluation.indicators), *_results(case, evaluation.indicators)):
            if cost.sign not in _UPWARD and funds > 0 and bound("cost_of_report").is_beyond(cost.amount / funds):
                said = f"“{evaluation.name}”的“{cost.name}”{cost.target}，是项目资金{in_yuan(funds)}的{cost.amount / funds:.0f}倍"
                yield warning("G012", said, cost.place, "核对指标值、完成值的位数、单位和funds")


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
        for found in (_planned(case, evaluation.indicators), _results(case, evaluation.indicators)):
            totals = [cost for cost in found if cost.is_total and cost.amount <= max(sums)]
            for cost in [] if any(cost.amount in sums for cost in totals) else totals:
                yield from _other_magnitude(evaluation.name, cost, sums)


def costs_of_all_are_not_small(case: Case) -> Iterator[Diagnostic]:
    """G024: what is called the cost of the whole project is not a small part of the year's funds."""
    for name, sheet, _ in _sheets(case):
        totals, annual = [cost for cost in _costs(case, sheet) if cost.is_total], sheet.annual.total
        for cost in totals if len(totals) == 1 and annual > 0 else []:
            is_told = _is_other_magnitude(cost, _likely_totals(sheet))
            if _OF_ALL.search(cost.name) and not is_told and bound("cost_of_funds").is_below(cost.amount / annual):
                said = f"“{name}”的“{cost.name}”{cost.target}，不到年度资金{in_yuan(annual)}的十分之一"
                yield warning("G024", said, cost.place, "核对指标值的位数和单位；说的是单价的，写出单位，例如元/次")


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
            near = any(bound("cost_beside_funds").holds(cost.amount / one) for one in funds)
            if within and not near and not _is_other_magnitude(cost, funds):
                said = (
                    f"“{name}”的“{cost.name}”{cost.target}，多于年度资金{in_yuan(sheet.annual.total)}，"
                    f"也不是实施期资金{in_yuan(sheet.whole_period.total)}"
                )
                yield warning("G025", said, cost.place, "核对指标值和funds，写本年的成本或整个实施期的成本")


def prices_times_quantities_fit_funds(case: Case) -> Iterator[Diagnostic]:
    """G026: quantity × price, both of one unit, is not the funds in another magnitude, nor beyond what they can pay."""
    for name, sheet, carried in _sheets(case):
        quantities = {unit: found for unit, found in _quantities(sheet).items() if len(found) == 1}
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
                said = f"“{name}”的{number:,f}{cost.per}×{in_yuan(cost.amount)}＝{in_yuan(product)}，项目资金{in_yuan(funds)}"
                yield warning("G026", said, cost.place, "核对数量、单价的位数和funds")
    yield from _results_fit_spending(case)


def _results_fit_spending(case: Case) -> Iterator[Diagnostic]:
    """What reports say was bought, at the price they say, cost no more than was spent."""
    for evaluation in case.disclosure.evaluations:
        executed = sum((row.executed for row in evaluation.spending), ZERO)
        done: dict[str, list[tuple[Decimal, Place]]] = {}
        for one in evaluation.indicators:
            target, actual = read_figure(one.target), read_figure(one.actual)
            if one.aspect.startswith("数量") and target and actual and actual.unit in ("", target.unit):
                done.setdefault(target.unit, []).append((actual.number, case.below(one.place, "actual")))
        for cost in _single_prices(_results(case, evaluation.indicators)):
            if len(done.get(cost.per, ())) == 1:
                number, place = done[cost.per][0]
                if number * (cost.amount - _ROUNDED) > executed > 0:
                    said = (
                        f"“{evaluation.name}”完成{number:,f}{cost.per}，每{cost.per}{in_yuan(cost.amount)}，"
                        f"共{in_yuan(number * cost.amount)}，全年执行数只有{in_yuan(executed)}"
                    )
                    hint = "核对完成的数量、成本和executed；还有没付的，在waivers.yaml里说明"
                    yield warning("G026", said, place, hint)


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
    """What there is to pay with: of a project of one year the year's, with what was carried over."""
    return sheet.annual.total + carried if sheet.period_years == 1 else sheet.whole_period.total


def _likely_totals(sheet: GoalSheet) -> set[Decimal]:
    """What the cost of a whole may be: of the year, of all years, of some years, of a year on the average."""
    years, annual, whole = sheet.period_years, sheet.annual.total, sheet.whole_period.total
    return {whole, whole / years, *(annual * count for count in range(1, min(years, _MANY_YEARS) + 1))}


def _costs(case: Case, sheet: GoalSheet) -> list[_Cost]:
    return [
        cost
        for one in sheet.indicators
        if _COST in one.aspect
        for target in dict.fromkeys((one.whole_period, one.annual))
        for cost in _read(one.name, target, case.below(one.place, "target"))
    ]


def _sums(evaluation: Evaluation) -> list[Decimal]:
    """All that a report has been asked for, approved, adjusted to and spent, in 元."""
    rows = ((one.requested, one.approved, one.adjusted, one.executed) for one in evaluation.spending)
    return [sum(amounts, ZERO) for amounts in zip(*rows, strict=True)] or [ZERO]


def _planned(case: Case, indicators: Collection[ScoredIndicator]) -> list[_Cost]:
    """The costs of a report as they were planned."""
    costs = (one for one in indicators if _COST in one.aspect)
    return [cost for one in costs for cost in _read(one.name, one.target, case.below(one.place, "target"))]


def _results(case: Case, indicators: Collection[ScoredIndicator]) -> list[_Cost]:
    """The costs of a report, as they turned out where that is a figure, else as they were planned."""
    found: list[_Cost] = []
    for one in indicators:
        if _COST in one.aspect:
            target, actual = read_figure(one.target), read_figure(one.actual)
            unit = target.unit if target and actual and not actual.unit else ""
            done = list(_read(one.name, f"{one.actual}{unit}", case.below(one.place, "actual")))
            found += done or _read(one.name, one.target, case.below(one.place, "target"))
    return found


def _read(name: str, target: str | None, place: Place) -> Iterator[_Cost]:
    figure = read_figure(target)
    if figure and figure.price and target:
        amount, per = figure.price
        yield _Cost(name, target, figure.sign, amount, per, place)


def _single_prices(costs: Collection[_Cost]) -> list[_Cost]:
    """The prices of what has but one."""
    prices = [cost for cost in costs if cost.per]
    count = Counter(cost.per for cost in prices)
    return [cost for cost in prices if count[cost.per] == 1]


def _quantities(sheet: GoalSheet) -> dict[str, list[tuple[str, Decimal]]]:
    """The signs and numbers of 数量指标 by their unit."""
    found: dict[str, list[tuple[str, Decimal]]] = {}
    for one in sheet.indicators:
        figure = read_figure(one.annual or one.whole_period) if one.aspect.startswith("数量") else None
        if figure and figure.unit:
            found.setdefault(figure.unit, []).append((figure.sign, figure.number))
    return found


def _is_other_magnitude(cost: _Cost, funds: Collection[Decimal]) -> bool:
    """Whether a cost has the digits of the funds but is another amount; a single digit is alike by chance."""
    telling = len(significant(cost.amount)) > 1 or _OF_ALL.search(cost.name) is not None
    return (
        telling
        and cost.amount not in funds
        and any(significant(cost.amount) == significant(one) for one in funds if one)
    )


def _other_magnitude(name: str, cost: _Cost, funds: Collection[Decimal]) -> Iterator[Diagnostic]:
    if _is_other_magnitude(cost, funds):
        meant = min(
            (one for one in funds if significant(one) == significant(cost.amount)),
            key=lambda one: abs(one - cost.amount),
        )
        said = f"“{name}”的“{cost.name}”{cost.target}，与资金{in_yuan(meant)}只差在位数上"
        yield warning("G023", said, cost.place, "核对指标值的位数和单位，多半多写或少写了零，或元和万元写混了")
