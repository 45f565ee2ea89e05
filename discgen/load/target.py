"""What a document is of: a department or one of its units, a year and a kind; and how the files are called that it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from discgen.characters import encodable
from discgen.diagnostics import Place

DEPARTMENTS = "departments"
"""The folder of the workspace that holds a folder for each department."""
DEPARTMENT_FILE = "department.yaml"
"""In the folder of a department: what it is called, whatever the year."""
WAIVERS_FILE = "waivers.yaml"
"""In the folder of a year: what is explained instead of mended, whatever the kind."""

UNITS = "units"
"""In the folder of a year: a folder for each unit that publishes a document of its own, with its words."""
WHOLE = "department"
"""What stands in the name of a target where the name of a unit may stand, for the document of the whole department."""


class Kind(Struct, frozen=True):
    """A kind of disclosure: its files of facts and prose, and its folders with the schema of their files."""

    facts: str
    narrative: str
    folders: Mapping[str, str]


KINDS: Mapping[str, Kind] = {
    "budget": Kind("budget.yaml", "narrative.yaml", {"projects": "project", "goal_sheets": "goal_sheet_file"}),
    "accounts": Kind("accounts.yaml", "accounts-narrative.yaml", {"evaluations": "evaluation"}),
}
"""The kinds of disclosure: 部门预算, 部门决算. The schema of the facts bears the kind's name."""
DEFAULT_KIND = "budget"
"""The kind that a target's name need not say."""

_SCHEMAS = {
    DEPARTMENT_FILE: "department",
    WAIVERS_FILE: "waivers",
    **{kind.facts: name for name, kind in KINDS.items()},
    **{kind.narrative: "narrative" for kind in KINDS.values()},
}
_SCHEMAS_IN_FOLDERS = {folder: schema for kind in KINDS.values() for folder, schema in kind.folders.items()}

YEAR_FILES = (WAIVERS_FILE, *(file for kind in KINDS.values() for file in (kind.facts, kind.narrative)))
"""The files of a year, whatever its kinds."""
UNIT_FILES = (*(kind.narrative for kind in KINDS.values()), WAIVERS_FILE)
"""The files in the folder of a unit, whatever the kinds of the year."""
YEAR_FOLDERS = tuple(_SCHEMAS_IN_FOLDERS)
"""The folders of a year, whatever its kinds."""


def names_read(kind: str) -> frozenset[str]:
    """What a target of this kind is read from, files and folders, by their names in the folders of department and year."""
    own = KINDS[kind]
    return frozenset((DEPARTMENT_FILE, WAIVERS_FILE, own.facts, own.narrative, *own.folders, UNITS))


def schema_of(file: str) -> str:
    """The schema of a file by its path below the workspace; none for what is not a department's file."""
    path = PurePosixPath(file)
    return _SCHEMAS_IN_FOLDERS.get(path.parent.name) or _SCHEMAS.get(path.name, "")


def below_department(file: str) -> str:
    """The path below the folder of a department, `2023/budget.yaml`, of a file by its path below the workspace."""
    return "/".join(PurePosixPath(file).parts[2:])


class Target(Struct, frozen=True, order=True):
    """One document to make: the budget or the accounts of a year, of a department or of one of its units."""

    department: str
    year: int
    kind: str
    unit: str = ""
    """The id of the unit whose document it is; empty for that of the whole department."""

    @property
    def folder(self) -> str:
        """The folder of its year below the workspace, as findings name it."""
        return encodable(f"{DEPARTMENTS}/{self.department}/{self.year}")

    @property
    def place(self) -> Place:
        """The beginning of its file of facts, of a unit that of its words, where findings about the whole document stand."""
        own = KINDS[self.kind]
        return Place(
            f"{self.folder}/{UNITS}/{encodable(self.unit)}/{own.narrative}"
            if self.unit
            else f"{self.folder}/{own.facts}"
        )

    @property
    def whole(self) -> Target:
        """The document of the whole department."""
        return Target(self.department, self.year, self.kind)

    @property
    def of_last_year(self) -> Target:
        """The same document a year earlier."""
        return Target(self.department, self.year - 1, self.kind, self.unit)

    @property
    def build_folder(self) -> str:
        """The folder below build/ that holds what is made of it: the department's, and in it that of the unit."""
        return f"{self.department}/{self.unit}" if self.unit else self.department

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be asked for by, from all that a department has to this document alone."""
        year = f"{self.department}/{self.year}"
        kind, unit = f"{year}/{self.kind}", self.unit or WHOLE
        return (self.department, year, kind, f"{year}/{unit}", f"{kind}/{unit}")

    def below_year(self, file: str) -> str:
        """The path below the folder of the year, `projects/01-hall.yaml`, of a file by its path below the workspace."""
        return file.removeprefix(f"{self.folder}/")

    @property
    def full_name(self) -> str:
        """Its name with the kind, whatever that is."""
        return "/".join(filter(None, (self.department, str(self.year), self.kind, self.unit)))

    def __str__(self) -> str:
        kind = "" if self.kind == DEFAULT_KIND else self.kind
        return "/".join(filter(None, (self.department, str(self.year), kind, self.unit)))
