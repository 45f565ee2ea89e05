"""Which form a workbook's tables are of, and which table each sheet is, by their titles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from msgspec import Struct

from discgen.form.files import fitting_form, line_of, of_departments
from discgen.form.form import Form
from discgen.form.table_spec import TableSpec
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.sheet import Sheet, is_number
from discgen.importing.sheets.words import bare, plain
from discgen.model.department import Department
from discgen.phrases import few

_TITLE = re.compile(r"[^,，。;；]{0,40}(预算|决算|收支|支出|收入|经费|采购)[^,，。;；]{0,30}表(\(.*\))?")
_OF_NO_LEDGER = re.compile(r"收支|三公|机关运行")
"""What the titles of a published set say and those of ledgers do not."""
_TITLE_ROWS = 5
"""Where a title may stand."""
_FEWEST_TABLES = 3
_PLACE = 2
"""The signs that tell one province from another, at the beginning of a form's title and of a region's name."""
_MOST_NAMED = 6
"""How many tables are named."""
_TITLE_START = re.compile(r"^(附件|附表|表|预算公开表|公开)?[0-9一二三四五六七八九十]+表?[、.:\-]*")
_WHOSE = re.compile(r"预算单位|部门|单位|区级|市级|省级")
_FIRST_ROWS = 8
"""Where a title may stand."""


def likely_forms(sheets: Sequence[Sheet], known: Sequence[Form]) -> list[str]:
    """The names of the forms that have most of the sheets' titles among their tables, if they have at least half of them.

    A unit's tables bear the titles of its department's: of the two forms it is the department's.
    """
    tables = sum(map(_has_numbers, sheets))
    counts = {form.name: recognised(sheets, form) for form in known}
    most = max(counts.values(), default=0)
    likely = [form for form in known if most and counts[form.name] == most and 2 * most >= tables]
    return of_departments({form.name: [layer.name for layer in form.layers] for form in likely})


def recognised(sheets: Sequence[Sheet], form: Form) -> int:
    """How many of the sheets bear titles of the form's tables."""
    return sum(recognise(sheet, form) is not None for sheet in sheets)


def decided(likely: Sequence[str], titles: Mapping[str, str], department: Department, year: int) -> list[str]:
    """Of forms with the same titles the one of the department's region, as of the year; several where that is open. `titles` are what people call them."""
    here = [name for name in likely if titles[name][:_PLACE] == department.region.name[:_PLACE]]
    of_region = here or list(likely)
    if len(set(map(line_of, of_region))) > 1:
        return of_region
    fitting = fitting_form(of_region, year)
    return [fitting] if fitting else []


def foreign(sheets: Sequence[Sheet], form: Form | None) -> ImportProblemsError | None:
    """The error for a set of published tables that is of no form; None for sheets that are no such set."""
    titled = [(sheet, title) for sheet in sheets if _has_numbers(sheet) and (title := _title(sheet))]
    if len(titled) < _FEWEST_TABLES or not any(_OF_NO_LEDGER.search(title) for _, title in titled):
        return None
    named = few([f"{sheet.name}“{title}”" for sheet, title in titled], _MOST_NAMED, "张")
    of_form = f"其中{form.title}的有{recognised(sheets, form)}张" if form else "现有的表式里没有这样一套"
    message = f"{sheets[0].file} 是成套的报表，不是认得的表式：{named}；{of_form}"
    hint = (
        "别的地方的成套报表不能直接导入：从预算系统导出明细账（一行一笔），照docs/importing.md里“明细账要有哪些栏”改好栏名，"
        "再导入明细账"
    )
    return ImportProblemsError(message, hints=[hint])


def _has_numbers(sheet: Sheet) -> bool:
    return any(is_number(text) for row in sheet.rows for text in row)


def _title(sheet: Sheet) -> str:
    """The title of a table among its first rows, as it is written; '' for none."""
    texts = (text for row in sheet.rows[:_TITLE_ROWS] for text in row if text)
    return next((text.strip() for text in texts if _TITLE.fullmatch(bare(text))), "")


class FormSheet(Struct, frozen=True):
    """A sheet, the table it is taken for, and its title as it is written."""

    sheet: Sheet
    spec: TableSpec
    title: str


def recognise(sheet: Sheet, form: Form) -> FormSheet | None:
    """The form's table that a text among the first rows of the sheet, or the name of a CSV file, is the title of.

    A sheet without a number is none: contents list titles, too.
    """
    return titled(sheet, form) if _has_numbers(sheet) else None


def titled(sheet: Sheet, form: Form) -> FormSheet | None:
    """The same of a sheet that may be an empty table, or contents."""
    texts = [text for row in sheet.rows[:_FIRST_ROWS] for text in row if text]
    if not sheet.name:
        texts.append(PurePath(sheet.file).stem)
    for text in texts:
        for key in (title_key, _without_brackets):
            same = [spec for spec in form.tables if key(spec.title) == key(text)]
            if len(same) == 1:
                return FormSheet(sheet, same[0], text)
    return None


def title_key(text: str) -> str:
    """A title without its number, its year, and whose table it is."""
    bare = plain(text.replace("{year}年", ""))
    return _WHOSE.sub("", plain(_TITLE_START.sub("", bare)))


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^)]*\)", "", title_key(text))
