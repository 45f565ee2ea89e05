"""A department and its units, as department.yaml has them for one year: names and units change from year to year."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from discgen.model.line import UnitKind
from discgen.model.project import FundLevel
from discgen.model.record import Record
from discgen.reference.codes import Classification
from discgen.reference.vocabulary import Named
from discgen.yamltext.tree import Tree


class Level(Named, dimension="level"):
    """预算级次, as it is printed."""

    CENTRAL = "中央"
    PROVINCIAL = "省级"
    MUNICIPAL = "市级"
    DISTRICT = "区级"
    COUNTY = "县级"
    TOWNSHIP = "乡级"

    @property
    def fund_level(self) -> FundLevel:
        """The level of funds under which goal sheets and reports list money of the place's own budget."""
        own = {Level.CENTRAL: FundLevel.CENTRAL, Level.PROVINCIAL: FundLevel.PROVINCIAL}
        return own.get(self, FundLevel.LOCAL)


class Region(Struct, frozen=True):
    """The place whose budget the department belongs to."""

    name: str
    level: Level


class Unit(Struct, frozen=True):
    """机关 or a subordinate unit. `code` is empty where the department does not write it.

    `remark` stands beside its name where a form lists the units. `folder` is that below `departments/` in which it is
    a department of its own, where that is so.
    """

    id: str
    name: str
    short_name: str
    kind: UnitKind
    code: str = ""
    remark: str = ""
    folder: str = ""


class Department(Struct, frozen=True):
    """What stays the same from year to year. `code` is empty where it is not published."""

    code: str
    name: str
    short_name: str
    region: Region
    units: tuple[Unit, ...]
    additional_codes: tuple[tuple[Classification, str, str], ...]
    office_telephone: str = ""
    """The number of its office that the department publishes, as it is written; for forms that print it."""
    supervisor: Department | None = None
    """The department of a unit, where this is the unit."""

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id. Raises KeyError where there is none."""
        return {unit.id: unit for unit in self.units}[unit_id]

    def has_unit(self, unit_id: str) -> bool:
        """Whether there is a unit with this id."""
        return any(unit.id == unit_id for unit in self.units)

    def narrowed(self, unit_id: str) -> Department:
        """The unit as its document calls it: a department that is nothing but this unit."""
        unit = self.unit(unit_id)
        return replace(
            self,
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            units=(unit,),
            office_telephone="" if len(self.units) > 1 else self.office_telephone,
            supervisor=self,
        )


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
        row.text("id"),
        name,
        row.optional("short_name", name),
        UnitKind(row.text("kind")),
        row.optional("code"),
        row.optional("remark"),
        row.optional("folder"),
    )
