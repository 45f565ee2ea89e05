"""What the heads, the title and the tab of a ledger's sheet say of its columns, its year and its money."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum, auto
from pathlib import PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.characters import visible
from discgen.importing.problems import ColumnProblem, ImportProblemsError
from discgen.importing.sheets.heads import NO_UNIT, amounts_unit, find_head_rows, head_paths, meaning_of_head
from discgen.importing.sheets.sheet import Sheet
from discgen.importing.sheets.words import Dimensions, bare, load_words, plain, with_year, without_unit
from discgen.model.line import UNIT_FUNDS, Fund
from discgen.reference.folders import cache_shipped

_MACHINE_AMOUNT = "amount"
"""The column of lines.csv, which is in 元 by its definition."""
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年(?![0-9]{1,2}月)")
"""A year, not the day on which something was printed."""
_ON_A_TAB = re.compile(r"20[0-9]{2}")
_INCOME = re.compile(r"收入(预算|决算|明细|安排|情况|来源)*(总|明细|汇总)?表?$")
"""A tab or a title of a table of income: not of 收入支出, nor of 非税收入征收计划."""
_OTHER_INCOME = re.compile(r"支出|收支|非税|税收|征收")
_TELL_NATURE = {"source", "nature", "component", "category"}
"""The columns that say the nature row by row."""


class Role(Enum):
    """What a column is for."""

    TEXT = auto()
    AMOUNT = auto()
    TOTAL = auto()
    IGNORED = auto()


class Column(Struct, frozen=True):
    """`name` is that of a column of text; `where` what the head over amounts says of them; `label` is for messages."""

    at: int
    label: str
    role: Role
    name: str = ""
    where: Dimensions = field(default_factory=dict)
    unit: str = ""
    parents: tuple[str, ...] = ()


class Heads(Struct, frozen=True):
    """The columns of a sheet, the first row of its heads, and the row its body begins in."""

    columns: tuple[Column, ...]
    top: int
    body: int

    def of(self, *roles: Role) -> list[Column]:
        """The columns with one of these roles."""
        return [column for column in self.columns if column.role in roles]


def has_heads(sheet: Sheet) -> bool:
    """Whether a row of the sheet has heads of a ledger."""
    return find_head_rows(sheet, _known_words()) is not None


def read_heads(sheet: Sheet, year: int, unit: str, ignored: Collection[str]) -> tuple[Heads, list[str]]:
    """The columns of a ledger of a `year`, and what is not understood of them, or can be understood in two ways.

    `unit` is what was asked for, `ignored` the heads that need not be known. Raises ImportProblemsError
    where there are no heads, or units of amounts that nobody can read.
    """
    rows = find_head_rows(sheet, _known_words())
    if rows is None:
        raise ImportProblemsError(f"{sheet.title} 找不到表头：没有一行写着两个以上认得的栏名")
    skipped = {with_year(label) for label in ignored}
    columns, problems = [], list[str]()
    for at, path in enumerate(head_paths(sheet, rows)):
        label = "".join("/".join(path).split())
        column = _column(at, label, tuple(map(without_unit, path)), skipped) if path else None
        if column is None and (path or any(row[at] for row in sheet.rows[rows.stop :])):
            problems.append(_unknown(sheet, rows, at, label))
        elif column is not None and column.role is not Role.IGNORED and (other := other_year(path, year)):
            message = f"“{label}”是{other}年的，要导入的是{year}年：用--ignore-column '{label}'说明不导入"
            problems.append(ColumnProblem(f"{sheet.cell(rows[-1], at)} {message}", label))
        elif column is not None and column.name == _MACHINE_AMOUNT:
            columns.append(replace(column, unit="元"))
        elif column is not None and column.role in (Role.AMOUNT, Role.TOTAL):
            columns.append(replace(column, unit=amounts_unit(sheet, rows, path, at, unit)))
        elif column is not None:
            columns.append(column)
    columns = list(_with_totals(columns))
    problems += list(_doubts(sheet, rows, columns))
    return Heads(tuple(columns), rows.start, rows.stop), problems


@cache_shipped
def _known_words() -> frozenset[str]:
    words = load_words()
    parts = {part for head in words.columns for part in (head, *head.split("/"))}
    return frozenset(
        parts
        | words.of_values()
        | words.parts.keys()
        | words.amounts
        | words.totals
        | words.neutral
        | words.harmless
        | words.compound.keys()
    )


def _column(at: int, label: str, path: tuple[str, ...], skipped: set[str]) -> Column | None:
    """The column under a path of heads, as `plain` has them; None where it is not understood."""
    words = load_words()
    if skipped & {"/".join(path), path[-1], with_year(label), with_year(label.rpartition("/")[2])}:
        return Column(at, label, Role.IGNORED)
    name = _name_of_text(path)
    if name:
        return Column(at, label, Role.TEXT, name)
    if path[-1] in words.harmless:
        return Column(at, label, Role.IGNORED)
    where: dict[str, str] = {}
    for part in path:
        meaning = meaning_of_head(part)
        if meaning is None or any(not _may_follow(where.get(name, value), value) for name, value in meaning.items()):
            return None
        where |= meaning
    role = Role.TOTAL if path[-1] in words.totals else Role.AMOUNT
    return Column(at, label, role, _MACHINE_AMOUNT if label == _MACHINE_AMOUNT else "", where, "", path[:-1])


def _may_follow(above: str, value: str) -> bool:
    """Whether a head may say a value below one that says another: 事业收入 is one of 单位资金."""
    return value == above or (above == Fund.UNIT_FUNDS and value in UNIT_FUNDS)


def _name_of_text(path: tuple[str, ...]) -> str:
    """The name of a column of text; '' for a column of another kind.

    What 编码 and 名称 are of, the head over them says: 部门经济分类/科目编码 is not 科目编码.
    """
    words = load_words()
    *above, last = path
    over = [name for head in above if (name := words.columns.get(head))]
    of_parts = (f"{name.removesuffix('_code')}{end}" for name in over for end in words.parts.get(last, ()))
    alone = (words.columns.get("/".join(path[start:]), "") for start in range(len(path)))
    return next((name for name in (*of_parts, *alone) if name in words.names), "")


def _with_totals(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns with their roles settled: a total has its parts among the others, one without parts is an amount."""
    amounts = [column for column in columns if column.role in (Role.AMOUNT, Role.TOTAL)]
    for column in columns:
        parts = [other for other in amounts if other is not column and _is_part(other, column)]
        if column.role is Role.TOTAL and not parts:
            yield replace(column, role=Role.AMOUNT)
        elif column.role is Role.AMOUNT and parts and not column.where:
            yield replace(column, role=Role.TOTAL)
        else:
            yield column


