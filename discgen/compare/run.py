"""All documents of two sides compared, those that nothing has touched passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from discgen.bug import bugs_in, contained
from discgen.compare.change import Comparison
from discgen.compare.checkout import Skipped
from discgen.compare.sides import Pair, Side, Sides, Skips
from discgen.compare.target import compare_target
from discgen.diagnostics import Diagnostic
from discgen.document import Document
from discgen.files import read_regular
from discgen.gather.departments import Departments
from discgen.gather.facts import Reader
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.shipped import ShippedDataError


def compare_sides(sides: Sides, *, pages: bool = False) -> Iterator[Comparison]:
    """What was left out of each department, then a comparison for every pair in which something differs."""
    yield from _left_out(sides.skips)
    yield from compare_pairs(sides.pairs, sides.skips, pages=pages)


def compare_pairs(pairs: Iterable[Pair], skips: Skips = ((), ()), *, pages: bool = False) -> Iterator[Comparison]:
    """A comparison for every pair in which something differs; with `pages` both documents are laid out."""
    comparing = _Comparing(skips, pages=pages)
    for before, after in pairs:
        old, new = before or after, after or before
        if old is None or new is None:
            continue
        done = contained(
            partial(comparing.compare, before, after),
            new[1].place,
            partial(_broken, str(old[1]), str(new[1])),
            passing=(ShippedDataError,),
        )
        if done and not done.is_empty:
            yield done


def _left_out(skips: Skips) -> Iterator[Comparison]:
    """By department what of its files is not compared, and why."""
    notes: dict[str, list[str]] = defaultdict(list)
    for said, skipped in zip(("原来的", "现在的"), skips, strict=True):
        for one in skipped:
            notes[one.department].append(f"{said}{one}")
    for department, found in sorted(notes.items()):
        yield Comparison(department, department, notes=tuple(found))


def _names(skips: Skips, targets: tuple[Target, Target]) -> frozenset[str]:
    """The names of files and folders of two targets, such as `projects`, that one side has left out."""
    return frozenset(
        name
        for skipped, target in zip(skips, targets, strict=True)
        for one in skipped
        if one.department == target.department and (name := _name_in(one, target))
    )


def _name_in(one: Skipped, target: Target) -> str:
    """Its path below the year, or below the department where it belongs to all its years; empty in another year."""
    inside = one.path.removeprefix(f"{target.department}/")
    own = inside.removeprefix(f"{target.year}/")
    return own if own != inside or "/" not in inside else ""


def _broken(old: str, new: str, bug: Diagnostic) -> Comparison:
    return Comparison(old, new, notes=(f"{bug.message}；{bug.hint}",), bugs=(bug,))


class _Comparing:
    """The workspaces that are compared, of which files are read, and held against each other, once."""

    def __init__(self, skips: Skips, *, pages: bool) -> None:
        self._skips = skips
        self._pages = pages
        self._touched: dict[tuple[Workspace, Workspace], bool] = {}
        self._departments: dict[Workspace, Departments] = {}

    def compare(self, before: Side | None, after: Side | None) -> Comparison | None:
        """What differs; None where nothing has touched the document."""
        if before is None or after is None:
            return self._alone(before, after)
        if before[1] == after[1] and not self._differ(before[0], after[0]):
            return None
        readers = self._reader(before[0]), self._reader(after[0])
        return _both(before, after, readers, _names(self._skips, (before[1], after[1])), pages=self._pages)

    def _alone(self, before: Side | None, after: Side | None) -> Comparison | None:
        """What there is to say where only one side has the document."""
        side = after or before
        if side is None:
            return None
        workspace, target = side
        result = compose(workspace, target, self._reader(workspace))
        note = f"{'新增' if after else '删去'}了这份文件{_summary(result.document)}"
        bugs = tuple(bugs_in(result.findings))
        notes = (note, *(f"{bug.message}；{bug.hint}" for bug in bugs))
        return Comparison(str(target), str(target), notes=notes, bugs=bugs)

    def _differ(self, before: Workspace, after: Workspace) -> bool:
        """Whether any file of the departments differs: a document may rest on those of another year or department."""
        sides = before, after
        if sides not in self._touched:
            self._touched[sides] = _contents(before.departments) != _contents(after.departments)
        return self._touched[sides]

    def _reader(self, workspace: Workspace) -> Reader:
        departments = self._departments.setdefault(workspace, Departments(workspace))
        return Reader(workspace, departments)


def _summary(document: Document | None) -> str:
    if document is None:
        return "（还有错误，编不出来）"
    projects = len(document.disclosure.projects)
    return f"：{len(document.tables)}张表，{projects}个项目" if projects else f"：{len(document.tables)}张表"


def _both(
    before: Side, after: Side, readers: tuple[Reader, Reader], left_out: frozenset[str], *, pages: bool
) -> Comparison:
    done, old, new = compare_target(before, after, readers, left_out)
    if pages and old and new and old.document and new.document:
        # Layout takes seconds, and its libraries one to load: only who asks for pages pays.
        from discgen.compare.pages import compare_pages

        done = replace(done, pages=compare_pages(old.document, new.document))
    return done


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {path.relative_to(folder).as_posix(): _content(path) for path in folder.rglob("*.yaml")}


def _content(path: Path) -> bytes | None:
    """What a file holds, however its lines end: git may end them otherwise on a checkout. Of a link, where it leads;
    none where it cannot be read, which a comparison will say.
    """
    try:
        return bytes(path.readlink()) if path.is_symlink() else read_regular(path).replace(b"\r\n", b"\n")
    except OSError:
        return None
