"""What is set side by side: two revisions, two years, or two folders, paired document by document."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from discgen.compare.revision import Checkout, Skipped, checked_out, closed_departments, resolve, temporary_folder
from discgen.load.target import DEPARTMENT_FILE, DEPARTMENTS, Target
from discgen.load.workspace import TargetError, Workspace, named, select

Side = tuple[Workspace, Target]
Pair = tuple[Side | None, Side | None]
"""A document on either side; None where a side does not have it."""
Skips = tuple[tuple[Skipped, ...], tuple[Skipped, ...]]
"""What either side could not lay out to be compared."""
_TWO = 2


class SidesError(ValueError):
    """What was asked for cannot be set side by side; `str()` says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Documents side by side, and what of the departments asked for was left out on either side."""

    pairs: list[Pair]
    skips: Skips = ((), ())


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user wants compared. Revisions may be empty: HEAD on the old side, the files as they are on the new."""

    old: str = ""
    new: str = ""
    names: tuple[str, ...] = ()


def read_request(workspace: Workspace | None, names: Sequence[str], old: str, new: str) -> Asked:
    """Which of the words are revisions: those before the first that names a target or a folder, two at the most.

    `A..B` is two revisions. Where `old` or `new` is given, all words are targets.
    """
    words = list(names)
    if workspace is None or old or new:
        return Asked(old, new, tuple(words))
    revisions: list[str] = []
    while words and len(revisions) < _TWO and not _is_target(workspace, words[0]):
        parts = words[0].split("..") if ".." in words[0] and not revisions else [words[0]]
        if len(parts) > _TWO or not all(resolve(workspace.root, part) for part in parts if part):
            break
        revisions += [part or "HEAD" for part in parts]
        words.pop(0)
    first, second = [*revisions, "", ""][:_TWO]
    return Asked(first, second, tuple(words))


def _is_target(workspace: Workspace, name: str) -> bool:
    try:
        return bool(select(workspace, (name,)))
    except TargetError:
        return _is_folder(Path(name))


def _is_folder(path: Path) -> bool:
    """Whether a folder is a workspace, a department or a year."""
    marks = (path / DEPARTMENTS, path / DEPARTMENT_FILE, path.resolve().parent / DEPARTMENT_FILE)
    return path.is_dir() and any(mark.exists() for mark in marks)


@contextmanager
def paired(workspace: Workspace | None, asked: Asked) -> Iterator[Sides]:
    """The documents side by side; what they are read from goes when the block is left.

    Raises SidesError, TargetError or RevisionError, each of which says what to do.
    """
    with ExitStack() as stack:
        if not (asked.old or asked.new) and len(asked.names) == _TWO:
            before, after = (_place(workspace, name, stack) for name in asked.names)
            if before and after:
                skips = closed_departments(before[0][0]), closed_departments(after[0][0])
                yield Sides(_without_closed(_by_kind(before, after), skips), skips)
                return
        old, new, names = _checkouts(workspace, asked, stack)
        _require(names, old.workspace, new.workspace)
        pairs = _by_target(_chosen(old.workspace, names), _chosen(new.workspace, names))
        skips = _asked_for(old.skipped, names), _asked_for(new.skipped, names)
        yield Sides(_without_closed(pairs, skips), skips)


def _without_closed(pairs: list[Pair], skips: Skips) -> list[Pair]:
    """The pairs but for documents that one side has and the other may have: its department was left out as a whole."""
    closed = tuple({one.path for one in skipped} for skipped in skips)
    return [
        (old, new)
        for old, new in pairs
        if not (old is None and new and new[1].department in closed[0])
        and not (new is None and old and old[1].department in closed[1])
    ]


def _asked_for(skipped: Sequence[Skipped], names: tuple[str, ...]) -> tuple[Skipped, ...]:
    """What was left out of the departments that are asked for; without names of all but the examples."""
    folders = {name.strip("/").partition("/")[0] for name in names}
    return tuple(one for one in skipped if (one.department in folders if names else not one.department.startswith("_")))


