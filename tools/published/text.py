"""The text of a published document: its lines, their cells and its parts."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_MARKS = re.compile(r"^#+ |\*\*|</?b>")
"""Headings and bold type, as the extraction marks them."""


class Line(NamedTuple):
    """A line of the text, with its number counted from 1."""

    number: int
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a row, trimmed."""
        return [cell.strip() for cell in self.text.split("\t")]

    @property
    def filled(self) -> list[str]:
        """The cells that say something: of a shifted row the order is right where the columns are not."""
        return [cell for cell in self.cells if cell]


class Cell(NamedTuple):
    """A factual cell of a goal sheet or of a report."""

    line: int
    project: str
    kind: str
    side: str
    label: str
    text: str


def plain(text: object) -> str:
    """What a text says, without spaces and without regard to full and half width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(text or "")))


def read_lines(path: Path) -> list[Line]:
    """The lines that are not empty."""
    text = path.read_text(encoding="utf-8")
    lines = enumerate(text.split("\n"), start=1)
    return [Line(number, _MARKS.sub("", line)) for number, line in lines if line.strip()]


def part(lines: Sequence[Line], name: str) -> list[Line]:
    """The lines of one part, its heading first; none if there is no such part.

    The contents, which names the parts before they come, is no part.
    """
    starts = {
        line.text.strip()[:4]: index for index, line in enumerate(lines) if re.match(r"第[一二三四五]部分", line.text)
    }
    if name not in starts:
        return []
    ends = sorted([*starts.values(), len(lines)])
    return list(lines[starts[name] : ends[ends.index(starts[name]) + 1]])


def numbered(name: str, seen: Counter[str]) -> str:
    """The name, with a number from the second time it is seen."""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}#{seen[name]}"


def write(path: Path, fields: Sequence[str], facts: Iterable[Sequence[object]]) -> None:
    """Write facts as tab-separated values under a line of field names."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        writer.writerows([fields, *facts])
