"""All documents of two sides compared, those that nothing has touched passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from discgen.bug import bugs_in, contained
from discgen.compare.change import Comparison
from discgen.compare.sides import Pair, Side
from discgen.compare.target import compare_target
from discgen.diagnostics import Diagnostic
from discgen.load.workspace import Workspace
from discgen.model.read import Reader
from discgen.pipeline import Document, compose
from discgen.validate.shipped import ShippedDataError


def compare_pairs(pairs: Iterable[Pair], *, pages: bool = False) -> Iterator[Comparison]:
    """A comparison for every pair in which something differs; with `pages` both documents are laid out."""
    sides = _Sides(pages=pages)
    for before, after in pairs:
        old, new = before or after, after or before
        if old is None or new is None:
            continue
        done = contained(
            partial(sides.compare, before, after),
            new[1].place,
            partial(_broken, str(old[1]), str(new[1])),
            passing=(ShippedDataError,),
        )
        if done and not done.is_empty:
            yield done


def _broken(old: str, new: str, bug: Diagnostic) -> Comparison:
    return Comparison(old, new, notes=(f"{bug.message}；{bug.hint}",), bugs=(bug,))


class _Sides:
    """The workspaces that are compared, of which files are read, and held against each other, once."""

    def __init__(self, *, pages: bool) -> None:
        self._pages = pages
        self._touched: dict[tuple[Workspace, Workspace], bool] = {}
        self._readers: dict[Workspace, Reader] = {}

    def compare(self, before: Side | None, after: Side | None) -> Comparison | None:
        """What differs; None where nothing has touched the document."""
        if before is None or after is None:
            return self._alone(before, after)
        if before[1] == after[1] and not self._differ(before[0], after[0]):
            return None
        return _both(before, after, (self._reader(before[0]), self._reader(after[0])), pages=self._pages)

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
        return self._readers.setdefault(workspace, Reader(workspace))


def _summary(document: Document | None) -> str:
    if document is None:
        return "（还有错误，编不出来）"
    projects = len(document.disclosure.projects)
    return f"：{len(document.tables)}张表，{projects}个项目" if projects else f"：{len(document.tables)}张表"


def _both(before: Side, after: Side, readers: tuple[Reader, Reader], *, pages: bool) -> Comparison:
    done, old, new = compare_target(before, after, readers)
    if pages and old and new and old.document and new.document:
        # Layout takes seconds, and its libraries one to load: only who asks for pages pays.
        from discgen.compare.pages import compare_pages

        done = replace(done, pages=compare_pages(old.document, new.document))
    return done


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {path.relative_to(folder).as_posix(): _content(path) for path in folder.rglob("*.yaml")}


def _content(path: Path) -> bytes | None:
    """What a file holds; of a link, where it leads; none where it cannot be read, which a comparison will say."""
    try:
        return bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
    except OSError:
        return None
