"""The unit of a column of amounts, as its heads, its tab and the lines around a table say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.importing.amounts import is_number
from discgen.importing.sheet import Sheet
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.words import unit_in_head, unit_named
from discgen.money import YUAN_PER_UNIT

_FOOT_ROWS = 10
"""How many rows at the end of a sheet may be notes that say the unit."""


def amounts_unit(sheet: Sheet, head_rows: range, path: Sequence[str], at: int, asked: str) -> str:
    """The unit of the column `at`: as its heads, its tab and the lines over or under the table say, else as it was `asked` for.

    Where neither does, that in which numbers are stored whose formats all name a unit (`0.00"万元"`), else ''.

    Raises ImportTroubleError where two of them disagree, and for a unit that amounts cannot be read in.
    """
    over = [sheet.name, *(text for row in sheet.rows[: head_rows.start] for text in row)]
    beside = [text for row in sheet.rows[head_rows.start : head_rows.stop] for text in row]
    written = {unit for part in (*path, *over) if (unit := unit_in_head(part))}
    written |= {unit for text in (*over, *beside, *_notes(sheet, head_rows.stop)) if (unit := unit_named(text))}
    known = "、".join(sorted(written))
    if len(written) > 1:
        raise ImportTroubleError([f"{sheet.title} 写的单位有{known}，分不清金额是哪一种，改成一样的"])
    if written - YUAN_PER_UNIT.keys():
        raise ImportTroubleError([f"{sheet.title} 写的单位是{known}，换算成元或万元再导入"])
    if asked and written - {asked}:
        raise ImportTroubleError([f"{sheet.title} 写的单位是{known}，--unit说的是{asked}"])
    return next(iter(written), asked) or _unit_of_formats(sheet, head_rows.stop, at)


def _notes(sheet: Sheet, body: int) -> Iterator[str]:
    """The lines under a table: the rows near its end with one text only."""
    for row in sheet.rows[max(body, len(sheet.rows) - _FOOT_ROWS) :]:
        filled = [text for text in row if text]
        if len(filled) == 1:
            yield filled[0]


def _unit_of_formats(sheet: Sheet, body: int, at: int) -> str:
    """The one unit that every number of a column is stored in by its own format, '' where one's says none."""
    cells = [row for row in range(body, len(sheet.rows)) if is_number(sheet.rows[row][at])]
    formats = [sheet.shown.get((row, at)) for row in cells]
    if not all(one and one.unit and not one.why for one in formats):
        return ""
    found = {one.stored_in("") for one in formats if one}
    return found.pop() if len(found) == 1 else ""