def _checkouts(
    workspace: Workspace | None, asked: Asked, stack: ExitStack
) -> tuple[Checkout, Checkout, tuple[str, ...]]:
    """Two folders that are workspaces or two revisions of one, and the targets that are asked for in both."""
    folders, names = asked.names[:_TWO], asked.names[_TWO:]
    if names and not (asked.old or asked.new) and all((Path(name) / "departments").is_dir() for name in folders):
        old, new = (_as_it_is(Workspace(Path(name).resolve())) for name in folders)
        return old, new, names
    if workspace is None:
        raise SidesError("这里没有departments/：写两个文件夹来比较，或用-C指定工作区")
    # A path is sought in the files as they are: what a revision held lies in another folder.
    return *_revisions(workspace, asked, stack), tuple(named(workspace, name) for name in asked.names)


def _revisions(workspace: Workspace, asked: Asked, stack: ExitStack) -> tuple[Checkout, Checkout]:
    old = stack.enter_context(checked_out(workspace.root, asked.old or "HEAD"))
    new = stack.enter_context(checked_out(workspace.root, asked.new)) if asked.new else _as_it_is(workspace)
    return old, new


def _as_it_is(workspace: Workspace) -> Checkout:
    return Checkout(workspace, closed_departments(workspace))


def _chosen(workspace: Workspace, names: tuple[str, ...]) -> list[Side]:
    """The targets of a side that are asked for; none where it does not have them."""
    targets: set[Target] = set()
    for name in names or ("",):
        try:
            targets |= set(select(workspace, (name,) if name else ()))
        except TargetError:
            continue
    return [(workspace, target) for target in sorted(targets)]


def _require(names: tuple[str, ...], old: Workspace, new: Workspace) -> None:
    """Raise TargetError for a name that neither side knows: the others alone are not what was asked for."""
    for name in names:
        if not _chosen(old, (name,)) and not _chosen(new, (name,)):
            raise TargetError(
                f"两边都没有“{name}”：写部门或部门/年度。要是git版本，写在它们前面，最多两个；有哪些版本：git log --oneline"
            )


def _by_target(before: list[Side], after: list[Side]) -> list[Pair]:
    if not before and not after:
        raise TargetError("两边都没有部门：应有 departments/<部门>/<年度>/budget.yaml")
    old, new = ({target: (workspace, target) for workspace, target in side} for side in (before, after))
    return [(old.get(target), new.get(target)) for target in sorted(old.keys() | new.keys())]


def _place(workspace: Workspace | None, name: str, stack: ExitStack) -> list[Side]:
    """The documents that one name stands for, when it is one of two; none where it is no such thing."""
    if workspace is not None:
        try:
            return [(workspace, target) for target in select(workspace, (name,))]
        except TargetError:
            pass
    path = Path(name)
    if not _is_folder(path):
        return []
    if (path / DEPARTMENTS).is_dir():
        return _chosen(Workspace(path.resolve()), ())
    is_department = (path / DEPARTMENT_FILE).exists()
    folder = path.resolve() if is_department else path.resolve().parent
    copy = Workspace(stack.enter_context(temporary_folder()))
    # A department may stand outside of any workspace, and what it links to may not be followed.
    try:
        shutil.copytree(folder, copy.departments / folder.name, symlinks=True)
    except (OSError, shutil.Error) as trouble:
        raise SidesError(
            f"“{name}”里有读不出来的文件，或{copy.root}写不进去：检查文件权限，磁盘满了就腾出地方"
        ) from trouble
    return _chosen(copy, (folder.name if is_department else f"{folder.name}/{path.resolve().name}",))


def _by_kind(before: list[Side], after: list[Side]) -> list[Pair]:
    """Two workspaces by department, year and kind; two departments by year and kind; two years by kind."""
    sides = (before, after)
    departments, years = (
        all(len({getattr(target, what) for _, target in side}) == 1 for side in sides)
        for what in ("department", "year")
    )
    old, new = (
        {_key(target, departments=departments, years=years): (at, target) for at, target in side} for side in sides
    )
    if not old.keys() & new.keys():
        raise SidesError("两边没有能对上的：预算和预算比，决算和决算比；例如 lvliang-xzsp/2023 lvliang-xzsp/2024")
    return [(old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys())]


def _key(target: Target, *, departments: bool, years: bool) -> tuple[str, int, str]:
    """What pairs a target: a dimension that both sides have one value of does not tell targets apart."""
    return ("" if departments else target.department, 0 if departments and years else target.year, target.kind)
