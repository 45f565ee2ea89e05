"""One department checked: its targets composed, and what is found in them made ready to be reported and kept."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from discgen.check.checked import TargetChecked
from discgen.check.checklist import checklist_of, rows_of
from discgen.diagnostics import Diagnostic
from discgen.document import Result
from discgen.errors import contained
from discgen.garbage import without_collection
from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.kept import Kept
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import Said, compose
from discgen.rules.registry import all_checks


class Checker:
    """Checks the targets of one department after another; all that they share is loaded and read beforehand."""

    def __init__(self, workspace: Workspace, kept: Kept[TargetChecked], *, with_checklist: bool) -> None:
        self._workspace = workspace
        self._kept = kept
        self._with_checklist = with_checklist
        self._departments = Departments(workspace)
        self._departments.read()
        all_checks()

    def itself(self) -> Checker:
        """It goes to other processes as it is."""
        return self

    def __call__(self, targets: Sequence[Target]) -> list[TargetChecked]:
        """What is found in targets of one department, whose files are read once."""
        with without_collection():
            reader, said = Reader(self._workspace, self._departments), Said()
            return [self._checked(target, reader, said) for target in targets]

    def _checked(self, target: Target, reader: Reader, said: Said) -> TargetChecked:
        result = compose(self._workspace, target, reader, said)
        found = contained(lambda: self._told(result), target.place, lambda bug: self._told_with_bug(result, bug))
        self._kept.keep(target, found)
        return found

    def _told(self, result: Result) -> TargetChecked:
        name, code = _called(self._workspace, result)
        rows = checklist_of(self._workspace, result) if self._with_checklist else None
        return TargetChecked(result.target, result.findings, result.waived, name, code, rows)

    def _told_with_bug(self, result: Result, bug: Diagnostic) -> TargetChecked:
        """The same where our bug keeps the form and the names from being made out."""
        result = replace(result, findings=(*result.findings, bug))
        rows = rows_of(result, None) if self._with_checklist else None
        return TargetChecked(result.target, result.findings, result.waived, checklist=rows)


def _called(workspace: Workspace, result: Result) -> tuple[str, str]:
    """The department's name and code; read from its file where errors left no document."""
    if result.document:
        department = result.document.disclosure.department
        return department.name, department.code
    tree, _ = workspace.read(workspace.department_file(result.target.department))
    written = tree.root if tree and isinstance(tree.root, dict) else {}
    name, code = written.get("name"), written.get("code")
    return name if isinstance(name, str) else "", code if isinstance(code, str) else ""
