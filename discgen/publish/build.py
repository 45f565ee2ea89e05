"""From a composed document to the PDF on disk, many at a time; the old file stays until the new one is whole."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from discgen.diagnostics import Diagnostic, Place, error, has_errors, warning
from discgen.document import Document
from discgen.errors import contained
from discgen.files import UnwritableError, replace_file
from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.load.destinations import product
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.publish.attachments import attached_files
from discgen.publish.fonts import without_font
from discgen.render.html import unit_html
from discgen.render.layout.unit import lay_out
from discgen.render.pdf.artifact import Artifact, MissingGlyphError, Overflow
from discgen.render.pdf.assemble import Piece, assemble, overflows, page_numbers
from discgen.render.pdf.metadata import Properties
from discgen.rules.case import values_of_files
from discgen.view.page import DocumentView, view_document
from discgen.view.units import units_of
from discgen.workers import how_it_ended, in_workers


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a target. `path` is None where nothing was written, `problem` why a file could not be."""

    target: Target
    path: Path | None
    seconds: float
    findings: tuple[Diagnostic, ...]
    problem: str = ""


def publish_all(
    workspace: Workspace, targets: Sequence[Target], *, draft: bool = False, jobs: int = 1
) -> Generator[Published, None, None]:
    """Each target's outcome as it is ready, in `jobs` processes where there is more than one to do."""
    begin = partial(_publisher, workspace, draft=draft)
    if jobs == 1 or len(targets) == 1:
        yield from map(begin(), targets)
    else:
        yield from in_workers(begin, targets, jobs, _died)


def _publisher(workspace: Workspace, *, draft: bool) -> Callable[[Target], Published]:
    """What builds one target after another, and reads once what all departments are called."""
    return partial(publish, workspace, draft=draft, departments=Departments(workspace))


def publish(
    workspace: Workspace, target: Target, *, draft: bool = False, departments: Departments | None = None
) -> Published:
    """Build one target. Errors stop it, unless it is a draft and there is a document to speak of."""
    started = time.perf_counter()
    result = compose(workspace, target, Reader(workspace, departments))
    findings, path, problem = result.findings, None, ""
    document = result.document
    if document and (draft or not has_errors(findings)):
        made = contained(lambda: _made(document, findings, draft=draft), target.place, lambda bug: [bug])
        if isinstance(made, list):
            findings = (*findings, *made)
        else:
            findings = (*findings, *too_wide(document, made.overflows))
            path, problem = _written(workspace, output_path(workspace, target, draft=draft), made.data)
    return Published(target, path, time.perf_counter() - started, findings, problem)


def _made(document: Document, findings: Sequence[Diagnostic], *, draft: bool) -> Pdf | list[Diagnostic]:
    try:
        return render(document, draft=draft, findings=findings)
    except MissingGlyphError as problem:
        return without_font(problem.characters, document.disclosure.files, document.disclosure.place)


def _written(workspace: Workspace, path: Path, data: bytes) -> tuple[Path | None, str]:
    """The path, or why there is no such file now: a folder that is closed to one department, a disk that is full."""
    try:
        replace_file(product(workspace, path, _is_pdf), data)
    except UnwritableError as problem:
        return None, str(problem)
    return path, ""


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


def _died(target: Target, code: int) -> Published:
    """What became of a target whose process was killed, or fell over in a library."""
    hint = f"别的照编。多半是内存不够：关掉别的程序，或一份一份编，discgen build -j 1 {target}；还是这样，发给维护者"
    return Published(
        target, None, 0.0, (error("X002", f"编这一份的进程中途没有了（{how_it_ended(code)}）", target.place, hint),)
    )


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


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes of a PDF, and the lines that their room on its pages does not hold."""

    data: bytes
    overflows: tuple[Overflow, ...]


def render(document: Document, *, draft: bool = False, findings: Sequence[Diagnostic] = ()) -> Pdf:
    """The PDF of a document, with the files and the data it was made from inside it.

    Raises MissingGlyphError where no font can show a character.
    """
    view = view_document(document, draft=draft, findings=findings)
    pieces = _laid_out(view)
    data = assemble(pieces, Properties(view.title, view.department), attached_files(document))
    return Pdf(data, tuple(overflows(piece.artifact for piece in pieces)))


def _laid_out(view: DocumentView) -> list[Piece]:
    """All units; the contents last, when it is known on which pages the others stand."""
    units = units_of(view)
    artifacts: dict[int, Artifact] = {}
    missing: frozenset[str] = frozenset()
    for number, unit in sorted(enumerate(units), key=lambda numbered: numbered[1].kind == "contents"):
        pages = page_numbers(artifacts.values()) if unit.kind == "contents" and not missing else {}
        try:
            artifacts[number] = lay_out(unit_html(view, unit, pages))
        except MissingGlyphError as problem:
            missing |= problem.characters
    if missing:
        raise MissingGlyphError(missing)
    return [Piece(unit.part, artifacts[number]) for number, unit in enumerate(units)]


def output_path(workspace: Workspace, target: Target, *, draft: bool = False) -> Path:
    """`build/<department>/<year>-<kind>.pdf`; a draft has a name of its own, so that it replaces nothing published."""
    name = f"{target.year}-{target.kind}{'-draft' if draft else ''}.pdf"
    return workspace.root / "build" / target.department / name
