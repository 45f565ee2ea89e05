"""The sheet of a full ledger, one row a line, to entries that say all the row knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from discgen.importing.imported import Entry, NamedCode, SheetReport
from discgen.importing.ledger.columns import Heads, Role, SheetNature, read_heads, sheet_nature, year_troubles
from discgen.importing.ledger.repeats import same_rows
from discgen.importing.ledger.totals import AmountRow, SumRows, checked
from discgen.importing.problems import ColumnProblem, ImportProblemsError
from discgen.importing.sheets.sheet import Sheet, amount_at, formula_trouble, is_number
from discgen.importing.sheets.values import CODES, UnclearValueError, Values, names_in
from discgen.importing.sheets.words import is_foot, load_words
from discgen.ledger.query import CLASSIFICATION_OF
from discgen.money import ZERO, AmountError

_KEPT_ZERO = "source"
"""The column of lines.csv in whose presence a zero was written by somebody, and stays."""
_ITEM_DIGITS = 7
_ANY_UNIT = "元"
"""For a column whose unit is asked for: its words are looked at all the same, its amounts are not used."""
_MANY = 5
"""From how many columns on that are not understood a ledger is of an unknown make."""
_SPENT = "expenditure"
"""The source whose amounts are all of the money once."""


_TELL_LINES = ("source", "nature", "project", "department_economic_code", "government_economic_code")
"""A row that says none of these, where others (or the sheet) say their nature, can be no line: it is a subtotal."""
_LINE_COLUMNS = ("project", "department_economic_code", "department_economic_name", "government_economic_code")
"""The columns that a total leaves empty."""


_KINDS_OF_ROWS = ("nature", "component", "fund")
"""What a total may be of, whatever column says so: 人员经费小计, 其中：政府性基金."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with amounts: what it says of them, and itself as totals are found by."""

    known: Mapping[str, str]
    row: AmountRow


@dataclass(frozen=True, slots=True)
class LedgerRead:
    """What a sheet says: its entries, its report, and what it calls codes, on lines and on totals."""

    entries: list[Entry]
    report: SheetReport
    names: list[NamedCode]


def read_ledger(sheet: Sheet, values: Values, year: int, unit: str, ignored: Collection[str]) -> LedgerRead:
    """Read a ledger. Raises ImportTroubleError with all that is not understood or does not add up."""
    heads, troubles = read_heads(sheet, year, unit, ignored)
    troubles += year_troubles(sheet, heads.top, year)
    unreadable = [*formula_troubles(sheet, heads), *merged_amounts(sheet, heads)]
    nature = sheet_nature(sheet, heads)
    hints: list[str] = []
    rows = (
        _with_bare_totals(list(_rows(sheet, heads, values, troubles, hints)), heads, nature) if not unreadable else []
    )
    troubles += slipped_amounts(sheet, heads, values)
    if troubles or unreadable:
        raise ImportProblemsError([*troubles, *unreadable], [*hints, *_what_is_known(sheet, heads, troubles)])
    sums = SumRows([one.row for one in rows])
    totals = {row.at for row in sums.totals}
    leaves = [replace(one, known={**nature.known, **one.known}) for one in rows if one.row.at not in totals]
    remarks = list(checked(sheet, heads, [one.row for one in rows], sums, troubles))
    entries = [entry for one in leaves for entry in _entries(sheet, heads, one, troubles)]
    troubles += _coarse_codes(sheet, heads, leaves)
    troubles += _wrong_years(entries, year)
    if troubles or not entries:
        raise ImportProblemsError(troubles or [f"{sheet.title} 没有有金额的行"])
    total = sum((entry.amount for entry in entries if entry.known.get("source", _SPENT) == _SPENT), ZERO)
    remarks += [nature.remark] if nature.remark else []
    remarks += lines_without_amounts(sheet, heads, values)
    remarks += same_rows(sheet, heads, [one.row.at for one in leaves])
    dropped = tuple(f"第{row.at + 1}行" for row in sums.totals)
    taken = SheetReport(sheet.title, "明细", tuple(_meanings(heads)), len(leaves), dropped, total, tuple(remarks))
    return LedgerRead(entries, taken, list(_names(sheet, heads)))


