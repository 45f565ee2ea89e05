"""Lines to the rows of budget.yaml and accounts.yaml, as a person would write them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

from discgen.model.build_lines import BALANCES, usual_component, usual_unit_kind
from discgen.model.line import Component, Fund, Line, Nature, Origin, ProcurementItem, Source, Stage
from discgen.model.record import Reference
from discgen.money import exact_in_unit
from discgen.phrases import few
from discgen.yamltext.edit import MARK

Row = tuple[Mapping[str, str], bool]
"""A row by key, and whether it is to be confirmed."""
_IN_UNIT_FUNDS = (Source.SURPLUS_USED, Source.SURPLUS_DISTRIBUTED)
"""The sources whose rows mean 单位资金 where they name no fund."""
_SPENT = [Nature.BASIC, *Component, *(nature for nature in Nature if nature is not Nature.BASIC)]
"""The keys of amounts in a row of expenditure, in their order; the halves of 基本支出 stand for the whole."""
_MOST_SHEETS = 3
"""How many sheets a remark names."""


class Section(Struct, frozen=True):
    """The text after a section's key, and the files and sheets it came from; `is_lines` where its rows are lines of money."""

    rows: str
    origin: str
    is_lines: bool = True

    def lines(self, key: str) -> list[str]:
        """The section as lines of a file."""
        return f"{key}:{self.rows}".split("\n")


