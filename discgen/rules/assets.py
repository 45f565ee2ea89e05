"""国有资产占有使用情况: counts that must add."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, error
from discgen.rules.case import Case


def uses_are_owned(case: Case) -> Iterator[Diagnostic]:
    """A001: vehicles by use add up to the vehicles owned."""
    assets = case.disclosure.assets
    if assets and assets.owned_by_use:
        used = sum(assets.owned_by_use.values())
        if used != assets.owned_vehicles.total:
            said = f"车辆按用途合计{used}辆，实有{assets.owned_vehicles.total}辆"
            yield error("A001", said, assets.place, "核对owned_by_use和owned")
