"""Counts of things that tables show beside amounts: vehicles in 辆, equipment in 台（套）."""

from __future__ import annotations

from discgen.model.assets import Assets, VehicleUse


def counted(name: str, assets: Assets | None) -> int:
    """The count called `vehicles.total`, `vehicles.<use>` or `equipment.<kind>`; zero where nothing is written.

    Raises ValueError for any other name.
    """
    of, _, what = name.partition(".")
    if of == "equipment" and what in ("general_over_500k", "special_over_1m"):
        equipment = assets.equipment if assets else None
        return (getattr(equipment, what) or 0) if equipment else 0
    if of == "vehicles":
        if what == "total":
            return assets.owned_vehicles.total if assets else 0
        return assets.owned_by_use.get(VehicleUse(what), 0) if assets else 0
    raise ValueError(f"no such count: {name}")
