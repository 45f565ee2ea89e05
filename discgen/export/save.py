"""From a target to its exported files on disk: all made first, then written one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from discgen.diagnostics import Diagnostic, has_errors
from discgen.document import Document
from discgen.errors import Refusal, contained
from discgen.export import DRAFTS, FOLDERS, FORMATS, Files
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose


class Exported(Struct, frozen=True):
    """What became of a target. `paths` are empty where its errors forbade to write."""

    paths: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]


Making = Callable[[Document, Sequence[Diagnostic]], Files]
"""What makes files of a document and what was found in it."""


def export_target(
    workspace: Workspace, target: Target, format_name: str, folder: Path | None = None, *, draft: bool = False
) -> Exported:
    """Write the target's document in one of `FORMATS` to a folder of the workspace; a `draft` also where it has errors.

    Raises Refusal for a draft in a format that has none, and UnwritableError for a folder outside the workspace, among the facts, or with other
    files of these names (below build/, where everything can be made again, those are replaced),
    and UnwritableError.
    """
    if draft and format_name not in DRAFTS:
        raise Refusal(f"--draft只和--format {'、'.join(DRAFTS)}一起用：别的格式是数据，有错误就不导出")
    below = (folder or default_folder(workspace, target)) / FOLDERS.get(format_name, "")
    make: Making = DRAFTS[format_name] if draft else lambda document, _: FORMATS[format_name](document)
    return export_with(workspace, target, make, below, draft=draft)


def export_with(
    workspace: Workspace, target: Target, make: Making, folder: Path | None = None, *, draft: bool = False
) -> Exported:
    """The same of the files that `make` makes, which may refuse to."""
    folder = folder or default_folder(workspace, target)
    result = compose(workspace, target)
    if result.document is None or (has_errors(result.findings) and not draft):
        return Exported((), result.findings)
    document, findings = result.document, result.findings
    made = contained(lambda: make(document, findings), target.place, lambda bug: bug, passing=(Refusal,))
    if isinstance(made, Diagnostic):
        return Exported((), (*result.findings, made))
    files = {product(workspace, folder / name, data.__eq__): data for name, data in made.items()}
    for path, data in files.items():
        replace_file(path, data)
    return Exported(tuple(files), result.findings)


def default_folder(workspace: Workspace, target: Target) -> Path:
    """`build/<department>/<year>-<kind>-export/`, of a unit below its own folder there."""
    return workspace.root / "build" / target.build_folder / f"{target.year}-{target.kind}-export"
