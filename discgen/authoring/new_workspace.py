"""A folder to a workspace: where one may be begun, beside whatever lies there."""

from __future__ import annotations

from pathlib import Path

from discgen.authoring.new_files import RefusedError
from discgen.files import UNFINISHED, replace_file
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


def write_gitignore(workspace: Workspace) -> list[Path]:
    """Write what git is to leave out into a workspace that is new; the file, none where there is one or departments are."""
    path = workspace.root / ".gitignore"
    if workspace.departments.exists() or path.exists() or path.is_symlink():
        return []
    replace_file(path, f"# 可以重编的，和中断的运行留下的\n/build/\n{UNFINISHED}\n".encode())
    return [path]


def _holds_home(folder: Path) -> bool:
    try:
        return Path.home().resolve().is_relative_to(folder)
    except RuntimeError:  # a user without a home
        return False
