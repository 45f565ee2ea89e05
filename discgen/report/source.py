"""The line of a file that a finding points at, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Callable

from discgen.diagnostics import Place
from discgen.load.text import decode, split_lines
from discgen.load.workspace import Workspace

LineReader = Callable[[Place], str | None]
"""The line at a place; None where there is no such line, or none to be shown."""


def no_lines(place: Place) -> str | None:  # noqa: ARG001 - a LineReader
    """For findings whose files are not at hand."""
    return None


def lines_of(workspace: Workspace) -> LineReader:
    """Reads lines of the files of a workspace, each file once; of a file that leads out of it, none."""
    known: dict[str, list[str]] = {}

    def line(place: Place) -> str | None:
        if place.file not in known:
            known[place.file] = _read(workspace, place.file)
        lines = known[place.file]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None

    return line


def _read(workspace: Workspace, file: str) -> list[str]:
    path = workspace.root / file
    try:
        if not path.resolve().is_relative_to(workspace.root.resolve()):
            return []
        data = path.read_bytes()
    except (OSError, RuntimeError):
        return []
    text, _ = decode(data, file)
    return split_lines(text) if text else []
