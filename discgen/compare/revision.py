"""A revision of a git repository as a workspace in a temporary folder, where only plain files are laid.

It is read object by object: attributes and settings of a checkout have no say in it.
"""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from msgspec import Struct

from discgen.characters import visible_line
from discgen.diagnostics import has_errors
from discgen.errors import Refusal
from discgen.files import reason, write_new
from discgen.load.own_files import CODES
from discgen.load.target import DEPARTMENTS
from discgen.load.workspace import Workspace
from discgen.reference.folders import FORMS, SHIPPED_ENDINGS
from discgen.yamltext.text import MAX_BYTES

_MOST_ENTRIES = 20_000
"""Files and folders of one department: a few hundred a year; a tree may name itself in any number of places."""
_MOST_IN_NAME = 255
_MOST_IN_PATH = 1_000
"""Bytes that file systems have room for, the second less what lies above."""
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
_LINK, _REPOSITORY = "120000", "160000"
_KINDS = {_LINK: "是链接", _REPOSITORY: "是另一个git仓库（submodule）"}


class Skipped(Struct, frozen=True):
    """What a revision holds and a comparison leaves out: its path below `departments/`, and why."""

    path: str
    why: str

    @property
    def department(self) -> str:
        """The folder of the department it belongs to."""
        return self.path.partition("/")[0]

    def __str__(self) -> str:
        return f"{DEPARTMENTS}/{visible_line(self.path)} {self.why}，没有比较"


def closed_departments(workspace: Workspace) -> tuple[Skipped, ...]:
    """The departments of a folder that may not be looked into."""
    errors = (finding for finding in workspace.unread() if has_errors([finding]))
    return tuple(Skipped(error.place.file.removeprefix(f"{DEPARTMENTS}/"), error.message) for error in errors)


class Checkout(Struct, frozen=True):
    """The departments of a revision, and what of them was skipped."""

    workspace: Workspace
    skipped: tuple[Skipped, ...] = ()


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Checkout]:
    """The departments of the workspace at `root` as they were; the folder goes when the block is left.

    Contents are those of git's objects: what attributes would leave out of an archive or rewrite on a checkout is
    compared all the same. Raises Refusal where git does not know the revision or it held no departments.
    """
    tree = folder_at(root, revision, DEPARTMENTS)
    own = {name: found for name in (FORMS, CODES) if (found := _tree_at(root, revision, f"{name}^{{tree}}"))}
    with temporary_folder() as folder, Objects(root) as objects:
        writing = _Writing(objects, folder / DEPARTMENTS)
        try:
            writing.write(tree)
            for name, tree_of_own in own.items():
                _Writing(objects, folder, SHIPPED_ENDINGS).write_folder(name, tree_of_own)
        except _MissingObjectError as error:
            raise Refusal(f"版本“{revision}”里的{DEPARTMENTS}/不是能读的文件夹，没有可比的") from error
        except OSError as error:
            raise Refusal(f"临时文件夹{folder}写不进去：{reason(error)}。{_ANOTHER_FOLDER}") from error
        yield Checkout(Workspace(folder), tuple(writing.skipped))


