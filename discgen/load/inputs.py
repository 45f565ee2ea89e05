"""What the result of a target rests on in the workspace, as a digest: as long as it is the same, so is the result.

A digest covers more than is read (all names below the folder of the department, all YAML of the year and of the year
before it; of what is in the folders of units, that of the unit alone), and never less. It says nothing of the program:
whoever keeps a result adds `identity.code()`. Only contents count, neither the times of files nor where the workspace
lies: a copy of it has the same digests.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from discgen.files import read_regular
from discgen.load.folders import is_inside, is_litter, is_utf8
from discgen.load.own_files import OwnFiles, own_files
from discgen.load.target import DEPARTMENT_FILE, DEPARTMENTS, KINDS, UNITS, YEAR_FOLDERS, Target
from discgen.load.workspace import Workspace

if TYPE_CHECKING:
    from discgen.yamltext.tree import Node

_FOLDER, _FILE, _OTHER, _OUTSIDE = "folder", "file", "other", "outside"
"""What there is at a path, links followed; what lies outside of the workspace is not looked at."""
_YAML = ".yaml"
_IN_YEAR, _IN_FOLDER, _IN_UNIT = 2, 3, 4
"""How many steps below a department there are the files of a year, those in its folders, and those of a unit."""
_FACTS = frozenset(kind.facts for kind in KINDS.values())
_MERGING, _KEPT_APART, _ESCAPE = "merged_from", "folder", b"\\"
"""The keys that name other departments, and what they may be hidden behind: `"merged\\x5ffrom"`."""


class Inputs:
    """The digests of the targets of a workspace, whose files are read once for all of them.

    Whoever has composed a target and would keep what came of it asks others, made afterwards, whether its files are
    still those of the digest; `neighbours` spares them reading once more what all are called.
    """

    def __init__(self, root: Path, neighbours: str = "") -> None:
        self._root = root
        self._known_neighbours = neighbours
        self._departments: dict[str, _Department] = {}

    def digest(self, target: Target) -> str:
        """A sha256, in hexadecimal, of all that the result of a target rests on, the target itself included."""
        own, year, last_year = self._department(target.department), str(target.year), str(target.year - 1)
        years = [own.years.get(year, ""), own.years.get(last_year, "")]
        parts = [str(target), self.neighbours, self._of_forms(target, own), own.names, *years]
        parts += [own.units.get((one, target.unit), "") for one in (year, last_year)]
        for name in own.joined.get((year, KINDS[target.kind].facts), ()):
            other = self._department(name)
            parts += [name, other.names, other.years.get(last_year, "")]
        for name in own.kept_apart:
            other = self._department(name)
            parts += [name, other.names, other.years.get(year, "")]
        return _digest(parts)

    @cached_property
    def neighbours(self) -> str:
        """A digest of what all departments are called: of their folders, and of the file in each that says so."""
        return self._known_neighbours or _neighbours(self._root)

    @cached_property
    def _own(self) -> OwnFiles:
        """The workspace's own forms and codes."""
        return own_files(Workspace(self._root))

    def _of_forms(self, target: Target, department: _Department) -> str:
        """A digest of the workspace's own codes, and of its forms that the target uses."""
        facts = department.facts.get((str(target.year), KINDS[target.kind].facts))
        return self._own.digest_for(b"") if facts is None else facts

    def _department(self, name: str) -> _Department:
        if name not in self._departments:
            self._departments[name] = _department(self._root / DEPARTMENTS / name, self._root, self._own)
        return self._departments[name]


class _Department(Struct, frozen=True):
    """The digests of a department's folder."""

    names: str
    """Of all names below it, and of what it is called."""
    years: dict[str, str]
    """Of the YAML of each year, by its folder."""
    units: dict[tuple[str, str], str]
    """Of what is a unit's own, by the folders of the year and of the unit."""
    joined: dict[tuple[str, str], tuple[str, ...]]
    """Folders of the departments that joined it, by the folder of the year and the file of facts that says so."""
    facts: dict[tuple[str, str], str]
    """Of the workspace's own forms and codes, as far as the files of facts rest on them; by the folder of the year."""
    kept_apart: tuple[str, ...]
    """Folders in which units of it are departments."""


