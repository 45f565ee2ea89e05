"""Writing files so that a reader sees the old one or the new one, whole."""

from __future__ import annotations

import tempfile
from pathlib import Path


class UnwritableError(RuntimeError):
    """The place a file belongs to cannot be written to; `str()` says so in Chinese."""


def replace_file(path: Path, data: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old file or the new one, whole.

    Raises UnwritableError where that cannot be done; the old file is then as it was.
    """
    try:
        _replace(path, data)
    except OSError as trouble:
        raise UnwritableError(f"{path} 写不进去：{trouble.strerror}") from trouble


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
    try:
        beside.write_bytes(data)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
