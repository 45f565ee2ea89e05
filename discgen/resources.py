"""Where the data files that ship with the program are: schemas, code dictionaries, forms.

In a wheel they travel inside the package (`discgen/_data`); in a checkout they stand at the
top level. The first of the two that exists is used.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
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
