"""Entries to the lines that files of a department-year hold, by source, and its projects.

A ledger whose rows say their source (lines.csv) holds each source as it is written. One whose
rows know all dimensions at once is added up to the margins that the files want.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from discgen.diagnostics import Place
from discgen.importing.imported import Entry, ImportedFacts, ImportedProject
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.words import load_words, project_key
from discgen.ledger.ledger import three_public_item
from discgen.ledger.query import DIMENSIONS
from discgen.model.build_lines import BALANCES
from discgen.model.line import Category, Component, Fund, Line, Nature, Origin, Source, Stage, UnitKind
from discgen.money import ZERO, in_yuan

_TYPES: Mapping[str, Callable[[str], str]] = {
    "stage": Stage,
    "fund": Fund,
    "origin": Origin,
    "nature": Nature,
    "component": Component,
    "unit_kind": UnitKind,
    "category": Category,
}
_ITEM = 7
"""The digits of a 功能科目 down to its 项."""


def facts_of(entries: Iterable[Entry], stage: Stage) -> ImportedFacts:
    """The facts of a document of this stage. Raises ImportTroubleError naming what the rows lack."""
    entries, remarks = one_spelling(list(entries))
    if troubles := list(of_other_stages(entries, stage)):
        raise ImportProblemsError(troubles)
    if not all("source" in entry.known for entry in entries):
        found = _from_margins(entries, stage)
        return replace(found, remarks=(*remarks, *several_codes(entries), *found.remarks))
    spent = [entry for entry in entries if entry.known["source"] == Source.EXPENDITURE]
    others = [entry for entry in entries if entry.known["source"] != Source.EXPENDITURE]
    is_full = any(_DETAILS & entry.known.keys() for entry in spent)
    full, rest = (spent, others) if is_full else ([], entries)
    said = [(entry, _line(entry, stage)) for entry in rest]
    apart = told_apart(said)
    beside = list(_added_up(map(_of_all_units, apart))) if is_full else apart
    return _by_source([*beside, *_spent(full, stage)], remarks)


def _of_all_units(one: tuple[Source, Entry, Line]) -> tuple[Source, Entry, Line]:
    """Income without the unit that has it: the files hold that of the department."""
    source, entry, line = one
    return (source, entry, replace(line, unit=None, unit_kind=None)) if source is Source.INCOME else one


_DETAILS = {"department_economic_code", "project"}
"""What a row of 支出 says that is one of a full ledger, with 收入 in other rows of it."""


def _spent(entries: Sequence[Entry], stage: Stage) -> list[tuple[Source, Entry, Line]]:
    """The margins of the rows of 支出 where others say the income; accounts have no projects and no 政府经济分类."""
    coarse = [f"{one.cell} 功能科目不到“项”级" for one in entries if len(one.known.get("function_code", "")) != _ITEM]
    if coarse:
        raise ImportProblemsError(coarse)
    paid = [entry for entry in entries if entry.amount]
    if stage is Stage.APPROVED:
        return [one for one in _margins_of(paid, stage) if one[0] is not Source.INCOME]
    bare = [replace(one, known={k: v for k, v in one.known.items() if k != "government_economic_code"}) for one in paid]
    return [one for one in _margins_of(bare, stage) if one[0] not in (Source.INCOME, Source.PROJECT)]


def _line(entry: Entry, stage: Stage) -> Line:
    known = {name: _TYPES.get(name, str)(value) for name, value in entry.known.items() if name in DIMENSIONS}
    known.setdefault("stage", stage)
    return Line(entry.amount, Place(entry.cell), **known)  # type: ignore[arg-type]


def _by_source(lines: Iterable[tuple[Source, Entry, Line]], remarks: tuple[str, ...]) -> ImportedFacts:
    found: dict[Source, list[Line]] = {}
    projects: dict[tuple[str | None, ...], tuple[Entry, list[Line]]] = {}
    for source, entry, line in lines:
        if source is not Source.PROJECT:
            found.setdefault(source, []).append(line)
            continue
        key = (entry.known.get("project_id"), line.project, line.unit, line.function_code, line.category)
        projects.setdefault(key, (entry, []))[1].append(line)
    return ImportedFacts(
        {source: tuple(rows) for source, rows in found.items()},
        tuple(_project(entry, rows) for entry, rows in projects.values()),
        remarks,
    )


def _project(entry: Entry, lines: list[Line]) -> ImportedProject:
    first = lines[0]
    name = first.project or ""
    return ImportedProject(
        name,
        entry.known.get("project_id", ""),
        first.unit or "",
        first.function_code or "",
        first.category,
        tuple(lines),
    )


def _from_margins(entries: list[Entry], stage: Stage) -> ImportedFacts:
    """The margins of a full ledger of expenditure: 支出 by 功能科目, 基本支出 by 经济科目, projects, and income."""
    if stage is not Stage.APPROVED:
        raise ImportProblemsError(["决算的收入不能由支出得出：明细里加一栏“收支类型”，收入、支出各行都写明"])
    found = _margins_of(entries, stage)
    remarks = ["收入按支出的资金性质和结转汇总：一种资金的收入等于它的支出"]
    if not any("origin" in entry.known for entry in entries):
        remarks.append("没有“当年或上年结转”一栏，各行都作当年安排")
    return _by_source(found, tuple(remarks))


def _margins_of(entries: Sequence[Entry], stage: Stage) -> list[tuple[Source, Entry, Line]]:
    """The rows of a full ledger added up. Raises ImportTroubleError for what they lack, or where money is below zero."""
    has_units = any("unit" in entry.known for entry in entries)
    troubles = [
        f"{entry.cell} 这一行没有写{'、'.join(lacks)}"
        for entry in entries
        if (lacks := _lacks(entry, has_units=has_units))
    ]
    if troubles:
        raise ImportProblemsError(troubles)
    full = [
        (entry, replace(_line(entry, stage), origin=Origin(entry.known.get("origin", "current"))))
        for entry in _alike_together(entries)
    ]
    found = list(_added_up((source, entry, line) for entry, one in full for source, line in _margins(one)))
    below_zero = [
        f"{entry.cell} 这一行和同类的行加起来是{in_yuan(line.amount)}，预算里不能是负数"
        for source, entry, line in found
        if line.amount < 0
    ]
    if below_zero:
        raise ImportProblemsError(below_zero)
    return found


def _alike_together(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries that say the same as one, with the cell of the first: a ledger may have hundreds of thousands."""
    alike: dict[frozenset[tuple[str, str]], list[Entry]] = {}
    for entry in entries:
        alike.setdefault(frozenset(entry.known.items()), []).append(entry)
    for first, *others in alike.values():
        yield replace(first, amount=sum((one.amount for one in others), first.amount))


