"""Rows as they are written: none twice, in any list of any file, and none without money."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, note, show_path, warning
from discgen.load.target import schema_of
from discgen.model.line import Source
from discgen.rules.case import Case
from discgen.validate.lists import repeats

_CODES = {"indicators": "G010"}
"""Repeats that are told by another code than R016, by a key in the path of their list."""


def rows_are_written_once(case: Case) -> Iterator[Diagnostic]:
    """R016, G010: no item of a list repeats another: rows in all but the amount, which would be added; others in their name.

    What tells the items of a list apart stands in its schema (`itemKey`).
    """
    for tree in case.disclosure.files:
        for repeat in repeats(tree, schema_of(tree.file)):
            code = next((code for key, code in _CODES.items() if key in repeat.of.path), "R016")
            place, line = tree.place(repeat.item), tree.place(repeat.earlier).line
            where = show_path(repeat.item[:-1]) + (f"（{repeat.of.title}）" if repeat.of.title else "")
            if repeat.amount:
                said = f"{where}里这一行与第{line}行只有金额不同，两行会相加"
                yield warning(code, said, place, "删去多写的一行，或合成一行")
            else:
                yield warning(code, f"{where}里这一项与第{line}行重复", place, "删去一项，或写出两项的差别")


def rows_have_money(case: Case) -> Iterator[Diagnostic]:
    """R017: a project or a row of expenditure has money; one without is in no table."""
    for line in case.disclosure.lines.get(Source.PROJECT, ()):
        if not line.amount:
            yield warning("R017", "项目的金额是0", line.place, "写上金额；本年没有安排的，移走这个项目")
    for line in case.disclosure.lines.get(Source.EXPENDITURE, ()):
        if not line.amount:
            yield note("R017", "支出的金额是0，表里不会有这一行", line.place, "写上金额，或删去")
