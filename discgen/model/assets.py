"""国有资产占有使用情况: vehicles, offices and large equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from discgen.diagnostics import Place
from discgen.model.record import Record


class VehicleUse(StrEnum):
    """What a vehicle is for, in the order the forms list it."""

    LEADERSHIP = "leadership"
    CONFIDENTIAL = "confidential"
    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"
    SPECIAL = "special"
    INSTITUTION = "institution"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VehicleCount:
    """Vehicles in 辆, by kind of unit where that is known."""

    total: int
    administrative: int | None = None
    institution: int | None = None


@dataclass(frozen=True, slots=True)
class Equipment:
    """Large equipment in 台（套）: 通用 of 50万元 and more, 专用 of 100万元 and more."""

    general_over_500k: int
    special_over_1m: int


@dataclass(frozen=True, slots=True)
class Assets:
    """Assets on a day. The area of offices is in 平方米; a use that is not written has no vehicle."""

    as_of: date | None
    authorised_vehicles: VehicleCount
    owned_vehicles: VehicleCount
    owned_by_use: Mapping[VehicleUse, int]
    office_area: Decimal
    equipment: Equipment | None
    place: Place


def build_assets(row: Record) -> Assets:
    """The assets that a file states."""
    vehicles = row.at("vehicles")
    uses = vehicles.at("owned_by_use") if "owned_by_use" in vehicles else None
    return Assets(
        as_of=row.day("as_of") if "as_of" in row else None,
        authorised_vehicles=_count(vehicles, "authorised"),
        owned_vehicles=_count(vehicles, "owned"),
        owned_by_use={use: int(uses.optional(use, "0")) for use in VehicleUse} if uses else {},
        office_area=Decimal(row.text("office_area")),
        equipment=_equipment(row.at("equipment")) if "equipment" in row else None,
        place=vehicles.tree.place(vehicles.path),
    )


def _equipment(row: Record) -> Equipment:
    return Equipment(int(row.text("general_over_500k")), int(row.text("special_over_1m")))


def _count(vehicles: Record, key: str) -> VehicleCount:
    if not vehicles.is_mapping(key):
        return VehicleCount(int(vehicles.text(key)))
    kinds = vehicles.at(key)
    administrative, institution = int(kinds.text("administrative")), int(kinds.text("institution"))
    return VehicleCount(administrative + institution, administrative, institution)
