"""From a target to its exported files on disk: all made first, then written one by one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from discgen.diagnostics import Diagnostic, has_errors
from discgen.errors import contained
from discgen.export import FOLDERS, FORMATS
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of a target. `paths` are empty where its errors forbade to write."""

    paths: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]


def export_target(workspace: Workspace, target: Target, format_name: str, folder: Path | None = None) -> Exported:
    """Write the target's document in one of `FORMATS` to a folder of the workspace.

    Raises UnwritableError for a folder outside the workspace, among the facts, or with other
    files of these names (below build/, where everything can be made again, those are replaced),
    and UnwritableError.
    """
    folder = folder or default_folder(workspace, target)
    result = compose(workspace, target)
    if result.document is None or has_errors(result.findings):
        return Exported((), result.findings)
    document = result.document
    made = contained(lambda: FORMATS[format_name](document), target.place, lambda bug: bug)
    if isinstance(made, Diagnostic):
        return Exported((), (*result.findings, made))
    files = {
        product(workspace, folder / FOLDERS.get(format_name, "") / name, data.__eq__): data
        for name, data in made.items()
    }
    for path, data in files.items():
        replace_file(path, data)
    return Exported(tuple(files), result.findings)


def default_folder(workspace: Workspace, target: Target) -> Path:
    """`build/<department>/<year>-<kind>-export/`."""
    return workspace.root / "build" / target.department / f"{target.year}-{target.kind}-export"
