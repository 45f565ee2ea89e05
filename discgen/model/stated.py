"""What is stated besides lines (assets, counts, performance, small firms): read once for the department, or from a row for each unit and added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from discgen.model.assets import Assets, Equipment, Purchases, VehicleCount, build_assets
from discgen.model.build_lines import stated_rows, unit_of
from discgen.model.disclosure import (
    AWARDED,
    Awarded,
    Grade,
    Managed,
    Performance,
    Problems,
    Reserved,
    Stated,
)
from discgen.model.record import Record, Reference
from discgen.money import ZERO, round_half_up

T = TypeVar("T")
N = TypeVar("N", int, Decimal)

_SCORE_PLACES = 2
"""To which 自评平均得分 is stated."""


def build_stated(facts: Record, reference: Reference) -> tuple[Stated, dict[str, Stated]]:
    """What a file of facts states of the whole department, and of each unit as far as it says so."""
    assets = _by_unit(facts, "assets", reference, lambda row: build_assets(row, reference))
    performance = _by_unit(facts, "performance", reference, _performance)
    reserved = _by_unit(facts, "procurement", reference, _reserved)
    awarded = _by_unit(facts, "procurement", reference, _awarded)
    counts = _by_unit(facts, "counts", reference, _counts)
    reception = _by_unit(facts, "reception", reference, _reception)
    _refuse_what_does_not_add_up(facts)
    whole = Stated(
        _sum(assets.values(), _add_assets),
        _sum(performance.values(), _add_performance),
        _sum(reserved.values(), _add_reserved),
        _sum(awarded.values(), _add_awarded),
        _add_counts(list(counts.values())),
        _add_counts(list(reception.values())),
    )
    units = {unit for stated in (assets, performance, reserved, awarded, counts, reception) for unit in stated} - {""}
    by_unit = {
        unit: Stated(
            assets.get(unit),
            performance.get(unit),
            reserved.get(unit),
            awarded.get(unit),
            counts.get(unit, {}),
            reception.get(unit, {}),
        )
        for unit in units
    }
    return whole, by_unit


def _by_unit(facts: Record, key: str, reference: Reference, build: Callable[[Record], T | None]) -> dict[str, T]:
    """What the rows of a key state, by unit; under no unit what is stated of the department. Of two rows the first."""
    stated: dict[str, T] = {}
    for row in stated_rows(facts, key):
        built = build(row)
        if built is not None:
            stated.setdefault(unit_of(row, reference) or "", built)
    return stated


def _refuse_what_does_not_add_up(facts: Record) -> None:
    """M035: rows of units of which some say what others leave out, or that are about different days."""
    rows = stated_rows(facts, "assets")
    days = {row.optional("as_of") for row in rows}
    if len(days) > 1:
        last = next(row for row in reversed(rows) if row.optional("as_of") != rows[0].optional("as_of"))
        key = "as_of" if "as_of" in last else "unit"
        last.refuse("M035", key, "各单位资产的截止日期不一样，加不成部门的数", "各行的as_of写同一天")
    for key in ("amount", "evaluated_amount", "average_score"):
        rows = [row for row in stated_rows(facts, "performance") if row.count("projects")]
        without = [row for row in rows if key not in row]
        if without and len(without) < len(rows):
            without[0].refuse("M035", "projects", f"有的单位写了{key}，这个单位没有写，加不成部门的数", f"补上{key}")


def _sum(stated: Iterable[T], add: Callable[[Sequence[T]], T]) -> T | None:
    rows = list(stated)
    return (rows[0] if len(rows) == 1 else add(rows)) if rows else None


def _known(values: Iterable[N | None]) -> list[N]:
    return [value for value in values if value is not None]


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is written; None where nothing is."""
    known = _known(values)
    return sum(known, ZERO) if known else None


def _count(values: Iterable[int | None]) -> int | None:
    known = _known(values)
    return sum(known) if known else None


def _add_assets(rows: Sequence[Assets]) -> Assets:
    equipment = [row.equipment for row in rows if row.equipment]
    purchases = [row.purchases for row in rows if row.purchases]
    return Assets(
        as_of=rows[0].as_of,
        authorised_vehicles=_add_vehicles([row.authorised_vehicles for row in rows if row.authorised_vehicles]),
        owned_vehicles=_add_vehicles([row.owned_vehicles for row in rows]) or VehicleCount(0),
        owned_by_use=_add_counts([row.owned_by_use for row in rows]),
        office_area=_total(row.office_area for row in rows),
        equipment=Equipment(
            _count(own.general_over_500k for own in equipment), _count(own.special_over_1m for own in equipment)
        )
        if equipment
        else None,
        purchases=Purchases(
            _add_counts([own.vehicles_by_use for own in purchases]), sum(own.special_over_1m for own in purchases)
        )
        if purchases
        else None,
        fixed_assets=tuple(item for row in rows for item in row.fixed_assets),
        place=rows[0].place,
    )


