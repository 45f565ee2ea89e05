"""What was made of a target, here or elsewhere, to a file; and whether what was made earlier still holds: then nothing is
composed, and nothing of what does it is loaded.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from discgen.cache import Cache
from discgen.diagnostics import Diagnostic
from discgen.files import UnwritableError, bytes_of, replace_file
from discgen.identity import layout
from discgen.kept import Kept
from discgen.load.destinations import product
from discgen.load.target import Target
from discgen.load.workspace import Workspace


class Published(Struct, frozen=True):
    """What became of a target. `path` is None where nothing was written, `problem` why a file could not be."""

    target: Target
    path: Path | None
    seconds: float
    findings: tuple[Diagnostic, ...]
    problem: str = ""
    digest: str = ""
    """Of what was written, a SHA-256 in hex."""
    is_unchanged: bool = False
    """Whether all is as an earlier build has left it."""


class Made(Struct, frozen=True):
    """What was made of a target, before anything is written: the bytes of its PDF, none where there is none."""

    target: Target
    data: bytes
    findings: tuple[Diagnostic, ...]
    seconds: float


def written(workspace: Workspace, made: Made, *, draft: bool = False) -> Published:
    """What became of a target once what was made of it has been written; the old file stays until the new one is whole."""
    started, path, problem = perf_counter(), None, ""
    if made.data:
        path = output_path(workspace, made.target, draft=draft)
        try:
            replace_file(product(workspace, path, is_pdf), made.data)
        except UnwritableError as cause:  # a folder that is closed to one department, a disk that is full
            path, problem = None, str(cause)
    digest = digest_of(made.data) if path else ""
    seconds = made.seconds + perf_counter() - started
    return Published(made.target, path, seconds, made.findings, problem, digest)


def is_pdf(data: bytes) -> bool:
    """Whether a file begins as a PDF does."""
    return data.startswith(b"%PDF-")


def output_path(workspace: Workspace, target: Target, *, draft: bool = False) -> Path:
    """`build/<department>/<year>-<kind>.pdf`, of a unit `build/<department>/<unit>/…`; a draft has a name of its own, so
    that it replaces nothing published.
    """
    name = f"{target.year}-{target.kind}{'-draft' if draft else ''}.pdf"
    return workspace.root / "build" / target.build_folder / name


def digest_of(data: bytes) -> str:
    """The digest of a file."""
    return sha256(data).hexdigest()


class _Outcome(Struct, frozen=True):
    """What is kept of a build: the digest of the file, none where none was written, and the findings."""

    digest: str
    findings: tuple[Diagnostic, ...]


class Outcomes:
    """What became of the targets of a workspace in earlier builds."""

    def __init__(self, workspace: Workspace, cache: Cache, *, draft: bool) -> None:
        self._workspace = workspace
        self._draft = draft
        self._kept = Kept(workspace, cache, "build", _Outcome, layout(), str(draft))

    def unchanged(self, target: Target) -> Published | None:
        """What became of a target, where all that it rests on is as it was, and so is the file that was written."""
        started = perf_counter()
        known = self._kept.find(target)
        if known is None:
            return None
        path = output_path(self._workspace, target, draft=self._draft) if known.digest else None
        if path and digest_of(bytes_of(path) or b"") != known.digest:
            return None
        seconds = perf_counter() - started
        return Published(target, path, seconds, known.findings, digest=known.digest, is_unchanged=True)

    def keep(self, done: Published) -> None:
        """Keep what became of a target, unless that may be something else the next time."""
        if not done.problem:
            self._kept.keep(done.target, _Outcome(done.digest, done.findings))
