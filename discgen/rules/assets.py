"""资产和必备内容 (A): counts that must add up, what a form asks for, and sizes compared with money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from discgen.diagnostics import Diagnostic, Place
from discgen.model.assets import VEHICLE_USES, Assets, VehicleUse
from discgen.model.line import Source, UnitKind, total
from discgen.money import in_yuan
from discgen.rules.case import Case
from discgen.rules.figures import bound
from discgen.rules.registry import finding, rule


@rule("A001")
def uses_are_owned(case: Case) -> Iterator[Diagnostic]:
    """A001: vehicles by use add up to the vehicles owned."""
    assets = case.disclosure.assets
    if assets and assets.owned_by_use:
        used = sum(assets.owned_by_use.values())
        if used != assets.owned_vehicles.total:
            message = f"车辆按用途合计{used}辆，实有{assets.owned_vehicles.total}辆"
            yield finding("A001", message, assets.place, "核对owned_by_use和owned")


@rule("A002")
def uses_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """A002: vehicles have a use that the form lists; others would be in the total only."""
    assets, listed = case.disclosure.assets, case.form.vehicle_uses
    if assets is None or not listed:
        return
    for use, number in assets.owned_by_use.items():
        if number and use not in listed:
            message = f"表式没有车辆用途{use}（{VEHICLE_USES[use]}）"
            known = "、".join(f"{item}（{VEHICLE_USES[item]}）" for item in listed)
            yield finding("A002", message, assets.place, f"归到表式有的用途：{known}")


@rule("A003")
def what_the_form_prints_is_given(case: Case) -> Iterator[Diagnostic]:
    """A003: what the form's text speaks of is written; left out, the document would say that there is none."""
    disclosure = case.disclosure
    assets = disclosure.assets
    written = {
        "assets": assets,
        "assets.authorised": assets is None or assets.authorised_vehicles,
        "assets.office_area": assets is None or assets.office_area is not None,
        "assets.owned_by_use": assets is None or assets.owned_by_use or not assets.owned_vehicles.total,
        "performance": disclosure.performance,
        "procurement": disclosure.lines.get(Source.PROCUREMENT),
        "reserved": disclosure.reserved,
        "awarded": disclosure.awarded,
        "office_telephone": disclosure.department.office_telephone,
    }
    for name in case.form.needs:
        if not written[name]:
            message = f"缺少{name}（{_NAMES[name]}），这个表式要说到它"
            yield finding("A003", message, *_where_to_add(case, name))


def _where_to_add(case: Case, name: str) -> tuple[Place, str]:
    """The place where what is missing belongs, and a hint."""
    if name == "office_telephone":
        place = Place(case.disclosure.files[0].file)
        return place, "在department.yaml加一行office_telephone，写办公室的固定电话，不写个人的号码"
    if name == "assets.owned_by_use" and (assets := case.disclosure.assets):
        uses = "、".join(f"{use} {VEHICLE_USES[use]}" for use in case.form.vehicle_uses)
        example = f"owned_by_use: {{other: {assets.owned_vehicles.total}}}"
        return assets.place, f"在vehicles下按用途写，加起来等于owned，例如{example}；用途有：{uses}"
    return case.disclosure.place, "补上这一项；没有的写0"


@rule("A004")
def kept_vehicles_are_owned(case: Case) -> Iterator[Diagnostic]:
    """A004: 公务用车保有量 of the “三公”经费 is no more than the vehicles owned (公开10表)."""
    assets, kept = case.disclosure.assets, case.disclosure.counts.get("vehicles_kept", 0)
    if assets and kept > assets.owned_vehicles.total:
        message = f"公务用车保有量{kept}辆，多于实有车辆{assets.owned_vehicles.total}辆"
        yield finding("A004", message, assets.place, "核对counts的vehicles_kept和assets的owned")


