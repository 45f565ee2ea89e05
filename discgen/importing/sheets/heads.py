"""The heads of a table: where they stand, and what they say of the amounts below them, their unit among it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.sheet import Sheet, is_number
from discgen.importing.sheets.words import Dimensions, load_words, unit_in_head, unit_named, without_unit
from discgen.money import YUAN_PER_UNIT

_FEWEST_HEADS = 2
"""How many known words the first row of heads has at least."""
_OVER_AMOUNTS = ("fund", "origin", "nature", "component")
"""The dimensions that columns of amounts may differ in."""
_FOOT_ROWS = 10
"""How many rows at the end of a sheet may be notes that say the unit."""
NO_UNIT = "没有写金额的单位，用--unit 元或--unit 万元说明"
"""The problem of a column of amounts whose unit nothing says."""


def find_head_rows(sheet: Sheet, known: AbstractSet[str]) -> range | None:
    """The rows of heads: from the first with two known words on, as long as a row has known words and no numbers."""
    filled = sheet.filled()
    top = next((at for at, row in enumerate(filled) if _is_head(row, known, _FEWEST_HEADS)), None)
    if top is None:
        return None
    end = top + 1
    while end < len(filled) and _is_head(filled[end], known, 1):
        end += 1
    return range(top, end)


def head_paths(sheet: Sheet, rows: range) -> list[tuple[str, ...]]:
    """For each column its heads from the top down as they are written, what is merged or repeated once."""
    filled = sheet.filled()
    paths: list[tuple[str, ...]] = []
    for column in range(len(filled[0])):
        path: list[str] = []
        for row in rows:
            path += [part for part in filled[row][column].split("/") if part.strip() and path[-1:] != [part]]
        paths.append(tuple(path))
    return paths


def _is_head(row: Sequence[str], known: AbstractSet[str], fewest: int) -> bool:
    """Whether a row has so many known words, and no amounts."""
    parts = {without_unit(part) for text in row for part in (text, *text.split("/"))}
    return len(parts & known) >= fewest and not any(is_number(text) for text in row)


def is_numbering(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns (栏次)."""
    texts = [text for text in row if text and text != "栏次"]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def meaning_of_head(head: str) -> Dimensions | None:
    """What a head over amounts says of them, nothing for one that stands for all; None for an unknown one."""
    words = load_words()
    if head in words.amounts:
        return {}
    if head in words.compound:
        return words.compound[head]
    for dimension in _OVER_AMOUNTS:
        value = words.values[dimension].get(head)
        if value and not (dimension == "nature" and head in words.neutral):
            return {dimension: value}
    return {} if head in words.totals | words.neutral else None


def amounts_unit(sheet: Sheet, head_rows: range, path: Sequence[str], at: int, asked: str) -> str:
    """The unit of the column `at`: as its heads, its tab and the lines over or under the table say, else as it was `asked` for.

    Where none does, the one in which numbers are stored whose formats all name a unit (`0.00"万元"`), else ''.

    Raises ImportProblemsError where two of them disagree, and for a unit that amounts cannot be read in.
    """
    over = [sheet.name, *(text for row in sheet.rows[: head_rows.start] for text in row)]
    in_heads = [text for row in sheet.rows[head_rows.start : head_rows.stop] for text in row]
    written = {unit for part in (*path, *over) if (unit := unit_in_head(part))}
    written |= {unit for text in (*over, *in_heads, *_notes(sheet, head_rows.stop)) if (unit := unit_named(text))}
    known = "、".join(sorted(written))
    if len(written) > 1:
        raise ImportProblemsError(f"{sheet.title} 写的单位有{known}，分不清金额是哪一种，改成一样的")
    if written - YUAN_PER_UNIT.keys():
        raise ImportProblemsError(f"{sheet.title} 写的单位是{known}，换算成元或万元再导入")
    if asked and written - {asked}:
        raise ImportProblemsError(f"{sheet.title} 写的单位是{known}，--unit说的是{asked}")
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
    if not all(shown and shown.unit and not shown.why for shown in formats):
        return ""
    units = {shown.stored_in("") for shown in formats if shown}
    return units.pop() if len(units) == 1 else ""
