"""The facts of a target from its files: each read, held to its schema, and built into the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec.structs import replace

from discgen.diagnostics import Diagnostic, has_errors, in_order
from discgen.errors import contained
from discgen.gather.departments import Departments
from discgen.load.own_codes import NO_CODES, OwnCodes, own_codes
from discgen.load.own_files import OwnFiles, own_files
from discgen.load.target import Target, schema_of
from discgen.load.unread_files import MOST_FILES, too_many
from discgen.load.workspace import Workspace
from discgen.load.year import DataFile, YearFiles
from discgen.model.build import TreeSet, build, build_narrative, unknown_codes
from discgen.model.disclosure import Disclosure
from discgen.model.record import Record
from discgen.model.unit import Words
from discgen.model.waiver import build_waivers
from discgen.phrases import few
from discgen.validate.schema import validate
from discgen.validate.shipped import ShippedDataError
from discgen.yamltext.punctuation import with_causes
from discgen.yamltext.tree import Tree

Facts = tuple[Disclosure | None, tuple[Diagnostic, ...]]
"""The facts of a target, none where they cannot be read, and what was found on the way."""


class Reader:
    """Reads the targets of a workspace, each once.

    What `departments` have read can be shared: a caller that builds many targets, each with a reader of its own,
    hands the same `departments` to all.
    """

    def __init__(self, workspace: Workspace, departments: Departments | None = None) -> None:
        self.workspace = workspace
        self._known: dict[Target, Facts] = {}
        self._departments = departments or Departments(workspace)

    @cached_property
    def own(self) -> OwnFiles:
        """The workspace's own forms and codes."""
        return own_files(self.workspace)

    def facts(self, target: Target) -> Facts:
        """What `read_facts` reads, of the whole department also where the target is a unit's; a bug of ours on the way is a finding of this target, also when another target asked for it."""
        target = target.whole
        if target not in self._known:
            disclosure, findings = contained(
                lambda: read_facts(self.workspace, target, own_codes(self.own)),
                target.place,
                lambda bug: (None, [bug]),
                passing=(ShippedDataError,),
            )
            self._known[target] = disclosure, tuple(findings)
        return self._known[target]

    def words(self, target: Target) -> tuple[Words | None, list[Diagnostic]]:
        """What `read_words` reads of the target's unit; a bug of ours on the way is a finding of this target."""
        return contained(
            lambda: read_words(self.workspace, target),
            target.place,
            lambda bug: (None, [bug]),
            passing=(ShippedDataError,),
        )

    def usable_facts(self, target: Target) -> Facts:
        """The facts of another target than the one in question: none where they have errors, since nothing in
        them can then be relied on; none, and no finding, where the workspace has no such file.
        """
        if not self._is_there(target):
            return None, ()
        disclosure, findings = self.facts(target)
        return (None if has_errors(of_facts(findings)) else disclosure), findings

    def _is_there(self, target: Target) -> bool:
        """Whether there is a file of facts; where its folder may not be listed, there is taken to be."""
        files = YearFiles(self.workspace, target)
        listed, _ = self.workspace.listed(files.folder)
        return bool(files.unlisted()) or files.facts.path in listed

    def neighbours(self, disclosure: Disclosure) -> frozenset[str]:
        """Names of the other departments and of their units; departments that joined this one are no others."""
        ours = {disclosure.target.department, *disclosure.merged_from}
        return self._departments.neighbours(ours, disclosure.department.region.name)

    def department_findings(self, target: Target) -> list[Diagnostic]:
        """Findings about its department among the others: another folder may claim to be the same department."""
        return self._departments.findings_of(target.department)


