"""Entries to the lines that files of a department-year hold, by source, and its projects.

A ledger whose rows say their source (lines.csv) holds each source as it is written. One whose
rows know all dimensions at once is added up to the margins that the files want.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.importing.imported import Entry, ImportedFacts, ImportedProject
from discgen.importing.problems import ImportProblemsError, refuse
from discgen.importing.sheets.words import ITEM_DIGITS, load_words, project_key
from discgen.ledger.ledger import three_public_item
from discgen.ledger.query import DIMENSIONS
from discgen.model.build_lines import BALANCES, usual_component
from discgen.model.line import Category, Component, Fund, Line, Nature, Origin, Source, Stage, UnitKind
from discgen.money import in_yuan

_TYPES: Mapping[str, Callable[[str], str]] = {
    "stage": Stage,
    "fund": Fund,
    "origin": Origin,
    "nature": Nature,
    "component": Component,
    "unit_kind": UnitKind,
    "category": Category,
}
_COLUMNS = {
    "nature": "支出类别（基本支出、项目支出）",
    "fund": "资金性质",
    "function_code": "功能科目",
    "department_economic_code": "部门经济科目",
    "project": "项目名称",
    "unit": "单位",
    "item": "“三公”经费或采购的一项",
}
"""What messages call the columns that a row must fill."""
_NEEDED_BY_SOURCE: Mapping[Source, tuple[str, ...]] = {
    Source.INCOME: ("fund",),
    Source.EXPENDITURE: ("fund", "function_code", "nature"),
    Source.BASIC: ("fund", "department_economic_code"),
    Source.PROJECT: ("fund", "function_code", "project", "unit"),
    Source.THREE_PUBLIC: ("fund", "item"),
    Source.PROCUREMENT: ("item",),
}
"""What a row must say that says its source."""
_USUAL: Mapping[Source, Mapping[str, str]] = {
    Source.INCOME: {"origin": Origin.CURRENT},
    Source.EXPENDITURE: {"origin": Origin.CURRENT},
    Source.BASIC: {"origin": Origin.CURRENT, "nature": Nature.BASIC},
    Source.PROJECT: {"origin": Origin.CURRENT, "nature": Nature.PROJECT},
    Source.THREE_PUBLIC: {"origin": Origin.CURRENT, "nature": Nature.PROJECT},
    **{source: {"origin": Origin.CARRYOVER} for source in BALANCES},
}
"""What goes without saying, as in the files."""
_DETAILS = {"department_economic_code", "project"}
"""What a row of 支出 says in a full ledger that has 收入 in other rows."""
_UNTIDY = re.compile(r"[\s()\"']")
"""What a name as it is printed does not have."""


class Detail(Struct, frozen=True):
    """How finely facts are written: `by_unit` with the unit of each row, where units publish documents of their own,
    and 支出 by 功能分类 `in_halves` where a form tells 人员经费 from 公用经费 there.
    """

    by_unit: bool = False
    in_halves: bool = False


WHOLE = Detail()
"""As a department without documents of its units writes them."""


class _Sourced(NamedTuple):
    """A line of a source, and the entry that it comes from, the first of those that were added up."""

    source: Source
    entry: Entry
    line: Line


def facts_of(entries: Iterable[Entry], stage: Stage, detail: Detail = WHOLE) -> ImportedFacts:
    """The facts of a document of this stage, in the `detail` that its form needs.

    Raises ImportProblemsError naming what the rows lack.
    """
    entries, remarks = _with_uniform_names(list(entries))
    refuse(_rows_of_other_stages(entries, stage))
    if not all("source" in entry.known for entry in entries):
        facts = _from_expenditure(entries, stage, detail)
        return replace(facts, remarks=(*remarks, *_several_codes(entries), *facts.remarks))
    spent = [entry for entry in entries if entry.known["source"] == Source.EXPENDITURE]
    if not any(_DETAILS & entry.known.keys() for entry in spent):
        return _by_source(_as_written(entries, stage), remarks)
    others = [entry for entry in entries if entry.known["source"] != Source.EXPENDITURE]
    written = _as_written(others, stage)
    lines = list(_added_up(written if detail.by_unit else map(_without_unit, written)))
    return _by_source([*lines, *_margins_of_spent(spent, stage, detail)], remarks)


def _with_uniform_names(entries: Sequence[Entry]) -> tuple[list[Entry], tuple[str, ...]]:
    """The rows with one name for each project, the neatest, and what was taken for the same, in Chinese."""
    names: dict[str, dict[str, None]] = {}
    for entry in entries:
        if "project" in entry.known:
            names.setdefault(project_key(entry.known["project"]), {})[entry.known["project"]] = None
    best = {key: min(spelt, key=lambda name: len(_UNTIDY.findall(name))) for key, spelt in names.items()}
    spelt_alike = [
        replace(entry, known={**entry.known, "project": best[project_key(entry.known["project"])]})
        if "project" in entry.known
        else entry
        for entry in entries
    ]
    remarks = [
        f"只差括号、引号的写法或空格，当作一个项目，名称写第一个：{'；'.join([best[key], *sorted(spelt.keys() - {best[key]})])}"
        for key, spelt in names.items()
        if len(spelt) > 1
    ]
    return spelt_alike, tuple(remarks)


def _several_codes(entries: Sequence[Entry]) -> Iterator[str]:
    """Remarks, in Chinese, on projects whose rows have several codes: what was carried over may keep last year's."""
    codes: dict[str, dict[str, None]] = {}
    for entry in entries:
        if "project" in entry.known and entry.known.get("project_id"):
            codes.setdefault(entry.known["project"], {})[entry.known["project_id"]] = None
    for name, own in codes.items():
        if len(own) > 1:
            yield f"项目“{name}”有{len(own)}个编码（{'、'.join(own)}），当作一个项目；是几个项目的，写成不同的名称"


