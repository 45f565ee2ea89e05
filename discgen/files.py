"""Writing files so that a reader sees the old one or the new one, whole."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Mapping
from pathlib import Path

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "用完了磁盘配额",
    errno.ENOENT: "没有这个文件",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EEXIST: "已经有了",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "超过了系统让写的大小",
}
"""What the system says of a file, in Chinese."""


def reason(trouble: OSError) -> str:
    """Why the system did not do what was asked, in Chinese; in its own words where it is something rare."""
    return _REASONS.get(trouble.errno or 0, trouble.strerror or str(trouble))


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder; not so for what can be no path, or may not be looked for."""
    try:
        return path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, forbidden, links in a circle, a NUL
        return False


class UnwritableError(RuntimeError):
    """The place a file belongs to cannot be written to; `str()` says so in Chinese."""


def replace_file(path: Path, data: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old file or the new one, whole.

    Raises UnwritableError where that cannot be done; the old file is then as it was.
    """
    replace_files({path: data})


def refuse_changed(before: Mapping[Path, bytes | None]) -> None:
    """Raises UnwritableError where a file no longer holds what was read, None for a file that was not there."""
    for path, data in before.items():
        if bytes_of(path) != data:
            raise UnwritableError(f"{path} 刚刚被改过，没有覆盖；再运行一次")


def bytes_of(path: Path) -> bytes | None:
    """What a file holds; None where there is none, or it may not be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def rewrite_file(path: Path, data: bytes, before: bytes) -> None:
    """Replace a file that still holds what it did before, with the permissions it had. Raises UnwritableError."""
    refuse_changed({path: before})
    mode = path.stat().st_mode
    replace_file(path, data)
    path.chmod(mode)


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write all beside their files, then rename one after the other.

    Raises UnwritableError where that cannot be done; all files are then as they were.
    """
    beside: dict[Path, Path] = {}
    before = {path: path.read_bytes() if path.is_file() else None for path in contents} if len(contents) > 1 else {}
    done: list[Path] = []
    path = Path()
    try:
        for path, data in contents.items():
            beside[path] = _written_beside(path, data)
        for path, file in beside.items():
            file.replace(path)
            done.append(path)
    except OSError as trouble:
        _restore({path: before[path] for path in done if path in before})
        raise UnwritableError(f"{path} 写不进去：{reason(trouble)}") from trouble
    finally:
        for file in beside.values():
            file.unlink(missing_ok=True)


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, data in before.items():
        if data is None:
            path.unlink()
        else:
            _written_beside(path, data).replace(path)


def _written_beside(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
    try:
        beside.write_bytes(data)
        beside.chmod(0o644)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside
