"""The line of a file that a finding points at, as far as it may be shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from discgen.diagnostics import Place
from discgen.files import read_regular
from discgen.load.text import decode, split_lines
from discgen.load.workspace import Workspace
from discgen.resources import data_folder

LineReader = Callable[[Place], str | None]
"""The line at a place; None where there is no such line, or none to be shown."""


def no_lines(place: Place) -> str | None:  # noqa: ARG001 - a LineReader
    """For findings whose files are not at hand."""
    return None


def lines_of(workspace: Workspace | None) -> LineReader:
    """Reads lines of the files of a workspace, each file once; of a file that leads out of it, none.

    A form's files are the program's own.
    """
    known: dict[str, list[str]] = {}
    shipped = data_folder("templates")

    def line(place: Place) -> str | None:
        if place.file not in known:
            root = shipped.parent if place.file.startswith(f"{shipped.name}/") else workspace and workspace.root
            known[place.file] = _read(root, place.file) if root else []
        lines = known[place.file]
        return lines[place.line - 1] if 0 < place.line <= len(lines) else None

    return line


def _read(root: Path, file: str) -> list[str]:
    path = root / file
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return []
        data = read_regular(path)
    except (OSError, RuntimeError):
        return []
    text, _ = decode(data, file)
    return split_lines(text) if text else []
