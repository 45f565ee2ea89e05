"""The whole of a department-year as facts: department, lines, projects, assets and prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from discgen.codes.dictionary import Classification, Dictionary
from discgen.diagnostics import Place
from discgen.load.workspace import Target
from discgen.model.annex import Annex
from discgen.model.assets import Assets
from discgen.model.line import Line, Source, UnitKind
from discgen.model.project import Project
from discgen.model.prose import Prose

Lines = Mapping[Source, tuple[Line, ...]]


class Level(StrEnum):
    """预算级次, as it is printed."""

    CENTRAL = "中央"
    PROVINCIAL = "省级"
    MUNICIPAL = "市级"
    COUNTY = "县级"
    TOWNSHIP = "乡级"


@dataclass(frozen=True, slots=True)
class Region:
    """The place whose budget the department belongs to."""

    name: str
    level: Level


@dataclass(frozen=True, slots=True)
class Unit:
    """机关 or a subordinate unit."""

    id: str
    name: str
    short_name: str
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Department:
    """What stays the same from year to year."""

    code: str
    name: str
    short_name: str
    region: Region
    units: tuple[Unit, ...]
    additional_codes: tuple[tuple[Classification, str, str], ...]

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id. Raises KeyError where there is none."""
        return {unit.id: unit for unit in self.units}[unit_id]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The prose of a disclosure; `reasons` and `notes` by their key in YAML."""

    duties: tuple[Prose, ...]
    offices: tuple[str, ...]
    centres: tuple[str, ...]
    reasons: Mapping[str, Prose]
    notes: Mapping[str, Prose]
    annexes: tuple[Annex, ...]
    place: Place
    """Where the reasons are written."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Last year's figures as declared in a first year: coarse lines, and where they were published."""

    source: str
    lines: Lines
    place: Place


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The facts of one document. `form` is the name of its 表式."""

    target: Target
    department: Department
    form: str
    year: int
    dictionaries: Mapping[Classification, Dictionary]
    lines: Lines
    projects: tuple[Project, ...]
    assets: Assets | None
    narrative: Narrative
    declared_prior: Prior | None
    merged_from: tuple[str, ...]
    """Folders of the departments that joined this one since last year."""
    place: Place
    """Where the file of facts begins."""
    form_place: Place
    """Where the form is named."""
