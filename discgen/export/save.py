"""From a target to its exported files on disk: all made first, then written one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from discgen.bug import contained
from discgen.diagnostics import Diagnostic, has_errors
from discgen.export import FORMATS
from discgen.files import replace_file
from discgen.load.workspace import Target, Workspace
from discgen.pipeline import compose


class ExportFolderError(RuntimeError):
    """A folder that files may not be exported to; `str()` says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of a target. `paths` are empty where its errors forbade to write."""

    paths: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]


def export_target(workspace: Workspace, target: Target, format_name: str, folder: Path | None = None) -> Exported:
    """Write the target's document in one of `FORMATS` to a folder of the workspace.

    Raises ExportFolderError for a folder outside the workspace, among the facts, or with other
    files of these names (below build/, where everything can be made again, those are replaced),
    and UnwritableError.
    """
    folder = _allowed(workspace, folder or default_folder(workspace, target))
    result = compose(workspace, target)
    if result.document is None or has_errors(result.findings):
        return Exported((), result.findings)
    document = result.document
    made = contained(lambda: FORMATS[format_name](document), target.place, lambda bug: bug)
    if isinstance(made, Diagnostic):
        return Exported((), (*result.findings, made))
    files = {folder / name: data for name, data in made.items()}
    if not folder.is_relative_to(_build(workspace)):
        _refuse_to_replace(files)
    for path, data in files.items():
        replace_file(path, data)
    return Exported(tuple(files), result.findings)


def default_folder(workspace: Workspace, target: Target) -> Path:
    """`build/<department>/<year>-<kind>-export/`."""
    return workspace.root / "build" / target.department / f"{target.year}-{target.kind}-export"


def _build(workspace: Workspace) -> Path:
    return workspace.root.resolve() / "build"


def _allowed(workspace: Workspace, folder: Path) -> Path:
    """The folder with its links followed."""
    resolved = folder.resolve()
    if not resolved.is_relative_to(workspace.root.resolve()):
        raise ExportFolderError(f"{folder} 在工作区之外，只能写到工作区里的文件夹")
    if resolved.is_relative_to(workspace.departments.resolve()):
        raise ExportFolderError(f"{folder} 在departments/里，那里只放部门写的文件，换一个文件夹")
    return resolved


def _refuse_to_replace(files: Mapping[Path, bytes]) -> None:
    """Raise for the first file that is there and says something else."""
    for path, data in files.items():
        is_same = path.is_file() and path.read_bytes() == data
        if (path.exists() or path.is_symlink()) and not is_same:
            raise ExportFolderError(f"{path} 已经有了，内容不同；先移走，或换一个文件夹（build/里的会直接替换）")
