"""An annex: a catalogue with up to four levels that is printed whole, from `templates/annexes/<data>.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from discgen.diagnostics import Place
from discgen.resources import data_folder


@dataclass(frozen=True, slots=True)
class Annex:
    """What a department attaches: the name of the data, and the title it is printed under."""

    data: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A line of a catalogue. `level` counts from 1; `group` is what it stands under."""

    group: str
    code: str
    level: int
    name: str


@cache
def load_annex(data: str) -> tuple[CatalogueEntry, ...]:
    """The entries in printed order. Raises FileNotFoundError where there is no such data."""
    path = data_folder("templates") / "annexes" / f"{data}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            CatalogueEntry(row["department"], row["code"], int(row["level"]), row["name"])
            for row in csv.DictReader(file)
        )