def _add_vehicles(counts: Sequence[VehicleCount]) -> VehicleCount | None:
    """The vehicles of several units, by kind of unit where all are known so."""
    if not counts:
        return None
    kinds = ([count.administrative for count in counts], [count.institution for count in counts])
    administrative, institution = (None if None in kind else _count(kind) for kind in kinds)
    return VehicleCount(sum(count.total for count in counts), administrative, institution)


K = TypeVar("K", bound=str)


def _add_counts(rows: Sequence[Mapping[K, N]]) -> dict[K, N]:
    added: dict[K, N] = {}
    for row in rows:
        for key, count in row.items():
            added[key] = added[key] + count if key in added else count
    return added


def _add_performance(rows: Sequence[Performance]) -> Performance:
    problems = [row.problems for row in rows if row.problems]
    return Performance(
        sum(row.units for row in rows),
        sum(row.projects for row in rows),
        _total(row.amount for row in rows),
        _add_counts([row.grades for row in rows]),
        sum(row.evaluated for row in rows),
        _total(row.evaluated_amount for row in rows),
        rows[0].place,
        _add_managed([row.goals for row in rows if row.goals]),
        _add_managed([row.monitoring for row in rows if row.monitoring]),
        _average_score(rows),
        Problems(sum(own.found for own in problems), sum(own.solved for own in problems)) if problems else None,
    )


def _add_managed(rows: Sequence[Managed]) -> Managed | None:
    return Managed(sum(row.projects for row in rows), sum((row.amount for row in rows), ZERO)) if rows else None


def _average_score(rows: Sequence[Performance]) -> Decimal | None:
    """自评平均得分 of all projects, from those of units."""
    scored = [(row.average_score, row.projects) for row in rows if row.average_score is not None and row.projects]
    if not scored:
        return None
    points = sum((score * projects for score, projects in scored), ZERO)
    return round_half_up(points / sum(projects for _, projects in scored), _SCORE_PLACES)


def _add_reserved(rows: Sequence[Reserved]) -> Reserved:
    return Reserved(sum((row.sme for row in rows), ZERO), sum((row.micro for row in rows), ZERO), rows[0].place)


def _add_awarded(rows: Sequence[Awarded]) -> Awarded:
    return Awarded(_add_counts([row.amounts for row in rows]), rows[0].place)


def _counts(row: Record) -> dict[str, int]:
    return {key: row.count(key) for key in row if key != "unit"}


def _reception(row: Record) -> dict[str, Decimal]:
    return {kind: row.amount(kind) if kind in row else ZERO for kind in ("domestic", "foreign", "overseas")}


def _performance(row: Record) -> Performance:
    grades = {grade: row.at("grades").count(grade) for grade in Grade} if "grades" in row else {}
    amount, evaluated_amount = (_if_written(row, key) for key in ("amount", "evaluated_amount"))
    goals, monitoring = (_managed(row.at(key)) if key in row else None for key in ("goals", "monitoring"))
    problems = row.at("problems") if "problems" in row else None
    projects = row.count("projects")
    return Performance(
        min(projects, 1) if "unit" in row else row.count("units"),
        projects,
        amount,
        grades,
        row.count("evaluated"),
        evaluated_amount,
        row.tree.place(row.path),
        goals,
        monitoring,
        Decimal(row.text("average_score")) if "average_score" in row else None,
        Problems(problems.count("found"), problems.count("solved")) if problems else None,
    )


def _managed(row: Record) -> Managed:
    return Managed(row.count("projects"), row.amount("amount"))


def _if_written(row: Record, key: str) -> Decimal | None:
    return row.amount(key) if key in row else None


def _reserved(procurement: Record) -> Reserved | None:
    if "reserved" not in procurement:
        return None
    row = procurement.at("reserved")
    return Reserved(row.amount("sme"), row.amount("micro"), row.tree.place(row.path))


def _awarded(procurement: Record) -> Awarded | None:
    if "awarded" not in procurement:
        return None
    row = procurement.at("awarded")
    return Awarded({key: row.amount(key) for key in AWARDED if key in row}, row.tree.place(row.path))
