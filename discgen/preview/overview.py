"""All documents of the workspace with how many findings each has, counted one after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from threading import Lock, Thread

from msgspec import Struct

from discgen.diagnostics import Severity
from discgen.errors import bugs_in
from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.preview.change_signal import ChangeSignal
from discgen.validate.shipped import ShippedDataError


class Counted(Struct, frozen=True):
    """What a check of a document found; `name` is the department's, empty where its file cannot be read.

    `is_broken` where a form that is being edited, or a bug of ours, kept it from being checked.
    """

    name: str
    findings: Mapping[Severity, int]
    is_broken: bool = False


class Overview:
    """The documents that `targets` lists, counted in the background once somebody looks."""

    def __init__(
        self,
        workspace: Workspace,
        targets: Callable[[], list[Target]],
        at_work: Lock,
        departments: Callable[[], Departments | None] = lambda: None,
    ) -> None:
        self.changes = ChangeSignal()
        self._workspace = workspace
        self._targets = targets
        self._at_work = at_work
        self._departments = departments
        self._counted: dict[Target, Counted] = {}
        self._counting = Lock()
        self._is_looked_at = False

    def rows(self) -> list[tuple[Target, Counted | None]]:
        """Every document; None for what is not counted yet."""
        return [(target, self._counted.get(target)) for target in self._targets()]

    def look(self) -> None:
        """Start counting what is not counted; called when somebody opens the page."""
        self._is_looked_at = True
        Thread(target=self.count, daemon=True).start()

    def changed(self, departments: Iterable[str] | None) -> None:
        """Files of these departments have changed; None for all departments."""
        gone = None if departments is None else set(departments)
        self._counted = {
            target: counted
            for target, counted in self._counted.items()
            if gone is not None and target.department not in gone
        }
        if self._is_looked_at:
            self.changes.announce()
            self.look()

    def count(self) -> None:
        """Count what is not counted, one document after another."""
        with self._counting:
            while (target := next((target for target, counted in self.rows() if counted is None), None)) is not None:
                counting_for = self._counted
                counted = self._count(target)
                if counting_for is self._counted:  # else its files may have changed meanwhile
                    counting_for[target] = counted
                    self.changes.announce()

    def _count(self, target: Target) -> Counted:
        try:
            with self._at_work:
                result = compose(self._workspace, target, Reader(self._workspace, self._departments()))
        except ShippedDataError:  # the page of the document says what it is
            return Counted("", {}, is_broken=True)
        if bugs_in(result.findings):
            return Counted("", {}, is_broken=True)
        name = result.document.disclosure.department.name if result.document else ""
        return Counted(name, Counter(finding.severity for finding in result.findings))
