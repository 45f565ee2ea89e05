"""The indicators of a goal sheet or a report, one by one: said once, possible, and within the money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Place, warning
from discgen.rules.case import Case
from discgen.rules.targets import read_figure

_WHOLE = 100
_MAY_EXCEED = re.compile(r"[增提升降涨超]|利润|收益|回报|拉动|完成率|负债|拨备|自给|周转")
"""What a rate above 100 % makes sense for: growth, returns, more done than planned, and ratios that are no parts."""
UNIT_OF_NAME = re.compile(r"[（(][^（）()]+[）)]$")
"""The unit that a name ends in: 诉讼受理率（%）, 年话务量(万通)."""
_NO_NUMBER = re.compile(r"[≥≤><＞＜=＝≧≦]\D*")
_LEAST_SATISFIED = 50
"""Nobody sets out to satisfy less than half, in hundredths; 0.95 was taken for a part of one."""

_TURNED = re.compile(r"(?P<many>[万亿]?)(?P<of>[^\d/／元万亿]{1,4})[/／](?P<money>元|万元|亿元)")
"""A price whose unit stands before its money: 月/元."""
_HALF = re.compile(r"万(?:[/／每]|$)")
"""万 that is not said to be 元."""
_OF_MONEY = re.compile(r"(?:费|费用|成本|经费|单价|价格|金额)$")


def targets_are_complete(case: Case) -> Iterator[Diagnostic]:
    """G020: a target that is a figure has its number and its unit, which may be that of the indicator's name."""
    for name, target, place in targets(case):
        figure = read_figure(target)
        if _NO_NUMBER.fullmatch(target):
            yield warning(
                "G020", f"“{name}”的指标值“{target}”没有数字", place, f"补上数字，例如{target[0]}10{target[1:]}"
            )
        elif figure and not figure.unit and not UNIT_OF_NAME.search(name):
            yield warning(
                "G020",
                f"“{name}”的指标值“{target}”没有单位",
                place,
                f"写上单位，例如{target}%、{target}次、{target}万元",
            )


def money_has_its_unit(case: Case) -> Iterator[Diagnostic]:
    """G022: a target that is money says 元, 万元 or 亿元, and then what it is for: 2200元/月, neither 2200月/元 nor 30万/年."""
    for aspect, name, target, place in _targets_by_aspect(case):
        figure, is_cost = read_figure(target), "成本" in aspect
        if figure is None or not figure.unit:
            continue
        turned = _TURNED.fullmatch(figure.unit)
        if turned:
            right = f"{target.removesuffix(figure.unit)}{turned['many']}{turned['money']}/{turned['of']}"
            yield warning("G022", f"“{name}”的指标值“{target}”单位写反了", place, f"改成{right}，或照实际的写")
        elif is_cost and _HALF.match(figure.unit):
            yield warning("G022", f"“{name}”的指标值“{target}”只写了“万”", place, "写万元；多写了“万”字的，删去")
        elif is_cost and _OF_MONEY.search(name) and "元" not in figure.unit and figure.unit != "%":
            said = f"“{name}”是花的钱，指标值“{target}”没有金额单位"
            yield warning("G022", said, place, "写上元或万元，例如80元/天")


def satisfaction_is_a_floor(case: Case) -> Iterator[Diagnostic]:
    """G021: 满意度 is to be reached, not kept below, and is no small part of a hundred."""
    for name, target, place in targets(case):
        figure = read_figure(target) if "满意" in name and "不满意" not in name else None
        if figure and figure.sign in ("≤", "<"):
            yield warning("G021", f"“{name}”写了{target}，说的是最多多少", place, "改成≥")
        elif figure and figure.unit == "%" and figure.number < _LEAST_SATISFIED:
            yield warning("G021", f"“{name}”写了{target}，不到一半", place, "核对数值，例如≥95%")


def targets(case: Case) -> Iterator[tuple[str, str, Place]]:
    """The name and each different target of every indicator, with the target's place."""
    return ((name, target, place) for _, name, target, place in _targets_by_aspect(case))


def _targets_by_aspect(case: Case) -> Iterator[tuple[str, str, str, Place]]:
    """The 二级指标, the name and each different target of every indicator, with the target's place."""
    for _, sheet in case.disclosure.goal_sheets():
        for one in sheet.indicators:
            place = case.below(one.place, "target")
            for target in dict.fromkeys((one.whole_period, one.annual)):
                if target:
                    yield one.aspect, one.name, target, place
    for evaluation in case.disclosure.evaluations:
        for scored in evaluation.indicators:
            yield scored.aspect, scored.name, scored.target, case.below(scored.place, "target")


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
        yield warning("G015", f"“{name}”写了{written}，超过100%", place, "核对数值；不是比率的，改单位")
