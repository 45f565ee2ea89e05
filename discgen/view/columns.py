"""How wide the columns of a table are, and how small its amounts must be set to stay within them.

A form's widths are shares that suit the labels its author saw. Where a single character is all that a
cell's last line holds, the column takes the few points it lacks from columns that can spare them:
those that become narrower without a further line and without smaller amounts. What cannot be
helped that way is left to the line breaks (`discgen/render/layout/lines.py`). A department with more
money, or a form in 元, needs more digits than the form's author saw. All measures are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import floor

from msgspec import Struct

from discgen.tables.heads import place_heads
from discgen.tables.table import Row, Table
from discgen.view.paper import TABLE_WIDTHS, ems

_SIZE = 9.0
"""Of labels, and of amounts where all fit (`templates/document/document.css`)."""
_AROUND_TEXT = {False: 6.5, True: 4.5}
"""Padding on both sides and the line between two cells, by whether the table is dense (`templates/document/document.css`)."""
_NARROW = {",": 0.25, ".": 0.25, "-": 0.34}
"""Shares of the size, as of a Times; a digit is half as wide as it is high."""
_INDENTS = {0: 0.0, 1: 1.2, 2: 2.2}
"""In ems, which the padding on the left is a part of."""
_STEP = 0.9
_MOST = 3 * _SIZE
"""A column grows by this much, for labels that are longer than a character or two the form's widths stand."""
_WORD = re.compile(r"[（《“‘]*(?:[A-Za-z0-9.,%/+-]+|.)[，。、；：！？）》”’]*")


class _Text(Struct, frozen=True):
    """The text of a cell of a single column, and how much of the column's width is not for text."""

    text: str
    around: float

    def lines(self, width: float) -> tuple[int, ...]:
        """How many characters each line has in a column of this width."""
        return _lines(self.text, floor((width - self.around) / _SIZE * 100 + 0.01) / 100)

    def ends_in_lone_character(self, width: float) -> bool:
        lines = self.lines(width)
        return len(lines) > 1 and lines[-1] == 1


def column_widths(table: Table, room: Mapping[str, float] = TABLE_WIDTHS) -> tuple[float, ...]:
    """The widths of the table's columns in percent, in order. `room` is how wide tables are on each kind of page."""
    whole = room[table.orientation]
    shares = sum(column.width for column in table.columns)
    widths = [column.width / shares * whole for column in table.columns]
    texts = _texts(table)
    groups = _alike(table)
    for lacking, number in sorted(_lacking(texts, widths)):
        group = next(group for group in groups if number in group)
        for growing in (group, [number]):
            spare = [
                min((_spare(table, texts, widths, column) for column in other), default=0.0)
                for other in ([column for column in group if column not in growing] for group in groups)
            ]
            if _grow(widths, growing, lacking, groups, spare):
                break
    return tuple(round(width / whole * 100, 3) for width in widths)


def amount_size(table: Table, widths: Sequence[float], room: Mapping[str, float] = TABLE_WIDTHS) -> float | None:
    """The size at which every amount fits its column, in tenths rounded down; None where the usual one does.

    `widths` are those of the columns, in percent.
    """
    whole = room[table.orientation]
    sizes = [
        (width / 100 * whole - _AROUND_TEXT[table.dense]) / widest
        for number, (column, width) in enumerate(zip(table.columns, widths, strict=True))
        if column.style == "amount" and (widest := _widest_amount(table.rows, number))
    ]
    size = min(sizes, default=_SIZE)
    return floor(size * 10) / 10 if size < _SIZE else None


def _widest_amount(rows: Iterable[Row], number: int) -> float:
    """The width of the column's widest text, as a multiple of the size."""
    texts = (row.cells[number].text for row in rows if row.kind != "heading")
    return max((sum(_NARROW.get(char, 0.5 if char.isdigit() else 1.0) for char in text) for text in texts), default=0)


def _alike(table: Table) -> list[list[int]]:
    """Columns by what the form says of them: amounts to which it gives the same width stay alike, if they can."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, column in enumerate(table.columns):
        key = (column.width,) if column.style == "amount" else (column.width, number)
        groups.setdefault(key, []).append(number)
    return list(groups.values())


def _grow(
    widths: list[float], growing: list[int], lacking: float, groups: Sequence[list[int]], spare: Sequence[float]
) -> bool:
    """Give `lacking` to each growing column from the others, if what each of a group can spare suffices."""
    giving = [[column for column in group if column not in growing] for group in groups]
    whole = sum(part * len(group) for part, group in zip(spare, giving, strict=True))
    if whole < lacking * len(growing):
        return False
    for part, group in zip(spare, giving, strict=True):
        for column in group:
            widths[column] -= lacking * len(growing) * part / whole
    for column in growing:
        widths[column] += lacking
    return True


def _texts(table: Table) -> list[list[_Text]]:
    """The different texts of each column: of its head and of its cells."""
    around = _AROUND_TEXT[table.dense]
    by_column: list[dict[_Text, None]] = [{} for _ in table.columns]
    for placed in place_heads(table):
        if placed.head.columns == 1:
            by_column[placed.column][_Text(placed.head.label, around)] = None
    for row in table.rows:
        if row.kind in ("heading", "total"):
            continue  # they reach over several columns
        for number, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            if column.style == "text" and cell.text:
                by_column[number][_Text(cell.text, around + _INDENTS.get(cell.indent, 0.0) * _SIZE)] = None
    return [list(texts) for texts in by_column]


def _lacking(texts: Sequence[Sequence[_Text]], widths: Sequence[float]) -> Iterator[tuple[float, int]]:
    """What each column lacks so that no text of it drops a character, with its number."""
    for number, (texts_of_column, width) in enumerate(zip(texts, widths, strict=True)):
        dropping = [text for text in texts_of_column if text.ends_in_lone_character(width)]
        lacking = 0.0
        while dropping and lacking < _MOST:
            lacking += _STEP
            dropping = [text for text in dropping if len(text.lines(width + lacking)) >= len(text.lines(width))]
        if lacking and not dropping:
            yield lacking, number


def _spare(table: Table, texts: Sequence[Sequence[_Text]], widths: Sequence[float], number: int) -> float:
    """By how much a column can become narrower without harm."""
    column, width = table.columns[number], widths[number]
    least = _AROUND_TEXT[table.dense] + 2 * _SIZE
    if column.style == "amount":
        least = max(least, _AROUND_TEXT[table.dense] + _widest_amount(table.rows, number) * _SIZE + _STEP)
    elif column.style == "code":
        return 0.0
    spare = 0.0
    while width - spare - _STEP >= least and not any(_harmed(text, width, spare + _STEP) for text in texts[number]):
        spare += _STEP
    return spare


def _harmed(text: _Text, width: float, narrower: float) -> bool:
    now, then = text.lines(width), text.lines(width - narrower)
    return len(then) > len(now) or (
        text.ends_in_lone_character(width - narrower) and not text.ends_in_lone_character(width)
    )


@lru_cache(maxsize=10_000)
def _lines(text: str, room: float) -> tuple[int, ...]:
    """The characters of each line where `room` ems are all that a line has."""
    lines = [0]
    left = room
    for word in _WORD.findall(text):
        parts = [word] if ems(word) <= room else list(word)  # no line holds it: it is broken anywhere
        for part in parts:
            if ems(part) > left and lines[-1]:
                lines.append(0)
                left = room
            lines[-1] += len(part)
            left -= ems(part)
    return tuple(lines)
