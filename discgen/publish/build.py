"""From a target to its PDF, and what was found on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from time import perf_counter

from discgen.diagnostics import Diagnostic, Place, has_errors, warning
from discgen.document import Document, Result
from discgen.errors import Refusal, contained
from discgen.garbage import without_collection
from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import Composing, Said, Stages
from discgen.publish.attachments import attached_files
from discgen.publish.fonts import without_font
from discgen.publish.layer import Failure
from discgen.publish.layout import Layout, Pdf, PendingPdf
from discgen.publish.published import Made, Published, written
from discgen.render.pdf.artifact import Overflow
from discgen.rules.case import values_of_files
from discgen.view.page import view_document
from discgen.workers import beside


def publisher(
    workspace: Workspace, departments: Departments, layout: Layout, *, draft: bool = False
) -> Callable[[Target], Published | Refusal]:
    """What builds one target after another, and returns why that cannot be done on this machine."""
    known = Known(workspace, departments)

    def act(target: Target) -> Published | Refusal:
        try:
            return publish(workspace, target, draft=draft, layout=layout, known=known)
        except Refusal as refusal:
            return refusal

    return act


class Known:
    """What has been read of one department after another, and found in them: the documents of a department and of its
    units rest on the same files.
    """

    def __init__(self, workspace: Workspace, departments: Departments | None = None) -> None:
        self._workspace = workspace
        self._departments = departments
        self._department = ""
        self._composed: tuple[Reader, Said] | None = None

    def composing(self, target: Target) -> Composing:
        """A target on its way, with what is known of its department; what was known of another is let go."""
        if self._composed is None or self._department != target.department:
            self._department = target.department
            self._composed = Reader(self._workspace, self._departments), {}
        return Composing(target, *self._composed)


def publish(
    workspace: Workspace,
    target: Target,
    *,
    draft: bool = False,
    layout: Layout | None = None,
    known: Known | None = None,
) -> Published:
    """Build one target. Errors stop it, unless it is a draft and there is a document to speak of.

    Raises Refusal where the machine lacks what layout needs.
    """
    return written(workspace, make(workspace, target, draft=draft, layout=layout, known=known), draft=draft)


def make(
    workspace: Workspace,
    target: Target,
    *,
    draft: bool = False,
    layout: Layout | None = None,
    known: Known | None = None,
) -> Made:
    """Compose one target and lay it out, as `publish` has it; nothing is written."""
    started = perf_counter()
    layout = layout or Layout()
    composing = (known or Known(workspace)).composing(target)
    with without_collection():
        if draft or layout.jobs == 1:
            result, pending = composing.result(), None
        else:
            result, pending = _ahead(composing, layout)
    document, findings, data = result.document, result.findings, b""
    if document and (draft or not has_errors(findings)):
        made = contained(
            pending or partial(render, document, layout=layout, draft=draft, findings=findings),
            target.place,
            lambda bug: Failure(bugs=(bug,)),
            passing=(Refusal,),
        )
        if isinstance(made, Failure):
            findings = (*findings, *_why_not(made, document))
        else:
            findings = (*findings, *too_wide(document, made.overflows))
            data = made.data
    return Made(target, data, findings, perf_counter() - started)


def _ahead(composing: Composing, layout: Layout) -> tuple[Result, Callable[[], Pdf | Failure] | None]:
    """What became of a target, and what gives its PDF, begun before it is known whether there may be one.

    A copy of this process goes through the rules meanwhile, which takes as long as to come to the HTML of all units. What
    takes longer than that waits for them, so that errors are told at once.
    """
    pending: PendingPdf | None = None
    stages: Stages | None = None
    with suppress(Exception):  # the result tells of it
        stages = composing.stages
    if stages is None:
        return composing.result(), None
    with beside(stages.judge) as judged:
        with suppress(Exception):
            document, _ = stages.written
            pending = _begin(document, layout)
            if pending.is_short:
                pending.pdf()
        return composing.result(judged), pending.pdf if pending else None


def render(
    document: Document, *, layout: Layout | None = None, draft: bool = False, findings: Sequence[Diagnostic] = ()
) -> Pdf | Failure:
    """The PDF of a document, with the files and the data it was made from inside it. Raises Refusal."""
    return _begin(document, layout or Layout(), draft=draft, findings=findings).pdf()


def _begin(
    document: Document, layout: Layout, *, draft: bool = False, findings: Sequence[Diagnostic] = ()
) -> PendingPdf:
    """A document that helpers lay out with this process."""
    view = view_document(document, draft=draft, findings=findings)
    pending = layout.begin(view, document.disclosure.target.place)
    pending.attached = attached_files(document)  # while others lay out
    return pending


def _why_not(failure: Failure, document: Document) -> Sequence[Diagnostic]:
    """Why there is no PDF: our bugs, else the characters that no font has."""
    disclosure = document.disclosure
    return failure.bugs or without_font(failure.missing, disclosure.files, disclosure.place)


_QUOTED = 20
"""Characters that are quoted of a line without a place to break."""


def too_wide(document: Document, lines: Iterable[Overflow]) -> list[Diagnostic]:
    """F005: what stands outside its cell or page, where it is written; each text once."""
    findings: dict[Place, Diagnostic] = {}
    for line in lines:
        text = _INVISIBLE.sub("", line.text)
        place = _written_at(document, text)
        message = f"“{text[:_QUOTED]}{'……' if len(text) > _QUOTED else ''}”超出了格子或页面（PDF第{line.page}页）"
        findings.setdefault(
            place, warning("F005", message, place, "写短些，或分成几句；中间没有能断开的地方的，改写法")
        )
    return list(findings.values())


def _written_at(document: Document, text: str) -> Place:
    """Where a line of the document is written; the file of facts where it is worked out."""
    disclosure = document.disclosure
    places = (
        passage.place for passage in values_of_files(disclosure.files) if text in _INVISIBLE.sub("", passage.text)
    )
    return next(places, disclosure.place)


_INVISIBLE = re.compile(r"[\s\u200b\u2060]")
"""Blanks, and the signs that allow or forbid a break."""