@rule("A005")
def counts_are_given(case: Case) -> Iterator[Diagnostic]:
    """A005: “三公”经费 that was spent has its number of journeys, vehicles and receptions; left out, 0 is printed."""
    for item, (keys, what, hint) in _COUNTED.items():
        spent = case.book.this(f"three_public.{item}")
        if spent.value and spent.value > 0 and not any(case.disclosure.counts.get(key) for key in keys):
            message = f"{spent.title}{in_yuan(spent.value)}，却没有写{what}，会印成0"
            yield finding(
                "A005", message, case.disclosure.place, f"在accounts.yaml里加一行，数照实写，例如counts: {hint}"
            )


_NAMES = {
    "assets": "国有资产",
    "assets.authorised": "车辆编制数",
    "assets.office_area": "办公用房面积",
    "assets.owned_by_use": "实有车辆各是什么用途",
    "performance": "绩效目标编报情况",
    "procurement": "政府采购",
    "reserved": "政府采购面向中小企业预留，写在procurement下",
    "awarded": "政府采购授予中小企业的合同，写在procurement下",
    "office_telephone": "办公电话",
}
_COUNTED = {
    "overseas_travel": (
        ("overseas_groups", "overseas_people"),
        "团组和人次",
        "{overseas_groups: 1, overseas_people: 3}",
    ),
    "vehicle_purchase": (("vehicles_purchased",), "购置的辆数", "{vehicles_purchased: 1}"),
    "vehicle_operation": (("vehicles_kept",), "公务用车保有量", "{vehicles_kept: 2}"),
    "reception": (
        ("domestic_batches", "domestic_people", "overseas_batches", "overseas_guests"),
        "接待的批次和人次",
        "{domestic_batches: 12, domestic_people: 96}",
    ),
}
"""By the item of “三公”经费: the keys of `counts` that belong to it, what they are called, and how they are written."""


_LARGE = Decimal(1_000_000)
"""元: the least price of equipment listed as 单价100万元以上, and of 通用设备 listed as 50万元以上."""
_PARTS = (
    ("overseas_groups", "overseas_people", "出国（境）团组{}个，多于人次{}"),
    ("domestic_batches", "domestic_people", "国内接待批次{}，多于人次{}"),
    ("foreign_batches", "foreign_people", "外事接待批次{}，多于人次{}"),
    ("overseas_batches", "overseas_guests", "国（境）外接待批次{}，多于人次{}"),
    ("foreign_batches", "domestic_batches", "其中外事接待批次{}，多于国内接待批次{}"),
    ("foreign_people", "domestic_people", "其中外事接待人次{}，多于国内接待人次{}"),
)
"""Pairs of `counts` of which the first is no more than the second, and the message where it is."""
_WITHOUT_MONEY = (
    ("overseas_travel", ("overseas_groups", "overseas_people"), "出国（境）"),
    ("vehicle_purchase", ("vehicles_purchased",), "购置公务用车"),
    ("reception", ("domestic_people", "overseas_guests"), "接待"),
)
"""Items of “三公”经费, and the counts that are zero where no money of the item was spent."""


