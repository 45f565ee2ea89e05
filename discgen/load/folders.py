"""What is in a folder of the workspace. Whatever walks folders does so here: what may not be listed is told, and what
systems and editors leave beside files is nobody's data.
"""

from __future__ import annotations

import errno
import os
import re
from os.path import lexists
from pathlib import Path

from discgen.diagnostics import Diagnostic, Place, error
from discgen.files import reason
from discgen.load.names import name_below

_LITTER = re.compile(r"\..*|~.*|.*~|#.*#|(?:eh)?thumbs\.db|desktop\.ini", re.IGNORECASE | re.DOTALL)
"""Hidden files and those of macOS (`._01.yaml`), what an open document leaves (`~$x.docx`, `.01.yaml.swp`, `01.yaml~`),
and what Windows keeps in a folder.
"""


def is_litter(name: str) -> bool:
    """Whether a file of this name was put there by a system or an editor, and not by a person."""
    return _LITTER.fullmatch(name) is not None


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path stays below `root`, its links followed; one that cannot be followed is for reading to tell."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except RuntimeError:  # links in a circle, which Python 3.13 follows no further either
        return True
    except OSError:
        return False


def listed(folder: Path, root: Path) -> tuple[list[Path], list[Diagnostic]]:
    """What is in a folder below `root`, in order and without litter; nothing, and a finding, where it may not be listed.

    A folder that is not there has nothing in it. What a link leads to outside is not listed: the names themselves
    may be nobody's business.
    """
    if not lexists(folder):
        return [], []
    place = Place(name_below(folder, root))
    if not is_inside(folder, root):
        return [], [error("L011", "文件夹链接到了工作区之外，没有读", place, "把文件夹本身放进工作区")]
    try:
        inside = sorted(folder.iterdir())
        os.stat(f"{folder}/.")  # noqa: PTH116 - Path drops the dot, which asks whether names lead anywhere
    except NotADirectoryError:
        return [], [error("L013", "这里应是文件夹，不是文件", place, "移走文件，或换上文件夹")]
    except OSError as trouble:
        return [], [unreadable("文件夹", "打不开", trouble, place)]
    return [path for path in inside if not is_litter(path.name)], []


def unreadable(what: str, said: str, trouble: OSError, place: Place) -> Diagnostic:
    """L013: what (文件, 文件夹) the system keeps from us, why, and what to do about that."""
    if trouble.errno in (errno.ELOOP, errno.ENXIO):
        hint = f"移走它，放上{what}本身"
    elif trouble.errno in (errno.EACCES, errno.EPERM):
        hint = f"检查{what}的权限"
    else:
        hint = f"换上读得出来的{what}"
    return error("L013", f"{what}{said}：{reason(trouble)}", place, hint)