def _what_is_known(sheet: Sheet, heads: Heads, troubles: Sequence[str]) -> Iterator[str]:
    """Where many columns are not understood, those that are, and where to look for the others."""
    if len([one for one in troubles if isinstance(one, ColumnProblem)]) >= _MANY:
        known = "、".join(f"{label}（{meaning}）" for label, meaning in _meanings(heads))
        funds = "、".join(load_words().known("fund"))
        yield (
            f"{sheet.title} 认出的栏：{known}；别的栏照docs/importing.md里“明细账要有哪些栏”改好栏名再导入，"
            f"一种资金一栏的，栏名写{funds}"
        )


def _names(sheet: Sheet, heads: Heads) -> Iterator[NamedCode]:
    """What the rows of the body call codes, those without amounts too."""
    columns = [column for column in heads.of(Role.TEXT) if column.name.startswith(tuple(f"{stem}_" for stem in CODES))]
    for said in dict.fromkeys(tuple(row[column.at] for column in columns) for row in sheet.filled()[heads.body :]):
        texts = {column.name: text for column, text in zip(columns, said, strict=True) if text.strip()}
        for stem, classification in CODES.items():
            yield from (NamedCode(classification, code, name, sheet.file) for code, name in names_in(stem, texts))


def _rows(sheet: Sheet, heads: Heads, values: Values, troubles: list[str], hints: list[str]) -> Iterator[_Row]:
    filled = sheet.filled()
    head_rows = {row for row in sheet.rows[: heads.body] if any(row)}
    for at in range(heads.body, len(sheet.rows)):
        if sheet.rows[at] in head_rows:  # printed again on every page
            continue
        is_part = any(load_words().is_part(sheet.rows[at][column.at]) for column in heads.of(Role.TEXT))
        is_total = is_part or _says_total(sheet, heads, at)
        if not is_total and is_foot(next(filter(None, sheet.rows[at]), "")):
            continue
        texts = {column.name: filled[at][column.at] for column in heads.of(Role.TEXT)}
        amounts = _amounts(sheet, heads, at, troubles)
        if not amounts or _is_numbering(sheet, at):
            continue
        troubles += text_troubles(sheet, heads, at)
        known, unclear = (_of_total(values, texts), []) if is_total else values.read(texts)
        for trouble in unclear:
            column = next((one for one in heads.of(Role.TEXT) if one.name == trouble.column), heads.columns[0])
            troubles.append(f"{sheet.cell(at, column.at)} {trouble}")
            hints += (
                [f"“{column.label}”一栏认得：{'、'.join(trouble.known)}；前面带编码的也行"] if trouble.known else []
            )
        if unclear:
            continue
        codes = {} if "source" in known else {name: known[name] for name in CLASSIFICATION_OF if name in known}
        group = {name: value for name, value in known.items() if name not in CLASSIFICATION_OF}
        yield _Row(
            known | {"year": texts["year"]} if texts.get("year") else known,
            AmountRow(at, amounts, codes, group, is_total, is_part),
        )


def _says_total(sheet: Sheet, heads: Heads, at: int) -> bool:
    """Whether a row says 合计. In a column that is not imported that is a remark, if the row says what only lines say."""
    row, words = sheet.rows[at], load_words()
    remarks = {column.at for column in heads.of(Role.IGNORED)}
    is_line = any(row[column.at] for column in heads.of(Role.TEXT) if column.name in _LINE_COLUMNS)
    return any(text and words.is_total(text) and not (is_line and at in remarks) for at, text in enumerate(row))