@rule("A006")
def stated_performance_is_counted(case: Case) -> Iterator[Diagnostic]:
    """A006: units and projects stated to have goals or reports are no more than there are, and have money if any."""
    stated, disclosure = case.disclosure.performance, case.disclosure
    if stated is None:
        return
    all_projects = case.form.projects == "all" and disclosure.target.kind == "budget"
    reports = len(disclosure.evaluations)
    for key, number, most, part, whole in (
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
            message = f"{part.format(number)}，多于{whole.format(most)}"
            yield finding("A006", message, case.below(stated.place, key), f"核对performance的{key}")
    if reports > stated.projects:
        message = f"自评报告有{reports}份，绩效自评的项目只写了{stated.projects}个"
        yield finding(
            "A006", message, case.below(stated.place, "projects"), "核对performance的projects和evaluations下的报告"
        )
    stages = {"goals": stated.goals, "monitoring": stated.monitoring}
    for key, amount, number in (
        ("amount", stated.amount, stated.projects),
        ("evaluated_amount", stated.evaluated_amount, stated.evaluated),
        *((key, stage.amount, stage.projects) for key, stage in stages.items() if stage),
    ):
        if amount is not None and bool(amount) is not bool(number):
            message = f"performance写了{number}个项目，资金{in_yuan(amount)}"
            yield finding(
                "A006", message, case.below(stated.place, key), "有项目就有资金，没有项目就没有资金；核对两个数"
            )
    if stated.problems and stated.problems.solved > stated.problems.found:
        message = f"已经整改的问题{stated.problems.solved}个，多于发现的{stated.problems.found}个"
        yield finding("A006", message, case.below(stated.place, "problems"), "核对problems的found和solved")


@rule("A007")
def vehicles_are_authorised(case: Case) -> Iterator[Diagnostic]:
    """A007: no more vehicles are owned than authorised, of either kind of unit where the form lists them separately."""
    assets = case.disclosure.assets
    if assets is None or assets.authorised_vehicles is None:
        return
    owned, authorised = assets.owned_vehicles, assets.authorised_vehicles
    kinds = (
        (UnitKind.ADMINISTRATIVE.term.short, owned.administrative, authorised.administrative),
        (UnitKind.INSTITUTION.term.short, owned.institution, authorised.institution),
    )
    pairs = [(name, has, may) for name, has, may in kinds if has is not None and may is not None]
    for name, has, may in pairs or [("", owned.total, authorised.total)]:
        if has > may:
            message = f"{name}车辆实有{has}辆，多于编制{may}辆"
            yield finding(
                "A007",
                message,
                case.below(assets.place, "owned"),
                "核对owned和authorised；确实超编的，在waivers.yaml里说明",
            )


@rule("A008")
def purchases_have_money(case: Case) -> Iterator[Diagnostic]:
    """A008: vehicles that a budget is to buy and 公务用车购置费 go together; large equipment is within 政府采购."""
    assets, cost = case.disclosure.assets, case.book.this("three_public.vehicle_purchase").value
    if assets is None or assets.purchases is None:
        return
    number, place = assets.purchases.vehicles, case.below(case.disclosure.place, "assets", "purchases")
    if cost is not None and bool(cost) is not bool(number):
        message = f"购置车辆{number}辆，公务用车购置费{in_yuan(cost)}"
        hint = "买车就有钱，不买就没有；核对purchases的vehicles_by_use和three_public的vehicle_purchase"
        yield finding("A008", message, case.below(place, "vehicles_by_use"), hint)
    least, procured = assets.purchases.special_over_1m * _LARGE, total(case.ledger.lines(Source.PROCUREMENT))
    if procured and least > procured:
        message = f"购置单价100万元以上的设备{assets.purchases.special_over_1m}台（套），至少{in_yuan(least)}，多于政府采购{in_yuan(procured)}"
        yield finding(
            "A008", message, case.below(place, "special_over_1m"), "核对purchases的special_over_1m和procurement"
        )


@rule("A009")
def counts_agree(case: Case) -> Iterator[Diagnostic]:
    """A009: the numbers of journeys, vehicles and receptions agree with each other and with their money (公开10表)."""
    counts, place = case.disclosure.counts, case.below(case.disclosure.place, "counts")
    for part, whole, message in _PARTS:
        if whole in counts and counts.get(part, 0) > counts[whole]:
            yield finding(
                "A009", message.format(counts[part], counts[whole]), case.below(place, part), "核对counts的这两个数"
            )
    for item, keys, what in _WITHOUT_MONEY:
        spent = case.book.this(f"three_public.{item}")
        for key in keys:
            if counts.get(key) and spent.value is not None and spent.value == 0:
                message = f"counts写了{what}的数目{counts[key]}，{spent.title}却是0"
                yield finding("A009", message, case.below(place, key), f"核对counts的{key}和这一项的金额")
    assets, bought = case.disclosure.assets, counts.get("vehicles_purchased", 0)
    if assets and bought > assets.owned_vehicles.total:
        message = f"购置公务用车{bought}辆，年末实有只有{assets.owned_vehicles.total}辆"
        yield finding("A009", message, case.below(place, "vehicles_purchased"), "核对counts和assets的owned")


_BASE_SALARY = "30101"
"""基本工资, by which the number of people is estimated."""


@rule("A010")
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
            message = f"{spent.title}{in_yuan(spent.value)}，数目{number}，{what}{in_yuan(each)}，不合情理"
            yield finding(
                "A010", message, spent.lines[0].place, "核对金额和数目的位数；确实如此的，在waivers.yaml里说明"
            )


@rule("A011")
def offices_fit_people(case: Case) -> Iterator[Diagnostic]:
    """A011: 办公用房 is no larger than the people need whom 基本工资 can pay, nor than any department's."""
    assets, place = case.disclosure.assets, case.below(case.disclosure.place, "assets", "office_area")
    if assets and assets.office_area and bound("office_area").is_beyond(assets.office_area):
        message = f"办公用房{assets.office_area:,f}平方米，不合情理"
        yield finding("A011", message, place, "核对office_area的位数；确实如此的，在waivers.yaml里说明")
        return
    salaries = total(line for line in case.ledger.lines(Source.BASIC) if line.department_economic_code == _BASE_SALARY)
    least, most = bound("base_salary").least, bound("office_area_of_a_person")
    if assets is None or assets.office_area is None or salaries <= 0 or least is None:
        return
    people = max(int(salaries / least), 1)
    if most.is_beyond(assets.office_area / people):
        message = (
            f"办公用房{assets.office_area:f}平方米，按基本工资至多{people}人，"
            f"每人{assets.office_area / people:.0f}平方米，超出办公用房标准"
        )
        hint = "核对office_area的位数；政务大厅等也算在内的，在waivers.yaml里说明"
        yield finding("A011", message, place, hint)


@rule("A012")
def fixed_assets_fit_expenditure(case: Case) -> Iterator[Diagnostic]:
    """A012: 固定资产原值 of a unit is not many times what the department spends in a year, and holds its large equipment."""
    assets, spent = case.disclosure.assets, case.book.this("expenditure.total").value
    if assets is None or not assets.fixed_assets:
        return
    for at, (unit, amount) in enumerate(assets.fixed_assets):
        if spent and spent > 0 and bound("fixed_assets_of_expenditure").is_beyond(amount / spent):
            name = case.disclosure.department.unit(unit).name
            message = f"{name}固定资产原值{in_yuan(amount)}，是本部门本年支出的{amount / spent:.0f}倍"
            place = case.below(case.disclosure.place, "assets", "fixed_assets", at)
            yield finding("A012", message, place, "核对位数和本文件的unit，多半是元和万元写混了")
    whole, least = sum((amount for _, amount in assets.fixed_assets), Decimal(0)), _least_of_equipment(assets)
    if least > whole:
        message = f"大型设备按起点价值合计至少{in_yuan(least)}，多于固定资产原值{in_yuan(whole)}"
        yield finding(
            "A012",
            message,
            case.below(case.disclosure.place, "assets", "equipment"),
            "核对equipment的台（套）数和fixed_assets",
        )


@rule("A013")
def assets_are_of_last_years_size(case: Case) -> Iterator[Diagnostic]:
    """A013: 办公用房, 固定资产 and vehicles are not many times last year's, where last year's file is there."""
    now, before = case.disclosure.assets, case.last_year.assets if case.last_year else None
    if now is None or before is None or case.disclosure.merged_from:
        return
    fixed = [sum((amount for _, amount in of.fixed_assets), Decimal(0)) for of in (now, before)]
    for name, key, amount, former, unit in (
        ("办公用房", "office_area", now.office_area, before.office_area, "平方米"),
        ("固定资产原值", "fixed_assets", fixed[0], fixed[1], "元"),
        ("实有车辆", "vehicles", Decimal(now.owned_vehicles.total), Decimal(before.owned_vehicles.total), "辆"),
    ):
        if amount and former and not bound("assets_of_last_year").holds(amount / former):
            message = f"{name}{amount:,f}{unit}，上年{former:,f}{unit}"
            hint = "核对两年的数，多半有一个少写或多写了一位；确实变化这样大的，在waivers.yaml里说明"
            yield finding("A013", message, case.below(case.disclosure.place, "assets", key), hint)


def _bought(case: Case) -> int:
    """How many vehicles were bought with the year's money; none where some are 特种专业技术用车, whose price has no bound."""
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
