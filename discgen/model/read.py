"""The facts of a target from its files: each read, held to its schema, and built into the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from os.path import lexists
from pathlib import Path

from discgen.bug import contained
from discgen.diagnostics import Diagnostic, Place, has_errors
from discgen.load.slips import with_causes
from discgen.load.strays import MOST_FILES, too_many
from discgen.load.tree import Tree
from discgen.load.workspace import KINDS, Target, Workspace
from discgen.model.build import TreeSet, build
from discgen.model.code_scan import unknown_codes
from discgen.model.disclosure import Disclosure
from discgen.model.record import Record
from discgen.validate.schema import validate
from discgen.validate.shipped import ShippedDataError

Facts = tuple[Disclosure | None, tuple[Diagnostic, ...]]
"""The facts of a target, none where they cannot be read, and what was found on the way."""


class Reader:
    """Reads the targets of a workspace, each once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[Target, Facts] = {}
        self._called: dict[str, _Called] | None = None

    def facts(self, target: Target) -> Facts:
        """What `read_facts` reads; our bug on the way is a finding of this target, whoever asked for it."""
        if target not in self._known:
            disclosure, findings = contained(
                lambda: read_facts(self._workspace, target),
                target.place,
                lambda bug: (None, [bug]),
                passing=(ShippedDataError,),
            )
            self._known[target] = disclosure, tuple(findings)
        return self._known[target]

    def others_facts(self, target: Target) -> Facts:
        """The facts of another target than the one in question: none where they are not in order, for nothing in
        them can then be relied on; nothing, and no finding, where the workspace has no such file.
        """
        if not lexists(self._workspace.folder(target) / f"{target.kind}.yaml"):
            return None, ()
        disclosure, findings = self.facts(target)
        return (None if has_errors(of_facts(findings)) else disclosure), findings

    def neighbours(self, disclosure: Disclosure) -> frozenset[str]:
        """Names of the other departments and of their units, none of which is part of one of the disclosure's own.

        A short name is that of a department of the same region. Departments that joined this one are no others,
        nor are examples.
        """
        if self._called is None:
            self._called = _called_by_folder(self._workspace)
        ours = {disclosure.target.department, *disclosure.merged_from}
        own = "\n".join(name for folder in ours & self._called.keys() for name in self._called[folder].all())
        others = [one for folder, one in self._called.items() if folder not in ours and not folder.startswith("_")]
        region = disclosure.department.region.name
        names = (name for one in others for name in (one.all() if one.region == region else one.full))
        return frozenset(name for name in names if name not in own)


@dataclass(frozen=True, slots=True)
class _Called:
    """What a department is called: the full names of it and of its units, and its short name."""

    region: str
    full: tuple[str, ...]
    short: str

    def all(self) -> tuple[str, ...]:
        return (*self.full, self.short)


def of_facts(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings but those in waivers.yaml, without which the facts can be read all the same."""
    return (finding for finding in findings if not finding.place.file.endswith("/waivers.yaml"))


def _called_by_folder(workspace: Workspace) -> dict[str, _Called]:
    """What the departments are called; one whose file is not in order, or brings out a bug of ours, is left out."""
    called = {}
    for path in sorted(workspace.departments.glob("*/department.yaml")):
        place = Place(path.relative_to(workspace.root).as_posix())
        one = contained(partial(_called, workspace, path), place, lambda _: None, passing=(ShippedDataError,))
        if one:
            called[path.parent.name] = one
    return called


def _called(workspace: Workspace, path: Path) -> _Called | None:
    tree, found = workspace.read(path)
    if tree is None or has_errors([*found, *validate(tree, "department")]):
        return None
    root = Record(tree, (), "元", [])
    full = (root.text("name"), *(unit.text("name") for unit in root.each("units")))
    return _Called(root.at("region").text("name"), full, root.text("short_name"))


def read_facts(workspace: Workspace, target: Target) -> tuple[Disclosure | None, list[Diagnostic]]:
    """The facts of a target; none where a file cannot be read or is not of its schema's shape."""
    trees, findings = _load(workspace, target)
    if trees is None:
        return None, findings
    disclosure, more = build(trees, target)
    return disclosure, findings + more


def _load(workspace: Workspace, target: Target) -> tuple[TreeSet | None, list[Diagnostic]]:
    folder = workspace.folder(target)
    findings: list[Diagnostic] = []

    def read(path: Path, schema: str) -> Tree | None:
        tree, found = workspace.read(path)
        findings.extend(found)
        findings.extend(with_causes(validate(tree, schema), tree.lines) if tree else [])
        return tree

    kind = KINDS[target.kind]
    department = read(folder.parent / "department.yaml", "department")
    facts = read(folder / f"{target.kind}.yaml", target.kind)
    narrative = read(folder / kind.narrative, "narrative")
    folders: dict[str, tuple[Tree, ...]] = {}
    for name, schema in kind.folders.items():
        paths = sorted((folder / name).glob("*.yaml"))
        findings.extend(too_many(paths, folder / name, workspace.root))
        trees = [read(path, schema) for path in paths[:MOST_FILES]]
        folders[name] = tuple(tree for tree in trees if tree is not None)
    findings += workspace.strays(target)
    in_order = not has_errors(findings)
    # A row of waivers.yaml that is wrong excuses nothing, and hides nothing of the other files.
    waivers = folder / "waivers.yaml"
    waived = read(waivers, "waivers") if waivers.is_file() else None
    if department is None or facts is None or narrative is None or not in_order:
        read_files = [tree for tree in (facts, *folders.get("projects", ())) if tree is not None]
        return None, findings + unknown_codes(read_files, department, target.year)
    spoilt = frozenset(one.place.path for one in findings if waived and one.place.file == waived.file)
    told = waived if waived and isinstance(waived.root, dict) else None
    return TreeSet(department, facts, narrative, folders, told, spoilt), findings
