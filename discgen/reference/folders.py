"""Where the data files that ship with the program are: schemas, code dictionaries, forms.

In a wheel they travel inside the package (`discgen/_data`); in a checkout they stand at the
top level. The first of the two that exists is used.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Event
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED_ENDINGS = (".yaml", ".json", ".csv", ".j2", ".css")
"""How the names of the files end that are read here."""
FORMS = "forms"
"""The folder that holds a folder for each form: in `templates/`, and in a workspace that has forms of its own."""
_forgets: list[Callable[[], None]] = []
_changed = Event()


def cache_shipped(function: Callable[P, T], most: int | None = None) -> Callable[P, T]:
    """A cache for what is read of shipped files or worked out of them, of `most` answers; `forget_shipped` empties it."""
    cached = lru_cache(maxsize=most)(function)
    _forgets.append(cached.cache_clear)
    return cached  # type: ignore[return-value]


def forget_shipped() -> None:
    """Let go of all that was read of shipped files: one of them has changed while the program runs."""
    _changed.set()
    for forget in _forgets:
        forget()


def has_shipped_changed() -> bool:
    """Whether one of them has changed since the program began to run."""
    return _changed.is_set()


@cache_shipped
def data_folder(name: str) -> Path:
    """The folder `schema` or `templates`. Raises FileNotFoundError for a broken installation."""
    for parent in (_PACKAGE / "_data", _PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"discgen is installed without its folder {name}/")


def shipped_rows(*path: str, folder: str = "schema") -> tuple[dict[str, str], ...]:
    """The lines of a CSV below `schema` or another folder, by the names of its columns. Raises FileNotFoundError."""
    with data_folder(folder).joinpath(*path).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def is_shipped(path: Path) -> bool:
    """Whether a file belongs to the program."""
    return any(data_folder(name) in path.parents for name in ("schema", "templates"))
