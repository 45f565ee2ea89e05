"""Entries to the lines that files of a department-year hold, by source, and its projects.

A ledger whose rows say their source (lines.csv) holds each source as it is written. One whose
rows know all dimensions at once is added up to the margins that the files want.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from discgen.diagnostics import Place
from discgen.importing.alike import one_spelling, several_codes
from discgen.importing.entry import Entry
from discgen.importing.lines_file import COLUMN_OF, of_other_stages, told_apart
from discgen.importing.trouble import ImportTroubleError
from discgen.ledger.ledger import three_public_item
from discgen.ledger.query import DIMENSIONS
from discgen.model.line import (
    Category,
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    Source,
    Stage,
    UnitKind,
)
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


@dataclass(frozen=True, slots=True)
class ImportedProject:
    """A project; `id` is that of its file where the ledger says it, `unsure` the keys that are to be confirmed."""

    name: str
    id: str
    unit: str
    function_code: str
    category: Category | None
    lines: tuple[Line, ...]
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportedFacts:
    """The lines by source (those of projects apart), the projects, and what was concluded, in Chinese.

    The lines that are `unsure` were not settled by what was read, and are to be confirmed.
    """

    lines: Mapping[Source, tuple[Line, ...]]
    projects: tuple[ImportedProject, ...]
    remarks: tuple[str, ...] = ()
    unsure: frozenset[Line] = frozenset()


def facts_of(entries: Iterable[Entry], stage: Stage) -> ImportedFacts:
    """The facts of a document of this stage. Raises ImportTroubleError naming what the rows lack."""
    entries, remarks = one_spelling(list(entries))
    if troubles := list(of_other_stages(entries, stage)):
        raise ImportTroubleError(troubles)
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
        raise ImportTroubleError(coarse)
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
        raise ImportTroubleError(["决算的收入不能由支出得出：明细里加一栏“收支类型”，收入、支出各行都写明"])
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
        raise ImportTroubleError(troubles)
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
        raise ImportTroubleError(below_zero)
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