class Copy(Struct, frozen=True):
    """What the result of a target rests on but for what other departments are called, to be put up elsewhere: folders and
    files by their paths below the workspace. Of a file whose name alone counts, nothing is in it.
    """

    folders: tuple[str, ...]
    files: dict[str, bytes]


def copy_of(root: Path, target: Target) -> Copy | None:
    """The folders and files of a target, from which another machine makes the same of it; None where it would not:
    there are links, things that may not be read, or names that are no UTF-8.
    """
    own, year, last_year = target.department, str(target.year), str(target.year - 1)
    facts = f"{DEPARTMENTS}/{own}/{year}/{KINDS[target.kind].facts}"
    folders, files = [DEPARTMENTS], dict[str, bytes]()
    try:
        _copy_department(root, own, {year, last_year}, folders, files)
        for other in _joined(files.get(facts, "")):
            _copy_department(root, other, {last_year}, folders, files)
        for other in _kept_apart(files.get(f"{DEPARTMENTS}/{own}/{DEPARTMENT_FILE}", "")):
            _copy_department(root, other, {year}, folders, files)
        _copy_own(root, folders, files)
    except (_UnlikeCopyError, OSError):
        return None
    return Copy(tuple(dict.fromkeys(folders)), files)


def joined(root: Path, target: Target) -> tuple[str, ...]:
    """The folders of the departments that the target's facts say have joined it."""
    return _joined(_data(root / target.place.file, root))


class _UnlikeCopyError(Exception):
    """There is something that a copy would not be like."""


def _copy_department(root: Path, name: str, years: set[str], folders: list[str], files: dict[str, bytes]) -> None:
    folder = root / DEPARTMENTS / name
    if folder.is_symlink() or folder.parent.is_symlink():
        raise _UnlikeCopyError
    folders.append(f"{DEPARTMENTS}/{name}")
    for steps, path, state in _walk(str(folder), root):
        below = "/".join((DEPARTMENTS, name, *steps))
        if not is_utf8(below):
            raise _UnlikeCopyError
        if state == _FOLDER:
            folders.append(below)
        elif state == _FILE:
            is_read = (_is_data(steps) and steps[0] in years) or steps == (DEPARTMENT_FILE,)
            data = _data(Path(path), root) if is_read else b""
            if isinstance(data, str):
                raise _UnlikeCopyError
            files[below] = data if is_read else files.get(below, b"")
        else:
            raise _UnlikeCopyError


def _copy_own(root: Path, folders: list[str], files: dict[str, bytes]) -> None:
    """The workspace's own forms and codes; links in it are what is at their ends."""
    own = own_files(Workspace(root))
    if own.unread:
        raise _UnlikeCopyError
    for name, data in own.files.items():
        above = list(map(str, PurePosixPath(name).parents))[-2::-1]
        folders.extend(folder for folder in above if folder not in folders)
        files[name] = data


def _department(folder: Path, root: Path, forms: OwnFiles) -> _Department:
    own = _data(folder / DEPARTMENT_FILE, root)
    parts = [_content(own)]
    years: dict[str, list[str]] = {}
    units: dict[tuple[str, str], list[str]] = {}
    joined: dict[tuple[str, str], tuple[str, ...]] = {}
    facts: dict[tuple[str, str], str] = {}
    for steps, path, state in _walk(str(folder), root) if is_inside(folder, root) else ():
        name, year = "/".join(steps), steps[0] if steps else ""
        parts += [name, state]
        if _is_data(steps):
            data = _data(Path(path), root)
            of_year = years.setdefault(year, [])
            of_unit = units.setdefault((year, steps[2]), []) if len(steps) == _IN_UNIT else of_year
            of_unit.extend((name, _content(data)))
            if len(steps) == _IN_YEAR and steps[-1] in _FACTS:
                joined[year, steps[-1]] = _joined(data)
                facts[year, steps[-1]] = forms.digest_for(data if isinstance(data, bytes) else b"")
    return _Department(
        _digest(parts),
        {year: _digest(held) for year, held in years.items()},
        {unit: _digest(held) for unit, held in units.items()},
        joined,
        facts,
        _kept_apart(own),
    )


