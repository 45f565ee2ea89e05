"""What a document is of: a department, a year and a kind; and which files each kind has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from discgen.diagnostics import Place
from discgen.load.characters import encodable


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of disclosure: what people call it, the file of its prose, and its folders with the schema of their files."""

    title: str
    narrative: str
    folders: Mapping[str, str]


KINDS: Mapping[str, Kind] = {
    "budget": Kind("预算", "narrative.yaml", {"projects": "project", "goal_sheets": "goal_sheet_file"}),
    "accounts": Kind("决算", "accounts-narrative.yaml", {"evaluations": "evaluation"}),
}
"""The kinds of disclosure: 部门预算, 部门决算. The facts are in the file that bears the kind's name."""


DEFAULT_KIND = "budget"
"""The kind that a target's name need not say."""


def schema_of(file: str) -> str:
    """The schema of a file by its path below the workspace; none for what is not a department's file."""
    path = PurePosixPath(file)
    names = {"department.yaml": "department", "waivers.yaml": "waivers"}
    folders: dict[str, str] = {}
    for name, kind in KINDS.items():
        names |= {f"{name}.yaml": name, kind.narrative: "narrative"}
        folders |= kind.folders
    return folders.get(path.parent.name) or names.get(path.name, "")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One document to make: a department's budget or accounts of a year."""

    department: str
    year: int
    kind: str

    @property
    def place(self) -> Place:
        """The beginning of its file of facts, where what is said of the whole belongs."""
        return Place(encodable(f"departments/{self.department}/{self.year}/{self.kind}.yaml"))

    def __str__(self) -> str:
        year = f"{self.department}/{self.year}"
        return year if self.kind == DEFAULT_KIND else f"{year}/{self.kind}"
