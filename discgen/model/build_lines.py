"""The lines of budget.yaml and accounts.yaml: each row becomes lines that say all the row knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from discgen.model.line import (
    Component,
    Fund,
    Line,
    Lines,
    Nature,
    Origin,
    ProcurementItem,
    Source,
    Stage,
    ThreePublicItem,
    UnitKind,
)
from discgen.model.record import Record, Reference
from discgen.money import ZERO
from discgen.reference.codes import Classification, meaning


def budget_lines(budget: Record, reference: Reference) -> Lines:
    """All lines that budget.yaml itself holds, by source."""
    lines = {
        Source.INCOME: tuple(_income(row, reference) for row in budget.each("income")),
        Source.EXPENDITURE: tuple(line for row in budget.each("expenditure") for line in _expenditure(row, reference)),
        Source.BASIC: tuple(_basic(row, reference) for row in budget.each("basic")),
        Source.THREE_PUBLIC: tuple(
            _three_public(row, reference, Nature.PROJECT) for row in budget.each("three_public")
        ),
        Source.PROCUREMENT: tuple(_procurement(budget, reference)),
    }
    if "agency_operation" in budget:
        lines[Source.AGENCY_OPERATION] = tuple(
            _agency_operation(row, reference) for row in budget.each("agency_operation")
        )
    return lines


def accounts_lines(accounts: Record, reference: Reference) -> Lines:
    """All lines that accounts.yaml itself holds, by source: 决算, and 全年预算 where that is written too."""
    executed = {
        Source.INCOME: tuple(_income(row, reference) for row in accounts.each("income")),
        Source.EXPENDITURE: tuple(
            line for row in accounts.each("expenditure") for line in _expenditure(row, reference)
        ),
        Source.BASIC: tuple(_basic(row, reference) for row in accounts.each("basic")),
        Source.THREE_PUBLIC: tuple(
            _three_public(row, reference, Nature.PROJECT) for row in accounts.each("three_public")
        ),
        Source.PROCUREMENT: tuple(_procurement(accounts, reference)),
    } | {balance: tuple(_balance(row, balance, reference) for row in accounts.each(balance)) for balance in BALANCES}
    adjusted = tuple(
        replace(_three_public(row, reference, None, "adjusted"), stage=Stage.ADJUSTED)
        for row in accounts.each("three_public")
        if "adjusted" in row
    )
    if "agency_operation" in accounts:
        declared = (_agency_operation(row, reference) for row in accounts.each("agency_operation"))
        executed[Source.AGENCY_OPERATION] = tuple(
            replace(line, unit_kind=reference.unit_kinds.get(line.unit or "")) for line in declared
        )
    lines = at_stage(executed, Stage.EXECUTED)
    return {**lines, Source.THREE_PUBLIC: (*lines[Source.THREE_PUBLIC], *adjusted)}


def executed_before(facts: Record, reference: Reference) -> Lines:
    """The lines of `prior_executed`: expenditure of last year's budget, as far as it was executed."""
    if "prior_executed" not in facts:
        return {}
    rows = facts.each("prior_executed")
    return at_stage({Source.EXPENDITURE: tuple(_income(row, reference) for row in rows)}, Stage.EXECUTED)


def at_stage(lines: Lines, stage: Stage) -> Lines:
    """The same lines as those of another stage."""
    return {source: tuple(replace(line, stage=stage) for line in own) for source, own in lines.items()}


def declared_lines(declared: Record, reference: Reference) -> Lines:
    """The coarse lines of `prior` or `approved`; a source that is left out is not known, a balance left out is none."""
    readers: dict[Source, Callable[[Record], Line]] = {
        Source.INCOME: lambda row: _income(row, reference),
        Source.EXPENDITURE: lambda row: _coarse_expenditure(row, reference),
        Source.BASIC: lambda row: _basic(row, reference),
        Source.PROJECT: lambda row: replace(_income(row, reference), nature=Nature.PROJECT, income_code=None),
        Source.THREE_PUBLIC: lambda row: _three_public(row, reference, None),
        Source.AGENCY_OPERATION: lambda row: _agency_operation(row, reference),
    }
    lines = {source: tuple(map(read, declared.each(source))) for source, read in readers.items() if source in declared}
    return lines | {
        balance: tuple(_balance(row, balance, reference) for row in declared.each(balance)) for balance in BALANCES
    }