def of_facts(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings but those in waivers.yaml, without which the facts can be read all the same."""
    return (finding for finding in findings if schema_of(finding.place.file) != "waivers")


def read_facts(
    workspace: Workspace, target: Target, own: OwnCodes = NO_CODES
) -> tuple[Disclosure | None, list[Diagnostic]]:
    """The facts of a target; none where a file cannot be read or is not of its schema's shape."""
    trees, findings = _read_trees(YearFiles(workspace, target), own)
    findings += own.findings
    if trees is None:
        return None, each_code_once(findings)
    disclosure, more = build(trees, target, own.codes)
    return disclosure, each_code_once(findings + more)


_UNKNOWN_CODE = "C001"
_MOST_PLACES = 4
"""Of other places where the same code is used, those that are named."""


def each_code_once(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The findings, those of one unknown code as one where it is first used, with the number of its uses and other places."""
    uses: dict[str, list[Diagnostic]] = {}
    for finding in in_order(findings):
        if finding.code == _UNKNOWN_CODE:
            uses.setdefault(finding.message, []).append(finding)
    others = [finding for finding in findings if finding.code != _UNKNOWN_CODE]
    return [*others, *(_together(same) for same in uses.values())]


def _together(uses: Sequence[Diagnostic]) -> Diagnostic:
    first, *others = uses
    if not others:
        return first
    places = few([f"{use.place.file}:{use.place.line}" for use in others], _MOST_PLACES, "处")
    return replace(first, message=f"{first.message}，用了{len(uses)}处", hint=f"还有{places}；{first.hint}")


def read_words(workspace: Workspace, target: Target) -> tuple[Words | None, list[Diagnostic]]:
    """What is a unit's own; none where it cannot be read or is not of its schema's shape."""
    files = YearFiles(workspace, target)
    narrative, findings = _read(files.workspace, files.narrative)
    if narrative is None or has_errors(findings):
        return None, findings
    prose = build_narrative(Record(narrative, (), "元", findings))
    waivers, waivers_findings = _read(workspace, files.waivers) if files.waivers.is_there() else (None, [])
    spoilt = frozenset(finding.place.path for finding in waivers_findings)
    usable = waivers if waivers and isinstance(waivers.root, dict) else None
    own = (narrative, *([usable] if usable else []))
    return Words(prose, build_waivers(usable, spoilt) if usable else (), own), [*findings, *waivers_findings]


def _read(workspace: Workspace, file: DataFile) -> tuple[Tree | None, list[Diagnostic]]:
    tree, findings = workspace.read(file.path)
    return tree, [*findings, *(with_causes(validate(tree, file.schema), tree.lines) if tree else [])]


def _read_trees(files: YearFiles, own: OwnCodes) -> tuple[TreeSet | None, list[Diagnostic]]:
    """The files as trees; none where one of them is not in order."""
    if unlisted := files.unlisted():
        return None, unlisted
    findings: list[Diagnostic] = []

    def read(file: DataFile) -> Tree | None:
        tree, file_findings = _read(files.workspace, file)
        findings.extend(file_findings)
        return tree

    department, facts, narrative = read(files.department), read(files.facts), read(files.narrative)
    folders: dict[str, tuple[Tree, ...]] = {}
    for folder in files.kind.folders:
        inside, unlisted = files.in_folder(folder)
        findings += [*unlisted, *too_many([file.path for file in inside], files.workspace.root)]
        folders[folder] = tuple(tree for file in inside[:MOST_FILES] if (tree := read(file)))
    findings += files.not_read()
    in_order = not has_errors(findings)
    # A row of waivers.yaml that is wrong excuses nothing, and hides nothing of the other files.
    waivers = read(files.waivers) if files.waivers.is_there() else None
    if department is None or facts is None or narrative is None or not in_order:
        with_codes = [tree for tree in (facts, *folders.get("projects", ())) if tree is not None]
        return None, findings + unknown_codes(with_codes, department, files.target.year, own.codes)
    spoilt = frozenset(finding.place.path for finding in findings if waivers and finding.place.file == waivers.file)
    usable = waivers if waivers and isinstance(waivers.root, dict) else None
    return TreeSet(department, facts, narrative, folders, usable, spoilt), findings
