"""What is in a folder of the workspace, and how files and folders are called.

Whatever walks folders does so here: a folder that may not be listed is a finding, and what systems and editors leave
in a folder is nobody's data. Names may hold bytes that are not UTF-8: those out of archives packed on Windows are GBK.
"""

from __future__ import annotations

import errno
import os
import re
from os.path import lexists
from pathlib import Path

from discgen.characters import encodable
from discgen.diagnostics import Diagnostic, Place, Severity, error, warning
from discgen.files import reason

DATA_ENDINGS = (".yaml", ".yml")
"""The endings of files that are data, or meant to be."""
YEAR = re.compile(r"20[0-9]{2}")
"""What the folder of a year is called."""
_LITTER = re.compile(r"\..*|~.*|.*~|#.*#|(?:eh)?thumbs\.db|desktop\.ini", re.IGNORECASE | re.DOTALL)
"""Hidden files and those of macOS (`._01.yaml`), what an open document leaves (`~$x.docx`, `.01.yaml.swp`, `01.yaml~`),
and what Windows keeps in a folder.
"""


def is_litter(name: str) -> bool:
    """Whether a file of this name was put there by a system or an editor, and not by a person."""
    return _LITTER.fullmatch(name) is not None


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path stays below `root`, its links followed; one that cannot be followed is for reading to find."""
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
    except OSError as cause:
        return [], [unreadable("文件夹", "打不开", cause, place)]
    return [path for path in inside if not is_litter(path.name)], []


def unreadable(what: str, message: str, cause: OSError, place: Place) -> Diagnostic:
    """L013: what (文件, 文件夹) the system keeps from us, why, and what to do about that."""
    if cause.errno in (errno.ELOOP, errno.ENXIO):
        hint = f"移走它，放上{what}本身"
    elif cause.errno in (errno.EACCES, errno.EPERM):
        hint = f"检查{what}的权限"
    else:
        hint = f"换上读得出来的{what}"
    return error("L013", f"{what}{message}：{reason(cause)}", place, hint)


def name_below(path: Path, root: Path) -> str:
    """The path below the workspace as findings say it."""
    return encodable(path.relative_to(root).as_posix())


def is_utf8(name: str) -> bool:
    """Whether a name or a path can be written as text."""
    return encodable(name) == name


def misnamed(path: Path, root: Path) -> Diagnostic:
    """L026: what the first name of a file is that is not UTF-8. An error where the file is data, which is then not read."""
    first = _first(path, root)
    severity = error if path.suffix.lower() in DATA_ENDINGS else warning
    message = f"{'文件夹' if first.is_dir() else '文件'}的名称不是UTF-8编码"
    hint = f"改名{_as_gbk(first.name)}；成批的用convmv改：convmv -f gbk -t utf8 -r --notest 文件夹"
    return severity("L026", message, Place(name_below(first, root)), hint)


def misnamed_below(folder: Path, root: Path) -> list[Diagnostic]:
    """L026 for the folder of a department and what is in it: a folder once, as an error where it holds data."""
    findings: dict[Path, Diagnostic] = {}
    for holder, folders, files in os.walk(folder):
        for path in (Path(holder, name) for name in sorted((*folders, *files))):
            if not is_utf8(str(path.relative_to(root))):
                finding, first = misnamed(path, root), _first(path, root)
                findings[first] = max(
                    finding, findings.get(first, finding), key=lambda candidate: candidate.severity is Severity.ERROR
                )
    return list(findings.values())


def _first(path: Path, root: Path) -> Path:
    """The path as far as its first name that is not UTF-8."""
    below = path.relative_to(root).parts
    depth = next(number for number, name in enumerate(below, start=1) if not is_utf8(name))
    return root.joinpath(*below[:depth])


def _as_gbk(name: str) -> str:
    """What the name is as GBK, if it is that."""
    try:
        return f"为“{os.fsencode(name).decode('gb18030')}”"
    except UnicodeDecodeError:
        return ""
