"""The sheet of a full ledger, one row a line, to entries that say all the row knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from discgen.importing.imported import Entry, NamedCode, SheetReport
from discgen.importing.ledger.columns import Heads, Role, SheetNature, read_heads, sheet_nature, year_problems
from discgen.importing.ledger.repeats import same_rows
from discgen.importing.ledger.totals import AmountRow, SumRows, check_totals
from discgen.importing.problems import ColumnProblem, ImportProblemsError
from discgen.importing.sheets.heads import is_numbering
from discgen.importing.sheets.sheet import Sheet, amount_at, formula_problem, is_number
from discgen.importing.sheets.values import CODES, UnclearValueError, Values, names_in
from discgen.importing.sheets.words import ITEM_DIGITS, is_foot, load_words
from discgen.ledger.query import CLASSIFICATION_OF
from discgen.money import ZERO, AmountError

_KEPT_ZERO = "source"
"""The column of lines.csv in whose presence a zero was written by somebody, and stays."""
_ANY_UNIT = "元"
"""For a column whose unit is asked for: its words are looked at all the same, its amounts are not used."""
_MANY = 5
"""From how many columns on that are not understood a ledger is of an unknown make."""
_SPENT = "expenditure"
"""The source whose lines hold all of the money exactly once."""
_TELL_LINES = {"source", "nature", "project", "department_economic_code", "government_economic_code"}
"""A row that says none of these, where others (or the sheet) say their nature, can be no line: it is a subtotal."""
_LINE_COLUMNS = ("project", "department_economic_code", "department_economic_name", "government_economic_code")
"""The columns that a total leaves empty."""
_KINDS_OF_TOTALS = ("nature", "component", "fund")
"""What a total may be of, whatever column says so: 人员经费小计, 其中：政府性基金."""
_OF_LINES_ONLY = {"nature", "project", "department_economic_code", "government_economic_code"}
"""What only lines say, and no row of a 类 or a 款 that is printed without money."""
_MOST_NAMED = 5
"""How many rows without amounts are named."""


class LedgerRead(Struct, frozen=True):
    """What a sheet says: its entries, its report, and what it calls codes, on lines and on totals."""

    entries: list[Entry]
    report: SheetReport
    names: list[NamedCode]


def read_ledger(sheet: Sheet, values: Values, year: int, unit: str, ignored: Collection[str]) -> LedgerRead:
    """Read a ledger. Raises ImportProblemsError with all that is not understood or does not add up."""
    heads, problems = read_heads(sheet, year, unit, ignored)
    problems += year_problems(sheet, heads.top, year)
    unreadable = [*_formula_problems(sheet, heads), *_merged_amounts(sheet, heads)]
    nature = sheet_nature(sheet, heads)
    reader = _RowReader(sheet, heads, values, problems)
    rows = _with_bare_totals(list(reader.rows()), heads, nature) if not unreadable else []
    problems += _slipped_amounts(sheet, heads, values)
    if problems or unreadable:
        raise ImportProblemsError(
            *problems, *unreadable, hints=[*reader.hints, *_what_is_known(sheet, heads, problems)]
        )
    sums = SumRows([row.money for row in rows])
    totals = {total.at for total in sums.totals}
    lines = [replace(row, known={**nature.known, **row.known}) for row in rows if row.at not in totals]
    remarks = list(check_totals(sheet, heads, [row.money for row in rows], sums, problems))
    entries = [entry for row in lines for entry in _entries(sheet, heads, row, problems)]
    problems += _coarse_codes(sheet, heads, lines)
    problems += _wrong_years(entries, year)
    if problems or not entries:
        raise ImportProblemsError(*(problems or [f"{sheet.title} 没有有金额的行"]))
    total = sum((entry.amount for entry in entries if entry.known.get("source", _SPENT) == _SPENT), ZERO)
    remarks += [nature.remark] if nature.remark else []
    remarks += _lines_without_amounts(sheet, heads, values)
    remarks += same_rows(sheet, heads, [row.at for row in lines])
    dropped = tuple(f"第{total.at + 1}行" for total in sums.totals)
    report = SheetReport(sheet.title, "明细", tuple(_meanings(heads)), len(lines), dropped, total, tuple(remarks))
    return LedgerRead(entries, report, list(_names(sheet, heads)))


class _Row(Struct, frozen=True):
    """A row with amounts: what it says of them, and the row as totals are looked for."""

    known: Mapping[str, str]
    money: AmountRow

    @property
    def at(self) -> int:
        return self.money.at


class _RowReader:
    """Reads the rows of a ledger's body; what it does not understand is added to the problems, what helps to the hints."""

    def __init__(self, sheet: Sheet, heads: Heads, values: Values, problems: list[str]) -> None:
        self._sheet, self._heads, self._values, self._problems = sheet, heads, values, problems
        self._texts, self._amounts = heads.of(Role.TEXT), heads.of(Role.AMOUNT, Role.TOTAL)
        self.hints: list[str] = []

    def rows(self) -> Iterator[_Row]:
        """The rows with amounts, lines and totals."""
        rows, filled = self._sheet.rows, self._sheet.filled()
        head_rows = {row for row in rows[: self._heads.body] if any(row)}
        for at in range(self._heads.body, len(rows)):
            if rows[at] in head_rows:  # printed again on every page
                continue
            is_part = any(load_words().is_part(rows[at][column.at]) for column in self._texts)
            is_total = is_part or self._says_total(at)
            if not is_total and is_foot(next(filter(None, rows[at]), "")):
                continue
            amounts = self._amounts_of(at)
            if not amounts or is_numbering(rows[at]):
                continue
            texts = {column.name: filled[at][column.at] for column in self._texts}
            known = self._known(at, texts, is_total=is_total)
            if known is None:
                continue
            codes = {} if "source" in known else {name: known[name] for name in CLASSIFICATION_OF if name in known}
            group = {name: value for name, value in known.items() if name not in CLASSIFICATION_OF}
            year = {"year": texts["year"]} if texts.get("year") else {}
            yield _Row(known | year, AmountRow(at, amounts, codes, group, is_total, is_part))

    def _known(self, at: int, texts: Mapping[str, str], *, is_total: bool) -> dict[str, str] | None:
        """What a row says of its amounts; None for a line with cells that are not understood."""
        self._problems += self._sheet.text_problems(at, [column.at for column in self._texts])
        if is_total:
            return _known_of_total(self._values, texts)
        known, unclear = self._values.read(texts)
        for error in unclear:
            column = next((column for column in self._texts if column.name == error.column), self._heads.columns[0])
            self._problems.append(f"{self._sheet.cell(at, column.at)} {error}")
            if error.known:
                self.hints.append(f"“{column.label}”一栏认得：{'、'.join(error.known)}；前面带编码的也行")
        return None if unclear else known

    def _says_total(self, at: int) -> bool:
        """Whether a row says 合计; in a column that is not imported that is a remark, if the row has what only lines have."""
        row, words = self._sheet.rows[at], load_words()
        remarks = {column.at for column in self._heads.of(Role.IGNORED)}
        is_line = any(row[column.at] for column in self._texts if column.name in _LINE_COLUMNS)
        return any(text and words.is_total(text) and not (is_line and at in remarks) for at, text in enumerate(row))

    def _amounts_of(self, at: int) -> dict[int, Decimal]:
        """The amounts of a row by column."""
        amounts: dict[int, Decimal] = {}
        for column in self._amounts:
            try:
                amount = amount_at(self._sheet, at, column.at, column.unit or _ANY_UNIT)
            except AmountError as error:
                self._problems.append(f"{self._sheet.cell(at, column.at)} {error}")
                continue
            if amount is not None:
                amounts[column.at] = amount
        return amounts


