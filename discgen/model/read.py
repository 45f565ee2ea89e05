"""The facts of a target from its files: each read, held to its schema, and built into the model."""

from __future__ import annotations

from pathlib import Path

from discgen.diagnostics import Diagnostic, has_errors
from discgen.load.tree import Tree
from discgen.load.workspace import KINDS, Target, Workspace
from discgen.model.build import TreeSet, build
from discgen.model.code_scan import unknown_codes
from discgen.model.disclosure import Disclosure
from discgen.validate.schema import validate

Facts = tuple[Disclosure | None, tuple[Diagnostic, ...]]
"""The facts of a target, none where they cannot be read, and what was found on the way."""


class Reader:
    """Reads the targets of a workspace, each once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[Target, Facts] = {}

    def facts(self, target: Target) -> Facts:
        """What `read_facts` reads."""
        if target not in self._known:
            disclosure, findings = read_facts(self._workspace, target)
            self._known[target] = disclosure, tuple(findings)
        return self._known[target]

    def facts_if_any(self, target: Target) -> Facts:
        """The same; nothing, and no finding, where the workspace has no such file."""
        if not (self._workspace.folder(target) / f"{target.kind}.yaml").is_file():
            return None, ()
        return self.facts(target)


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
        findings.extend(validate(tree, schema) if tree else [])
        return tree

    kind = KINDS[target.kind]
    department = read(folder.parent / "department.yaml", "department")
    facts = read(folder / f"{target.kind}.yaml", target.kind)
    narrative = read(folder / kind.narrative, "narrative")
    folders: dict[str, tuple[Tree, ...]] = {}
    for name, schema in kind.folders.items():
        trees = [read(path, schema) for path in sorted((folder / name).glob("*.yaml"))]
        folders[name] = tuple(tree for tree in trees if tree is not None)
        findings += workspace.strays(folder / name)
    waivers = folder / "waivers.yaml"
    waived = read(waivers, "waivers") if waivers.is_file() else None
    if department is None or facts is None or narrative is None or has_errors(findings):
        read_files = [tree for tree in (facts, *folders.get("projects", ())) if tree is not None]
        return None, findings + unknown_codes(read_files, department, target.year)
    return TreeSet(department, facts, narrative, folders, waived), findings
