"""What the departments of a workspace are called: the neighbours of one, and the folders that are one department."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from msgspec import Struct, msgpack

from discgen.diagnostics import Diagnostic, Place, error, has_errors
from discgen.errors import contained
from discgen.load.target import DEPARTMENTS
from discgen.load.workspace import Workspace
from discgen.model.record import Record
from discgen.validate.schema import validate
from discgen.validate.shipped import ShippedDataError

_EXAMPLE = "_"
"""What the folders of examples begin with, which are nobody's department."""


class _DepartmentNames(Struct, frozen=True):
    """What a department is called: its code, if it gives one, and its name, the full names of it and of its units, and
    its short name. `apart` are the folders in which units of it are departments.
    """

    code: str
    name: str
    region: str
    full: tuple[str, ...]
    short: str
    place: Place
    apart: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, str, str]:
        """What no two departments share."""
        return self.code, self.name, self.region

    def all(self) -> tuple[str, ...]:
        return (*self.full, self.short)


class Departments:
    """The departments of a workspace by their folders, the file of each being read once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._bugs: dict[str, Diagnostic] = {}

    def read(self) -> None:
        """Read what all are called, if that has not been done: for whoever makes copies of this."""
        _ = self._names

    def encode(self) -> bytes:
        """All that has been read, for whoever has only a part of the workspace."""
        return msgpack.encode((self._names, self._bugs))

    @classmethod
    def decode(cls, workspace: Workspace, data: bytes) -> Self:
        """The departments that were encoded, of which the workspace need not have any. Raises msgspec.DecodeError."""
        departments = cls(workspace)
        departments._names, departments._bugs = msgpack.decode(
            data, type=tuple[dict[str, _DepartmentNames], dict[str, Diagnostic]]
        )
        return departments

    @cached_property
    def _names(self) -> dict[str, _DepartmentNames]:
        """By folder, without departments whose file has errors or brings out a bug of ours: their own check reports that."""
        folders, _ = self._workspace.listed(self._workspace.departments)
        called: dict[str, _DepartmentNames] = {}
        for path in (self._workspace.department_file(folder.name) for folder in folders if folder.is_dir()):
            place = Place(self._workspace.name_of(path))
            read = partial(_read_names, self._workspace, path)
            names = contained(read, place, lambda bug: bug, passing=(ShippedDataError,))
            if isinstance(names, Diagnostic):
                self._bugs[path.parent.name] = names
            elif names:
                called[path.parent.name] = names
        return called

    def neighbours(self, ours: Collection[str], region: str) -> frozenset[str]:
        """Names of departments other than `ours` and of their units, none of which is part of one of ours.

        A short name is that of a department of the region. Examples are no neighbours, nor are units of ours that have
        folders of their own, and whose units ours are.
        """
        ours = {folder for folder in self._names if folder in ours or any(self._belong(folder, own) for own in ours)}
        own = "\n".join(name for folder in ours if folder in self._names for name in self._names[folder].all())
        others = [
            names for folder, names in self._names.items() if folder not in ours and not folder.startswith(_EXAMPLE)
        ]
        names = (name for other in others for name in (other.all() if other.region == region else other.full))
        return frozenset(name for name in names if name not in own)

    def _belong(self, one: str, other: str) -> bool:
        """Whether one of two folders is that of a unit of the other."""
        names = self._names
        return any(a in names and b in names[a].apart for a, b in ((one, other), (other, one)))

    def findings_of(self, department: str) -> list[Diagnostic]:
        """L020 where another folder claims to be the same department, since nobody can know which is right; and a bug of
        ours that its file brought out.
        """
        own = self._names.get(department)
        if own is None or department.startswith(_EXAMPLE):
            return [bug for folder, bug in self._bugs.items() if folder == department]
        others = (folder for folder in self._names if folder != department and not folder.startswith(_EXAMPLE))
        same = [
            folder
            for folder in others
            if self._names[folder].identity == own.identity and not self._belong(folder, department)
        ]
        if not same:
            return []
        message = f"还有文件夹也是{f'{own.code} {own.name}'.strip()}：{'、'.join(f'{DEPARTMENTS}/{folder}' for folder in same)}"
        hint = "一个部门一个文件夹：复制时多出来的移到departments外面；真是两个部门的，改正code和name"
        return [error("L020", message, own.place, hint)]


def _read_names(workspace: Workspace, path: Path) -> _DepartmentNames | None:
    tree, findings = workspace.read(path)
    if tree is None or has_errors([*findings, *validate(tree, "department")]):
        return None
    root = Record(tree, (), "元", [])
    name = root.text("name")
    full = (name, *(unit.text("name") for unit in root.each("units")))
    apart = tuple(unit.text("folder") for unit in root.each("units") if "folder" in unit)
    region = root.at("region").text("name")
    return _DepartmentNames(
        root.optional("code"), name, region, full, root.text("short_name"), tree.place(("code",)), apart
    )