class Sections:
    """Writes the sections of one file of facts, amounts in `unit`."""

    def __init__(self, unit: str, reference: Reference, unsure: frozenset[Line] = frozenset()) -> None:
        self._unit, self._reference, self._unsure = unit, reference, unsure

    def write(self, lines: Mapping[Source, Sequence[Line]]) -> dict[str, Section]:
        """The sections by their keys; sources without lines have none."""
        writers: dict[Source, Callable[[Sequence[Line]], Iterable[Row]]] = {
            Source.INCOME: self._income,
            Source.EXPENDITURE: self._expenditure,
            Source.BASIC: self._basic,
            Source.THREE_PUBLIC: self._three_public,
            Source.AGENCY_OPERATION: self._agency_operation,
        }
        for source in BALANCES:
            writers[source] = partial(self._balance, usual=Fund.UNIT_FUNDS if source in _IN_UNIT_FUNDS else None)
        there = {source: rows for source, rows in lines.items() if rows}
        written = {source: self._rows(writers[source](rows)) for source, rows in there.items() if source in writers}
        if Source.PROCUREMENT in there:
            written[Source.PROCUREMENT] = self._procurement(there[Source.PROCUREMENT])
        return {source.value: Section(rows, _origin(there[source])) for source, rows in written.items()}

    def amounts(self, lines: Sequence[Line]) -> Section:
        """The section `amounts` of a project."""
        rows = self._rows((self._money(line) | self._amount(line), line in self._unsure) for line in lines)
        return Section(rows, _origin(lines))

    def _rows(self, rows: Iterable[Row]) -> str:
        return "".join(
            f"\n  - {{{', '.join(f'{key}: {value}' for key, value in row.items())}}}{f'  {MARK}' if unsure else ''}"
            for row, unsure in rows
        )

    def _amount(self, line: Line, key: str = "amount") -> dict[str, str]:
        return {key: exact_in_unit(line.amount, self._unit)}

    def _fund(self, line: Line) -> dict[str, str]:
        return {} if line.fund in (Fund.GENERAL, None) else {"fund": str(line.fund)}

    def _money(self, line: Line) -> dict[str, str]:
        """The fund and the origin of a line, where they do not go without saying."""
        return self._fund(line) | ({"origin": str(line.origin)} if line.origin is Origin.CARRYOVER else {})

    def _income(self, lines: Sequence[Line]) -> Iterator[Row]:
        for line in lines:
            known = {"function": line.function_code, "fund": line.fund, **self._money(line), "code": line.income_code}
            known["unit"] = line.unit
            yield _present(known) | self._amount(line), line in self._unsure

    def _balance(self, lines: Sequence[Line], usual: Fund | None) -> Iterator[Row]:
        """Rows whose origin goes without saying."""
        for line in lines:
            fund = None if line.fund is usual else line.fund
            known = {"function": line.function_code, "fund": fund, "unit": line.unit}
            yield _present(known) | self._amount(line), line in self._unsure

    def _expenditure(self, lines: Sequence[Line]) -> Iterator[Row]:
        """A row for each 科目, fund and origin, with its natures; what is said twice has a second row."""
        row: dict[str, str] = {}
        where: dict[str, str] = {}
        unsure = False
        for line in lines:
            assert line.nature is not None
            key = str(line.component or line.nature)
            assert line.function_code is not None
            here = {"function": line.function_code} | self._money(line) | _present({"unit": line.unit})
            follows = not row or _SPENT.index(key) > max(map(_SPENT.index, row))
            if row and not (here == where and follows):
                yield where | row, unsure
                row, unsure = {}, False
            where = here
            row |= self._amount(line, key)
            unsure = unsure or line in self._unsure
        yield where | row, unsure

    def _basic(self, lines: Sequence[Line]) -> Iterator[Row]:
        for line in lines:
            department = str(line.department_economic_code)
            usual = self._reference.unit_kinds.get(line.unit or "") or usual_unit_kind(line.government_economic_code)
            has_kind = line.unit_kind is None or line.unit_kind == (usual or self._reference.only_kind)
            known = {
                "department": department,
                "government": line.government_economic_code,
                **self._money(line),
                "component": line.component if line.component != usual_component(department) else None,
                "unit": line.unit,
                "unit_kind": None if has_kind else line.unit_kind,
            }
            yield _present(known) | self._amount(line), line in self._unsure

    def _three_public(self, lines: Sequence[Line]) -> Iterator[Row]:
        """决算 of accounts with 全年预算 of the same item and fund in the same row."""
        adjusted = [line for line in lines if line.stage is Stage.ADJUSTED]
        for line in lines:
            if line.stage is Stage.ADJUSTED:
                continue
            same = (line.item, line.fund, line.unit)
            other = next((also for also in adjusted if (also.item, also.fund, also.unit) == same), None)
            row = self._item(line)
            if other:
                adjusted.remove(other)
                row |= self._amount(other, "adjusted")
            yield row | ({} if other and not line.amount else self._amount(line)), line in self._unsure
        for line in adjusted:
            yield self._item(line) | self._amount(line, "adjusted"), line in self._unsure

    def _item(self, line: Line) -> dict[str, str]:
        basic = {"nature": "basic"} if line.nature is Nature.BASIC else {}
        return {"item": str(line.item)} | basic | self._fund(line) | _present({"unit": line.unit})

    def _agency_operation(self, lines: Sequence[Line]) -> Iterator[Row]:
        for line in lines:
            yield _present({"unit": line.unit}) | self._fund(line) | self._amount(line), line in self._unsure

    def _procurement(self, lines: Sequence[Line]) -> str:
        by_unit: dict[str | None, dict[ProcurementItem, Decimal]] = {}
        for line in lines:
            amounts = by_unit.setdefault(line.unit, dict.fromkeys(ProcurementItem, Decimal(0)))
            amounts[ProcurementItem(str(line.item))] += line.amount
        if None not in by_unit:
            rows = ({"unit": str(unit)} | self._items(amounts) for unit, amounts in by_unit.items())
            return self._rows((row, False) for row in rows)
        whole = {item: sum((amounts[item] for amounts in by_unit.values()), Decimal(0)) for item in ProcurementItem}
        return "".join(f"\n  {item}: {amount}" for item, amount in self._items(whole).items())

    def _items(self, amounts: Mapping[ProcurementItem, Decimal]) -> dict[str, str]:
        return {str(item): exact_in_unit(amount, self._unit) for item, amount in amounts.items()}


def _origin(lines: Iterable[Line]) -> str:
    """The sheets that lines came from, as `支出.xlsx 表2`."""
    sheets = list(dict.fromkeys(line.place.file.rpartition("!")[0] for line in lines))
    return few(sheets, _MOST_SHEETS)


def _present(known: Mapping[str, str | None]) -> dict[str, str]:
    return {name: str(value) for name, value in known.items() if value is not None}
