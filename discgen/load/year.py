"""The files of a year: which there are, where, and of what schema. Whoever needs some of them asks here.

departments/<department>/department.yaml
departments/<department>/<year>/budget.yaml, narrative.yaml, projects/*.yaml, goal_sheets/*.yaml
departments/<department>/<year>/accounts.yaml, accounts-narrative.yaml, evaluations/*.yaml
departments/<department>/<year>/waivers.yaml
departments/<department>/<year>/units/<unit>/narrative.yaml, accounts-narrative.yaml, waivers.yaml
"""

from __future__ import annotations

from collections.abc import Iterator
from os.path import lexists
from pathlib import Path

from msgspec import Struct

from discgen.diagnostics import Diagnostic
from discgen.load.folders import misnamed_below
from discgen.load.target import (
    KINDS,
    UNITS,
    WAIVERS_FILE,
    YEAR_FOLDERS,
    Kind,
    Target,
)
from discgen.load.unread_files import unread_in_department, unread_in_folder, unread_in_unit, unread_in_year
from discgen.load.workspace import Workspace


class DataFile(Struct, frozen=True):
    """A file that a document is made from, there or not, with its schema.

    `name` is its path below the folder of the year, `projects/01-hall.yaml`, or of the department where it is of all
    years; `file` is its path below the workspace, as findings name it.
    """

    path: Path
    name: str
    file: str
    schema: str

    def is_there(self) -> bool:
        """Whether there is something of its name, be it a link that leads nowhere."""
        return lexists(self.path)


class YearFiles(Struct, frozen=True):
    """The files of a target: its department's, and those of its year that are of its kind.

    The document of a unit rests on all that of the department does; its prose and its waivers are its own.
    """

    workspace: Workspace
    target: Target

    @property
    def kind(self) -> Kind:
        """The kind of disclosure, with the names of its files."""
        return KINDS[self.target.kind]

    @property
    def folder(self) -> Path:
        """The folder of the year."""
        return self.workspace.folder(self.target)

    @property
    def department(self) -> DataFile:
        """What the department is called."""
        path = self.workspace.department_file(self.target.department)
        return DataFile(path, path.name, self.workspace.name_of(path), "department")

    @property
    def facts(self) -> DataFile:
        """The facts, without which there is no document."""
        return self._in_year(self.kind.facts, self.target.kind)

    @property
    def narrative(self) -> DataFile:
        """The prose."""
        return self._in_year(f"{self._own}{self.kind.narrative}", "narrative")

    @property
    def waivers(self) -> DataFile:
        """What is explained instead of mended; most years have none."""
        return self._in_year(f"{self._own}{WAIVERS_FILE}", "waivers")

    @property
    def _own(self) -> str:
        """Where what is a unit's own lies below the year."""
        return f"{UNITS}/{self.target.unit}/" if self.target.unit else ""

    def in_folder(self, folder: str) -> tuple[list[DataFile], list[Diagnostic]]:
        """The files in one of the kind's folders, in order; and what keeps it from being listed."""
        paths, findings = self.workspace.data_files(self.folder / folder)
        return [self.file_in(folder, path.name) for path in paths], findings

    def file_in(self, folder: str, name: str) -> DataFile:
        """The file of this name in one of the kind's folders, there or not."""
        return self._in_year(f"{folder}/{name}", self.kind.folders[folder])

    def counterpart(self, file: DataFile) -> DataFile:
        """The file of this year that is called like one of another year."""
        return self._in_year(file.name, file.schema)

    def in_folders(self) -> Iterator[DataFile]:
        """The files in all the kind's folders, as far as these may be listed."""
        return (file for folder in self.kind.folders for file in self.in_folder(folder)[0])

    def of_kind(self) -> Iterator[DataFile]:
        """The files that are of this kind alone: facts, prose, and those in folders."""
        yield from (self.facts, self.narrative)
        yield from self.in_folders()

    def all(self) -> Iterator[DataFile]:
        """Every file that is read for the target, there or not."""
        yield from (self.department, self.facts, self.narrative, self.waivers)
        yield from self.in_folders()

    def unlisted(self) -> list[Diagnostic]:
        """What keeps the folder of the department or of the year from being listed: what is in it is then not known."""
        for folder in (self.folder.parent, self.folder):
            _, findings = self.workspace.listed(folder)
            if findings:
                return findings
        return []

    def names_in_year(self) -> Iterator[str]:
        """The data files of the year, also of its other kind, and of the folders in it, by their names below it."""
        units = self.workspace.listed(self.folder / UNITS)[0]
        for folder in (self.folder, *(self.folder / name for name in YEAR_FOLDERS), *units):
            yield from (path.relative_to(self.folder).as_posix() for path in self.workspace.data_files(folder)[0])

    def not_read(self) -> list[Diagnostic]:
        """What lies among the files, seems to be meant as one of them, and is not read."""
        root, department = self.workspace.root, self.folder.parent
        return [
            *misnamed_below(department, root),
            *unread_in_department(department, root),
            *unread_in_year(self.folder, root),
            *(
                finding
                for unit in self.workspace.listed(self.folder / UNITS)[0]
                for finding in unread_in_unit(unit, root)
            ),
            *(finding for name in self.kind.folders for finding in unread_in_folder(self.folder / name, root)),
        ]

    def _in_year(self, name: str, schema: str) -> DataFile:
        path = self.folder / name
        return DataFile(path, name, self.workspace.name_of(path), schema)
