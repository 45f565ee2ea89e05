"""All documents before and after: their files compared fact by fact, then the documents made from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from discgen.compare.change import Comparison, Consequences, Mark
from discgen.compare.document import compare_documents
from discgen.compare.facts import Ids
from discgen.compare.files import compare_files, read_files
from discgen.compare.request import Pair, Pairing, Side, Skips
from discgen.compare.revision import Skipped
from discgen.diagnostics import Diagnostic, has_errors
from discgen.document import Document, Result
from discgen.errors import bugs_in, contained
from discgen.files import read_regular
from discgen.gather.departments import Departments
from discgen.gather.reader import Reader
from discgen.load.target import KINDS, Target, names_read
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.validate.shipped import ShippedDataError


def compare_all(pairing: Pairing, *, pages: bool = False) -> Iterator[Comparison]:
    """What was skipped of each department, then a comparison for every pair in which something differs."""
    yield from _skipped_files(pairing.skips)
    yield from compare_pairs(pairing.pairs, pairing.skips, pages=pages)


def compare_pairs(pairs: Iterable[Pair], skips: Skips = ((), ()), *, pages: bool = False) -> Iterator[Comparison]:
    """A comparison for every pair in which something differs; with `pages` both documents are laid out."""
    comparing = _Comparing(skips, pages=pages)
    for before, after in pairs:
        old, new = before or after, after or before
        if old is None or new is None:
            continue
        comparison = contained(
            partial(comparing.compare, before, after),
            new[1].place,
            partial(_broken, str(old[1]), str(new[1])),
            passing=(ShippedDataError,),
        )
        if comparison and not comparison.is_empty:
            yield comparison


def _skipped_files(skips: Skips) -> Iterator[Comparison]:
    """By department what of its files is not compared, and why."""
    notes: dict[str, list[str]] = defaultdict(list)
    for state, skipped in zip(("原来的", "现在的"), skips, strict=True):
        for file in skipped:
            notes[file.department].append(f"{state}{file}")
    for department, lines in sorted(notes.items()):
        yield Comparison(department, department, notes=tuple(lines))


def _skipped_names(skips: Skips, targets: tuple[Target, Target]) -> frozenset[str]:
    """The names of files and folders of two targets, such as `projects`, that were skipped in either state."""
    return frozenset(
        name
        for skipped, target in zip(skips, targets, strict=True)
        for file in skipped
        if file.department == target.department and (name := _name_in(file, target))
    )


def _name_in(skipped: Skipped, target: Target) -> str:
    """Its path below the year, or below the department where it belongs to all its years; empty in another year."""
    below = skipped.path.removeprefix(f"{target.department}/")
    name = below.removeprefix(f"{target.year}/")
    return name if name != below or "/" not in below else ""


def _broken(old: str, new: str, bug: Diagnostic) -> Comparison:
    return Comparison(old, new, notes=(f"{bug.message}；{bug.hint}",), bugs=(bug,))


class _Comparing:
    """The workspaces that are compared, whose files are read, and compared as bytes, only once."""

    def __init__(self, skips: Skips, *, pages: bool) -> None:
        self._skips = skips
        self._pages = pages
        self._touched: dict[tuple[Workspace, Workspace], bool] = {}
        self._departments: dict[Workspace, Departments] = {}

    def compare(self, before: Side | None, after: Side | None) -> Comparison | None:
        """What differs; None where no file that the document may rest on does."""
        if before is None or after is None:
            return self._alone(before, after)
        if before[1] == after[1] and not self._differ(before[0], after[0]):
            return None
        readers = self._reader(before[0]), self._reader(after[0])
        names = _skipped_names(self._skips, (before[1], after[1]))
        comparison, old, new = compare_target(before, after, readers, names)
        if self._pages and old and new and old.document and new.document:
            # Layout takes seconds, and its libraries one to load: only who asks for pages pays.
            from discgen.compare.pages import compare_pages

            return replace(comparison, pages=compare_pages(old.document, new.document))
        return comparison

    def _alone(self, before: Side | None, after: Side | None) -> Comparison | None:
        """What there is to say of a document that was added or removed."""
        side = after or before
        if side is None:
            return None
        workspace, target = side
        result = compose(workspace, target, self._reader(workspace))
        note = f"{(Mark.ADDED if after else Mark.REMOVED).word}了这份文件{_summary(result.document)}"
        bugs = tuple(bugs_in(result.findings))
        notes = (note, *(f"{bug.message}；{bug.hint}" for bug in bugs))
        return Comparison(str(target), str(target), notes=notes, bugs=bugs)

    def _differ(self, before: Workspace, after: Workspace) -> bool:
        """Whether any file of the departments differs: a document may rest on those of another year or department."""
        states = before, after
        if states not in self._touched:
            self._touched[states] = _contents(before.departments) != _contents(after.departments)
        return self._touched[states]

    def _reader(self, workspace: Workspace) -> Reader:
        departments = self._departments.setdefault(workspace, Departments(workspace))
        return Reader(workspace, departments)


def _summary(document: Document | None) -> str:
    if document is None:
        return "（还有错误，编不出来）"
    projects = len(document.disclosure.projects)
    return f"：{len(document.tables)}张表，{projects}个项目" if projects else f"：{len(document.tables)}张表"


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {path.relative_to(folder).as_posix(): _content(path) for path in folder.rglob("*.yaml")}


def _content(path: Path) -> bytes | None:
    """What a file holds, however its lines end: git may end them otherwise on a checkout. Of a link, where it leads;
    None where it cannot be read, which a comparison will say.
    """
    try:
        return bytes(path.readlink()) if path.is_symlink() else read_regular(path).replace(b"\r\n", b"\n")
    except OSError:
        return None


def compare_target(
    before: Side,
    after: Side,
    readers: tuple[Reader | None, Reader | None] = (None, None),
    skipped: frozenset[str] = frozenset(),
) -> tuple[Comparison, Result | None, Result | None]:
    """The comparison, and both results where documents were made.

    `skipped` are names of files and folders, as in `Files.unread`, that either state has and does not show.
    """
    old, new = read_files(*before), read_files(*after)
    skipped = frozenset(name for name in skipped if _is_read(name, before[1].kind))
    unread = old.unread | new.unread | skipped
    changes, ids = compare_files(old.without(unread), new.without(unread))
    notes = [f"原来的{note}" for note in old.notes] + [f"现在的{note}" for note in new.notes]
    comparison = Comparison(str(before[1]), str(after[1]), tuple(changes), notes=tuple(notes))
    if skipped:
        return replace(comparison, notes=(*notes, "有文件没有比较，表和文字也就没有比较")), None, None
    results = compose(*before, readers[0]), compose(*after, readers[1])
    consequences, more = _consequences(*results, ids)
    bugs = tuple(bugs_in([*results[0].findings, *results[1].findings]))
    more += [f"{bug.message}；{bug.hint}" for bug in bugs]
    return replace(comparison, consequences=consequences, notes=(*notes, *more), bugs=bugs), *results


def _is_read(name: str, kind: str) -> bool:
    """Whether a target of this kind rests on the file or folder of this name in its own folder, or above it."""
    folder, _, file = name.rpartition("/")
    if folder:
        return folder in KINDS[kind].folders and file.endswith(".yaml")
    return name in names_read(kind)


def _consequences(old: Result, new: Result, ids: Ids) -> tuple[Consequences, list[str]]:
    notes = [
        f"{state}有{sum(has_errors([finding]) for finding in result.findings)}个错误（discgen check {result.target}），"
        + ("表和文字照编得出的比较" if result.document else "编不出文件，只比较了事实")
        for result, state in ((old, "原来的数据"), (new, "现在的数据"))
        if has_errors(result.findings)
    ]
    if old.document is None or new.document is None:
        return Consequences(), notes
    return compare_documents(old.document, new.document, ids), notes
