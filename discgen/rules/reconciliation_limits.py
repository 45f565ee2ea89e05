"""勾稽 (R): amounts that cannot be more than the money they are part of, and amounts whose unit looks wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, Place
from discgen.model.disclosure import AWARDED
from discgen.model.line import AGENCY_KINDS, Component, Nature, Source, Stage, ThreePublicItem, total
from discgen.money import ZERO, in_yuan
from discgen.reference.codes import Classification, values_of
from discgen.rules.case import Case
from discgen.rules.figures import bound, likely_slip
from discgen.rules.registry import finding, rule

_BEYOND = Decimal(100_000_000_000)
"""1,000亿元: more than the departments of a county, city or district spend."""


@rule("R012")
def procurement_is_within_what_buys(case: Case) -> Iterator[Diagnostic]:
    """R012: 政府采购 is no more than 商品和服务支出 and 资本性支出 of 基本支出 and all other expenditure together."""
    bought = case.disclosure.lines.get(Source.PROCUREMENT, ())
    buying = tuple(values_of(Classification.DEPARTMENT_ECONOMIC, "buys"))
    basic = [
        line for line in case.ledger.lines(Source.BASIC) if (line.department_economic_code or "").startswith(buying)
    ]
    other = [line for line in case.ledger.lines(Source.EXPENDITURE) if line.nature is not Nature.BASIC]
    most = total(basic) + total(other)
    if bought and total(bought) > most:
        codes = "、".join(buying)
        message = (
            f"政府采购{in_yuan(total(bought))}，多于能用来采购的支出{in_yuan(most)}（公用经费里的{codes}和项目支出）"
        )
        yield finding("R012", message, max(bought, key=lambda line: line.amount).place, "核对procurement的位数和单位")


@rule("R013")
def agency_operation_is_within_operating(case: Case) -> Iterator[Diagnostic]:
    """R013: 机关运行经费 that is declared is no more than 公用经费, of which it is a part (表11 against 表6)."""
    declared = case.disclosure.lines.get(Source.AGENCY_OPERATION, ())
    kinds = (*AGENCY_KINDS, None)
    operating = [
        line
        for line in case.ledger.lines(Source.BASIC)
        if line.component is Component.OPERATING and line.unit_kind in kinds
    ]
    if declared and total(declared) > total(operating):
        message = f"机关运行经费{in_yuan(total(declared))}，多于公用经费{in_yuan(total(operating))}"
        yield finding("R013", message, declared[0].place, "核对agency_operation和basic里公用经费各行")


@rule("R014")
def three_public_is_within_budget(case: Case) -> Iterator[Diagnostic]:
    """R014: each of “三公”经费 is no more than its 全年预算 (公开09表), which may not be overspent."""
    lines = case.disclosure.lines.get(Source.THREE_PUBLIC, ())
    if not any(line.stage is Stage.ADJUSTED for line in lines):
        return
    for item in ThreePublicItem:
        spent, budget = case.book.this(f"three_public.{item}"), case.book.at(Stage.ADJUSTED, f"three_public.{item}")
        if spent.value is not None and budget.value is not None and spent.value > budget.value:
            message = f"{spent.title}决算{in_yuan(spent.value)}，多于全年预算{in_yuan(budget.value)}"
            yield finding("R014", message, (*budget.lines, *spent.lines)[0].place, "核对adjusted和各笔支出")


@rule("R022")
def reserved_is_within_procurement(case: Case) -> Iterator[Diagnostic]:
    """R022: 小微企业 is within 中小企业, and that within 政府采购."""
    reserved, whole = case.disclosure.reserved, total(case.ledger.lines(Source.PROCUREMENT))
    if reserved is None:
        return
    if reserved.micro > reserved.sme:
        message = f"小微企业{in_yuan(reserved.micro)}，多于中小企业{in_yuan(reserved.sme)}"
        yield finding("R022", message, reserved.place, "核对reserved的sme和micro；micro是sme的其中数")
    if reserved.sme > whole:
        message = f"面向中小企业{in_yuan(reserved.sme)}，多于政府采购{in_yuan(whole)}"
        yield finding("R022", message, reserved.place, "核对reserved的sme和货物、工程、服务")


@rule("R037")
def awarded_is_within_procurement(case: Case) -> Iterator[Diagnostic]:
    """R037: contracts that 中小企业 won are within what was bought and what was reserved; ways to tell them apart agree."""
    awarded, reserved = case.disclosure.awarded, case.disclosure.reserved
    if awarded is None:
        return
    won, whole = awarded.amounts, total(case.ledger.lines(Source.PROCUREMENT))
    bought = {str(line.item): line.amount for line in case.ledger.lines(Source.PROCUREMENT)}
    limits: list[tuple[str, Decimal | None, Decimal | None, str]] = [
        (item, won.get(item), amount, "政府采购里的这一项") for item, amount in bought.items()
    ]
    limits += [("micro", won.get("micro"), awarded.sme, "授予中小企业的"), ("others", awarded.sme, whole, "政府采购")]
    if reserved:
        limits.append(("reserved_sme", won.get("reserved_sme"), reserved.sme, "面向中小企业预留的"))
        limits.append(("reserved_micro", won.get("reserved_micro"), reserved.micro, "面向小微企业预留的"))
    for key, amount, most, of in limits:
        if amount is not None and most is not None and amount > most:
            message = f"{AWARDED[key]}{in_yuan(amount)}，多于{of}{in_yuan(most)}"
            yield finding("R037", message, case.below(awarded.place, key), "核对awarded和procurement的其他各数")
    if awarded.by_item is not None and awarded.by_project not in (None, awarded.by_item):
        message = (
            f"授予中小企业的合同按货物、工程、服务合计{in_yuan(awarded.by_item)}，"
            f"按是不是预留合计{in_yuan(awarded.by_project or ZERO)}"
        )
        yield finding("R037", message, case.below(awarded.place, "others"), "两种分法是同一笔钱，核对awarded各数")


@rule("R023")
def amounts_are_in_the_unit(case: Case) -> Iterator[Diagnostic]:
    """R023: 收入总计 is not beyond any department's: figures in 元 under `unit: 万元` are 10,000 times too large."""
    income = total(case.ledger.lines(Source.INCOME))
    if income > _BEYOND:
        message = f"收入合计{in_yuan(income)}，大得不合情理"
        yield finding("R023", message, case.disclosure.unit_place, "看unit：数是元的写unit: 元，数是万元的写unit: 万元")


