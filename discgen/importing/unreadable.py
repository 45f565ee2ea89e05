"""Cells of a ledger that hold nothing that can be read: failed formulas, dates, amounts of several rows at once."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.importing.heads import Heads, Role
from discgen.importing.sheet import Sheet, formula_trouble


def formula_troubles(sheet: Sheet, heads: Heads) -> Iterator[str]:
    """Cells of columns that are read whose formulas have no result."""
    for at in range(heads.body, len(sheet.rows)):
        for column in heads.of(Role.TEXT, Role.AMOUNT, Role.TOTAL):
            trouble = formula_trouble(sheet.rows[at][column.at])
            if trouble:
                yield f"{sheet.cell(at, column.at)} {trouble}"


def text_troubles(sheet: Sheet, heads: Heads, at: int) -> Iterator[str]:
    """Cells of a row that are read as text and hold no text: dates, or numbers that are shown as something else."""
    for column in heads.of(Role.TEXT):
        trouble = sheet.text_trouble(at, column.at)
        if trouble:
            yield f"{sheet.cell(at, column.at)} {trouble}"


def merged_amounts(sheet: Sheet, heads: Heads) -> Iterator[str]:
    """Amounts that stand for several rows at once, of which nobody can say what each has."""
    texts = [column.at for column in heads.of(Role.TEXT)]
    for area in sheet.merged:
        below = [sheet.rows[at] for at in range(max(area.top, heads.body) + 1, area.bottom + 1)]
        if area.top < heads.body or not any(row[at] for row in below for at in texts):
            continue
        for column in heads.of(Role.AMOUNT, Role.TOTAL):
            if area.left <= column.at <= area.right and sheet.rows[area.top][area.left]:
                yield f"{sheet.cell(area.top, area.left)} 一个金额合并了几行，分不清各行是多少，拆开写"
