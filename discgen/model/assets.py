"""国有资产占有使用情况: vehicles, offices and large equipment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.model.build_lines import unit_of
from discgen.model.line import AGENCY_KINDS, UnitKind
from discgen.model.record import Record, Reference


class VehicleUse(StrEnum):
    """What a vehicle is for, in the order the forms list it."""

    MINISTERIAL = "ministerial"
    LEADERSHIP = "leadership"
    CONFIDENTIAL = "confidential"
    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"
    SPECIAL = "special"
    RETIRED = "retired"
    INSTITUTION = "institution"
    OTHER = "other"


VEHICLE_USES = {
    VehicleUse.MINISTERIAL: "部级领导干部用车",
    VehicleUse.LEADERSHIP: "领导用车",
    VehicleUse.CONFIDENTIAL: "机要通信用车",
    VehicleUse.EMERGENCY: "应急保障用车",
    VehicleUse.ENFORCEMENT: "执法执勤用车",
    VehicleUse.SPECIAL: "特种专业技术用车",
    VehicleUse.RETIRED: "离退休干部服务用车",
    VehicleUse.INSTITUTION: "事业单位业务用车",
    VehicleUse.OTHER: "其他公务用车",
}
"""What people call them."""

COUNTS = (
    "vehicles.total",
    *(f"vehicles.{use}" for use in VehicleUse),
    "equipment.general_over_500k",
    "equipment.special_over_1m",
)
"""What a table may count besides money, by the names that forms use."""


class VehicleCount(Struct, frozen=True):
    """Vehicles in 辆, by kind of unit where that is known."""

    total: int
    administrative: int | None = None
    institution: int | None = None


class Equipment(Struct, frozen=True):
    """Large equipment in 台（套）: 通用 of 50万元 and more, 专用 of 100万元 and more. None where it is not written.

    Forms that do not tell 通用 and 专用 apart ask for all equipment of 100万元 and more but vehicles, in `special_over_1m`.
    """

    general_over_500k: int | None
    special_over_1m: int | None


class Purchases(Struct, frozen=True):
    """What the year's budget is to buy: vehicles in 辆 by use, equipment of 100万元 and more in 台（套）."""

    vehicles_by_use: Mapping[VehicleUse, int]
    special_over_1m: int

    @property
    def vehicles(self) -> int:
        """All vehicles to be bought."""
        return sum(self.vehicles_by_use.values())


class Assets(Struct, frozen=True):
    """Assets on a day. The area of offices is in 平方米; a use that is not written has no vehicle."""

    as_of: date | None
    authorised_vehicles: VehicleCount | None
    owned_vehicles: VehicleCount
    owned_by_use: Mapping[VehicleUse, int]
    office_area: Decimal | None
    equipment: Equipment | None
    purchases: Purchases | None
    fixed_assets: tuple[tuple[str, Decimal], ...]
    """固定资产原值 in 元 by unit, vehicles and buildings apart."""
    place: Place


def build_assets(row: Record, reference: Reference) -> Assets:
    """The assets that a file states, of the department or of a unit."""
    vehicles = row.at("vehicles")
    unit = unit_of(row, reference) or ""
    kind = reference.unit_kinds.get(unit)
    return Assets(
        as_of=row.day("as_of") if "as_of" in row else None,
        authorised_vehicles=_count(vehicles, "authorised", kind) if "authorised" in vehicles else None,
        owned_vehicles=_count(vehicles, "owned", kind),
        owned_by_use=_uses(vehicles.at("owned_by_use")) if "owned_by_use" in vehicles else {},
        office_area=Decimal(row.text("office_area")) if "office_area" in row else None,
        equipment=_equipment(row.at("equipment")) if "equipment" in row else None,
        purchases=_purchases(row.at("purchases")) if "purchases" in row else None,
        fixed_assets=tuple(_fixed_assets(row, unit, reference)),
        place=vehicles.tree.place(vehicles.path),
    )


def _equipment(row: Record) -> Equipment:
    general, special = (int(row.text(key)) if key in row else None for key in ("general_over_500k", "special_over_1m"))
    return Equipment(general, special)


def _purchases(row: Record) -> Purchases:
    uses = _uses(row.at("vehicles_by_use")) if "vehicles_by_use" in row else {}
    return Purchases(uses, int(row.optional("special_over_1m", "0")))


def _uses(row: Record) -> dict[VehicleUse, int]:
    return {use: int(row.optional(use, "0")) for use in VehicleUse}


def _fixed_assets(row: Record, unit: str, reference: Reference) -> Iterator[tuple[str, Decimal]]:
    if unit and "fixed_assets" in row:
        yield unit, row.amount("fixed_assets")
    elif not unit:
        for item in row.each("fixed_assets"):
            yield unit_of(item, reference) or "", item.amount("amount")


def _count(vehicles: Record, key: str, kind: UnitKind | None) -> VehicleCount:
    """The vehicles of a department, or those of a unit of the kind."""
    if not vehicles.is_mapping(key):
        count = int(vehicles.text(key))
        if kind is None:
            return VehicleCount(count)
        return VehicleCount(count, *((count, 0) if kind in AGENCY_KINDS else (0, count)))
    kinds = vehicles.at(key)
    administrative, institution = int(kinds.text("administrative")), int(kinds.text("institution"))
    return VehicleCount(administrative + institution, administrative, institution)
