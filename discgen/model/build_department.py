"""department.yaml to the Department of one year: its name and its units change from year to year."""

from __future__ import annotations

from discgen.codes.dictionary import Classification
from discgen.load.tree import Tree
from discgen.model.disclosure import Department, Level, Region, Unit
from discgen.model.line import UnitKind
from discgen.model.record import Record


def department_of(tree: Tree, year: int) -> Department:
    """The department of a schema-valid `department.yaml`, as it was called in `year`."""
    return build_department(Record(tree, (), "元", []), year)


def build_department(file: Record, year: int) -> Department:
    """The department as it was called in `year`, with the units it had then."""
    present = [row for row in file.each("units") if _is_of(row, year)]
    units = tuple(_unit(row) for row in present)
    region = file.at("region")
    seen: set[str] = set()
    for row, unit in zip(present, units, strict=True):
        if unit.id in seen:
            row.refuse("M005", "id", f"代号“{unit.id}”用了两次", "每个单位用自己的代号")
        seen.add(unit.id)
    former = sorted((row for row in file.each("former_names")), key=lambda row: int(row.text("until")))
    named = next((row for row in former if year <= int(row.text("until"))), file)
    return Department(
        code=file.optional("code"),
        name=named.text("name"),
        short_name=named.text("short_name"),
        region=Region(region.text("name"), Level(region.text("level"))),
        units=units,
        additional_codes=tuple(
            (Classification(row.text("classification")), row.text("code"), row.text("name"))
            for row in file.each("additional_codes")
        ),
        office_telephone=file.optional("office_telephone"),
    )


def _is_of(row: Record, year: int) -> bool:
    return int(row.optional("first_year", "0")) <= year <= int(row.optional("last_year", "9999"))


def _unit(row: Record) -> Unit:
    name = row.text("name")
    return Unit(
        row.text("id"), name, row.optional("short_name", name), UnitKind(row.text("kind")), row.optional("code")
    )