def _known_of_total(values: Values, texts: Mapping[str, str]) -> dict[str, str]:
    """What a total says of its rows, cell by cell, with or without 小计 after the word."""
    known: dict[str, str] = {}
    for name, text in texts.items():
        bare = load_words().without_total(text)
        for column, written in ((name, text), (name, bare), *((kind, bare) for kind in _KINDS_OF_TOTALS)):
            try:
                known |= values.dimensions({column: written}) if written else {}
            except UnclearValueError:
                continue
            break
    return {name: value for name, value in known.items() if name not in ("project", "project_id")}


def _with_bare_totals(rows: list[_Row], heads: Heads, nature: SheetNature) -> list[_Row]:
    """The rows, with those made totals that can be no lines, as a unit's or a 类's without 小计."""
    in_heads = any("nature" in column.where for column in heads.of(Role.AMOUNT))
    of_others = _TELL_LINES if nature.known else {"nature"}
    if in_heads or not any(of_others & row.known.keys() for row in rows):
        return rows
    return [
        row if _TELL_LINES & row.known.keys() else replace(row, money=replace(row.money, is_total=True)) for row in rows
    ]


def _entries(sheet: Sheet, heads: Heads, row: _Row, problems: list[str]) -> Iterator[Entry]:
    """The amounts of a row, each with what its column adds."""
    for column in heads.of(Role.AMOUNT):
        amount = row.money.amounts.get(column.at)
        cell = sheet.cell(row.at, column.at)
        clash = [name for name, value in column.where.items() if row.known.get(name, value) != value]
        if amount and clash:
            problems.append(f"{cell} 这一栏是“{column.label}”，和同一行别的栏对不上")
        elif amount or (amount is not None and _KEPT_ZERO in row.known):
            yield Entry(amount, cell, {**row.known, **column.where})