def _lacks(entry: Entry, *, has_units: bool) -> list[str]:
    """What a row does not say; its unit must be said where other rows `have units`."""
    unit = ("unit",) if has_units else ()
    of_nature = {"basic": ("department_economic_code", *unit), "project": ("project", "unit")}
    needed = ("nature", "fund", "function_code", *of_nature.get(str(entry.known.get("nature")), unit))
    return [COLUMN_OF[name] for name in needed if name not in entry.known]


def _margins(line: Line) -> Iterator[tuple[Source, Line]]:
    """The same amount in every source it belongs to, with what that source's rows say of it."""
    where = Line(line.amount, line.place, line.stage, line.fund, line.origin)
    yield Source.INCOME, where
    yield Source.EXPENDITURE, replace(where, nature=line.nature, function_code=line.function_code)
    if line.nature is Nature.BASIC:
        yield Source.BASIC, replace(line, function_code=None, project=None, category=None)
    if line.nature is Nature.PROJECT:
        kept = replace(line, component=None, department_economic_code=None, government_economic_code=None)
        yield Source.PROJECT, kept
        item = three_public_item(line)
        if item:
            yield Source.THREE_PUBLIC, replace(where, origin=Origin.CURRENT, nature=Nature.PROJECT, item=item)


def _added_up(lines: Iterable[tuple[Source, Entry, Line]]) -> Iterator[tuple[Source, Entry, Line]]:
    """Lines of a source that say the same as one, sorted as files have them."""
    groups: dict[tuple[Source, tuple[str, ...]], list[tuple[Entry, Line]]] = {}
    for source, entry, line in lines:
        key = tuple(str(getattr(line, name) or "") for name in DIMENSIONS)
        groups.setdefault((source, key), []).append((entry, line))
    for (source, _), rows in sorted(groups.items(), key=lambda group: _order(group[0][0], group[1][0][1])):
        entry, first = rows[0]
        amount = sum((line.amount for _, line in rows), ZERO)
        yield source, entry, replace(first, amount=amount)


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