def _is_data(steps: tuple[str, ...]) -> bool:
    in_folder = len(steps) == _IN_FOLDER and steps[1] in YEAR_FOLDERS
    of_unit = len(steps) == _IN_UNIT and steps[1] == UNITS
    return (in_folder or of_unit or len(steps) == _IN_YEAR) and steps[-1].endswith(_YAML)


def _neighbours(root: Path) -> str:
    above = root / DEPARTMENTS
    parts = [str(is_inside(above, root))]
    try:
        departments = _entries(str(above))
    except OSError as error:
        return _digest([*parts, f"errno {error.errno}"])
    for entry in departments:
        parts += [entry.name, _state(entry, root), _content(_data(Path(entry.path, DEPARTMENT_FILE), root))]
    return _digest(parts)


def _walk(folder: str, root: Path, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """All that is below a folder: the steps to it, its path, and what it is. The folder itself where it cannot be listed.

    Links are followed where folders of the year are listed, and no further.
    """
    try:
        entries = _entries(folder)
        os.stat(f"{folder}/.")  # noqa: PTH116 - Path drops the dot, which asks whether names lead anywhere
    except OSError as error:
        yield above, folder, f"errno {error.errno}"
        return
    for entry in entries:
        steps, state = (*above, entry.name), _state(entry, root)
        yield steps, entry.path, state
        if state == _FOLDER or (state.startswith(_FOLDER) and (len(steps) <= _IN_YEAR or steps[1] == UNITS)):
            yield from _walk(entry.path, root, steps)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, in order; without litter, unless its name is a finding. Raises OSError."""
    with os.scandir(folder) as entries:
        inside = sorted(entries, key=lambda entry: entry.name)
    return [entry for entry in inside if not is_litter(entry.name) or not is_utf8(entry.name)]


def _state(entry: os.DirEntry[str], root: Path) -> str:
    """What there is, and where a link leads."""
    kind = _kind(entry, root)
    return f"{kind} by {Path(entry.path).readlink()}" if entry.is_symlink() else kind


def _kind(entry: os.DirEntry[str], root: Path) -> str:
    if entry.is_symlink() and not is_inside(Path(entry.path), root):
        return _OUTSIDE
    try:
        return _FOLDER if entry.is_dir() else _FILE if entry.is_file() else _OTHER
    except OSError as error:
        return f"errno {error.errno}"


def _data(path: Path, root: Path) -> bytes | str:
    """What a file of the workspace holds, or why that is not read."""
    try:
        if path.is_symlink() and not is_inside(path, root):
            return _OUTSIDE
        return read_regular(path)
    except OSError as error:
        return f"errno {error.errno}"


def _content(data: bytes | str) -> str:
    return sha256(data).hexdigest() if isinstance(data, bytes) else data


def _joined(data: bytes | str) -> tuple[str, ...]:
    """The folders that a file of facts names under `merged_from`; more than those perhaps, where it is not in order."""
    root = _root(data, _MERGING)
    return _names(root.get(_MERGING))


def _kept_apart(data: bytes | str) -> tuple[str, ...]:
    """The same of the `folder`s that `department.yaml` names for its units."""
    units = _root(data, _KEPT_APART).get("units")
    rows = units if isinstance(units, list) else []
    return _names([row.get(_KEPT_APART) for row in rows if isinstance(row, dict)])


def _root(data: bytes | str, key: str) -> dict[str, Node]:
    """What a file says that may have the key; nothing where it has not."""
    if isinstance(data, str) or (key.encode() not in data and _ESCAPE not in data):
        return {}
    from discgen.yamltext.read import examine_yaml  # most need none, and a digest should cost no more than a hash

    tree, _ = examine_yaml(data, "")
    return tree.root if tree and isinstance(tree.root, dict) else {}


def _names(named: object) -> tuple[str, ...]:
    """What of a list may be the name of a folder."""
    names = named if isinstance(named, list) else []
    return tuple(name for name in names if isinstance(name, str) and "/" not in name and "\0" not in name)


def _digest(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
