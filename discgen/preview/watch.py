"""Files that change while somebody looks on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from discgen.load.folders import DATA_ENDINGS
from discgen.load.workspace import Workspace
from discgen.reference.folders import SHIPPED_ENDINGS, data_folder

_ENDINGS = {*DATA_ENDINGS, *SHIPPED_ENDINGS, ""}
"""Of files that a document is made from; a folder that was removed has none."""
_SETTLE, _STEP = 200, 30
"""Milliseconds: how long changes are gathered at most, and how long it must be quiet before they are announced."""
_LOOK = 500
"""Milliseconds without a change after which the folder itself is looked at: a folder that has gone announces nothing."""


def changes(workspace: Workspace, stop: Event | None = None) -> Iterator[set[Path]]:
    """Sets of files that changed together, until `stop`. Raises OSError where the system cannot watch so many.

    `departments/` may go and come back, as when git switches to another branch: the new folder is watched instead.
    """
    departments = workspace.departments.resolve()
    unseen: set[Path] = set()
    while stop is None or not stop.is_set():
        yield from _changes_while(departments, stop, unseen)
        unseen = {departments}


def _changes_while(departments: Path, stop: Event | None, unseen: set[Path]) -> Iterator[set[Path]]:
    """The changes for as long as the folder is the same; first, once it is watched, what nobody has seen change."""
    known = _state(departments)
    batches = watch(
        *(data_folder("schema"), data_folder("templates"), *([departments] if known else [])),
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
        if _state(departments) != known:
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
