"""Counts beside counts and beside the money for them: projects, units, vehicles, journeys and receptions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, warning
from discgen.model.line import Source, total
from discgen.money import in_yuan
from discgen.rules.case import Case

_LARGE = Decimal(1_000_000)
"""元: what 单价100万元以上 equipment costs at least; 50万元 is what 通用设备 that is listed does."""
_PARTS = (
    ("overseas_groups", "overseas_people", "出国（境）团组{}个，多于人次{}"),
    ("domestic_batches", "domestic_people", "国内接待批次{}，多于人次{}"),
    ("foreign_batches", "foreign_people", "外事接待批次{}，多于人次{}"),
    ("overseas_batches", "overseas_guests", "国（境）外接待批次{}，多于人次{}"),
    ("foreign_batches", "domestic_batches", "其中外事接待批次{}，多于国内接待批次{}"),
    ("foreign_people", "domestic_people", "其中外事接待人次{}，多于国内接待人次{}"),
)
"""Pairs of `counts` of which the first is no more than the second, and what is said of it."""
_WITHOUT_MONEY = (
    ("overseas_travel", ("overseas_groups", "overseas_people"), "出国（境）"),
    ("vehicle_purchase", ("vehicles_purchased",), "购置公务用车"),
    ("reception", ("domestic_people", "overseas_guests"), "接待"),
)
"""Items of “三公”经费, and the counts that there are none of without its money."""


def stated_performance_is_counted(case: Case) -> Iterator[Diagnostic]:
    """A006: units and projects stated to have goals or reports are no more than there are, and have money if any."""
    stated, disclosure = case.disclosure.performance, case.disclosure
    if stated is None:
        return
    all_projects = case.form.projects == "all" and disclosure.target.kind == "budget"
    reports = len(disclosure.evaluations)
    for key, number, most, said, whole in (
        ("units", stated.units, len(disclosure.department.units), "编报绩效目标的单位{}个", "本部门的单位{}个"),
        (
            "projects",
            stated.projects,
            len(disclosure.projects) if all_projects else None,
            "编报绩效目标的项目{}个",
            "projects/下的项目{}个",
        ),
        ("evaluated", stated.evaluated, stated.projects, "部门评价的项目{}个", "绩效自评的项目{}个"),
    ):
        if most is not None and number > most:
            message = f"{said.format(number)}，多于{whole.format(most)}"
            yield warning("A006", message, case.below(stated.place, key), f"核对performance的{key}")
    if reports > stated.projects:
        said = f"自评报告有{reports}份，绩效自评的项目只写了{stated.projects}个"
        yield warning(
            "A006", said, case.below(stated.place, "projects"), "核对performance的projects和evaluations下的报告"
        )
    for key, amount, number in (
        ("amount", stated.amount, stated.projects),
        ("evaluated_amount", stated.evaluated_amount, stated.evaluated),
    ):
        if amount is not None and bool(amount) is not bool(number):
            said = f"performance写了{number}个项目，资金{in_yuan(amount)}"
            yield warning("A006", said, case.below(stated.place, key), "有项目就有资金，没有项目就没有资金；核对两个数")


def vehicles_are_authorised(case: Case) -> Iterator[Diagnostic]:
    """A007: no more vehicles are owned than authorised, of either kind of unit where they are told apart."""
    assets = case.disclosure.assets
    if assets is None or assets.authorised_vehicles is None:
        return
    owned, authorised = assets.owned_vehicles, assets.authorised_vehicles
    kinds = (
        ("行政单位", owned.administrative, authorised.administrative),
        ("事业单位", owned.institution, authorised.institution),
    )
    pairs = [(name, has, may) for name, has, may in kinds if has is not None and may is not None]
    for name, has, may in pairs or [("", owned.total, authorised.total)]:
        if has > may:
            said = f"{name}车辆实有{has}辆，多于编制{may}辆"
            yield warning(
                "A007",
                said,
                case.below(assets.place, "owned"),
                "核对owned和authorised；确实超编的，在waivers.yaml里说明",
            )


def purchases_have_money(case: Case) -> Iterator[Diagnostic]:
    """A008: vehicles that a budget is to buy and 公务用车购置费 go together; large equipment is within 政府采购."""
    assets, cost = case.disclosure.assets, case.book.this("three_public.vehicle_purchase").value
    if assets is None or assets.purchases is None:
        return
    number, place = assets.purchases.vehicles, case.below(case.disclosure.place, "assets", "purchases")
    if cost is not None and bool(cost) is not bool(number):
        said = f"购置车辆{number}辆，公务用车购置费{in_yuan(cost)}"
        hint = "买车就有钱，不买就没有；核对purchases的vehicles_by_use和three_public的vehicle_purchase"
        yield warning("A008", said, case.below(place, "vehicles_by_use"), hint)
    least, procured = assets.purchases.special_over_1m * _LARGE, total(case.ledger.lines(Source.PROCUREMENT))
    if procured and least > procured:
        said = f"购置单价100万元以上的设备{assets.purchases.special_over_1m}台（套），至少{in_yuan(least)}，多于政府采购{in_yuan(procured)}"
        yield warning("A008", said, case.below(place, "special_over_1m"), "核对purchases的special_over_1m和procurement")


def counts_agree(case: Case) -> Iterator[Diagnostic]:
    """A009: the numbers of journeys, vehicles and receptions agree with each other and with their money (公开10表)."""
    counts, place = case.disclosure.counts, case.below(case.disclosure.place, "counts")
    for part, whole, said in _PARTS:
        if whole in counts and counts.get(part, 0) > counts[whole]:
            yield warning(
                "A009", said.format(counts[part], counts[whole]), case.below(place, part), "核对counts的这两个数"
            )
    for item, keys, what in _WITHOUT_MONEY:
        spent = case.book.this(f"three_public.{item}")
        for key in keys:
            if counts.get(key) and spent.value is not None and spent.value == 0:
                said = f"counts写了{what}的数目{counts[key]}，{spent.title}却是0"
                yield warning("A009", said, case.below(place, key), f"核对counts的{key}和这一项的金额")
    assets, bought = case.disclosure.assets, counts.get("vehicles_purchased", 0)
    if assets and bought > assets.owned_vehicles.total:
        said = f"购置公务用车{bought}辆，年末实有只有{assets.owned_vehicles.total}辆"
        yield warning("A009", said, case.below(place, "vehicles_purchased"), "核对counts和assets的owned")
