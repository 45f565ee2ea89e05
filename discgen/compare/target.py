"""One document on two sides: its files compared fact by fact, then the documents made from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from discgen.bug import bugs_in
from discgen.compare.change import Change, Comparison, Consequences
from discgen.compare.document import compare_documents
from discgen.compare.facts import compare_leaves
from discgen.compare.files import Files, read_files
from discgen.compare.leaves import File, Key, Leaf, leaves_of
from discgen.compare.projects import NOUNS, Entry, Ids, compare_entry, pair_entries
from discgen.diagnostics import has_errors
from discgen.document import Result
from discgen.gather.facts import Reader
from discgen.load.target import KINDS, Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose


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
    return [*changes, *compare_leaves(before, after)], ids


def _leaves(files: tuple[File, ...]) -> Iterator[tuple[Key, Leaf]]:
    return chain.from_iterable(leaves_of(file).items() for file in files)


def _leaves_of_entry(entry: Entry, key: Key, noun: str, name: str) -> dict[Key, Leaf]:
    """The facts of one such file but its name, which is told by itself."""
    leaves = leaves_of(replace(entry.file, key=key, topic=f"{noun}“{name}”"))
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
    one = KINDS[kind]
    folder, _, file = name.rpartition("/")
    if folder:
        return folder in one.folders and file.endswith(".yaml")
    return name in ("department.yaml", f"{kind}.yaml", one.narrative, "waivers.yaml", *one.folders)


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
