"""A revision of a git repository as a workspace in a temporary folder, where only plain files are laid."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from discgen.compare.git import MissingObjectError, Objects, RevisionError, TreeEntry, folder_at
from discgen.diagnostics import has_errors
from discgen.files import reason
from discgen.load.characters import visible_line
from discgen.load.workspace import Workspace
from discgen.yamltext.text import MAX_BYTES

_DEPARTMENTS = "departments"
_MOST_ENTRIES = 20_000
"""Files and folders of one department: a few hundred a year; a tree may name itself in any number of places."""
_MOST_IN_NAME = 255
_MOST_IN_PATH = 1_000
"""Bytes that file systems have room for, the second less what lies above."""
_INVISIBLE = ("Cc", "Cf", "Zl", "Zp")
_LINK, _REPOSITORY = "120000", "160000"
_KINDS = {_LINK: "是链接", _REPOSITORY: "是另一个git仓库（submodule）"}


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a revision holds and a comparison leaves out: its path below `departments/`, and why."""

    path: str
    why: str

    @property
    def department(self) -> str:
        """The folder of the department it belongs to."""
        return self.path.partition("/")[0]

    def __str__(self) -> str:
        return f"{_DEPARTMENTS}/{visible_line(self.path)} {self.why}，没有比较"


def closed_departments(workspace: Workspace) -> tuple[Skipped, ...]:
    """The departments of a folder that may not be looked into."""
    troubles = (one for one in workspace.unread() if has_errors([one]))
    return tuple(Skipped(one.place.file.removeprefix(f"{_DEPARTMENTS}/"), one.message) for one in troubles)


@dataclass(frozen=True, slots=True)
class Checkout:
    """The departments of a revision, and what of them was left out."""

    workspace: Workspace
    skipped: tuple[Skipped, ...] = ()


@contextmanager
def checked_out(root: Path, revision: str) -> Iterator[Checkout]:
    """The departments of the workspace at `root` as they were; the folder goes when the block is left.

    Contents are those of git's objects: what attributes would leave out of an archive or rewrite on a checkout is
    compared all the same. Raises RevisionError where git does not know the revision or it held no departments.
    """
    tree = folder_at(root, revision, _DEPARTMENTS)
    with temporary_folder() as folder, Objects(root) as objects:
        laying = _Laying(objects, folder / _DEPARTMENTS)
        try:
            laying.lay(tree)
        except MissingObjectError as trouble:
            raise RevisionError(f"版本“{revision}”里的{_DEPARTMENTS}/不是能读的文件夹，没有可比的") from trouble
        except OSError as trouble:
            raise RevisionError(f"临时文件夹{folder}写不进去：{reason(trouble)}。{_ANOTHER}") from trouble
        yield Checkout(Workspace(folder), tuple(laying.skipped))


_ANOTHER = "腾出地方，或用环境变量TMPDIR换一个文件夹"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes when the block is left. Raises RevisionError where none can be made."""
    try:
        folder = TemporaryDirectory(prefix="discgen-diff-")
    except OSError as trouble:
        raise RevisionError(f"建不了临时文件夹：{reason(trouble)}。{_ANOTHER}") from trouble
    with folder as name:
        yield Path(name)


class _Laying:
    """Lays trees below a folder; what is no plain file of a usable name is skipped."""

    def __init__(self, objects: Objects, folder: Path) -> None:
        self.skipped: list[Skipped] = []
        self._objects = objects
        self._folder = folder
        self._left = 0

    def lay(self, tree: str) -> None:
        """Lay every department. Raises MissingObjectError where `tree` is none, OSError where nothing can be written."""
        self._folder.mkdir()
        for path, entry in self._usable(self._objects.tree(tree, MAX_BYTES), ""):
            self._left = _MOST_ENTRIES
            if entry.is_folder:
                self._lay_folder(path, entry.id)
            if self._left < 0:
                self._skip(path, f"里的文件多于{_MOST_ENTRIES}个，其余的")

    def _lay_folder(self, folder: str, tree: str) -> None:
        (self._folder / folder).mkdir()
        try:
            entries = self._objects.tree(tree, MAX_BYTES)
        except MissingObjectError:
            self._skip(folder, "里的内容git里没有")
            return
        for path, entry in self._usable(entries, f"{folder}/"):
            self._left -= 1
            if self._left < 0:
                return
            if entry.is_folder:
                self._lay_folder(path, entry.id)
            else:
                self._lay_file(path, entry.id)

    def _lay_file(self, path: str, blob: str) -> None:
        """Write a file; one that is never read is known by its name alone."""
        data: bytes | None = b""
        try:
            if path.endswith(".yaml"):
                data = self._objects.read(blob, "blob", MAX_BYTES)
        except MissingObjectError:
            self._skip(path, "的内容git里没有")
            return
        if data is None:
            self._skip(path, f"多于{MAX_BYTES:,}字节")
            return
        with (self._folder / path).open("xb") as file:
            file.write(data)

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
    """Why an entry cannot be laid; empty where it can."""
    if not (entry.is_file or entry.is_folder):
        return _KINDS.get(entry.mode, "不是普通的文件")
    try:
        name = entry.name.decode()
    except UnicodeDecodeError:
        return "的名称不是UTF-8"
    if any(unicodedata.category(one) in _INVISIBLE for one in name):
        return "的名称里有换行或看不见的字符"
    if name in ("", ".", "..") or PurePosixPath(name).name != name or "\\" in name:
        return "的名称是路径，会指到别处"
    if len(entry.name) > _MOST_IN_NAME or len((above + name).encode()) > _MOST_IN_PATH:
        return "的名称太长"
    return ""