def _rows_of_other_stages(entries: Sequence[Entry], stage: Stage) -> Iterator[str]:
    """Rows of a stage that the files of a document hold no lines of: of “三公”经费 alone accounts have 全年预算 too."""
    titles = load_words().titles
    for entry in entries:
        written = entry.known.get("stage", stage)
        has_adjusted = stage is Stage.EXECUTED and entry.known.get("source") == Source.THREE_PUBLIC
        if written != stage and not (has_adjusted and written == Stage.ADJUSTED):
            yield f"{entry.cell} 这一行是“{titles[written]}”，要导入的是{titles[stage]}：去掉这样的行再导入"


def _as_written(entries: Sequence[Entry], stage: Stage) -> list[_Sourced]:
    """The lines of rows that say their source. Raises ImportProblemsError naming what rows lack."""
    rows = [_Sourced(Source(entry.known["source"]), entry, _line(entry, stage)) for entry in entries]
    lacking = [problem for row in rows for problem in _lacking(row.entry, _needed(row))]
    projects = [
        f"{row.entry.cell} 决算的文件里不写项目，去掉收支类型是项目支出的行"
        for row in rows
        if row.source is Source.PROJECT and row.line.stage is not Stage.APPROVED
    ]
    refuse([*lacking, *projects])
    return [row._replace(line=_completed(row.line, row.source)) for row in rows]


def _line(entry: Entry, stage: Stage) -> Line:
    known = {name: _TYPES.get(name, str)(value) for name, value in entry.known.items() if name in DIMENSIONS}
    known.setdefault("stage", stage)
    return Line(entry.amount, Place(entry.cell), **known)  # type: ignore[arg-type]


def _lacking(entry: Entry, needed: Iterable[str]) -> Iterator[str]:
    """The problem of a row that does not say all that is needed."""
    lacks = [_COLUMNS[name] for name in needed if name not in entry.known]
    if lacks:
        yield f"{entry.cell} 这一行没有写{'、'.join(lacks)}"


def _needed(row: _Sourced) -> tuple[str, ...]:
    """What a row must say; the income of accounts is by 功能科目."""
    by_function = row.source is Source.INCOME and row.line.stage is not Stage.APPROVED
    return (*_NEEDED_BY_SOURCE.get(row.source, ()), *(("function_code",) if by_function else ()))


def _completed(line: Line, source: Source) -> Line:
    """The line with what its source says of it; “三公”经费 of accounts is of no nature."""
    usual = dict(_USUAL.get(source, {}))
    if line.stage is not Stage.APPROVED:
        usual.pop("nature", None)
    missing = {name: value for name, value in usual.items() if getattr(line, name) is None}
    return replace(line, **missing)


def _without_unit(row: _Sourced) -> _Sourced:
    """Income without the unit that has it: the files hold that of the department."""
    return row._replace(line=replace(row.line, unit=None, unit_kind=None)) if row.source is Source.INCOME else row


def _from_expenditure(entries: list[Entry], stage: Stage, detail: Detail) -> ImportedFacts:
    """The facts of a full ledger of expenditure, income among them."""
    if stage is not Stage.APPROVED:
        raise ImportProblemsError("决算的收入不能由支出得出：明细里加一栏“收支类型”，收入、支出各行都写明")
    rows = _margins_of(entries, stage, detail)
    remarks = ["收入按支出的资金性质和结转汇总：一种资金的收入等于它的支出"]
    if not any("origin" in entry.known for entry in entries):
        remarks.append("没有“当年或上年结转”一栏，各行都作当年安排")
    return _by_source(rows, tuple(remarks))


def _margins_of_spent(entries: Sequence[Entry], stage: Stage, detail: Detail) -> list[_Sourced]:
    """The margins of the rows of 支出 where others say the income; accounts have no projects and no 政府经济分类."""
    refuse(
        f"{entry.cell} 功能科目不到“项”级"
        for entry in entries
        if len(entry.known.get("function_code", "")) != ITEM_DIGITS
    )
    paid = [entry for entry in entries if entry.amount]
    if stage is Stage.APPROVED:
        return [row for row in _margins_of(paid, stage, detail) if row.source is not Source.INCOME]
    bare = [
        replace(entry, known={name: value for name, value in entry.known.items() if name != "government_economic_code"})
        for entry in paid
    ]
    margins = _margins_of(bare, stage, detail)
    return [row for row in margins if row.source not in (Source.INCOME, Source.PROJECT)]