@rule("R025")
def stated_performance_is_within_projects(case: Case) -> Iterator[Diagnostic]:
    """R025: the money of projects stated to have goals, or to be evaluated, is no more than 项目支出, 上年结转 included."""
    stated, projects = case.disclosure.performance, case.book.this("expenditure.project")
    if stated is None or projects.value is None:
        return
    planned = case.book.at(Stage.APPROVED, "expenditure.project")
    for key, name, amount, whole in (
        ("amount", "编报绩效目标或自评的项目资金", stated.amount, projects),
        ("evaluated_amount", "部门评价的项目资金", stated.evaluated_amount, projects),
        ("goals", "编报绩效目标的项目预算", stated.goals and stated.goals.amount, planned),
        ("monitoring", "绩效跟踪的项目预算", stated.monitoring and stated.monitoring.amount, planned),
    ):
        if amount and whole.value is not None and amount > whole.value:
            of = "年初预算的" if whole is planned else ""
            message = f"{name}{in_yuan(amount)}，多于{of}项目支出{in_yuan(whole.value)}"
            place = case.below(stated.place, key)
            slip = likely_slip([(amount, place)], [(line.amount, line.place) for line in projects.lines])
            hint = f"核对performance.{key}和expenditure的project"
            yield finding("R025", message, place, f"{slip}；{hint}" if slip else hint)


_LEAST = Decimal(1_000)
"""元: below this there is no project and no procurement, but there are figures in 万元 that were taken for 元."""
_LEAST_OF_THREE_PUBLIC = Decimal(100)
"""元: one reception may cost a few hundred."""
_MANY = Decimal(100_000)
"""元: below this a figure with 角 or 分 in a budget may be one in 万元."""
_WAN = 10_000
_FAR = 1_000
"""So many times last year's figure means that 元 and 万元 were mixed."""
_COMPARED = {
    "income.total": "totals_of_last_year",
    "expenditure.total": "totals_of_last_year",
    "three_public.total": "three_public_of_last_year",
    "three_public.vehicle_operation": "vehicle_operation_of_last_year",
    "agency_operation.total": "totals_of_last_year",
}
"""Facts that are compared with last year's, and the bound of their quotient."""
_ALONE = (Source.PROCUREMENT, Source.PROJECT, Source.THREE_PUBLIC, Source.AGENCY_OPERATION)
_SME, _MICRO = "面向中小企业预留", "其中小微企业"


