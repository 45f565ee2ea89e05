"""What a check hands to a report: what was found in every target, and the lines of its files."""

from __future__ import annotations

from msgspec import Struct

from discgen.check.listing import LineReader
from discgen.diagnostics import Diagnostic, Severity, in_order
from discgen.load.target import Target
from discgen.model.waiver import Waived


class Row(Struct, frozen=True):
    """A row of the 公开情况检查表: its verdict and what there is to say, and which of the target's findings belong to it."""

    name: str
    verdict: str
    text: str
    findings: tuple[int, ...]


class TargetChecked(Struct, frozen=True):
    """What was found in a target, all that a report says of it: the facts themselves are let go.

    `name` and `code` are the department's; empty where its file does not say.
    """

    target: Target
    findings: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...] = ()
    name: str = ""
    code: str = ""
    checklist: tuple[Row, ...] | None = None
    """The rows of its 公开情况检查表; None where it was not asked for."""

    def count(self, severity: Severity) -> int:
        """How many of the findings are so grave."""
        return sum(finding.severity is severity for finding in self.findings)


class FormTried(Struct, frozen=True):
    """A form by its name, what people call it, the findings in its files, and how its list of tables differs."""

    name: str
    title: str
    findings: tuple[Diagnostic, ...]
    difference_from_parent: str = ""
    """Tables that the form has and its parent has not, and the other way round; empty where there are none."""


class Checked(Struct, frozen=True):
    """All targets and forms that were asked for."""

    targets: tuple[TargetChecked, ...]
    line_at: LineReader
    forms: tuple[FormTried, ...] = ()
    others: tuple[Diagnostic, ...] = ()
    """Findings that belong to no target and no form."""

    @property
    def findings(self) -> list[Diagnostic]:
        """All of them, sorted, each once."""
        of_targets = (finding for target in self.targets for finding in target.findings)
        of_forms = (finding for form in self.forms for finding in form.findings)
        return in_order([*of_targets, *of_forms, *self.others])

    @property
    def waived(self) -> list[Waived]:
        """The waived findings, in the same order, each once."""
        by_finding = {item.finding: item for target in self.targets for item in target.waived}
        return [by_finding[finding] for finding in in_order(by_finding)]
