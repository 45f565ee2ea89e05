"""The facts of a target from its files: each read, held to its schema, and built into the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os.path import lexists
from pathlib import Path

from discgen.bug import contained
from discgen.diagnostics import Diagnostic, has_errors
from discgen.gather.departments import Departments
from discgen.load.target import KINDS, Target
from discgen.load.unread_files import MOST_FILES, too_many
from discgen.load.workspace import Workspace
from discgen.model.build import TreeSet, build, unknown_codes
from discgen.model.disclosure import Disclosure
from discgen.shipped import ShippedDataError
from discgen.validate.schema import validate
from discgen.yamltext.punctuation import with_causes
from discgen.yamltext.tree import Tree

Facts = tuple[Disclosure | None, tuple[Diagnostic, ...]]
"""The facts of a target, none where they cannot be read, and what was found on the way."""


class Reader:
    """Reads the targets of a workspace, each once.

    What `departments` have read is shared with other readers: who does many targets, and keeps the facts of none,
    hands it from one to the next.
    """

    def __init__(self, workspace: Workspace, departments: Departments | None = None) -> None:
        self._workspace = workspace
        self._known: dict[Target, Facts] = {}
        self._departments = departments or Departments(workspace)

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
        if not self._is_there(target):
            return None, ()
        disclosure, findings = self.facts(target)
        return (None if has_errors(of_facts(findings)) else disclosure), findings

    def _is_there(self, target: Target) -> bool:
        """Whether there is a file of facts; so there is, for all we know, where nobody may look for it."""
        year = self._workspace.folder(target)
        (_, closed), (inside, shut) = self._workspace.listed(year.parent), self._workspace.listed(year)
        return bool(closed or shut) or f"{target.kind}.yaml" in {path.name for path in inside}

    def neighbours(self, disclosure: Disclosure) -> frozenset[str]:
        """Names of the other departments and of their units; departments that joined this one are no others."""
        ours = {disclosure.target.department, *disclosure.merged_from}
        return self._departments.neighbours(ours, disclosure.department.region.name)

    def found_of_department(self, target: Target) -> list[Diagnostic]:
        """What is found of its department beside the others, as that another folder says to be the same."""
        return self._departments.found(target.department)


def of_facts(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings but those in waivers.yaml, without which the facts can be read all the same."""
    return (finding for finding in findings if not finding.place.file.endswith("/waivers.yaml"))


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

    for holder in (folder.parent, folder):
        _, troubles = workspace.listed(holder)
        if troubles:
            return None, troubles
    kind = KINDS[target.kind]
    department = read(folder.parent / "department.yaml", "department")
    facts = read(folder / f"{target.kind}.yaml", target.kind)
    narrative = read(folder / kind.narrative, "narrative")
    folders: dict[str, tuple[Tree, ...]] = {}
    for name, schema in kind.folders.items():
        paths, troubles = workspace.data_files(folder / name)
        findings.extend(troubles)
        findings.extend(too_many(paths, folder / name, workspace.root))
        trees = [read(path, schema) for path in paths[:MOST_FILES]]
        folders[name] = tuple(tree for tree in trees if tree is not None)
    findings += workspace.strays(target)
    in_order = not has_errors(findings)
    # A row of waivers.yaml that is wrong excuses nothing, and hides nothing of the other files.
    waivers = folder / "waivers.yaml"
    waived = read(waivers, "waivers") if lexists(waivers) else None
    if department is None or facts is None or narrative is None or not in_order:
        read_files = [tree for tree in (facts, *folders.get("projects", ())) if tree is not None]
        return None, findings + unknown_codes(read_files, department, target.year)
    spoilt = frozenset(one.place.path for one in findings if waived and one.place.file == waived.file)
    told = waived if waived and isinstance(waived.root, dict) else None
    return TreeSet(department, facts, narrative, folders, told, spoilt), findings
