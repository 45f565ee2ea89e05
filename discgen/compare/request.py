"""What a user wants compared: two revisions, two years or two folders, paired document by document."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct

from discgen.compare.revision import Checkout, Skipped, checked_out, closed_departments, resolve, temporary_folder
from discgen.errors import Refusal
from discgen.files import copy_folder
from discgen.load.target import DEPARTMENT_FILE, DEPARTMENTS, Target
from discgen.load.workspace import TargetError, Workspace, named, select

Side = tuple[Workspace, Target]
"""A document, and the workspace in which its files lie."""
Pair = tuple[Side | None, Side | None]
"""A document before and after; None where a state does not have it."""
Skips = tuple[tuple[Skipped, ...], tuple[Skipped, ...]]
"""What of either state could not be laid out to be compared."""
_TWO = 2


class Pairing(Struct, frozen=True):
    """Documents before and after, and what of the departments asked for was left out of either state."""

    pairs: list[Pair]
    skips: Skips = ((), ())


@contextmanager
def open_pairing(workspace: Workspace | None, words: Sequence[str], old: str = "", new: str = "") -> Iterator[Pairing]:
    """The documents that the words of a command ask for; what they are read from goes when the block is left.

    Words are two targets or folders; or revisions, two at the most, and the targets to be compared in them; or two
    workspaces and targets. `A..B` is two revisions. Where `old` or `new` names a revision, all words are targets. A
    revision that is not named is HEAD before, and the files as they are after.

    Raises Refusal, which says what to do.
    """
    with ExitStack() as stack:
        names = list(words)
        if workspace and not (old or new):
            old, new = _take_revisions(workspace, names)
        if not (old or new) and len(names) == _TWO:
            before, after = (_documents_named(workspace, name, stack) for name in names)
            if before and after:
                skips = closed_departments(before[0][0]), closed_departments(after[0][0])
                yield Pairing(_without_closed(_pair_by_kind(before, after), skips), skips)
                return
        if not (old or new) and len(names) > _TWO and all((Path(name) / DEPARTMENTS).is_dir() for name in names[:_TWO]):
            earlier, later = (_as_it_is(Workspace(Path(name).resolve())) for name in names[:_TWO])
            names = names[_TWO:]
        elif workspace:
            earlier = stack.enter_context(checked_out(workspace.root, old or "HEAD"))
            later = stack.enter_context(checked_out(workspace.root, new)) if new else _as_it_is(workspace)
            # A path is sought in the files as they are: what a revision held lies in another folder.
            names = [named(workspace, name) for name in names]
        else:
            raise Refusal("这里没有departments/：写两个文件夹来比较，或用-C指定工作区")
        _require(names, earlier.workspace, later.workspace)
        pairs = _pair_by_target(_documents_of(earlier.workspace, names), _documents_of(later.workspace, names))
        skips = _skipped_of(earlier.skipped, names), _skipped_of(later.skipped, names)
        yield Pairing(_without_closed(pairs, skips), skips)


def _take_revisions(workspace: Workspace, words: list[str]) -> tuple[str, str]:
    """The revisions at the beginning of the words, before the first that names a target or a folder, taken from them."""
    revisions: list[str] = []
    while words and len(revisions) < _TWO and not _is_target(workspace, words[0]):
        parts = words[0].split("..") if ".." in words[0] and not revisions else [words[0]]
        if len(parts) > _TWO or not all(resolve(workspace.root, part) for part in parts if part):
            break
        revisions += [part or "HEAD" for part in parts]
        words.pop(0)
    old, new = [*revisions, "", ""][:_TWO]
    return old, new


def _is_target(workspace: Workspace, name: str) -> bool:
    try:
        return bool(select(workspace, (name,)))
    except TargetError:
        return _is_folder(Path(name))


def _is_folder(path: Path) -> bool:
    """Whether a folder is a workspace, a department or a year."""
    marks = (path / DEPARTMENTS, path / DEPARTMENT_FILE, path.resolve().parent / DEPARTMENT_FILE)
    return path.is_dir() and any(mark.exists() for mark in marks)


def _documents_named(workspace: Workspace | None, name: str, stack: ExitStack) -> list[Side]:
    """The documents of the target or folder of this name; none where there is no such thing."""
    if workspace is not None:
        try:
            return [(workspace, target) for target in select(workspace, (name,))]
        except TargetError:
            pass
    path = Path(name)
    if not _is_folder(path):
        return []
    if (path / DEPARTMENTS).is_dir():
        return _documents_of(Workspace(path.resolve()), ())
    is_department = (path / DEPARTMENT_FILE).exists()
    folder = path.resolve() if is_department else path.resolve().parent
    copy = Workspace(stack.enter_context(temporary_folder()))
    # A department may stand outside of any workspace, and what it links to may not be followed.
    try:
        copy_folder(folder, copy.departments / folder.name)
    except (OSError, shutil.Error) as error:
        raise Refusal(f"“{name}”里有读不出来的文件，或{copy.root}写不进去：检查文件权限，磁盘满了就腾出地方") from error
    return _documents_of(copy, (folder.name if is_department else f"{folder.name}/{path.resolve().name}",))


def _documents_of(workspace: Workspace, names: Sequence[str]) -> list[Side]:
    """The documents of a workspace that are asked for, all where no name is given; none where it does not have them."""
    targets: set[Target] = set()
    for name in names or ("",):
        try:
            targets |= set(select(workspace, (name,) if name else ()))
        except TargetError:
            continue
    return [(workspace, target) for target in sorted(targets)]


def _as_it_is(workspace: Workspace) -> Checkout:
    return Checkout(workspace, closed_departments(workspace))


def _require(names: Sequence[str], old: Workspace, new: Workspace) -> None:
    """Refuse a name that neither workspace knows: the others alone are not what was asked for."""
    for name in names:
        if not _documents_of(old, (name,)) and not _documents_of(new, (name,)):
            raise Refusal(
                f"两边都没有“{name}”：写部门或部门/年度。要是git版本，写在它们前面，最多两个；有哪些版本：git log --oneline"
            )


def _pair_by_target(before: list[Side], after: list[Side]) -> list[Pair]:
    if not before and not after:
        raise Refusal("两边都没有部门：应有 departments/<部门>/<年度>/budget.yaml")
    old, new = ({target: (workspace, target) for workspace, target in state} for state in (before, after))
    return [(old.get(target), new.get(target)) for target in sorted(old.keys() | new.keys())]


def _pair_by_kind(before: list[Side], after: list[Side]) -> list[Pair]:
    """Two workspaces by department, year, kind and unit; two departments by year and the rest; two years by the rest."""
    states = (before, after)
    departments, years = (
        all(len({getattr(target, name) for _, target in state}) == 1 for state in states)
        for name in ("department", "year")
    )
    old, new = (
        {_key(target, departments=departments, years=years): (workspace, target) for workspace, target in state}
        for state in states
    )
    same = sorted(str(target) for workspace, target in before if (workspace, target) in after)
    if same and before != after:
        raise Refusal(f"两边有同一份文件：{same[0]}；只比一份的，部门自己的写成 部门/年度/department")
    if not old.keys() & new.keys():
        raise Refusal("两边没有能对上的：预算和预算比，决算和决算比；例如 lvliang-xzsp/2023 lvliang-xzsp/2024")
    return [(old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys())]


def _key(target: Target, *, departments: bool, years: bool) -> tuple[str, int, str, str]:
    """What pairs a target: a dimension of which both states have one value only does not count."""
    department, year = "" if departments else target.department, 0 if departments and years else target.year
    return department, year, target.kind, target.unit


def _without_closed(pairs: list[Pair], skips: Skips) -> list[Pair]:
    """The pairs without documents that one state has and the other may have: its department was skipped as a whole."""
    closed = tuple({skipped.path for skipped in state} for state in skips)
    return [
        (old, new)
        for old, new in pairs
        if not (old is None and new and new[1].department in closed[0])
        and not (new is None and old and old[1].department in closed[1])
    ]


def _skipped_of(skips: Sequence[Skipped], names: Sequence[str]) -> tuple[Skipped, ...]:
    """What was skipped of the departments that are asked for; without names of all but the examples."""
    folders = {name.strip("/").partition("/")[0] for name in names}
    return tuple(
        skipped
        for skipped in skips
        if (skipped.department in folders if names else not skipped.department.startswith("_"))
    )
