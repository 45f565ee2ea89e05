"""What is named on the command line as targets: departments, years, or files of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from discgen.files import is_there
from discgen.load.workspace import Target, Workspace

_YEAR_DEEP = 2
"""What is in the folder of a year has the department and the year before it in its path."""


def select(workspace: Workspace, names: Iterable[str]) -> list[Target]:
    """The targets that the names stand for, all of them for no name. Raises TargetError.

    A file stands for the year it belongs to, `department.yaml` for the department; so does a
    folder. Both are sought from the current folder, then from the workspace.
    """
    return workspace.select(tuple(named(workspace, name) for name in names))


def named(workspace: Workspace, name: str) -> str:
    """A name as the workspace itself calls it, `<department>/<year>` for a file or folder; others as they are."""
    departments = workspace.departments.resolve()
    for path in (Path(name), workspace.root / name):
        if is_there(path) and path.resolve().is_relative_to(departments):
            folder = path.resolve() if path.is_dir() else path.resolve().parent
            steps = folder.relative_to(departments).parts if folder.is_relative_to(departments) else ()
            return "/".join(steps[:_YEAR_DEEP]) or name
    return name
