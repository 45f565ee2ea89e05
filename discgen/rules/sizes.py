"""Sizes that nothing adds up with: what a vehicle, a guest or a person has, beside bounds that are data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, warning
from discgen.model.assets import Assets, VehicleUse
from discgen.model.line import Source, total
from discgen.money import in_yuan
from discgen.rules.bounds import bound
from discgen.rules.case import Case

_BASE_SALARY = "30101"
"""基本工资, by which the number of people is estimated."""


def amounts_go_with_counts(case: Case) -> Iterator[Diagnostic]:
    """A010: “三公”经费 for each vehicle, journey and guest is what such things cost."""
    counts, assets = case.disclosure.counts, case.disclosure.assets
    kept = counts.get("vehicles_kept", 0) or (assets.owned_vehicles.total if assets else 0)
    for item, limit, number, what in (
        ("vehicle_operation", "vehicle_operation", kept, "每辆车的运行维护费"),
        ("vehicle_purchase", "vehicle_price", _bought(case), "每辆车的购置费"),
        ("overseas_travel", "overseas_journey", counts.get("overseas_people", 0), "出国（境）每人次的费用"),
        ("reception", "reception_of_a_guest", _guests(case), "接待每人次的费用"),
    ):
        spent = case.book.this(f"three_public.{item}")
        if spent.value and spent.value > 0 and number and not bound(limit).holds(spent.value / number):
            each = (spent.value / number).quantize(Decimal(1))
            said = f"{spent.title}{in_yuan(spent.value)}，数目{number}，{what}{in_yuan(each)}，不合情理"
            yield warning("A010", said, spent.lines[0].place, "核对金额和数目的位数；确实如此的，在waivers.yaml里说明")


def offices_fit_people(case: Case) -> Iterator[Diagnostic]:
    """A011: 办公用房 is no larger than the people need whom 基本工资 can pay, nor than any department's."""
    assets, place = case.disclosure.assets, case.below(case.disclosure.place, "assets", "office_area")
    if assets and assets.office_area and bound("office_area").is_beyond(assets.office_area):
        said = f"办公用房{assets.office_area:,f}平方米，不合情理"
        yield warning("A011", said, place, "核对office_area的位数；确实如此的，在waivers.yaml里说明")
        return
    salaries = total(line for line in case.ledger.lines(Source.BASIC) if line.department_economic_code == _BASE_SALARY)
    least, most = bound("base_salary").least, bound("office_area_of_a_person")
    if assets is None or assets.office_area is None or salaries <= 0 or least is None:
        return
    people = max(int(salaries / least), 1)
    if most.is_beyond(assets.office_area / people):
        said = (
            f"办公用房{assets.office_area:f}平方米，按基本工资至多{people}人，"
            f"每人{assets.office_area / people:.0f}平方米，超出办公用房标准"
        )
        hint = "核对office_area的位数；政务大厅等也算在内的，在waivers.yaml里说明"
        yield warning("A011", said, place, hint)


def fixed_assets_fit_expenditure(case: Case) -> Iterator[Diagnostic]:
    """A012: 固定资产原值 of a unit is not many times what the department spends in a year, and holds its large equipment."""
    assets, spent = case.disclosure.assets, case.book.this("expenditure.total").value
    if assets is None or not assets.fixed_assets:
        return
    for at, (unit, amount) in enumerate(assets.fixed_assets):
        if spent and spent > 0 and bound("fixed_assets_of_expenditure").is_beyond(amount / spent):
            name = case.disclosure.department.unit(unit).name
            said = f"{name}固定资产原值{in_yuan(amount)}，是本部门本年支出的{amount / spent:.0f}倍"
            place = case.below(case.disclosure.place, "assets", "fixed_assets", at)
            yield warning("A012", said, place, "核对位数和本文件的unit，多半是元和万元写混了")
    whole, least = sum((amount for _, amount in assets.fixed_assets), Decimal(0)), _least_of_equipment(assets)
    if least > whole:
        said = f"大型设备按起点价值合计至少{in_yuan(least)}，多于固定资产原值{in_yuan(whole)}"
        yield warning(
            "A012",
            said,
            case.below(case.disclosure.place, "assets", "equipment"),
            "核对equipment的台（套）数和fixed_assets",
        )


def assets_are_of_last_years_size(case: Case) -> Iterator[Diagnostic]:
    """A013: 办公用房, 固定资产 and vehicles are not many times last year's, where last year's file is there."""
    now, before = case.disclosure.assets, case.prior.assets if case.prior else None
    if now is None or before is None or case.disclosure.merged_from:
        return
    fixed = [sum((amount for _, amount in of.fixed_assets), Decimal(0)) for of in (now, before)]
    for name, key, one, other, unit in (
        ("办公用房", "office_area", now.office_area, before.office_area, "平方米"),
        ("固定资产原值", "fixed_assets", fixed[0], fixed[1], "元"),
        ("实有车辆", "vehicles", Decimal(now.owned_vehicles.total), Decimal(before.owned_vehicles.total), "辆"),
    ):
        if one and other and not bound("assets_of_last_year").holds(one / other):
            said = f"{name}{one:,f}{unit}，上年{other:,f}{unit}"
            hint = "核对两年的数，多半有一个少写或多写了一位；确实变化这样大的，在waivers.yaml里说明"
            yield warning("A013", said, case.below(case.disclosure.place, "assets", key), hint)


def _bought(case: Case) -> int:
    """The vehicles that the year's money for them buys; none where some are 特种专业技术用车, which cost what they cost."""
    assets = case.disclosure.assets
    if assets is None or assets.purchases is None:
        return case.disclosure.counts.get("vehicles_purchased", 0)
    uses = assets.purchases.vehicles_by_use
    return 0 if uses.get(VehicleUse.SPECIAL) else assets.purchases.vehicles


def _guests(case: Case) -> int:
    counts = case.disclosure.counts
    return counts.get("domestic_people", 0) + counts.get("overseas_guests", 0)


def _least_of_equipment(assets: Assets) -> Decimal:
    """What large equipment is worth at least, in 元."""
    if assets.equipment is None:
        return Decimal(0)
    general, special = assets.equipment.general_over_500k or 0, assets.equipment.special_over_1m or 0
    return Decimal(500_000) * general + Decimal(1_000_000) * special
