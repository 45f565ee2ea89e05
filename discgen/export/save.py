"""From a target to its exported files on disk: all made first, then written one by one."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from discgen.diagnostics import Diagnostic, has_errors
from discgen.errors import Refusal, contained
from discgen.export import DRAFTS, FOLDERS, FORMATS
from discgen.files import replace_file
from discgen.load.destinations import product
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose


class Exported(Struct, frozen=True):
    """What became of a target. `paths` are empty where its errors forbade to write."""

    paths: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]


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
    folder = folder or default_folder(workspace, target)
    result = compose(workspace, target)
    if result.document is None or (has_errors(result.findings) and not draft):
        return Exported((), result.findings)
    document, findings = result.document, result.findings
    made = contained(
        lambda: DRAFTS[format_name](document, findings) if draft else FORMATS[format_name](document),
        target.place,
        lambda bug: bug,
    )
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
    """`build/<department>/<year>-<kind>-export/`, of a unit below its own folder there."""
    return workspace.root / "build" / target.build_folder / f"{target.year}-{target.kind}-export"