BALANCES = (Source.OPENING_BALANCE, Source.CLOSING_BALANCE, Source.SURPLUS_USED, Source.SURPLUS_DISTRIBUTED)
"""年初结转和结余, 年末结转和结余, 使用非财政拨款结余, 结余分配."""


def _balance(row: Record, balance: Source, reference: Reference) -> Line:
    line = replace(_income(row, reference), origin=Origin.CARRYOVER)
    in_unit_funds = "fund" not in row and balance in (Source.SURPLUS_USED, Source.SURPLUS_DISTRIBUTED)
    return replace(line, fund=Fund.UNIT_FUNDS) if in_unit_funds else line


def _coarse_expenditure(row: Record, reference: Reference) -> Line:
    nature = Nature(row.text("nature")) if "nature" in row else None
    return replace(_income(row, reference), nature=nature)


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
        known = "、".join(f"{known_unit}（{name}）" for known_unit, name in reference.unit_names.items())
        row.refuse("M002", "unit", f"没有代号为“{unit}”的单位", f"department.yaml里有：{known}")
    return unit


def _income(row: Record, reference: Reference) -> Line:
    return Line(
        row.amount("amount"),
        row.tree.place(row.path),
        fund=fund_of(row),
        origin=origin_of(row),
        unit=unit_of(row, reference),
        income_code=row.code("code", reference.dictionaries[Classification.INCOME]) if "code" in row else None,
        function_code=_function_code(row, reference),
    )


def _function_code(row: Record, reference: Reference) -> str | None:
    if "function" not in row:
        return None
    return row.code("function", reference.dictionaries[Classification.FUNCTION])


def _expenditure(row: Record, reference: Reference) -> Iterator[Line]:
    """A line for each nature; of 基本支出 that is split, one for each half."""
    code = row.code("function", reference.dictionaries[Classification.FUNCTION])
    unit = unit_of(row, reference)
    halves = ((half, Nature.BASIC, half) for half in Component)
    for key, nature, component in (*((nature, nature, None) for nature in Nature), *halves):
        if key in row:
            yield Line(
                row.amount(key),
                row.tree.place((*row.path, key)),
                fund=fund_of(row),
                origin=origin_of(row),
                nature=nature,
                component=component,
                unit=unit,
                function_code=code,
            )


def _basic(row: Record, reference: Reference) -> Line:
    department = row.code("department", reference.dictionaries[Classification.DEPARTMENT_ECONOMIC])
    dictionary = reference.dictionaries[Classification.GOVERNMENT_ECONOMIC]
    government = row.code("government", dictionary) if "government" in row else None
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


def usual_component(department: str) -> Component:
    """What an economic code is where a row does not say otherwise: 公用经费, unless the code is one of 人员经费."""
    return Component(meaning(Classification.DEPARTMENT_ECONOMIC, department, "component") or Component.OPERATING)


def usual_unit_kind(government: str | None) -> UnitKind | None:
    """The kind of unit that 政府预算支出经济分类 speaks of, if it does."""
    kind = meaning(Classification.GOVERNMENT_ECONOMIC, government, "unit_kind")
    return UnitKind(kind) if kind else None


def _component(row: Record, department: str) -> Component:
    return Component(row.optional("component", usual_component(department)))


def _unit_kind(row: Record, government: str | None) -> UnitKind | None:
    written = row.optional("unit_kind")
    return UnitKind(written) if written else usual_unit_kind(government)


def _three_public(row: Record, reference: Reference, nature: Nature | None, key: str = "amount") -> Line:
    """The amount of an item; a row of accounts may have none but 全年预算."""
    unit = unit_of(row, reference)
    return Line(
        row.amount(key) if key in row else ZERO,
        row.tree.place(row.path),
        fund=fund_of(row),
        origin=Origin.CURRENT,
        nature=Nature(row.text("nature")) if "nature" in row else nature,
        unit=unit,
        unit_kind=reference.unit_kinds.get(unit or ""),
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


def _procurement(facts: Record, reference: Reference) -> Iterator[Line]:
    for row in stated_rows(facts, "procurement"):
        unit = unit_of(row, reference)
        for item in ProcurementItem:
            yield Line(row.amount(item), row.tree.place((*row.path, item)), unit=unit, item=item)


def stated_rows(facts: Record, key: str) -> list[Record]:
    """What is stated once for the department, or in a list once for each of its units; nothing where it is left out."""
    if key not in facts:
        return []
    return [facts.at(key)] if facts.is_mapping(key) else list(facts.each(key))
