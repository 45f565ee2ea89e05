"""Writing files so that a reader sees the old one or the new one, whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from stat import S_IMODE, S_ISDIR, S_ISREG
from time import time

from discgen.ending import undone_when_stopped
from discgen.errors import Refusal

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
    errno.ENXIO: "不是普通的文件",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.EFBIG: "超过了系统让写的大小",
}
"""What the system says of a file, in Chinese."""


_BEGINNING, _ENDING = ".discgen-", ".tmp"
UNFINISHED = f"{_BEGINNING}*{_ENDING}"
"""What files are called until they are whole: hidden, so that nothing takes them for data, and short, so that a name that
is as long as a file's may be leaves room for it."""
_ABANDONED = 3600.0
"""Seconds after which nobody works on such a file any more."""
_MODE = 0o666
"""Of new files, less what the umask takes away."""
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700
"""Of files, and of the folders that are made for them, that nobody but their owner may look into."""


def reason(error: OSError) -> str:
    """Why the system did not do what was asked, in Chinese; in its own words where it is something rare."""
    if error.errno == errno.ELOOP and _leads_to_itself(error.filename):
        return "是指向自己的链接"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def _leads_to_itself(name: str | bytes | None) -> bool:
    path = Path(os.fsdecode(name or ""))
    return path.is_symlink() and path.parent / path.readlink() == path


def is_there(path: Path) -> bool:
    """Whether there is a file or a folder; not so for what can be no path, or may not be looked for."""
    try:
        return path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, forbidden, links in a circle, a NUL
        return False


def read_regular(path: Path, most: int = -1) -> bytes:
    """What a file holds, the first `most` bytes if that is said. Raises OSError, also for what is no regular file: a pipe would be waited for without end."""
    with open(path, "rb", opener=_open_at_once) as file:
        return file.read(most)


def _open_at_once(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EISDIR if S_ISDIR(mode) else errno.ENXIO, os.strerror(errno.ENXIO), path)


class UnwritableError(Refusal):
    """The place a file belongs to cannot be written to; `str()` says so in Chinese."""


def replace_file(path: Path, data: bytes) -> None:
    """Write next to the file, then rename: a reader sees the old file or the new one, whole.

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
        return read_regular(path)
    except OSError:
        return None


def rewrite_file(path: Path, data: bytes, before: bytes) -> None:
    """Replace a file that still holds what it did before. Raises UnwritableError."""
    refuse_changed({path: before})
    replace_file(path, data)


def remove_file(path: Path) -> None:
    """Remove a file, if it is still there. Raises UnwritableError."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UnwritableError(f"{path} 删不掉：{reason(error)}") from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file where there is none, in a folder that nobody else looks into. Raises OSError."""
    with path.open("xb") as file:
        file.write(data)


def write_private(path: Path, data: bytes) -> None:
    """Write or replace a file, whole, that only its owner can read; so are the folder that it is in, and the one above, where they are made.

    What was left by a run that was killed is for the caller to `discard`: it is named like UNFINISHED. Raises OSError.
    """
    for folder in (path.parent.parent, path.parent):
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(_PRIVATE_FOLDER, exist_ok=True)
    with _unfinished(path.parent) as temporary:
        _write(temporary, data, _PRIVATE)
        temporary.replace(path)


def discard(path: Path) -> None:
    """Remove a file that can be made again, if that can be done."""
    with suppress(OSError):
        path.unlink()


def touch(path: Path) -> None:
    """Let a file be as if it were written now, if that can be done."""
    with suppress(OSError):
        os.utime(path)


def is_abandoned(path: Path) -> bool:
    """Whether nobody works on an unfinished file any more; what is younger may be another run's at work."""
    try:
        return time() - path.lstat().st_mtime > _ABANDONED
    except OSError:
        return False


def copy_folder(folder: Path, copy: Path) -> None:
    """Copy a folder to a place where there is none, its links as they are. Raises OSError or shutil.Error."""
    shutil.copytree(folder, copy, symlinks=True)


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write all next to their files, then rename one after the other.

    Raises UnwritableError where that cannot be done; all files are then as they were.
    """
    written: dict[Path, Path] = {}
    before = {path: path.read_bytes() if path.is_file() else None for path in contents} if len(contents) > 1 else {}
    done: list[Path] = []
    path = Path()
    with ExitStack() as unfinished:
        try:
            for path, data in contents.items():
                written[path] = unfinished.enter_context(_written_beside(path, data))
            for path, file in written.items():
                file.replace(path)
                done.append(path)
        except OSError as error:
            _restore({path: before[path] for path in done if path in before})
            raise UnwritableError(f"{path} 写不进去：{reason(error)}") from error


def _restore(before: Mapping[Path, bytes | None]) -> None:
    for path, data in before.items():
        if data is None:
            path.unlink()
        else:
            with _written_beside(path, data) as file:
                file.replace(path)


@contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """The data in a file next to the one that it will replace, whose mode and owner it gets; a new one has the umask's."""
    _make_folder(path.parent)
    _sweep(path.parent)
    old = path.stat() if path.is_file() else None
    with _unfinished(path.parent) as temporary:
        _write(temporary, data, S_IMODE(old.st_mode) if old else _MODE, old)
        yield temporary


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A name for what is to be renamed in the block. A file that still has it is removed, also if the process is stopped."""
    path = folder / f"{_BEGINNING}{token_hex(4)}{_ENDING}"
    _not_renamed.add(path)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        _not_renamed.remove(path)


_not_renamed: set[Path] = set()


@undone_when_stopped
def _remove_unfinished() -> None:
    for path in tuple(_not_renamed):
        discard(path)


def _write(path: Path, data: bytes, mode: int, owner: os.stat_result | None = None) -> None:
    """Write a new file, which is `owner`'s like the one that it will replace."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
        file.write(data)
        if owner:
            _take_after(file.fileno(), owner)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # something else has the name
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), folder) from error


def _take_after(file: int, old: os.stat_result) -> None:
    """Give a file the mode of another, and its owner and group as far as that is allowed."""
    for owner in (old.st_uid, -1):
        with suppress(OSError):
            os.fchown(file, owner, old.st_gid)
            break
    os.fchmod(file, S_IMODE(old.st_mode))


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed left next to its files."""
    for stray in folder.glob(UNFINISHED):
        if is_abandoned(stray):
            discard(stray)