_UNTIDY = re.compile(r"[\s()\"']")
"""What a name as it is printed does not have."""


def one_spelling(entries: Sequence[Entry]) -> tuple[list[Entry], tuple[str, ...]]:
    """The rows with one name for each project, the neatest, and what was taken for the same, in Chinese."""
    names: dict[str, dict[str, None]] = {}
    for entry in entries:
        if "project" in entry.known:
            names.setdefault(project_key(entry.known["project"]), {})[entry.known["project"]] = None
    best = {key: min(spelt, key=lambda name: len(_UNTIDY.findall(name))) for key, spelt in names.items()}
    found = [
        replace(one, known={**one.known, "project": best[project_key(one.known["project"])]})
        if "project" in one.known
        else one
        for one in entries
    ]
    remarks = [
        f"只差括号、引号的写法或空格，当作一个项目，名称写第一个：{'；'.join([best[key], *sorted(spelt.keys() - {best[key]})])}"
        for key, spelt in names.items()
        if len(spelt) > 1
    ]
    return found, tuple(remarks)


def several_codes(entries: Sequence[Entry]) -> Iterator[str]:
    """What to say, in Chinese, of projects whose rows have several codes: what was carried over may keep last year's."""
    codes: dict[str, dict[str, None]] = {}
    for entry in entries:
        if "project" in entry.known and entry.known.get("project_id"):
            codes.setdefault(entry.known["project"], {})[entry.known["project_id"]] = None
    for name, found in codes.items():
        if len(found) > 1:
            yield f"项目“{name}”有{len(found)}个编码（{'、'.join(found)}），当作一个项目；是几个项目的，写成不同的名称"


COLUMN_OF = {
    "nature": "支出类别（基本支出、项目支出）",
    "fund": "资金性质",
    "function_code": "功能科目",
    "department_economic_code": "部门经济科目",
    "project": "项目名称",
    "unit": "单位",
    "item": "“三公”经费或采购的一项",
}
"""What messages call the columns that a full ledger needs."""
_NEEDED: Mapping[Source, tuple[str, ...]] = {
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


def told_apart(rows: Sequence[tuple[Entry, Line]]) -> list[tuple[Source, Entry, Line]]:
    """The lines with their sources. Raises ImportTroubleError naming what rows lack."""
    sourced = [(Source(entry.known["source"]), entry, line) for entry, line in rows]
    troubles = [
        f"{entry.cell} 这一行没有写{'、'.join(lacks)}"
        for source, entry, line in sourced
        if (lacks := [COLUMN_OF[name] for name in _needed(source, line) if name not in entry.known])
    ]
    troubles += [
        f"{entry.cell} 决算的文件里不写项目，去掉收支类型是项目支出的行"
        for source, entry, line in sourced
        if source is Source.PROJECT and line.stage is not Stage.APPROVED
    ]
    if troubles:
        raise ImportProblemsError(troubles)
    return [(source, entry, _completed(line, source)) for source, entry, line in sourced]


def of_other_stages(entries: Sequence[Entry], stage: Stage) -> Iterator[str]:
    """Rows of a stage that the files of a document hold no lines of: of “三公”经费 alone accounts have 全年预算 too."""
    titles = load_words().titles
    for entry in entries:
        said = entry.known.get("stage", stage)
        is_kept = (
            stage is Stage.EXECUTED and entry.known.get("source") == Source.THREE_PUBLIC and said == Stage.ADJUSTED
        )
        if said != stage and not is_kept:
            yield f"{entry.cell} 这一行是“{titles[said]}”，要导入的是{titles[stage]}：去掉这样的行再导入"


def _needed(source: Source, line: Line) -> tuple[str, ...]:
    """What a row must say; the income of accounts is by 功能科目."""
    by_function = source is Source.INCOME and line.stage is not Stage.APPROVED
    return (*_NEEDED.get(source, ()), *(("function_code",) if by_function else ()))


def _completed(line: Line, source: Source) -> Line:
    """The line with what its source says of it; “三公”经费 of accounts is of no nature."""
    usual = dict(_USUAL.get(source, {}))
    if line.stage is not Stage.APPROVED:
        usual.pop("nature", None)
    missing = {name: value for name, value in usual.items() if getattr(line, name) is None}
    return replace(line, **missing)  # type: ignore[arg-type]