def _is_part(part: Column, total: Column) -> bool:
    """Whether a column of amounts stands under the head that the total stands under, and says more of them."""
    return part.parents[: len(total.parents)] == total.parents and len(part.where) > len(total.where)


def parts_of(total: Column, columns: Sequence[Column]) -> list[Column]:
    """The columns that a column of totals is the sum of."""
    return [column for column in columns if column.role is Role.AMOUNT and _is_part(column, total)]


def _doubts(sheet: Sheet, rows: range, columns: Sequence[Column]) -> Iterator[str]:
    """Problems of columns that can be understood in several ways, or lack something."""
    amounts = [column for column in columns if column.role is Role.AMOUNT]
    texts = [column for column in columns if column.role is Role.TEXT]
    if not amounts:
        yield f"{sheet.title} 没有金额栏：表头应有“金额”，或按资金性质分的各栏"
    for column in amounts:
        cell = sheet.cell(rows[-1], column.at)
        if not column.unit:
            yield f"{cell} {NO_UNIT}"
        if any(other is not column and dict(other.where) == dict(column.where) for other in amounts):
            yield f"{cell} 有两栏都是“{column.label}”的金额，用--ignore-column去掉一栏"
        twice = [text for text in texts if text.name in column.where]
        if twice:
            yield f"{cell} “{twice[0].label}”已有一栏，这一栏又按它分，分不清以哪个为准"
    for column in texts:
        if any(other is not column and other.name == column.name for other in texts):
            yield f"{sheet.cell(rows[-1], column.at)} 有两栏都像“{column.label}”，用--ignore-column去掉一栏"