def _coarse_codes(sheet: Sheet, heads: Heads, lines: Sequence[_Row]) -> Iterator[str]:
    """Lines of 类 or 款 alone, where a file wants 项; lines.csv is judged as it is."""
    at = next((column.at for column in heads.of(Role.TEXT) if column.name.startswith("function_")), 0)
    for row in lines:
        code = row.money.codes.get("function_code", "")
        if code and len(code) != ITEM_DIGITS:
            yield f"{sheet.cell(row.at, at)} 功能科目“{code}”不到“项”级，写{ITEM_DIGITS}位的编码"


def _wrong_years(entries: Sequence[Entry], year: int) -> Iterator[str]:
    for entry in entries:
        if entry.known.get("year", str(year)).removesuffix("年") != str(year):
            yield f"{entry.cell} 年度写的是{entry.known['year']}，要导入的是{year}年"


def _formula_problems(sheet: Sheet, heads: Heads) -> Iterator[str]:
    """Cells of columns that are read whose formulas have no result."""
    columns = heads.of(Role.TEXT, Role.AMOUNT, Role.TOTAL)
    for at in range(heads.body, len(sheet.rows)):
        for column in columns:
            problem = formula_problem(sheet.rows[at][column.at])
            if problem:
                yield f"{sheet.cell(at, column.at)} {problem}"


def _merged_amounts(sheet: Sheet, heads: Heads) -> Iterator[str]:
    """Amounts that stand for several rows at once, of which nobody can say what each has."""
    texts = [column.at for column in heads.of(Role.TEXT)]
    for area in sheet.merged:
        below = [sheet.rows[at] for at in range(max(area.top, heads.body) + 1, area.bottom + 1)]
        if area.top < heads.body or not any(row[at] for row in below for at in texts):
            continue
        for column in heads.of(Role.AMOUNT, Role.TOTAL):
            if area.left <= column.at <= area.right and sheet.rows[area.top][area.left]:
                yield f"{sheet.cell(area.top, area.left)} 一个金额合并了几行，分不清各行是多少，拆开写"