def _margins_of(entries: Sequence[Entry], stage: Stage, detail: Detail) -> list[_Sourced]:
    """The rows of a full ledger added up: 支出 by 功能科目, 基本支出 by 经济科目, projects, and income.

    Raises ImportProblemsError for what they lack, or where money is below zero.
    """
    has_units = any("unit" in entry.known for entry in entries)
    refuse(problem for entry in entries for problem in _lacking(entry, _needed_in_full(entry, has_units=has_units)))
    full = [
        (entry, replace(_line(entry, stage), origin=Origin(entry.known.get("origin", "current"))))
        for entry in _alike_together(entries)
    ]
    margins = ((entry, margin) for entry, line in full for margin in _margins(line, detail))
    rows = list(_added_up(_Sourced(source, entry, part) for entry, (source, part) in margins))
    refuse(
        f"{row.entry.cell} 这一行和同类的行加起来是{in_yuan(row.line.amount)}，预算里不能是负数"
        for row in rows
        if row.line.amount < 0
    )
    return rows


def _needed_in_full(entry: Entry, *, has_units: bool) -> tuple[str, ...]:
    """What a row of a full ledger must say; its unit too where other rows `have units`."""
    unit = ("unit",) if has_units else ()
    by_nature = {"basic": ("department_economic_code", *unit), "project": ("project", "unit")}
    return ("nature", "fund", "function_code", *by_nature.get(str(entry.known.get("nature")), unit))


def _alike_together(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries that say the same as one, with the cell of the first: a ledger may have hundreds of thousands."""
    alike: dict[frozenset[tuple[str, str]], list[Entry]] = {}
    for entry in entries:
        alike.setdefault(frozenset(entry.known.items()), []).append(entry)
    for first, *others in alike.values():
        yield replace(first, amount=sum((entry.amount for entry in others), first.amount))


def _margins(line: Line, detail: Detail) -> Iterator[tuple[Source, Line]]:
    """The same amount in every source it belongs to, with what that source's rows say of it."""
    unit = line.unit if detail.by_unit else None
    where = Line(line.amount, line.place, line.stage, line.fund, line.origin, unit=unit)
    yield Source.INCOME, where
    half = _half(line) if detail.in_halves else None
    yield Source.EXPENDITURE, replace(where, nature=line.nature, component=half, function_code=line.function_code)
    if line.nature is Nature.BASIC:
        yield Source.BASIC, replace(line, function_code=None, project=None, category=None)
    if line.nature is Nature.PROJECT:
        kept = replace(line, component=None, department_economic_code=None, government_economic_code=None)
        yield Source.PROJECT, kept
        item = three_public_item(line)
        if item:
            yield Source.THREE_PUBLIC, replace(where, origin=Origin.CURRENT, nature=Nature.PROJECT, item=item)


def _half(line: Line) -> Component | None:
    """人员经费 or 公用经费, where a line is 基本支出."""
    if line.nature is not Nature.BASIC or line.department_economic_code is None:
        return None
    return line.component or usual_component(line.department_economic_code)


def _added_up(rows: Iterable[_Sourced]) -> Iterator[_Sourced]:
    """Lines of a source that say the same as one, sorted as files have them."""
    groups: dict[tuple[Source, tuple[str, ...]], list[_Sourced]] = {}
    for row in rows:
        key = tuple(str(getattr(row.line, name) or "") for name in DIMENSIONS)
        groups.setdefault((row.source, key), []).append(row)
    for first, *others in sorted(groups.values(), key=lambda group: _order(group[0].source, group[0].line)):
        amount = sum((other.line.amount for other in others), first.line.amount)
        yield first._replace(line=replace(first.line, amount=amount))


def _order(source: Source, line: Line) -> tuple[object, ...]:
    funds, origins = list(Fund), list(Origin)
    return (
        list(Source).index(source),
        funds.index(line.fund) if line.fund else 0,
        origins.index(line.origin) if line.origin else 0,
        line.project or "",
        line.function_code or line.department_economic_code or "",
        line.government_economic_code or "",
        line.unit or "",
        line.nature or "",
    )


def _by_source(rows: Iterable[_Sourced], remarks: tuple[str, ...]) -> ImportedFacts:
    """The facts with these lines, those of each project together."""
    lines: dict[Source, list[Line]] = {}
    projects: dict[tuple[str | None, ...], tuple[Entry, list[Line]]] = {}
    for source, entry, line in rows:
        if source is not Source.PROJECT:
            lines.setdefault(source, []).append(line)
            continue
        key = (entry.known.get("project_id"), line.project, line.unit, line.function_code, line.category)
        projects.setdefault(key, (entry, []))[1].append(line)
    return ImportedFacts(
        {source: tuple(own) for source, own in lines.items()},
        tuple(_project(entry.known.get("project_id", ""), own) for entry, own in projects.values()),
        remarks,
    )


def _project(project_id: str, lines: Sequence[Line]) -> ImportedProject:
    first = lines[0]
    name, unit, function = first.project or "", first.unit or "", first.function_code or ""
    return ImportedProject(name, project_id, unit, function, first.category, tuple(lines))
