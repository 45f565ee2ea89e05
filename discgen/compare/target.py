"""One document on two sides: its files compared fact by fact, then the documents made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePosixPath

from discgen.bug import bugs_in
from discgen.compare.change import Change, Comparison, Consequences
from discgen.compare.document import compare_documents
from discgen.compare.facts import compare_leaves
from discgen.compare.leaves import File, Key, Leaf, leaves_of
from discgen.compare.projects import NOUNS, Entry, Ids, compare_entry, entry_of, pair_entries
from discgen.diagnostics import has_errors
from discgen.load.tree import Tree
from discgen.load.workspace import KINDS, Target, Workspace
from discgen.model.read import Reader
from discgen.pipeline import Result, compose


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a target that could be read: those that are one of a kind, and those of folders.

    `unread` are the names, such as `projects/01-hall.yaml`, of those that could not; `notes` say why.
    """

    single: tuple[File, ...]
    entries: dict[str, list[Entry]]
    notes: tuple[str, ...] = ()
    unread: frozenset[str] = field(default_factory=frozenset)

    def without(self, names: frozenset[str]) -> Files:
        """The files but for those of these names: what cannot be read on one side has not gone."""
        return replace(
            self,
            single=tuple(one for one in self.single if PurePosixPath(one.tree.file).name not in names),
            entries={
                folder: [entry for entry in entries if f"{folder}/{entry.id}.yaml" not in names]
                for folder, entries in self.entries.items()
            },
        )


def read_files(workspace: Workspace, target: Target) -> Files:
    """What a target's folder holds. A file that cannot be read is left out, with a note."""
    kind, folder = KINDS[target.kind], workspace.folder(target)
    notes: list[str] = []
    unread: set[str] = set()

    def read(name: str) -> Tree | None:
        path = folder / name
        if not path.exists():
            return None
        tree, findings = workspace.read(path)
        if tree is None:
            unread.add(name.removeprefix("../"))
        left_out = "；这个文件没有比较" if tree is None else ""
        notes.extend(f"{one.place} {one.message}{left_out}" for one in findings if has_errors([one]))
        return tree

    department = read("../department.yaml")
    units = _units(department)
    single = [
        File(tree, schema, (schema,), topic, target.year, units)
        for tree, schema, topic in (
            (read(f"{target.kind}.yaml"), target.kind, ""),
            (read(kind.narrative), "narrative", ""),
            (department, "department", "部门"),
            (read("waivers.yaml"), "waivers", ""),
        )
        if tree is not None
    ]
    entries = {
        name: [
            entry_of(File(tree, schema, (name, path.stem), "", target.year, units))
            for path in sorted((folder / name).glob("*.yaml"))
            if (tree := read(f"{name}/{path.name}")) is not None
        ]
        for name, schema in kind.folders.items()
    }
    return Files(tuple(single), entries, tuple(notes), frozenset(unread))


def _units(department: Tree | None) -> dict[str, str]:
    """The names of units by their ids."""
    root = department.root if department else None
    rows = root.get("units") if isinstance(root, dict) else None
    listed = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(row.get("id")): str(row.get("short_name") or row.get("name")) for row in listed}


def compare_files(old: Files, new: Files) -> tuple[list[Change], Ids]:
    """All facts that differ, and which files of either side are the same thing."""
    changes: list[Change] = []
    ids: dict[tuple[str, str], str] = {}
    before, after = (dict(_leaves(side.single)) for side in (old, new))
    for folder, noun in NOUNS.items():
        for one, other in pair_entries(old.entries.get(folder, []), new.entries.get(folder, [])):
            changes += compare_entry(one, other, noun)
            if one and other:
                ids[folder, one.id] = other.id
                key = (folder, min(one.id, other.id), max(one.id, other.id))
                before |= _leaves_of_entry(one, key, noun, min(one.name, other.name))
                after |= _leaves_of_entry(other, key, noun, min(one.name, other.name))
    return [*changes, *compare_leaves(before, after)], ids


def _leaves(files: tuple[File, ...]) -> Iterator[tuple[Key, Leaf]]:
    return chain.from_iterable(leaves_of(file).items() for file in files)


def _leaves_of_entry(entry: Entry, key: Key, noun: str, name: str) -> dict[Key, Leaf]:
    """The facts of one such file but its name, which is told by itself."""
    leaves = leaves_of(replace(entry.file, key=key, topic=f"{noun}“{name}”"))
    return {own: leaf for own, leaf in leaves.items() if own != (*key, "name")}


def compare_target(
    before: tuple[Workspace, Target],
    after: tuple[Workspace, Target],
    readers: tuple[Reader | None, Reader | None] = (None, None),
    *,
    with_document: bool = True,
) -> tuple[Comparison, Result | None, Result | None]:
    """The comparison, and both results where documents were made."""
    old, new = read_files(*before), read_files(*after)
    unread = old.unread | new.unread
    changes, ids = compare_files(old.without(unread), new.without(unread))
    notes = [f"原来的{note}" for note in old.notes] + [f"现在的{note}" for note in new.notes]
    done = Comparison(str(before[1]), str(after[1]), tuple(changes), notes=tuple(notes))
    if not with_document:
        return done, None, None
    results = compose(*before, readers[0]), compose(*after, readers[1])
    consequences, more = _consequences(*results, ids)
    bugs = tuple(bugs_in([*results[0].findings, *results[1].findings]))
    more += [f"{bug.message}；{bug.hint}" for bug in bugs]
    return replace(done, consequences=consequences, notes=(*done.notes, *more), bugs=bugs), *results


def _consequences(old: Result, new: Result, ids: Ids) -> tuple[Consequences, list[str]]:
    notes = [
        f"{said}有{sum(has_errors([one]) for one in side.findings)}个错误（discgen check {side.target}），"
        + ("表和文字照编得出的比较" if side.document else "编不出文件，只比较了事实")
        for side, said in ((old, "原来的数据"), (new, "现在的数据"))
        if has_errors(side.findings)
    ]
    if old.document is None or new.document is None:
        return Consequences(), notes
    return compare_documents(old.document, new.document, ids), notes