def _unknown(sheet: Sheet, rows: range, at: int, label: str) -> str:
    place = sheet.cell(rows[-1], at)
    if not label:
        return f"{place} 这一栏有内容，没有栏名"
    message = f"{place} 不认识的栏“{visible(label)}”：改成认得的栏名，或用--ignore-column '{label}'说明不导入"
    return ColumnProblem(message, label)


def other_year(texts: Iterable[str], year: int) -> str:
    """The first year that texts name, where they do not name this one too; else ''."""
    years = [named for text in texts for named in _YEAR.findall(bare(text))]
    return years[0] if years and str(year) not in years else ""


def year_problems(sheet: Sheet, heads: int, year: int) -> Iterator[str]:
    """The problem, in Chinese, of a sheet of another year by its tab or by the lines over its `heads`."""
    tab = f"{sheet.name}年" if _ON_A_TAB.fullmatch(sheet.name) else sheet.name
    other = other_year([tab, *(text for row in sheet.rows[:heads] for text in row)], year)
    if other:
        yield f"{sheet.title} 写的是{other}年，要导入的是{year}年：放错了的，换成本年的；标题没有改的，改好再导入"


class SheetNature(Struct, frozen=True):
    """What a sheet says of all its rows, and a remark on that in Chinese; empty where columns say it, or nothing does."""

    known: Dimensions = field(default_factory=dict)
    remark: str = ""


def sheet_nature(sheet: Sheet, heads: Heads) -> SheetNature:
    """The nature that the tab (of a CSV, the file's name) or else the lines over the heads say, if they do not differ."""
    in_columns = {column.name for column in heads.of(Role.TEXT)} | {
        key for column in heads.columns for key in column.where
    }
    if in_columns & _TELL_NATURE:
        return SheetNature()
    tab = sheet.name or PurePath(sheet.file).stem
    over = [text for row in sheet.rows[: heads.top] for text in row if text]
    if any(map(_is_of_income, (tab, *over))) and not any(_OTHER_INCOME.search(bare(text)) for text in (tab, *over)):
        return SheetNature({"source": "income"}, f"“{next(filter(_is_of_income, (tab, *over))).strip()}”，各行都作收入")
    title = " ".join(over)
    meanings = [(text, known) for text in (tab, title) if (known := _meaning(text))]
    if not meanings or any(known["nature"] != meanings[0][1]["nature"] for _, known in meanings):
        return SheetNature()
    text, known = meanings[0]
    titles = "、".join(load_words().titles[value] for value in known.values())
    return SheetNature(known, f"没有“支出类别”一栏，按“{text.strip()}”，各行都作{titles}")


def _is_of_income(text: str) -> bool:
    return bool(_INCOME.search(bare(text)))


def _meaning(text: str) -> Dimensions:
    """What a text says of the nature and what goes with it; nothing where it says two natures or none."""
    meanings = [{*meaning.items()} for meaning in _named(plain(text))]
    natures = {value for pairs in meanings for key, value in pairs if key == "nature"}
    if len(natures) != 1:
        return {}
    every = {pair for pairs in meanings for pair in pairs}
    keys = [key for key, _ in every]
    return {key: value for key, value in sorted(every, reverse=True) if keys.count(key) == 1}


def _named(text: str) -> Iterator[Dimensions]:
    words = load_words()
    natures = {word: {"nature": value} for word, value in words.values["nature"].items() if word.endswith("支出")}
    return (meaning for word, meaning in (*natures.items(), *words.compound.items()) if word in text)
