"""国有资产占有使用情况: counts that must add, and what a form must be told."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, Place, error, warning
from discgen.model.assets import VEHICLE_USES
from discgen.model.line import Source
from discgen.money import in_yuan
from discgen.rules.case import Case


def uses_are_owned(case: Case) -> Iterator[Diagnostic]:
    """A001: vehicles by use add up to the vehicles owned."""
    assets = case.disclosure.assets
    if assets and assets.owned_by_use:
        used = sum(assets.owned_by_use.values())
        if used != assets.owned_vehicles.total:
            said = f"车辆按用途合计{used}辆，实有{assets.owned_vehicles.total}辆"
            yield error("A001", said, assets.place, "核对owned_by_use和owned")


def uses_are_of_form(case: Case) -> Iterator[Diagnostic]:
    """A002: vehicles have a use that the form lists; others would be in the total only."""
    assets, listed = case.disclosure.assets, case.form.vehicle_uses
    if assets is None or not listed:
        return
    for use, number in assets.owned_by_use.items():
        if number and use not in listed:
            said = f"表式没有车辆用途{use}（{VEHICLE_USES[use]}）"
            known = "、".join(f"{one}（{VEHICLE_USES[one]}）" for one in listed)
            yield error("A002", said, assets.place, f"归到表式有的用途：{known}")


def form_is_told(case: Case) -> Iterator[Diagnostic]:
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
        "office_telephone": disclosure.department.office_telephone,
    }
    for name in case.form.needs:
        if not written[name]:
            said = f"缺少{name}（{_NAMES[name]}），这个表式要说到它"
            yield error("A003", said, *_where_to_add(case, name))


def _where_to_add(case: Case, name: str) -> tuple[Place, str]:
    """Where what is left out belongs, and what to do."""
    if name == "office_telephone":
        place = Place(case.disclosure.files[0].file)
        return place, "在department.yaml加一行office_telephone，写办公室的固定电话，不写个人的号码"
    if name == "assets.owned_by_use" and (assets := case.disclosure.assets):
        uses = "、".join(f"{use} {VEHICLE_USES[use]}" for use in case.form.vehicle_uses)
        example = f"owned_by_use: {{other: {assets.owned_vehicles.total}}}"
        return assets.place, f"在vehicles下按用途写，加起来等于owned，例如{example}；用途有：{uses}"
    return case.disclosure.place, "补上这一项；没有的写0"


def kept_vehicles_are_owned(case: Case) -> Iterator[Diagnostic]:
    """A004: 公务用车保有量 of the “三公”经费 is no more than the vehicles owned (公开10表)."""
    assets, kept = case.disclosure.assets, case.disclosure.counts.get("vehicles_kept", 0)
    if assets and kept > assets.owned_vehicles.total:
        said = f"公务用车保有量{kept}辆，多于实有车辆{assets.owned_vehicles.total}辆"
        yield error("A004", said, assets.place, "核对counts的vehicles_kept和assets的owned")


def counts_are_told(case: Case) -> Iterator[Diagnostic]:
    """A005: “三公”经费 that was spent has its number of journeys, vehicles and receptions; left out, 0 is printed."""
    for item, (keys, what, hint) in _COUNTED.items():
        spent = case.book.this(f"three_public.{item}")
        if spent.value and spent.value > 0 and not any(case.disclosure.counts.get(key) for key in keys):
            said = f"{spent.title}{in_yuan(spent.value)}，却没有写{what}，会印成0"
            yield warning("A005", said, case.disclosure.place, f"在accounts.yaml里加一行，数照实写，例如counts: {hint}")


_NAMES = {
    "assets": "国有资产",
    "assets.authorised": "车辆编制数",
    "assets.office_area": "办公用房面积",
    "assets.owned_by_use": "实有车辆各是什么用途",
    "performance": "绩效目标编报情况",
    "procurement": "政府采购",
    "reserved": "政府采购面向中小企业预留，写在procurement下",
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
"""By the item of “三公”经费: the keys of `counts` that tell of it, what they are called, and how they are written."""