def _slipped_amounts(sheet: Sheet, heads: Heads, values: Values) -> Iterator[str]:
    """Rows without an amount that have a number where a word belongs, as where a cell or a comma is lacking."""
    for at, texts in _rows_without_amounts(sheet, heads):
        for error in values.read(texts)[1]:
            column = next((column for column in heads.of(Role.TEXT) if column.name == error.column), None)
            if column and error.known and is_number(texts[column.name]):
                written = f"“{column.label}”写着“{texts[column.name]}”"
                yield (
                    f"{sheet.cell(at, column.at)} 这一行没有金额，{written}：像是少了一格，后面的往前挪了，改好再导入"
                )


def _lines_without_amounts(sheet: Sheet, heads: Heads, values: Values) -> Iterator[str]:
    """A remark, in Chinese, on lines whose amounts are left empty: they may be zero, or forgotten."""
    rows = [str(at + 1) for at, texts in _rows_without_amounts(sheet, heads) if _is_line(values, texts)]
    if rows:
        more = f"等{len(rows)}行" if len(rows) > _MOST_NAMED else "行"
        yield f"注意：第{'、'.join(rows[:_MOST_NAMED])}{more}的金额空着，没有导入；漏填的，补上再导入"


def _rows_without_amounts(sheet: Sheet, heads: Heads) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the body, not of totals or notes, whose columns of amounts are all empty, with their texts by column."""
    words, filled = load_words(), sheet.filled()
    texts, amounts = heads.of(Role.TEXT), [column.at for column in heads.of(Role.AMOUNT, Role.TOTAL)]
    for at in range(heads.body, len(sheet.rows)):
        row = sheet.rows[at]
        if any(filled[at][column] for column in amounts) or not any(row) or is_foot(next(filter(None, row))):
            continue
        if not any(words.is_total(text) or words.is_part(text) for text in row):
            yield at, {column.name: filled[at][column.at] for column in texts}


def _is_line(values: Values, texts: dict[str, str]) -> bool:
    known, unclear = values.read(texts)
    return not unclear and "function_code" in known and bool(_OF_LINES_ONLY & known.keys())


def _names(sheet: Sheet, heads: Heads) -> Iterator[NamedCode]:
    """What the rows of the body call codes, those without amounts too."""
    columns = [column for column in heads.of(Role.TEXT) if column.name.startswith(tuple(f"{stem}_" for stem in CODES))]
    for cells in dict.fromkeys(tuple(row[column.at] for column in columns) for row in sheet.filled()[heads.body :]):
        texts = {column.name: text for column, text in zip(columns, cells, strict=True) if text.strip()}
        for stem, classification in CODES.items():
            yield from (NamedCode(classification, code, name, sheet.file) for code, name in names_in(stem, texts))


def _meanings(heads: Heads) -> Iterator[tuple[str, str]]:
    """Each column's head and what it was taken for."""
    words = load_words()
    for column in heads.columns:
        if column.role is Role.IGNORED:
            yield column.label, "不导入"
        elif column.role is Role.TEXT:
            yield column.label, words.column_titles.get(column.name, column.label)
        else:
            kinds = "、".join(words.titles[value] for value in column.where.values())
            purpose = "合计，只用来核对" if column.role is Role.TOTAL else "金额"
            yield column.label, f"{kinds}{purpose}，{column.unit}"


def _what_is_known(sheet: Sheet, heads: Heads, problems: Sequence[str]) -> Iterator[str]:
    """Where many columns are not understood, those that are, and where to look for the others."""
    if sum(isinstance(problem, ColumnProblem) for problem in problems) >= _MANY:
        known = "、".join(f"{label}（{meaning}）" for label, meaning in _meanings(heads))
        funds = "、".join(load_words().known("fund"))
        yield (
            f"{sheet.title} 认出的栏：{known}；别的栏照docs/importing.md里“明细账要有哪些栏”改好栏名再导入，"
            f"一种资金一栏的，栏名写{funds}"
        )
