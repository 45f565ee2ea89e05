"""New files of a department: nothing that exists is changed, nothing lands outside the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from discgen.destinations import inside
from discgen.files import bytes_of, replace_file
from discgen.fmt.layout import UnformattableError
from discgen.fmt.text import canonical
from discgen.load.text import with_line_ends
from discgen.load.workspace import KINDS, Target, Workspace


class RefusedError(ValueError):
    """Files that will not be written; `str()` says why in Chinese."""


def refuse_existing(workspace: Workspace, target: Target) -> None:
    """Raises RefusedError where anything of the target is there."""
    kind, folder = KINDS[target.kind], workspace.folder(target)
    own = (f"{target.kind}.yaml", kind.narrative, *kind.folders)
    there = [name for name in own if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        where = folder.relative_to(workspace.root).as_posix()
        raise RefusedError(f"{where}里已经有{'、'.join(there)}，不覆盖")


def write_new(workspace: Workspace, target: Target, texts: Mapping[str, str]) -> tuple[list[Path], list[str]]:
    """Write texts by their name in the department's folder; the files written, and the names that were taken.

    Texts are put into the form of `discgen fmt`, with the line ends of the department's own file. Raises RefusedError, and UnwritableError where the disk refuses.
    """
    refuse_existing(workspace, target)
    folder = workspace.departments / target.department
    taken = [name for name in texts if (folder / name).exists()]
    # The file that makes a target of the folder comes last: what is broken off is not taken for a year.
    names = sorted(set(texts) - set(taken), key=lambda name: (name.endswith(f"/{target.kind}.yaml"), name))
    beside = bytes_of(folder / "department.yaml")
    for name in names:
        inside(workspace, folder / name)
    for name in names:
        file = (folder / name).relative_to(workspace.root).as_posix()
        replace_file(folder / name, with_line_ends(formatted(texts[name], file), beside))
    return [folder / name for name in sorted(names)], taken


def formatted(text: str, file: str) -> str:
    """The text as `discgen fmt` would write it; as it is where that cannot be told."""
    try:
        return canonical(text, file)
    except UnformattableError:
        return text
