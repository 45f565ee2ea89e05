"""Where a command may write: in the workspace, links followed, and over nothing that somebody else made.

A workspace is handed in by many hands: a folder in it may be a link to anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from os.path import normpath
from pathlib import Path

from discgen.files import UnwritableError, bytes_of
from discgen.load.workspace import Workspace, find_workspace

_GIT = ".git"


def inside(workspace: Workspace, path: Path) -> Path:
    """The place of a file of the workspace, links followed.

    Raises UnwritableError where that is outside of it or in the folder in which git keeps what it knows.
    """
    resolved, root = path.resolve(), workspace.root.resolve()
    if not resolved.is_relative_to(root):
        why = "链接到了工作区之外" if _lies_in(path, workspace.root) else "在工作区之外，只能写到工作区里"
        raise UnwritableError(f"{_shown(path, workspace)} {why}")
    _refuse_git(path, resolved)
    return resolved


def product(workspace: Workspace | None, path: Path, is_ours: Callable[[bytes], bool]) -> Path:
    """The place of a file that is made from data, links followed.

    It is inside the workspace, where there is one, and not among the data. What is there is only replaced if it
    `is_ours`, or below build/, where everything can be made again. Raises UnwritableError.
    """
    if workspace:
        resolved = inside(workspace, path)
    else:
        resolved = path.resolve()
        _refuse_git(path, resolved)
    owner = workspace or find_workspace(resolved.parent)
    if owner and _folded(resolved).is_relative_to(_folded(owner.departments.resolve())):
        raise UnwritableError(f"{_shown(path, owner)} 在departments/里，那里只放部门写的文件，换一个地方")
    if not (owner and resolved.is_relative_to(owner.root.resolve() / "build")):
        held = bytes_of(resolved)
        if (resolved.exists() or resolved.is_symlink()) and (held is None or not is_ours(held)):
            why = "已经有了，不是这条命令写的那种文件；先移走，或换一个名称（build/里的会直接替换）"
            raise UnwritableError(f"{_shown(path, owner)} {why}")
    return resolved


def _folded(path: Path) -> Path:
    """The path as a file system knows it to which capitals are the same."""
    return Path(str(path).casefold())


def _refuse_git(path: Path, resolved: Path) -> None:
    if _GIT in map(str.lower, resolved.parts):
        raise UnwritableError(f"{path} 在git自己的文件夹里，换一个地方")


def _lies_in(path: Path, root: Path) -> bool:
    return Path(normpath(path.absolute())).is_relative_to(root.absolute())


def _shown(path: Path, workspace: Workspace | None) -> str:
    """The path below the workspace, as far as it lies there."""
    if workspace and path.is_absolute() and path.is_relative_to(workspace.root):
        return path.relative_to(workspace.root).as_posix()
    return str(path)
