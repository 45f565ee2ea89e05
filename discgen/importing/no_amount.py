"""Rows of a ledger that say all that a line says and have no amount: money that somebody forgot, or that slipped aside."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.importing.amounts import is_number
from discgen.importing.heads import Heads, Role
from discgen.importing.sheet import Sheet
from discgen.importing.values import Values
from discgen.importing.words import is_foot, load_words

_OF_LINES = {"nature", "project", "department_economic_code", "government_economic_code"}
"""What only lines say, and no row of a 类 or a 款 that is printed without money."""
_MOST_NAMED = 5


def slipped_amounts(sheet: Sheet, heads: Heads, values: Values) -> Iterator[str]:
    """Rows without an amount that have a number where a word belongs, as where a cell or a comma is lacking."""
    for at, texts in _rows_without(sheet, heads):
        for trouble in values.read(texts)[1]:
            column = next((one for one in heads.of(Role.TEXT) if one.name == trouble.column), None)
            if column and trouble.known and is_number(texts[column.name]):
                said = f"这一行没有金额，“{column.label}”写着“{texts[column.name]}”：像是少了一格，后面的往前挪了"
                yield f"{sheet.cell(at, column.at)} {said}，改好再导入"


def lines_without_amounts(sheet: Sheet, heads: Heads, values: Values) -> Iterator[str]:
    """What to say, in Chinese, of lines whose amounts are left empty. They may be zero, or forgotten."""
    found = [str(at + 1) for at, texts in _rows_without(sheet, heads) if _is_line(values, texts)]
    if found:
        more = f"等{len(found)}行" if len(found) > _MOST_NAMED else "行"
        yield f"注意：第{'、'.join(found[:_MOST_NAMED])}{more}的金额空着，没有导入；漏填的，补上再导入"


def _rows_without(sheet: Sheet, heads: Heads) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the body, not of totals or notes, whose columns of amounts are all empty, with their texts by column."""
    words, filled = load_words(), sheet.filled()
    amounts = [column.at for column in heads.of(Role.AMOUNT, Role.TOTAL)]
    for at in range(heads.body, len(sheet.rows)):
        row = sheet.rows[at]
        if any(filled[at][column] for column in amounts) or not any(row) or is_foot(next(filter(None, row))):
            continue
        if not any(words.is_total(text) or words.is_part(text) for text in row):
            yield at, {column.name: filled[at][column.at] for column in heads.of(Role.TEXT)}


def _is_line(values: Values, texts: dict[str, str]) -> bool:
    known, unclear = values.read(texts)
    return not unclear and "function_code" in known and bool(_OF_LINES & known.keys())