_ANOTHER_FOLDER = "腾出地方，或用环境变量TMPDIR换一个文件夹"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes when the block is left. Raises Refusal where none can be made."""
    try:
        folder = TemporaryDirectory(prefix="discgen-diff-")
    except OSError as error:
        raise Refusal(f"建不了临时文件夹：{reason(error)}。{_ANOTHER_FOLDER}") from error
    with folder as name:
        yield Path(name)


class _Writing:
    """Writes trees below a folder; what is no plain file of a usable name is skipped."""

    def __init__(self, objects: Objects, folder: Path, endings: tuple[str, ...] = (".yaml",)) -> None:
        self.skipped: list[Skipped] = []
        self._endings = endings
        self._left = _MOST_ENTRIES
        self._objects = objects
        self._folder = folder

    def write(self, tree: str) -> None:
        """Write every department. An OSError says that nothing can be written."""
        self._folder.mkdir()
        for path, entry in self._usable(self._objects.tree(tree, MAX_BYTES), ""):
            self._left = _MOST_ENTRIES
            if entry.is_folder:
                self.write_folder(path, entry.id)
            if self._left < 0:
                self._skip(path, f"里的文件多于{_MOST_ENTRIES}个，其余的")

    def write_folder(self, folder: str, tree: str) -> None:
        """Write a folder and what is below it."""
        (self._folder / folder).mkdir()
        try:
            entries = self._objects.tree(tree, MAX_BYTES)
        except _MissingObjectError:
            self._skip(folder, "里的内容git里没有")
            return
        for path, entry in self._usable(entries, f"{folder}/"):
            self._left -= 1
            if self._left < 0:
                return
            if entry.is_folder:
                self.write_folder(path, entry.id)
            else:
                self._write_file(path, entry.id)

    def _write_file(self, path: str, blob: str) -> None:
        """Write a file; one that is never read is known by its name alone."""
        data: bytes | None = b""
        try:
            if path.endswith(self._endings):
                data = self._objects.read(blob, "blob", MAX_BYTES)
        except _MissingObjectError:
            self._skip(path, "的内容git里没有")
            return
        if data is None:
            self._skip(path, f"多于{MAX_BYTES:,}字节")
            return
        write_new(self._folder / path, data)

    def _usable(self, entries: list[TreeEntry] | None, above: str) -> Iterator[tuple[str, TreeEntry]]:
        """The entries of a folder with their paths, but for those that are skipped."""
        if entries is None:
            self._skip(above.rstrip("/"), "里的文件太多")
            return
        taken: dict[str, str] = {}
        for entry in entries:
            name = entry.name.decode(errors="surrogateescape")
            plain = unicodedata.normalize("NFC", name).casefold()
            why = _unusable(entry, above) or (f"和{taken[plain]}的名称只差大小写" if plain in taken else "")
            if why:
                self._skip(above + name, why)
                continue
            taken[plain] = name
            yield above + name, entry

    def _skip(self, path: str, why: str) -> None:
        self.skipped.append(Skipped(path, why))


def _unusable(entry: TreeEntry, above: str) -> str:
    """Why an entry cannot be written; empty where it can."""
    if not (entry.is_file or entry.is_folder):
        return _KINDS.get(entry.mode, "不是普通的文件")
    try:
        name = entry.name.decode()
    except UnicodeDecodeError:
        return "的名称不是UTF-8"
    if any(unicodedata.category(character) in _INVISIBLE for character in name):
        return "的名称里有换行或看不见的字符"
    if name in ("", ".", "..") or PurePosixPath(name).name != name or "\\" in name:
        return "的名称是路径，会指到别处"
    if len(entry.name) > _MOST_IN_NAME or len((above + name).encode()) > _MOST_IN_PATH:
        return "的名称太长"
    return ""


_NO_GIT = "没有装git：装上，或比较两个文件夹"


class _MissingObjectError(Exception):
    """An object that the repository should have and has not."""


def resolve(root: Path, revision: str) -> str | None:
    """The commit that a revision stands for; None where it stands for none, or the folder is in no repository."""
    return _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")


def folder_at(root: Path, revision: str, name: str) -> str:
    """The tree of the folder `name` of the workspace at `root`, as it was. Raises Refusal."""
    commit = resolve(root, revision)
    if commit is None:
        shallow = _ask(root, "rev-parse", "--is-shallow-repository") == "true"
        more = "；这是浅克隆，只有最近的版本：git fetch --unshallow 取来其余的" if shallow else ""
        if exception := _exception_to_make(root):
            raise Refusal(f"{root}的主人是另一个用户，git不读；信得过的，运行：{exception}")
        if _ask(root, "rev-parse", "--git-dir") is None:
            other = "不用git也能比较两个年度或两个文件夹，两边都要已经有文件，例如discgen diff 部门/2024 部门/2025"
            raise Refusal(f"{root}不在git仓库里，没有版本可以比较。{other}")
        raise Refusal(f"git里没有版本“{revision}”。看有哪些版本：git log --oneline{more}")
    tree = _tree_at(root, commit, name)
    if tree is None:
        raise Refusal(f"版本“{revision}”里没有{name}/，没有可比的")
    return tree


def _tree_at(root: Path, revision: str, name: str) -> str | None:
    """The same where it need not be there."""
    below = _ask(root, "rev-parse", "--show-prefix") or ""
    return _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}:{below}{name}")


def _ask(root: Path, *arguments: str) -> str | None:
    """What git answers, without the end of the line; None where it refuses."""
    done = _run(root, arguments, _environment(root))
    return None if done.returncode else done.stdout.decode(errors="surrogateescape").removesuffix("\n")


def _run(root: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False, env=environment)  # noqa: S603, S607 - arguments are ours, git is the user's
    except FileNotFoundError as error:
        raise Refusal(_NO_GIT) from error


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
    refusal = _run(root, ("rev-parse", "--git-dir"), _environment(root)).stderr.decode(errors="replace")
    return next((line.strip() for line in refusal.splitlines() if "--add safe.directory" in line), "")


class TreeEntry(Struct, frozen=True):
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

        Raises _MissingObjectError where there is no such object of this kind, Refusal where git gives up.
        """
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(f"{name}\n".encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # what it has to say is read below: nothing
        _, *header = self._process.stdout.readline().decode().split() or [""]
        if not header:
            raise Refusal("git读不出这个版本的内容：仓库坏了，或是部分克隆而连不上网。联网再试，或运行git fsck看")
        if header[0] != kind:
            self._restart()
            raise _MissingObjectError(f"{name}: {' '.join(header)}")
        size = int(header[1])
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
            raise _MissingObjectError("not a tree")
        yield TreeEntry(mode.decode("ascii", "replace"), name, tree[end + 1 : at].hex())
