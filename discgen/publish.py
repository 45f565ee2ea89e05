"""From a composed document to the PDF on disk, many at a time; the old file stays until the new one is whole."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from discgen.data import disclosure_data
from discgen.diagnostics import Diagnostic, error, has_errors
from discgen.files import replace_file
from discgen.load.workspace import Target, Workspace
from discgen.pipeline import Document, compose
from discgen.render.html import render_html
from discgen.render.pdf.write import AttachedFile, MissingGlyphError, write_pdf
from discgen.view.page import view_document


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a target. `path` is None where nothing was written."""

    target: Target
    path: Path | None
    seconds: float
    findings: tuple[Diagnostic, ...]


def publish_all(
    workspace: Workspace, targets: Sequence[Target], *, draft: bool = False, jobs: int = 1
) -> Iterator[Published]:
    """Each target's outcome as it is ready, in `jobs` processes where there is more than one to do."""
    if jobs == 1 or len(targets) == 1:
        yield from (publish(workspace, target, draft=draft) for target in targets)
        return
    # Workers are started fresh: layout libraries are not safe to fork with.
    with ProcessPoolExecutor(min(jobs, len(targets)), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(publish, workspace, target, draft=draft) for target in targets]
        for done in as_completed(waiting):
            yield done.result()


def publish(workspace: Workspace, target: Target, *, draft: bool = False) -> Published:
    """Build one target. Errors stop it, unless it is a draft and there is a document to speak of."""
    started = time.perf_counter()
    result = compose(workspace, target)
    findings = result.findings
    path = None
    if result.document and (draft or not has_errors(findings)):
        try:
            data = render(result.document, draft=draft, findings=findings)
        except MissingGlyphError as trouble:
            findings = (*findings, _missing_glyph(result.document, str(trouble)))
        else:
            path = output_path(workspace, target, draft=draft)
            replace_file(path, data)
    return Published(target, path, time.perf_counter() - started, findings)


def _missing_glyph(document: Document, said: str) -> Diagnostic:
    hint = "换一个常用字，或装上有这个字的字体"
    return error("F001", f"本机的字体里没有文件用到的字（{said}）", document.disclosure.place, hint)


def render(document: Document, *, draft: bool = False, findings: Sequence[Diagnostic] = ()) -> bytes:
    """The PDF of a document, with the data it was made from inside it."""
    html = render_html(view_document(document, draft=draft, findings=findings))
    data = AttachedFile("discgen.json", "本文件的数据", disclosure_data(document).encode())
    return write_pdf(html, (data,))


def output_path(workspace: Workspace, target: Target, *, draft: bool = False) -> Path:
    """`build/<department>/<year>-<kind>.pdf`; a draft has a name of its own, so that it replaces nothing published."""
    name = f"{target.year}-{target.kind}{'-draft' if draft else ''}.pdf"
    return workspace.root / "build" / target.department / name
