"""Names of files and folders as findings say them, and those that no text can hold: bytes that are not UTF-8.

Such names come out of archives packed on Windows, where they are GBK.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from discgen.diagnostics import Diagnostic, Place, Severity, error, warning
from discgen.load.signs import encodable

DATA_ENDINGS = (".yaml", ".yml")
"""The endings of files that are data, or meant to be."""
YEAR = re.compile(r"20[0-9]{2}")
"""What the folder of a year is called."""


def name_below(path: Path, root: Path) -> str:
    """The path below the workspace as findings say it."""
    return encodable(path.relative_to(root).as_posix())


def is_utf8(name: str) -> bool:
    """Whether a name or a path can be written as text."""
    return encodable(name) == name


def misnamed(path: Path, root: Path) -> Diagnostic:
    """L026: what the first name of a file is that is not UTF-8. An error where the file is data, which is then not read."""
    first = _first(path, root)
    finding = error if path.suffix.lower() in DATA_ENDINGS else warning
    said = f"{'文件夹' if first.is_dir() else '文件'}的名称不是UTF-8编码"
    hint = f"改名{_as_gbk(first.name)}；成批的用convmv改：convmv -f gbk -t utf8 -r --notest 文件夹"
    return finding("L026", said, Place(name_below(first, root)), hint)


def misnamed_below(folder: Path, root: Path) -> list[Diagnostic]:
    """L026 for the folder of a department and what is in it: a folder once, as an error where it holds data."""
    found: dict[Path, Diagnostic] = {}
    for holder, folders, files in os.walk(folder):
        for path in (Path(holder, name) for name in sorted((*folders, *files))):
            if not is_utf8(str(path.relative_to(root))):
                one, first = misnamed(path, root), _first(path, root)
                found[first] = max(one, found.get(first, one), key=lambda told: told.severity is Severity.ERROR)
    return list(found.values())


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
