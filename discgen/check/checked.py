"""What a check hands to a report: every target with what was found in it, and the lines of its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from discgen.check.form_trial import FormTried, try_form
from discgen.check.listing import LineReader, lines_of
from discgen.diagnostics import Diagnostic, in_order
from discgen.document import Result
from discgen.errors import contained
from discgen.form.form import Form, load_form
from discgen.gather.reader import Reader
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.load.year import YearFiles
from discgen.model.waiver import Waived
from discgen.pipeline import compose
from discgen.validate.shipped import ShippedDataError


@dataclass(frozen=True, slots=True)
class TargetChecked:
    """What became of a target, and its form, where that can be made out."""

    result: Result
    form: Form | None
    name: str = ""
    code: str = ""
    """The department's; empty where its file does not say."""


@dataclass(frozen=True, slots=True)
class Checked:
    """All targets and forms that were asked for."""

    targets: tuple[TargetChecked, ...]
    line_at: LineReader
    forms: tuple[FormTried, ...] = ()
    others: tuple[Diagnostic, ...] = ()
    """Findings that belong to no target and no form."""

    @property
    def findings(self) -> list[Diagnostic]:
        """All of them, sorted, each once."""
        of_targets = (finding for target in self.targets for finding in target.result.findings)
        of_forms = (finding for form in self.forms for finding in form.findings)
        return in_order([*of_targets, *of_forms, *self.others])

    @property
    def waived(self) -> list[Waived]:
        """The waived findings, in the same order, each once."""
        by_finding = {item.finding: item for target in self.targets for item in target.result.waived}
        return [by_finding[finding] for finding in in_order(by_finding)]


def check_targets(workspace: Workspace, targets: Iterable[Target]) -> Checked:
    """Check the targets, reading each file once."""
    reader = Reader(workspace)
    return Checked(tuple(_checked(workspace, target, reader) for target in targets), lines_of(workspace))


def _checked(workspace: Workspace, target: Target, reader: Reader) -> TargetChecked:
    result = compose(workspace, target, reader)
    return contained(
        lambda: TargetChecked(result, _form(workspace, result), *_called(workspace, result)),
        target.place,
        lambda bug: TargetChecked(replace(result, findings=(*result.findings, bug)), None),
    )


def check_forms(names: Iterable[str]) -> Checked:
    """Try the forms of these names. Raises ShippedDataError where there is none."""
    return Checked((), lines_of(None), tuple(try_form(name) for name in names))


def _form(workspace: Workspace, result: Result) -> Form | None:
    """The form that the target names; read from its file where errors left no document."""
    if result.document:
        return result.document.form
    tree, _ = workspace.read(YearFiles(workspace, result.target).facts.path)
    named = tree.root.get("form") if tree and isinstance(tree.root, dict) else None
    try:
        return load_form(named) if isinstance(named, str) else None
    except ShippedDataError:
        return None


def _called(workspace: Workspace, result: Result) -> tuple[str, str]:
    """The department's name and code; read from its file where errors left no document."""
    if result.document:
        department = result.document.disclosure.department
        return department.name, department.code
    tree, _ = workspace.read(workspace.department_file(result.target.department))
    written = tree.root if tree and isinstance(tree.root, dict) else {}
    name, code = written.get("name"), written.get("code")
    return name if isinstance(name, str) else "", code if isinstance(code, str) else ""
