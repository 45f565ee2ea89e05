"""The files of one side of a comparison: those that can be walked fact by fact, and why the others cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from discgen.compare.facts import Entry, File, entry_of
from discgen.diagnostics import Diagnostic, has_errors
from discgen.load.target import Target, names_read
from discgen.load.workspace import Workspace
from discgen.load.year import DataFile, YearFiles
from discgen.validate.schema import validate
from discgen.yamltext.punctuation import with_causes
from discgen.yamltext.tree import Tree

_OF_SHAPE = "S004"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a target that could be read: those that are one of a kind, and those of folders.

    `unread` are the names of those that could not, such as `projects/01-hall.yaml`, and of keys that hold something
    of another shape than they should, such as `budget.yaml#income`; `notes` say why.
    """

    single: tuple[File, ...]
    entries: dict[str, list[Entry]]
    notes: tuple[str, ...] = ()
    unread: frozenset[str] = field(default_factory=frozenset)

    def without(self, names: frozenset[str]) -> Files:
        """The files but for those of these names: what cannot be read on one side has not gone."""
        return replace(
            self,
            single=tuple(_without_keys(one, names) for one in self.single if _name(one) not in names),
            entries={
                folder: [entry for entry in entries if f"{folder}/{entry.id}.yaml" not in names]
                for folder, entries in self.entries.items()
                if folder not in names
            },
        )


def _name(file: File) -> str:
    return PurePosixPath(file.tree.file).name


def _without_keys(file: File, names: frozenset[str]) -> File:
    root = file.tree.root
    assert isinstance(root, dict)
    kept = {key: node for key, node in root.items() if f"{_name(file)}#{key}" not in names}
    return replace(file, tree=replace(file.tree, root=kept))


def read_files(workspace: Workspace, target: Target) -> Files:
    """What a target's folder holds. What cannot be read, or is refused for its shape, is left out, with a note."""
    return _Reading(workspace, target).files()


class _Reading:
    """Reads the files of one target, noting what is left out."""

    def __init__(self, workspace: Workspace, target: Target) -> None:
        self._workspace = workspace
        self._year = YearFiles(workspace, target)
        self._notes: list[str] = []
        self._unread: set[str] = set()

    def files(self) -> Files:
        own, year = self._year, self._year.target.year
        if unlisted := own.unlisted():
            self._notes.extend(f"{one.place.file} {one.message}；里面的没有比较" for one in unlisted)
            return Files((), {}, tuple(self._notes), names_read(own.target.kind))
        department = self._single(own.department)
        units = _units(department)
        single = (
            (self._single(own.facts), own.facts.schema, ""),
            (self._single(own.narrative), own.narrative.schema, ""),
            (department, own.department.schema, "部门"),
            (self._single(own.waivers), own.waivers.schema, ""),
        )
        entries = {
            folder: [
                entry_of(File(tree, file.schema, (folder, file.path.stem), "", year, units))
                for file in self._listed(folder)
                if (tree := self._entry(file))
            ]
            for folder in own.kind.folders
        }
        files = (File(tree, schema, (schema,), topic, year, units) for tree, schema, topic in single if tree)
        return Files(tuple(files), entries, tuple(self._notes), frozenset(self._unread))

    def _listed(self, folder: str) -> list[DataFile]:
        """The files of a folder; one that may not be listed is left out on both sides."""
        files, unlisted = self._year.in_folder(folder)
        self._notes.extend(f"{one.place.file} {one.message}；里面的没有比较" for one in unlisted)
        self._unread.update([folder] if unlisted else [])
        return files

    def _single(self, file: DataFile) -> Tree | None:
        """A file that is one of a kind, of which a key may be left out."""
        tree = self._read(file) if file.is_there() else None
        for one in misshapen(tree, file.schema) if tree else ():
            key = str(one.place.path[0])
            self._notes.append(f"{one.place} {one.message}；“{key}”没有比较")
            self._unread.add(f"{file.name}#{key}")
        return tree

    def _entry(self, file: DataFile) -> Tree | None:
        """A file of a folder, left out as a whole: the other side's may have another name."""
        tree = self._read(file)
        found = misshapen(tree, file.schema) if tree else []
        if found:
            self._leave_out(file.name, found)
        return None if found else tree

    def _read(self, file: DataFile) -> Tree | None:
        tree, findings = self._workspace.read(file.path)
        if tree and isinstance(tree.root, dict):
            self._notes.extend(f"{one.place} {one.message}" for one in findings if has_errors([one]))
            return tree
        more = with_causes(validate(tree, file.schema), tree.lines) if tree else []
        self._leave_out(file.name, dict.fromkeys([*findings, *more]))
        return None

    def _leave_out(self, name: str, findings: Iterable[Diagnostic]) -> None:
        self._unread.add(name)
        self._notes.extend(f"{one.place} {one.message}；这个文件没有比较" for one in findings if has_errors([one]))


def misshapen(tree: Tree, schema: str) -> list[Diagnostic]:
    """What in a file is a word where a list should be, and the like: no fact can be told from it."""
    return [one for one in validate(tree, schema) if one.code == _OF_SHAPE]


def _units(department: Tree | None) -> dict[str, str]:
    """The names of units by their ids."""
    root = department.root if department else None
    rows = root.get("units") if isinstance(root, dict) else None
    listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row.get("id")): str(row.get("short_name") or row.get("name")) for row in listed}
