"""What was worked out before, by the hash of all that it was worked out from; a cache in the user's own folder.

Whatever is wrong with the cache is a miss: a file that is torn or was tampered with, a folder that is closed, a full
disk. An object is a file of its own, written whole or not at all, so that several builds at once and a kill at any
moment do no harm. What is kept is data of departments, so only its owner can read it, and nothing of it is ever run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from time import time
from typing import TypeVar

from msgspec import DecodeError

from discgen.files import UNFINISHED, discard, is_abandoned, read_regular, reason, touch, write_private

T = TypeVar("T")

FOLDER_VARIABLE = "DISCGEN_CACHE"
"""What in the environment names another folder."""
MOST = 512 * 2**20
"""Bytes that are kept; beyond them, what was asked for least recently goes."""
RESULT = "result-"
"""What kinds begin with whose objects are small and stand for a whole document each: a quarter of the room is theirs."""
_FOR_RESULTS = 1 / 4
_TRIMMED_AFTER = 1 / 16
"""Of these bytes, when so many were put, a look at all files is due: to count them takes a tenth of a second."""
_USED_RECENTLY = 3600.0
"""Seconds for which a file that was used does not have to be marked again."""
_MAGIC = b"discgen 1\n"
"""What a file begins with; then comes the checksum. The number grows with the format of either."""
_CHECKSUM = 32
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Cache:
    """Bytes by a kind, a short word, and a key, the SHA-256 in hex of what they follow from."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self.folder = folder
        self.problem = ""
        """Why nothing is kept, in Chinese; empty as long as nothing went wrong."""
        self._most = most
        self._is_trusted = False

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put, or None."""
        if not self._may_be_used():
            return None
        path = self._path(kind, key)
        try:
            held = read_regular(path)
            if time() - path.stat().st_mtime > _USED_RECENTLY:
                touch(path)
        except OSError:
            return None
        data = held[len(_MAGIC) + _CHECKSUM :]
        if held != _framed(kind, key, data):
            discard(path)
            return None
        return data

    def find(self, kind: str, key: str, decode: Callable[[bytes], T]) -> T | None:
        """What was put, decoded; None also where it is something else, which raises msgspec.DecodeError."""
        data = self.get(kind, key)
        try:
            return None if data is None else decode(data)
        except DecodeError:
            return None

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Keep what was worked out, if that can be done."""
        if not self._may_be_used():
            return
        try:
            write_private(self._path(kind, key), _framed(kind, key, data))
        except OSError as error:
            self.problem = f"{self.folder} 写不进去：{reason(error)}"
        # Keys are as good as drawn by lot: each byte has the same chance to bring about a look at all of them.
        if int(key[:8], 16) * self._most * _TRIMMED_AFTER < len(data) * 2**32:
            self.trim()

    def trim(self) -> None:
        """Remove what was used least recently beyond the bound, and what runs that were killed have left unfinished.

        Many documents are laid out to more than is kept; that they are unchanged is known all the same.
        """
        if not self._may_be_used():
            return
        results: list[tuple[int, Path]] = []
        others: list[tuple[int, Path]] = []
        for _, size, path in sorted(self._held(), reverse=True):
            if not path.match(UNFINISHED):
                (results if path.suffix.startswith(f".{RESULT}") else others).append((size, path))
            elif is_abandoned(path):
                discard(path)
        kept = _discard_beyond(int(self._most * _FOR_RESULTS), results)
        _discard_beyond(self._most - kept, others)

    def _held(self) -> Iterator[tuple[float, int, Path]]:
        """When each file was used, its size and its path."""
        for shard in self.folder.glob("[0-9a-f][0-9a-f]"):
            with suppress(OSError), os.scandir(shard) as files:
                for file in files:
                    with suppress(OSError):  # another process has removed it
                        status = file.stat(follow_symlinks=False)
                        yield status.st_mtime, status.st_size, Path(file)

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.{kind}"

    def _may_be_used(self) -> bool:
        """Whether the folder is ours, as far as it is there: what another user may write would end in our documents."""
        if self.problem or self._is_trusted:
            return not self.problem
        try:
            status = self.folder.stat()
        except FileNotFoundError:
            return True
        except OSError as error:
            self.problem = f"{self.folder} 打不开：{reason(error)}"
            return False
        if not stat.S_ISDIR(status.st_mode):
            self.problem = f"{self.folder} 不是文件夹"
        elif status.st_uid != os.geteuid():
            self.problem = f"{self.folder} 是别的用户的"
        elif status.st_mode & _OTHERS_MAY_WRITE:
            self.problem = f"{self.folder} 别的用户也能写"
        self._is_trusted = not self.problem
        return self._is_trusted


class NoCache(Cache):
    """Keeps nothing."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull))

    def get(self, kind: str, key: str) -> bytes | None:
        """Nothing."""

    def put(self, kind: str, key: str, data: bytes) -> None:
        """Let go."""

    def trim(self) -> None:
        """Leave all as it is."""


def _discard_beyond(most: int, files: Iterable[tuple[int, Path]]) -> int:
    """Remove the files beyond so many bytes, and say how many bytes the others may have."""
    total = 0
    for size, path in files:
        total += size
        if total > most:
            discard(path)
    return min(total, most)


def _framed(kind: str, key: str, data: bytes) -> bytes:
    """What a file holds. The checksum is also about whose the data are, so that a file under another's name is a miss."""
    return _MAGIC + sha256(b"%s %s %s" % (kind.encode(), key.encode(), data)).digest() + data


def cache_folder() -> Path:
    """Where the cache of this user is."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Path(named).absolute()
    from platformdirs import user_cache_path  # takes longer to load than all else here

    return user_cache_path("discgen", appauthor=False)


def cache_of_user() -> Cache:
    """The cache; one that keeps nothing for a user without a home."""
    folder = cache_folder()
    return Cache(folder) if folder.is_absolute() else NoCache()
