"""The files of a target before and after, compared fact by fact; and why some of them cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.compare.change import Change
from discgen.compare.facts import (
    NOUNS,
    Entry,
    Fact,
    File,
    Ids,
    Key,
    compare_entry,
    compare_facts,
    entry_of,
    facts_of_file,
    pair_entries,
)
from discgen.compare.naming import Names
from discgen.diagnostics import Diagnostic, has_errors
from discgen.load.own_codes import own_codes
from discgen.load.own_files import own_files
from discgen.load.target import Target, names_read
from discgen.load.workspace import Workspace
from discgen.load.year import DataFile, YearFiles
from discgen.validate.schema import validate
from discgen.yamltext.punctuation import with_causes
from discgen.yamltext.tree import Tree

_WRONG_SHAPE = "S004"


class Files(Struct, frozen=True):
    """The files of a target that could be read: those that are one of a kind, and those of folders.

    `unread` are the names of those that could not, such as `projects/01-hall.yaml`, and of keys that hold something
    of another shape than they should, such as `budget.yaml#income`; `notes` say why.
    """

    single: tuple[File, ...]
    entries: dict[str, list[Entry]]
    notes: tuple[str, ...] = ()
    unread: frozenset[str] = field(default_factory=frozenset)

    def without(self, names: frozenset[str]) -> Files:
        """The files but for those of these names: what cannot be read in one state has not gone."""
        return replace(
            self,
            single=tuple(_without_keys(file, names) for file in self.single if _name(file) not in names),
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


def compare_files(old: Files, new: Files) -> tuple[list[Change], Ids]:
    """All facts that differ, and which files before and after are the same item."""
    changes: list[Change] = []
    ids: dict[tuple[str, str], str] = {}
    before, after = (dict(_facts(files.single)) for files in (old, new))
    for folder, noun in NOUNS.items():
        for left, right in pair_entries(old.entries.get(folder, []), new.entries.get(folder, [])):
            changes += compare_entry(left, right, noun)
            if left and right:
                ids[folder, left.id] = right.id
                key = (folder, min(left.id, right.id), max(left.id, right.id))
                before |= _facts_of_entry(left, key, noun, min(left.name, right.name))
                after |= _facts_of_entry(right, key, noun, min(left.name, right.name))
    return [*changes, *compare_facts(before, after)], ids


def _facts(files: tuple[File, ...]) -> Iterator[tuple[Key, Fact]]:
    return chain.from_iterable(facts_of_file(file).items() for file in files)


def _facts_of_entry(entry: Entry, key: Key, noun: str, name: str) -> dict[Key, Fact]:
    """The facts of the file of a project or the like but its name, which is a change of its own."""
    facts = facts_of_file(replace(entry.file, key=key, topic=f"{noun}“{name}”"))
    return {own: fact for own, fact in facts.items() if own != (*key, "name")}


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
            self._notes.extend(f"{finding.place.file} {finding.message}；里面的没有比较" for finding in unlisted)
            return Files((), {}, tuple(self._notes), names_read(own.target.kind))
        department = self._single(own.department)
        units = _units(department)
        names = Names(year, units, own_codes(own_files(self._workspace)).codes)
        is_whole = not own.target.unit  # else all but its words are facts of the department, and told with its document
        single = (
            (self._single(own.facts) if is_whole else None, own.facts.schema, ""),
            (self._single(own.narrative), own.narrative.schema, ""),
            (department if is_whole else None, own.department.schema, "部门"),
            (self._single(own.waivers), own.waivers.schema, ""),
        )
        entries = {
            folder: [
                entry_of(File(tree, file.schema, (folder, file.path.stem), "", names))
                for file in self._listed(folder)
                if (tree := self._entry(file))
            ]
            for folder in (own.kind.folders if is_whole else ())
        }
        files = (File(tree, schema, (schema,), topic, names) for tree, schema, topic in single if tree)
        return Files(tuple(files), entries, tuple(self._notes), frozenset(self._unread))

    def _listed(self, folder: str) -> list[DataFile]:
        """The files of a folder; one that may not be listed is left out of both states."""
        files, unlisted = self._year.in_folder(folder)
        self._notes.extend(f"{finding.place.file} {finding.message}；里面的没有比较" for finding in unlisted)
        self._unread.update([folder] if unlisted else [])
        return files

    def _single(self, file: DataFile) -> Tree | None:
        """A file that is one of a kind, of which a key may be left out."""
        tree = self._read(file) if file.is_there() else None
        for finding in misshapen(tree, file.schema) if tree else ():
            key = str(finding.place.path[0])
            self._notes.append(f"{finding.place} {finding.message}；“{key}”没有比较")
            self._unread.add(f"{file.name}#{key}")
        return tree

    def _entry(self, file: DataFile) -> Tree | None:
        """A file of a folder, left out as a whole: in the other state it may have another name."""
        tree = self._read(file)
        findings = misshapen(tree, file.schema) if tree else []
        if findings:
            self._leave_out(file.name, findings)
        return None if findings else tree

    def _read(self, file: DataFile) -> Tree | None:
        tree, findings = self._workspace.read(file.path)
        if tree and isinstance(tree.root, dict):
            self._notes.extend(f"{finding.place} {finding.message}" for finding in findings if has_errors([finding]))
            return tree
        more = with_causes(validate(tree, file.schema), tree.lines) if tree else []
        self._leave_out(file.name, dict.fromkeys([*findings, *more]))
        return None

    def _leave_out(self, name: str, findings: Iterable[Diagnostic]) -> None:
        self._unread.add(name)
        self._notes.extend(
            f"{finding.place} {finding.message}；这个文件没有比较" for finding in findings if has_errors([finding])
        )


def misshapen(tree: Tree, schema: str) -> list[Diagnostic]:
    """The findings of a word where a list should be, and the like: no fact can be read from there."""
    return [finding for finding in validate(tree, schema) if finding.code == _WRONG_SHAPE]


def _units(department: Tree | None) -> dict[str, str]:
    """The names of units by their ids."""
    root = department.root if department else None
    rows = root.get("units") if isinstance(root, dict) else None
    listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row.get("id")): str(row.get("short_name") or row.get("name")) for row in listed}
