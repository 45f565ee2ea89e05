"""What is named on the command line as targets: departments, years, or files of theirs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from discgen.load.workspace import Target, Workspace

_YEAR_DEEP = 3
"""A file of a year has at least the department, the year and its own name in its path."""


def select(workspace: Workspace, names: Iterable[str]) -> list[Target]:
    """The targets that the names stand for, all of them for no name. Raises TargetError.

    A file stands for the year it belongs to, `department.yaml` for the department. Files are
    sought from the current folder, then from the workspace.
    """
    return workspace.select(tuple(_named(workspace, name) for name in names))


def _named(workspace: Workspace, name: str) -> str:
    departments = workspace.departments.resolve()
    for path in (Path(name).resolve(), (workspace.root / name).resolve()):
        if path.is_file() and path.is_relative_to(departments):
            steps = path.relative_to(departments).parts
            return "/".join(steps[: 2 if len(steps) >= _YEAR_DEEP else 1])
    return name