def _with_bare_totals(rows: list[_Row], heads: Heads, nature: SheetNature) -> list[_Row]:
    """The rows with those as totals that can be no lines, as a unit's or a 类's without 小计."""
    in_heads = any("nature" in column.where for column in heads.of(Role.AMOUNT))
    of_others = _TELL_LINES if nature.known else ("nature",)
    if in_heads or not any(set(of_others) & one.known.keys() for one in rows):
        return rows
    return [
        one if set(_TELL_LINES) & one.known.keys() else replace(one, row=replace(one.row, is_total=True))
        for one in rows
    ]


def _of_total(values: Values, texts: Mapping[str, str]) -> dict[str, str]:
    """What is known of the rows of a total: those of its cells that say something, with or without 小计 after it."""
    known: dict[str, str] = {}
    for name, text in texts.items():
        bare = load_words().without_total(text)
        for column, said in ((name, text), (name, bare), *((kind, bare) for kind in _KINDS_OF_ROWS)):
            try:
                known |= values.dimensions({column: said}) if said else {}
            except UnclearValueError:
                continue
            break
    return {name: value for name, value in known.items() if name not in ("project", "project_id")}


def _amounts(sheet: Sheet, heads: Heads, at: int, troubles: list[str]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for column in heads.of(Role.AMOUNT, Role.TOTAL):
        try:
            amount = amount_at(sheet, at, column.at, column.unit or _ANY_UNIT)
        except AmountError as trouble:
            troubles.append(f"{sheet.cell(at, column.at)} {trouble}")
            continue
        if amount is not None:
            found[column.at] = amount
    return found


def _is_numbering(sheet: Sheet, at: int) -> bool:
    """Whether a row only numbers the columns (栏次)."""
    texts = [text for text in sheet.rows[at] if text and text != "栏次"]
    return (
        len(texts) > 1 and all(is_number(text) for text in texts) and texts == [str(n + 1) for n in range(len(texts))]
    )


def _coarse_codes(sheet: Sheet, heads: Heads, leaves: Sequence[_Row]) -> Iterator[str]:
    """Lines of 类 or 款 alone, where a file wants 项; lines.csv is judged as it is."""
    at = next((column.at for column in heads.of(Role.TEXT) if column.name.startswith("function_")), 0)
    for one in leaves:
        code = one.row.codes.get("function_code", "")
        if code and len(code) != _ITEM_DIGITS:
            yield f"{sheet.cell(one.row.at, at)} 功能科目“{code}”不到“项”级，写{_ITEM_DIGITS}位的编码"


def _wrong_years(entries: Sequence[Entry], year: int) -> Iterator[str]:
    for entry in entries:
        if entry.known.get("year", str(year)).removesuffix("年") != str(year):
            yield f"{entry.cell} 年度写的是{entry.known['year']}，要导入的是{year}年"


def _entries(sheet: Sheet, heads: Heads, one: _Row, troubles: list[str]) -> Iterator[Entry]:
    """The amounts of a row, each with what its column adds."""
    for column in heads.of(Role.AMOUNT):
        amount = one.row.amounts.get(column.at)
        cell = sheet.cell(one.row.at, column.at)
        clash = [name for name, value in column.where.items() if one.known.get(name, value) != value]
        if amount and clash:
            troubles.append(f"{cell} 这一栏是“{column.label}”，和同一行别的栏对不上")
        elif amount or (amount is not None and _KEPT_ZERO in one.known):
            yield Entry(amount, cell, {**one.known, **column.where})


def _meanings(heads: Heads) -> Iterator[tuple[str, str]]:
    """Each column's head and what it was taken for."""
    words = load_words()
    for column in heads.columns:
        if column.role is Role.IGNORED:
            yield column.label, "不导入"
        elif column.role is Role.TEXT:
            yield column.label, words.column_titles.get(column.name, column.label)
        else:
            said = "、".join(words.titles[value] for value in column.where.values())
            kind = "合计，只用来核对" if column.role is Role.TOTAL else "金额"
            yield column.label, f"{said}{kind}，{column.unit}"


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
