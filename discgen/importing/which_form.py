"""Which form a workbook's tables are of; for tables of none, what was recognised and the way on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from discgen.form.files import fitting_form, line_of
from discgen.form.form import Form, load_form
from discgen.importing.amounts import is_number
from discgen.importing.form_title import recognise
from discgen.importing.sheet import Sheet
from discgen.importing.trouble import ImportTroubleError
from discgen.importing.words import bare
from discgen.model.department import Department

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


def likely_forms(sheets: Sequence[Sheet], known: Sequence[str]) -> list[str]:
    """The forms with the most tables of the sheets' titles, at least half of them; none where no form has so many."""
    tables = sum(map(_has_numbers, sheets))
    counts = {name: recognised(sheets, load_form(name)) for name in known}
    most = max(counts.values(), default=0)
    return [name for name, count in counts.items() if most and count == most and 2 * count >= tables]


def recognised(sheets: Sequence[Sheet], form: Form) -> int:
    """How many of the sheets bear titles of the form's tables."""
    return sum(recognise(sheet, form) is not None for sheet in sheets)


def decided(likely: Sequence[str], department: Department, year: int) -> list[str]:
    """Of forms with the same titles the one of the department's region, as of the year; several where that is open."""
    here = [name for name in likely if load_form(name).title[:_PLACE] == department.region.name[:_PLACE]]
    of_region = here or list(likely)
    if len(set(map(line_of, of_region))) > 1:
        return of_region
    fitting = fitting_form(of_region, year)
    return [fitting] if fitting else []


def foreign(sheets: Sequence[Sheet], form: Form | None) -> ImportTroubleError | None:
    """What to say of a set of published tables that is of no form; None for sheets that are no such set."""
    titled = [(sheet, title) for sheet in sheets if _has_numbers(sheet) and (title := _title(sheet))]
    if len(titled) < _FEWEST_TABLES or not any(_OF_NO_LEDGER.search(title) for _, title in titled):
        return None
    named = "、".join(f"{sheet.name}“{title}”" for sheet, title in titled[:_MOST_NAMED])
    more = f"等{len(titled)}张" if len(titled) > _MOST_NAMED else ""
    of_form = f"其中{form.title}的有{recognised(sheets, form)}张" if form else "现有的表式里没有这样一套"
    said = f"{sheets[0].file} 是成套的报表，不是认得的表式：{named}{more}；{of_form}"
    hint = (
        "别的地方的成套报表不能直接导入：从预算系统导出明细账（一行一笔），照docs/importing.md里“明细账要有哪些栏”改好栏名，"
        "再导入明细账"
    )
    return ImportTroubleError([said], [hint])


def _has_numbers(sheet: Sheet) -> bool:
    return any(is_number(text) for row in sheet.rows for text in row)


def _title(sheet: Sheet) -> str:
    """The title of a table among its first rows, as it is written; '' for none."""
    texts = (text for row in sheet.rows[:_TITLE_ROWS] for text in row if text)
    return next((text.strip() for text in texts if _TITLE.fullmatch(bare(text))), "")
