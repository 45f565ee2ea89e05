"""A folder to a workspace: where one may be begun, beside whatever lies there."""

from __future__ import annotations

from pathlib import Path

from discgen.authoring.new_files import RefusedError
from discgen.load.workspace import Workspace

_INSTEAD = "先新建一个文件夹，进到里面再运行discgen init"


def new_workspace(folder: Path) -> Workspace:
    """The workspace that a folder outside of every workspace becomes; nothing is written yet.

    Raises RefusedError for the home folder, what holds it, and a folder with something else called `departments`.
    """
    root = folder.resolve()
    if root.parent == root or _holds_home(root):
        raise RefusedError(f"{root} 不能作工作区：{_INSTEAD}")
    workspace = Workspace(root)
    if workspace.departments.exists() or workspace.departments.is_symlink():
        raise RefusedError(f"{root} 里的departments不是文件夹，不能作工作区：{_INSTEAD}")
    return workspace


def _holds_home(folder: Path) -> bool:
    try:
        return Path.home().resolve().is_relative_to(folder)
    except RuntimeError:  # a user without a home
        return False
