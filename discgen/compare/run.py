"""All documents of two sides compared, those that nothing has touched passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from discgen.compare.change import Comparison
from discgen.compare.sides import Pair, Side
from discgen.compare.target import compare_target
from discgen.load.workspace import Workspace
from discgen.pipeline import Document, compose


def compare_pairs(pairs: Iterable[Pair], *, pages: bool = False) -> Iterator[Comparison]:
    """A comparison for every pair in which something differs; with `pages` both documents are laid out."""
    touched: dict[tuple[Workspace, Workspace], bool] = {}
    for before, after in pairs:
        if before is None or after is None:
            done = _alone(before, after)
        else:
            sides = before[0], after[0]
            if sides not in touched:
                touched[sides] = _differ(*sides)
            same = before[1] == after[1] and not touched[sides]
            done = None if same else _both(before, after, pages=pages)
        if done and not done.is_empty:
            yield done


def _alone(before: Side | None, after: Side | None) -> Comparison | None:
    """What there is to say where only one side has the document."""
    side = after or before
    if side is None:
        return None
    workspace, target = side
    document = compose(workspace, target).document
    note = f"{'新增' if after else '删去'}了这份文件{_summary(document)}"
    return Comparison(str(target), str(target), notes=(note,))


def _summary(document: Document | None) -> str:
    if document is None:
        return "（还有错误，编不出来）"
    projects = len(document.disclosure.projects)
    return f"：{len(document.tables)}张表，{projects}个项目" if projects else f"：{len(document.tables)}张表"


def _both(before: Side, after: Side, *, pages: bool) -> Comparison:
    done, old, new = compare_target(before, after)
    if pages and old and new and old.document and new.document:
        # Layout takes seconds, and its libraries one to load: only who asks for pages pays.
        from discgen.compare.pages import compare_pages

        done = replace(done, pages=compare_pages(old.document, new.document))
    return done


def _differ(before: Workspace, after: Workspace) -> bool:
    """Whether any file of the departments differs: a document may rest on those of another year or department."""
    return _contents(before.departments) != _contents(after.departments)


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {path.relative_to(folder).as_posix(): _content(path) for path in folder.rglob("*.yaml")}


def _content(path: Path) -> bytes | None:
    """What a file holds; of a link, where it leads; none where it cannot be read, which a comparison will say."""
    try:
        return bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
    except OSError:
        return None
