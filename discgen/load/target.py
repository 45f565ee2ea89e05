"""What a document is of: a department, a year and a kind; and how the files are called that it is made from."""

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
YEAR_FOLDERS = tuple(_SCHEMAS_IN_FOLDERS)
"""The folders of a year, whatever its kinds."""


def names_read(kind: str) -> frozenset[str]:
    """What a target of this kind is read from, files and folders, by their names in the folders of department and year."""
    own = KINDS[kind]
    return frozenset((DEPARTMENT_FILE, WAIVERS_FILE, own.facts, own.narrative, *own.folders))


def schema_of(file: str) -> str:
    """The schema of a file by its path below the workspace; none for what is not a department's file."""
    path = PurePosixPath(file)
    return _SCHEMAS_IN_FOLDERS.get(path.parent.name) or _SCHEMAS.get(path.name, "")


def below_department(file: str) -> str:
    """The path below the folder of a department, `2023/budget.yaml`, of a file by its path below the workspace."""
    return "/".join(PurePosixPath(file).parts[2:])


class Target(Struct, frozen=True, order=True):
    """One document to make: a department's budget or accounts of a year."""

    department: str
    year: int
    kind: str

    @property
    def folder(self) -> str:
        """The folder of its year below the workspace, as findings name it."""
        return encodable(f"{DEPARTMENTS}/{self.department}/{self.year}")

    @property
    def place(self) -> Place:
        """The beginning of its file of facts, where findings about the whole document stand."""
        return Place(f"{self.folder}/{KINDS[self.kind].facts}")

    def below_year(self, file: str) -> str:
        """The path below the folder of the year, `projects/01-hall.yaml`, of a file by its path below the workspace."""
        return file.removeprefix(f"{self.folder}/")

    def __str__(self) -> str:
        year = f"{self.department}/{self.year}"
        return year if self.kind == DEFAULT_KIND else f"{year}/{self.kind}"
