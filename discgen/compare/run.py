"""All documents of two sides compared: their files fact by fact, then the documents made from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from discgen.bug import bugs_in, contained
from discgen.compare.change import Change, Comparison, Consequences
from discgen.compare.document import compare_documents, compare_pages
from discgen.compare.facts import (
    NOUNS,
    Entry,
    Fact,
    File,
    Ids,
    Key,
    compare_entry,
    compare_facts,
    facts_of_file,
    pair_entries,
)
from discgen.compare.files import Files, read_files
from discgen.compare.request import Pair, Side, Sides, Skips
from discgen.compare.revision import Skipped
from discgen.diagnostics import Diagnostic, has_errors
from discgen.document import Document, Result
from discgen.files import read_regular
from discgen.gather.departments import Departments
from discgen.gather.facts import Reader
from discgen.load.target import KINDS, Target, names_read
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


def compare_files(old: Files, new: Files) -> tuple[list[Change], Ids]:
    """All facts that differ, and which files of either side are the same thing."""
    changes: list[Change] = []
    ids: dict[tuple[str, str], str] = {}
    before, after = (dict(_leaves(side.single)) for side in (old, new))
    for folder, noun in NOUNS.items():
        for one, other in pair_entries(old.entries.get(folder, []), new.entries.get(folder, [])):
            changes += compare_entry(one, other, noun)
            if one and other:
                ids[folder, one.id] = other.id
                key = (folder, min(one.id, other.id), max(one.id, other.id))
                before |= _leaves_of_entry(one, key, noun, min(one.name, other.name))
                after |= _leaves_of_entry(other, key, noun, min(one.name, other.name))
    return [*changes, *compare_facts(before, after)], ids


def _leaves(files: tuple[File, ...]) -> Iterator[tuple[Key, Fact]]:
    return chain.from_iterable(facts_of_file(file).items() for file in files)


def _leaves_of_entry(entry: Entry, key: Key, noun: str, name: str) -> dict[Key, Fact]:
    """The facts of one such file but its name, which is told by itself."""
    leaves = facts_of_file(replace(entry.file, key=key, topic=f"{noun}“{name}”"))
    return {own: leaf for own, leaf in leaves.items() if own != (*key, "name")}


def compare_target(
    before: tuple[Workspace, Target],
    after: tuple[Workspace, Target],
    readers: tuple[Reader | None, Reader | None] = (None, None),
    left_out: frozenset[str] = frozenset(),
) -> tuple[Comparison, Result | None, Result | None]:
    """The comparison, and both results where documents were made.

    `left_out` are names of files and folders, as in `Files.unread`, that one of the sides has and does not show.
    """
    old, new = read_files(*before), read_files(*after)
    left_out = frozenset(name for name in left_out if _is_read(name, before[1].kind))
    unread = old.unread | new.unread | left_out
    changes, ids = compare_files(old.without(unread), new.without(unread))
    notes = [f"原来的{note}" for note in old.notes] + [f"现在的{note}" for note in new.notes]
    done = Comparison(str(before[1]), str(after[1]), tuple(changes), notes=tuple(notes))
    if left_out:
        return replace(done, notes=(*notes, "有文件没有比较，表和文字也就没有比较")), None, None
    results = compose(*before, readers[0]), compose(*after, readers[1])
    consequences, more = _consequences(*results, ids)
    bugs = tuple(bugs_in([*results[0].findings, *results[1].findings]))
    more += [f"{bug.message}；{bug.hint}" for bug in bugs]
    return replace(done, consequences=consequences, notes=(*done.notes, *more), bugs=bugs), *results


def _is_read(name: str, kind: str) -> bool:
    """Whether a target of this kind rests on what is called so in its folder, or above it."""
    folder, _, file = name.rpartition("/")
    if folder:
        return folder in KINDS[kind].folders and file.endswith(".yaml")
    return name in names_read(kind)


def _consequences(old: Result, new: Result, ids: Ids) -> tuple[Consequences, list[str]]:
    notes = [
        f"{said}有{sum(has_errors([one]) for one in side.findings)}个错误（discgen check {side.target}），"
        + ("表和文字照编得出的比较" if side.document else "编不出文件，只比较了事实")
        for side, said in ((old, "原来的数据"), (new, "现在的数据"))
        if has_errors(side.findings)
    ]
    if old.document is None or new.document is None:
        return Consequences(), notes
    return compare_documents(old.document, new.document, ids), notes
