"""A document that follows its files: the page as of now, or the last good one while the files are broken."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from msgspec import Struct

from discgen.check.listing import lines_of, summary
from discgen.errors import bugs_in, contained
from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.preview.change_signal import ChangeSignal
from discgen.preview.editor import Editor
from discgen.preview.page import Page, make_page
from discgen.preview.panel import FindingView, Sources, view_findings
from discgen.validate.shipped import ShippedDataError


class State(Struct, frozen=True):
    """What there is to show. `is_old`: the page is the last good one. `failure`: what an error in a form or a bug of ours says."""

    page: Page | None
    is_old: bool
    findings: tuple[FindingView, ...]
    summary: str
    failure: str = ""


class LiveDocument:
    """One document. `at_work` is held while the pipeline runs: it compiles with shared tools.

    `departments` is asked for what the departments are called as of now.
    """

    def __init__(
        self,
        workspace: Workspace,
        target: Target,
        editor: Editor,
        at_work: Lock,
        departments: Callable[[], Departments | None] = lambda: None,
    ) -> None:
        self.changes = ChangeSignal()
        self.target = target
        self._workspace = workspace
        self._editor = editor
        self._at_work = at_work
        self._departments = departments
        self._state: State | None = None
        self._changes = 0
        self._seen = -1

    def changed(self) -> None:
        """Files have changed: listeners see the new state now, others when they ask."""
        self._changes += 1
        if self.changes.is_awaited:
            self.state()

    def state(self) -> State:
        """The document as its files are now."""
        with self._at_work:
            if self._state is None or self._seen != self._changes:
                self._seen = self._changes
                self._state = self._follow(self._state.page if self._state else None)
                self.changes.announce()
            return self._state

    def sources(self, page: Page) -> Sources:
        """Lines as they were when a page was made."""
        return Sources(self._workspace.root, page.line_at, self._editor)

    def _follow(self, last: Page | None) -> State:
        try:
            return contained(
                lambda: self._compose(last),
                self.target.place,
                lambda bug: State(last, last is not None, (), "", bug.message),
                passing=(ShippedDataError,),
            )
        except ShippedDataError as error:
            return State(last, last is not None, (), "", str(error))

    def _compose(self, last: Page | None) -> State:
        result = compose(self._workspace, self.target, Reader(self._workspace, self._departments()))
        line_at = lines_of(self._workspace)
        page = make_page(result.document, line_at) if result.document else last
        sources = Sources(self._workspace.root, line_at, self._editor)
        findings = view_findings(result.findings, page.spots if page else (), sources)
        failure = "".join(bug.message for bug in bugs_in(result.findings))
        return State(page, result.document is None and page is not None, findings, summary(result.findings), failure)
