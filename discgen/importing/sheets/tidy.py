"""The texts of cells without what programs and pasting leave in them.

Blanks without width, radicals and other look-alikes with one certain reading are put right, and the report says so;
what has none (controls of direction, private characters) stops the import where its cell is read.
"""

from __future__ import annotations

import re
from collections import Counter

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.characters import unfit
from discgen.export.as_csv import as_written
from discgen.importing.sheets.number_format import Shown
from discgen.importing.sheets.sheet import Sheet, cell_name
from discgen.phrases import few

_BLANKS = re.compile("[\t\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f]")
"""Signs that look like a blank, of whatever width."""
_LEFT_TO_RIGHT = re.compile("[\u00ad\u200e\u202a]|\u202c$")
_RIGHT_TO_LEFT = re.compile("[\u200f\u061c\u202b\u202d\u202e\u2066-\u2069]")
"""Marks of direction that what is copied from Windows brings along; those of the second kind turn the text round."""
_AS_TEXT = re.compile(r"""="(?P<formula>(?:[^"]|"")*)"|'(?P<marked>[0-9=+\-@][^']*)""", re.DOTALL)
"""How a CSV keeps a spreadsheet from taking codes for numbers: `="2010301"`, `'30101`."""
_MOST_SIGNS = 8
"""How many of the signs that were put right are named."""


class _Tidied(Struct, frozen=True):
    """A text put right, what was put in place of which sign, and what is still wrong with it."""

    text: str
    put_right: tuple[tuple[str, str], ...] = ()
    problem: str = ""


class _Changes(Struct):
    """What was put right in a sheet, and where the first of it was."""

    cell: str = ""
    cells: int = 0
    signs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, cell: str, put_right: tuple[tuple[str, str], ...]) -> None:
        self.cell = self.cell or cell
        self.cells += 1
        self.signs.update(put_right)

    def describe(self) -> str:
        signs = [f"{_named(old)}{f'换成“{new}”' if new else '去掉'}" for (old, new), _ in self.signs.most_common()]
        cells = f"{self.cell}等{self.cells}格" if self.cells > 1 else self.cell
        return f"{cells}里有看不见或不标准的字，已经改好：{few(signs, _MOST_SIGNS)}"


def tidied_sheet(sheet: Sheet) -> Sheet:
    """The sheet with its texts put right, what was changed among its remarks, and what is wrong among what its cells show."""
    known: dict[str, _Tidied] = {}
    changes = _Changes()
    shown: dict[tuple[int, int], Shown] = {}
    rows = []
    for at, row in enumerate(sheet.rows):
        texts = []
        for column, text in enumerate(row):
            if not text or (text.isascii() and text.isalnum()):
                texts.append(text)
                continue
            tidy = known[text] if text in known else known.setdefault(text, _tidied(text))
            texts.append(tidy.text)
            if tidy.put_right:
                changes.note(cell_name(at, column), tidy.put_right)
            if tidy.problem:
                shown[at, column] = Shown("", why=tidy.problem)
        rows.append(tuple(texts))
    remarks = (*sheet.remarks, changes.describe()) if changes.cells else sheet.remarks
    return replace(sheet, rows=tuple(rows), remarks=remarks, shown={**shown, **sheet.shown})


def _tidied(text: str) -> _Tidied:
    plain = _BLANKS.sub(" ", text)
    if not _RIGHT_TO_LEFT.search(plain):
        plain = _LEFT_TO_RIGHT.sub("", plain)
    pieces, last, problems = [], 0, []
    put_right: dict[str, str] = {}
    for stray in unfit(plain):
        sign = plain[stray.start : stray.end]
        if stray.right is None:
            problems.append(f"{_named(sign)}（{stray.what}）")
        else:
            put_right[sign] = stray.right
            pieces += [plain[last : stray.start], stray.right]
            last = stray.end
    cell = "".join([*pieces, plain[last:]]).strip()
    plain = as_written(cell)
    marked = _AS_TEXT.fullmatch(cell) if plain == cell else None
    if marked:
        plain = (marked["marked"] or (marked["formula"] or "").replace('""', '"')).strip()
    problem = f"里有{'、'.join(dict.fromkeys(problems))}，删去或换成标准字" if problems else ""
    return _Tidied(plain, tuple(put_right.items()), problem)


def _named(sign: str) -> str:
    """A sign by its number: nobody sees what it is, or in what it differs from the right one."""
    return f"U+{ord(sign[0]):04X}"
