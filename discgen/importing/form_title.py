"""The titles of sheets to the tables of a form, however they are numbered and whosever they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from discgen.form.form import Form
from discgen.form.table_spec import TableSpec
from discgen.importing.amounts import is_number
from discgen.importing.sheet import Sheet
from discgen.importing.words import plain

_TITLE_START = re.compile(r"^(附件|附表|表|预算公开表|公开)?[0-9一二三四五六七八九十]+表?[、.:\-]*")
_WHOSE = re.compile(r"预算单位|部门|单位|区级|市级|省级")


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet with the table it is taken for, and the rows of its title and heads."""

    sheet: Sheet
    spec: TableSpec
    title: str


def recognise(sheet: Sheet, form: Form) -> FormSheet | None:
    """The form's table that a text among the first rows of the sheet, or the name of a CSV file, is the title of.

    A sheet without a number is none: contents list titles, too.
    """
    if not any(is_number(text) for row in sheet.rows for text in row):
        return None
    texts = [text for row in sheet.rows[:_FIRST_ROWS] for text in row if text]
    if not sheet.name:
        texts.append(PurePath(sheet.file).stem)
    for text in texts:
        for key in (title_key, _without_brackets):
            found = [spec for spec in form.tables if key(spec.title) == key(text)]
            if len(found) == 1:
                return FormSheet(sheet, found[0], text)
    return None


_FIRST_ROWS = 8
"""Where a title may stand."""


def title_key(text: str) -> str:
    """A title without its number, its year, and whose table it is."""
    bare = plain(text.replace("{year}年", ""))
    return _WHOSE.sub("", plain(_TITLE_START.sub("", bare)))


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^)]*\)", "", title_key(text))
