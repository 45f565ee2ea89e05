"""Files that change while somebody looks on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from discgen.load.folders import DATA_ENDINGS
from discgen.load.own_files import CODES
from discgen.load.target import DEPARTMENTS
from discgen.load.workspace import Workspace
from discgen.reference.folders import FORMS, SHIPPED_ENDINGS, data_folder

_ENDINGS = {*DATA_ENDINGS, *SHIPPED_ENDINGS, ""}
"""Of files that a document is made from; a folder that was removed has none."""
_SETTLE, _STEP = 200, 30
"""Milliseconds: how long changes are gathered at most, and how long it must be quiet before they are announced."""
_LOOK = 500
"""Milliseconds without a change after which the folder itself is looked at: a folder that has gone announces nothing."""


def changes(workspace: Workspace, stop: Event | None = None) -> Iterator[set[Path]]:
    """Sets of files that changed together, until `stop`. Raises OSError where the system cannot watch so many.

    Its folders may go and come back, as when git switches to another branch: the new ones are watched instead.
    """
    folders = [(workspace.root / name).resolve() for name in (DEPARTMENTS, FORMS, CODES)]
    unseen: set[Path] = set()
    while stop is None or not stop.is_set():
        yield from _changes_while(folders, stop, unseen)
        unseen = {folders[0]}


def _changes_while(folders: Sequence[Path], stop: Event | None, unseen: set[Path]) -> Iterator[set[Path]]:
    """The changes for as long as the folders are the same; first, once they are watched, what nobody has seen change."""
    known = list(map(_state, folders))
    there = [folder for folder, state in zip(folders, known, strict=True) if state]
    batches = watch(
        *(data_folder("schema"), data_folder("templates"), *there),
        watch_filter=_matters,
        debounce=_SETTLE,
        step=_STEP,
        stop_event=stop,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    )
    for batch in batches:
        if paths := {Path(path) for _, path in batch} | unseen:
            yield paths
        unseen = set()
        if list(map(_state, folders)) != known:
            return


def _state(folder: Path) -> tuple[int, int] | None:
    """Which folder it is, and when one was last added to it or taken from it; none where it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_ino, status.st_ctime_ns


def _matters(_: Change, path: str) -> bool:
    file = Path(path)
    return file.suffix in _ENDINGS and not file.name.startswith(".")