@rule("R024")
def small_amounts_are_in_the_unit(case: Case) -> Iterator[Diagnostic]:
    """R024: an amount that stands alone (政府采购, a project, 预留, 绩效, a report) is not a few hundred 元.

    Nor is 政府采购 of a budget a figure with 角 and 分 that would be within its means as 万元.
    """
    spent = total(case.ledger.lines(Source.EXPENDITURE)) if case.disclosure.target.kind == "budget" else ZERO
    for name, amount, place in _alone(case):
        least = _LEAST_OF_THREE_PUBLIC if name == Source.THREE_PUBLIC.label else _LEAST
        if 0 < abs(amount) < least:
            message = f"{name}只有{in_yuan(amount)}，小得不合情理"
            yield finding(
                "R024", message, place, "多半是把万元的数当元写了；核对数和本文件的unit，项目和报告的金额都用元"
            )
        elif (
            name in (Source.PROCUREMENT.label, _SME, _MICRO)
            and amount % 1
            and amount < _MANY
            and amount * _WAN <= spent
        ):
            message = f"{name}{in_yuan(amount)}，像是万元的数"
            yield finding(
                "R024",
                message,
                place,
                f"是{amount:f}万元的，按本文件的unit写；确是{amount:f}元的，在waivers.yaml里说明",
            )


def _alone(case: Case) -> Iterator[tuple[str, Decimal, Place]]:
    disclosure = case.disclosure
    for source in _ALONE:
        name = "项目金额" if source is Source.PROJECT else source.label
        yield from ((name, line.amount, line.place) for line in disclosure.lines.get(source, ()))
    for at, (_, amount) in enumerate(disclosure.assets.fixed_assets if disclosure.assets else ()):
        yield "固定资产原值", amount, case.below(disclosure.place, "assets", "fixed_assets", at)
    if disclosure.reserved:
        place = disclosure.reserved.place
        yield _SME, disclosure.reserved.sme, case.below(place, "sme")
        yield _MICRO, disclosure.reserved.micro, case.below(place, "micro")
    if disclosure.awarded:
        for key, amount in disclosure.awarded.amounts.items():
            yield AWARDED[key], amount, case.below(disclosure.awarded.place, key)
    if disclosure.performance and disclosure.performance.amount:
        place = case.below(disclosure.performance.place, "amount")
        yield "编报绩效目标或自评的项目资金", disclosure.performance.amount, place
    if disclosure.performance and disclosure.performance.evaluated_amount:
        place = case.below(disclosure.performance.place, "evaluated_amount")
        yield "部门评价的项目资金", disclosure.performance.evaluated_amount, place
    for sheet in disclosure.separate_sheets:
        yield "年度资金", sheet.goal_sheet.annual.total, sheet.goal_sheet.annual.place
    for evaluation in disclosure.evaluations:
        yield from (("全年预算数", row.adjusted, row.place) for row in evaluation.spending)


@rule("R026")
def amounts_are_of_last_years_size(case: Case) -> Iterator[Diagnostic]:
    """R026: 收入, 支出, “三公”经费 and 机关运行经费 are not many times last year's, nor a small part of them."""
    declared, reported = case.disclosure.declared_prior, set[Place]()
    for name, limit in _COMPARED.items():
        now, before = case.book.this(name), case.book.prior(name)
        if not now.value or not before.value or now.value < 0 or before.value < 0:
            continue
        within, times = bound(limit), now.value / before.value
        place = (before if declared else now).lines[0].place
        if not within.holds(times) and place not in reported:
            reported.add(place)  # one wrong line is in the sum of all too
            how = f"是上年的{times:.1f}倍" if times > 1 else f"是上年的{times * 100:.2f}%"
            message = f"{now.title}{in_yuan(now.value)}，上年{in_yuan(before.value)}，{how}"
            yield finding("R026", message, place, _how_to_look(max(times, 1 / times)))


def _how_to_look(times: Decimal) -> str:
    if times >= _FAR:
        return "多半是元和万元写混了；核对两年的数和各自文件的unit"
    return "核对两年的数，多半有一个少写或多写了一位；确实变化这样大的，在waivers.yaml里说明"
