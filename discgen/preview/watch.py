"""Files that change while somebody looks on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from discgen.load.workspace import Workspace
from discgen.resources import data_folder

_ENDINGS = {".yaml", ".yml", ".json", ".csv", ".j2", ".css", ".md", ""}
"""Of files that a document is made from; a folder that was removed has none."""
_SETTLE, _STEP = 200, 30
"""Milliseconds: how long changes are gathered at most, and how long it must be quiet before they are told."""


def changes(workspace: Workspace, stop: Event | None = None) -> Iterator[set[Path]]:
    """Sets of files that changed together, until `stop`. Raises OSError where the system cannot watch so many."""
    folders = (workspace.departments.resolve(), data_folder("schema"), data_folder("templates"))
    found = watch(*folders, watch_filter=_matters, debounce=_SETTLE, step=_STEP, stop_event=stop, recursive=True)
    for together in found:
        yield {Path(path) for _, path in together}


def _matters(_: Change, path: str) -> bool:
    file = Path(path)
    return file.suffix in _ENDINGS and not file.name.startswith(".")


def forget_shipped() -> None:
    """Let go of what was read of forms and schemas, which the program otherwise reads once."""
    for name, module in list(sys.modules.items()):
        if name.startswith("discgen."):
            for kept in vars(module).values():
                if callable(getattr(kept, "cache_clear", None)):
                    kept.cache_clear()


def is_shipped(path: Path) -> bool:
    """Whether a file belongs to the program."""
    return any(data_folder(name) in path.parents for name in ("schema", "templates"))
