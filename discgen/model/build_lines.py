"""The lines of budget.yaml: each row becomes lines that say all the row knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from discgen.codes.dictionary import Classification
from discgen.model.disclosure import Lines
from discgen.model.line import Component, Fund, Line, Nature, Origin, ProcurementItem, Source, ThreePublicItem, UnitKind
from discgen.model.record import Record, Reference

_PERSONNEL_CLASSES = ("301", "303")
"""工资福利支出 and 对个人和家庭的补助 are 人员经费; what else 基本支出 pays for is 公用经费."""

_KIND_BY_GOVERNMENT_CLASS = {
    **dict.fromkeys(("501", "502", "503", "504"), UnitKind.ADMINISTRATIVE),
    **dict.fromkeys(("505", "506"), UnitKind.INSTITUTION),
}
"""政府预算支出经济分类 speaks of 机关 in 501 to 504 and of 事业单位 in 505 and 506."""


def budget_lines(budget: Record, reference: Reference) -> Lines:
    """All lines that budget.yaml itself holds, by source."""
    return {
        Source.INCOME: tuple(_income(row, reference) for row in budget.each("income")),
        Source.EXPENDITURE: tuple(line for row in budget.each("expenditure") for line in _expenditure(row, reference)),
        Source.BASIC: tuple(_basic(row, reference) for row in budget.each("basic")),
        Source.THREE_PUBLIC: tuple(_three_public(row, Nature.PROJECT) for row in budget.each("three_public")),
        Source.PROCUREMENT: tuple(_procurement(budget)),
    }


def declared_prior_lines(prior: Record, reference: Reference) -> Lines:
    """The coarse lines of a first year's `prior`; a source that is left out is not known."""
    readers: dict[Source, Callable[[Record], Line]] = {
        Source.INCOME: lambda row: _income(row, reference),
        Source.EXPENDITURE: lambda row: _income(row, reference),
        Source.THREE_PUBLIC: lambda row: _three_public(row, None),
        Source.AGENCY_OPERATION: lambda row: _agency_operation(row, reference),
    }
    return {source: tuple(map(read, prior.each(source))) for source, read in readers.items() if source in prior}


def fund_of(row: Record) -> Fund:
    """The fund of a row: 一般公共预算 where it is not written."""
    return Fund(row.optional("fund", Fund.GENERAL))


def origin_of(row: Record) -> Origin:
    """The origin of a row: 当年 where it is not written."""
    return Origin(row.optional("origin", Origin.CURRENT))


def unit_of(row: Record, reference: Reference) -> str | None:
    """The unit of a row, if it is written; one that department.yaml lacks is noted."""
    if "unit" not in row:
        return None
    unit = row.text("unit")
    if unit not in reference.unit_kinds:
        known = "、".join(reference.unit_kinds)
        row.refuse("M002", "unit", f"没有代号为“{unit}”的单位", f"department.yaml里有：{known}")
    return unit


def _income(row: Record, reference: Reference) -> Line:
    return Line(
        row.amount("amount"),
        row.tree.place(row.path),
        fund=fund_of(row),
        origin=origin_of(row),
        income_code=row.code("code", reference.dictionaries[Classification.INCOME]) if "code" in row else None,
    )


def _expenditure(row: Record, reference: Reference) -> Iterator[Line]:
    code = row.code("function", reference.dictionaries[Classification.FUNCTION])
    for nature in Nature:
        if nature in row:
            yield Line(
                row.amount(nature),
                row.tree.place((*row.path, nature)),
                fund=fund_of(row),
                origin=origin_of(row),
                nature=nature,
                function_code=code,
            )


def _basic(row: Record, reference: Reference) -> Line:
    department = row.code("department", reference.dictionaries[Classification.DEPARTMENT_ECONOMIC])
    government = row.code("government", reference.dictionaries[Classification.GOVERNMENT_ECONOMIC])
    unit = unit_of(row, reference)
    return Line(
        row.amount("amount"),
        row.tree.place(row.path),
        fund=fund_of(row),
        origin=origin_of(row),
        nature=Nature.BASIC,
        component=_component(row, department),
        unit=unit,
        unit_kind=reference.unit_kinds.get(unit or "") or _unit_kind(row, government) or reference.only_kind,
        department_economic_code=department,
        government_economic_code=government,
    )


def _component(row: Record, department: str) -> Component:
    usual = Component.PERSONNEL if department[:3] in _PERSONNEL_CLASSES else Component.OPERATING
    return Component(row.optional("component", usual))


def _unit_kind(row: Record, government: str) -> UnitKind | None:
    written = row.optional("unit_kind")
    return UnitKind(written) if written else _KIND_BY_GOVERNMENT_CLASS.get(government[:3])


def _three_public(row: Record, nature: Nature | None) -> Line:
    return Line(
        row.amount("amount"),
        row.tree.place(row.path),
        fund=fund_of(row),
        origin=Origin.CURRENT,
        nature=nature,
        item=ThreePublicItem(row.text("item")),
    )


def _agency_operation(row: Record, reference: Reference) -> Line:
    return Line(
        row.amount("amount"),
        row.tree.place(row.path),
        fund=fund_of(row),
        origin=Origin.CURRENT,
        unit=unit_of(row, reference),
    )


def _procurement(budget: Record) -> Iterator[Line]:
    if "procurement" in budget:
        row = budget.at("procurement")
        for item in ProcurementItem:
            yield Line(row.amount(item), row.tree.place((*row.path, item)), item=item)
