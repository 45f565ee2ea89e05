"""The rows of the tables and the amounts of the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tools.published.text import Line

CUT = "…"
"""The end of what was cut at the page edge."""

_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d*)?")
_CODE = re.compile(r"\d{2,7}")
_NARRATED = re.compile(r"(?P<number>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>万元|%)")
_TABLE_TITLE = re.compile(r"\d{4} ?年[^\t。]*表(（[^\t）]*）)?")
_TABLE_LABEL = re.compile(r"(?:预算公开表|部门公开表|公开) ?0?(\d+)表?")
_SECTION_TITLE = re.compile(r"(?P<number>[一二三四五六七八九十]+)、[^。：]+")
_CONTEXT = 12
"""How many characters before an amount are kept to recognise it by."""


class Row(NamedTuple):
    """A table row that carries amounts."""

    line: int
    table: int
    names: str
    amounts: str


class Amount(NamedTuple):
    """A number in a sentence, with its section and the few characters before it."""

    line: int
    section: str
    number: str
    unit: str
    context: str


def figures(cells: Sequence[str]) -> dict[int, str]:
    """The cells that are figures by column, codes apart: a code stands first in the row, or right before a name."""
    numeric = {column for column, cell in enumerate(cells) if _FIGURE.fullmatch(cell)}
    names = {column for column, cell in enumerate(cells) if cell and column not in numeric}
    before_names = min(names, default=0)
    first = bool(cells) and 0 in numeric
    codes = {
        column
        for column in numeric
        if _CODE.fullmatch(cells[column]) and (column + 1 in names or (first and column < before_names))
    }
    return {column: cells[column] for column in sorted(numeric - codes)}


def table_rows(lines: Iterable[Line]) -> Iterator[Row]:
    """The rows with an amount; a table begins with its label, or with its title where it has no label."""
    table = 0
    labelled = False
    for line in lines:
        text = line.text.strip()
        if label := _TABLE_LABEL.fullmatch(text):
            table, labelled = int(label[1]), True
        elif _TABLE_TITLE.fullmatch(text):
            table, labelled = table + (not labelled), False
        amounts = figures(line.cells) if table and "\t" in line.text else {}
        if amounts:
            names = [cell for column, cell in enumerate(line.cells) if cell and column not in amounts]
            said = [f"{column}:{_whole(cell, amounts.values())}" for column, cell in amounts.items()]
            yield Row(line.number, table, "|".join(names), " ".join(said))


def _whole(figure: str, row: Iterable[str]) -> str:
    """The figure, marked as cut where another of the row goes on where it ends between point and hundredths."""
    is_cut = "." in figure and any(other != figure and other.startswith(figure) for other in row)
    return figure + CUT if is_cut else figure.rstrip(".")


def narrated_amounts(lines: Iterable[Line]) -> Iterator[Amount]:
    """The amounts of the sentences, by section; rows of goal sheets have tabs and are passed over."""
    section = said = ""
    for line in lines:
        if "\t" in line.text:
            continue
        heading = _SECTION_TITLE.fullmatch(line.text.strip())
        section = heading["number"] if heading else section
        # A paragraph that a page break cut in two goes on in the next line.
        before = "" if said.endswith(tuple("。：:；;")) else said[-_CONTEXT:]
        said = "" if heading else re.sub(r"\s", "", line.text)
        text = before + said
        for match in _NARRATED.finditer(text):
            if match.end() > len(before):
                context = text[max(0, match.start() - _CONTEXT) : match.start()]
                yield Amount(line.number, section, match["number"], match["unit"], context)
