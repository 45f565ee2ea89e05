"""What a git repository holds, read object by object: attributes and settings of a checkout have no say in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

_NO_GIT = "没有装git：装上，或比较两个文件夹"


class RevisionError(ValueError):
    """A revision that cannot be read; `str()` says so in Chinese."""


class MissingObjectError(RevisionError):
    """An object that the repository should have and has not."""


def resolve(root: Path, revision: str) -> str | None:
    """The commit that a revision stands for; None where it stands for none, or the folder is in no repository."""
    return _said(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")


def folder_at(root: Path, revision: str, name: str) -> str:
    """The tree of the folder `name` of the workspace at `root`, as it was. Raises RevisionError."""
    commit = resolve(root, revision)
    if commit is None:
        shallow = _said(root, "rev-parse", "--is-shallow-repository") == "true"
        more = "；这是浅克隆，只有最近的版本：git fetch --unshallow 取来其余的" if shallow else ""
        if exception := _exception_to_make(root):
            raise RevisionError(f"{root}的主人是另一个用户，git不读；信得过的，运行：{exception}")
        if _said(root, "rev-parse", "--git-dir") is None:
            other = "不用git也能比较两个年度或两个文件夹，两边都要已经有文件，例如discgen diff 部门/2024 部门/2025"
            raise RevisionError(f"{root}不在git仓库里，没有版本可以比较。{other}")
        raise RevisionError(f"git里没有版本“{revision}”。看有哪些版本：git log --oneline{more}")
    below = _said(root, "rev-parse", "--show-prefix") or ""
    tree = _said(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{below}{name}")
    if tree is None:
        raise RevisionError(f"版本“{revision}”里没有{name}/，没有可比的")
    return tree


def _said(root: Path, *arguments: str) -> str | None:
    """What git answers, without the end of the line; None where it refuses."""
    done = _run(root, arguments, _environment(root))
    return None if done.returncode else done.stdout.decode(errors="surrogateescape").removesuffix("\n")


def _run(root: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False, env=environment)  # noqa: S603, S607 - arguments are ours, git is the user's
    except FileNotFoundError as trouble:
        raise RevisionError(_NO_GIT) from trouble


_PLACES = {
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
}
"""By what a hook tells git where its own repository is, which need not be that of the workspace."""
_NEVER_REPLACED = {"GIT_NO_REPLACE_OBJECTS": "1"}
"""Objects are read as everybody else has them, whatever `git replace` lets stand for them here."""


@cache
def _environment(root: Path) -> Mapping[str, str]:
    """What git is run with: the repository is the one that the workspace lies in, and the one that the environment names
    where it lies in none.
    """
    given = {**os.environ, **_NEVER_REPLACED}
    own = {name: value for name, value in given.items() if name not in _PLACES}
    return given if _run(root, ("rev-parse", "--git-dir"), own).returncode else own


def _exception_to_make(root: Path) -> str:
    """The command that git gives where it keeps off, as the repository belongs to somebody else; else nothing."""
    said = _run(root, ("rev-parse", "--git-dir"), _environment(root)).stderr.decode(errors="replace")
    return next((line.strip() for line in said.splitlines() if "--add safe.directory" in line), "")


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """A line of a tree: the name of one file or folder, what kind of thing it is, and its object."""

    mode: str
    name: bytes
    id: str

    @property
    def is_folder(self) -> bool:
        """Whether its object is a tree."""
        return self.mode == "40000"

    @property
    def is_file(self) -> bool:
        """Whether its object is what a file holds, executable or not: neither a link nor another repository."""
        return self.mode.startswith("100")


class Objects:
    """The objects of a repository out of one `git cat-file --batch`, which runs while the block lasts."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def tree(self, name: str, most: int) -> list[TreeEntry] | None:
        """The entries of a tree; none where it has more than `most` bytes. Raises as `read` does."""
        data = self.read(name, "tree", most)
        return None if data is None else list(_entries(data, len(name) // 2))

    def read(self, name: str, kind: str, most: int) -> bytes | None:
        """What an object holds; None where that is more than `most` bytes, which are then not read.

        Raises MissingObjectError where there is no such object of this kind, RevisionError where git gives up.
        """
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(f"{name}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # what it has to say is read below: nothing
        _, *told = self._process.stdout.readline().decode().split() or [""]
        if not told:
            raise RevisionError("git读不出这个版本的内容：仓库坏了，或是部分克隆而连不上网。联网再试，或运行git fsck看")
        if told[0] != kind:
            self._restart()
            raise MissingObjectError(f"{name}: {' '.join(told)}")
        size = int(told[1])
        if size > most:
            self._restart()
            return None
        return self._process.stdout.read(size + 1)[:size]

    def _restart(self) -> None:
        self._stop()
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = ["git", "-C", str(self._root), "cat-file", "--batch"]
        return subprocess.Popen(  # noqa: S603 - as above
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(self._root),
        )

    def _stop(self) -> None:
        self._process.kill()
        self._process.communicate()


def _entries(tree: bytes, length: int) -> Iterator[TreeEntry]:
    """The entries as git stores them: mode, name, and an id of `length` bytes, one behind the other."""
    at = 0
    while at < len(tree):
        end = tree.find(b"\0", at)
        mode, _, name = tree[at:end].partition(b" ")
        at = end + 1 + length
        if end < 0 or at > len(tree):
            raise MissingObjectError("not a tree")
        yield TreeEntry(mode.decode("ascii", "replace"), name, tree[end + 1 : at].hex())
