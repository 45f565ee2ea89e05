"""The lines that a workbook of tables may speak of: one for each combination that some cell can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.importing.tables.read import TableCell
from discgen.model.build_lines import BALANCES, usual_component, usual_unit_kind
from discgen.model.line import (
    FISCAL_FUNDS,
    UNIT_FUNDS,
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    ProcurementItem,
    Source,
    Stage,
    ThreePublicItem,
    UnitKind,
)
from discgen.money import ZERO
from discgen.reference.codes import Classification, meaning

Candidate = tuple[Source, Line]
_PLAIN_FUNDS = (*FISCAL_FUNDS, Fund.SPECIAL_ACCOUNT, Fund.UNIT_FUNDS)
"""The funds of a form that does not name its own."""
_CODED_INCOME = (Fund.GOVERNMENT_FUND, Fund.STATE_CAPITAL)
_NOWHERE = Place("")


class Candidates:
    """Makes the candidates of one workbook from what its cells ask for."""

    def __init__(self, cells: Sequence[TableCell], form: Form, stage: Stage, only_kind: UnitKind | None) -> None:
        self._cells, self._form, self._stage, self._only_kind = cells, form, stage, only_kind
        self._is_budget = stage is Stage.APPROVED
        has_origins = self._is_budget and form.carryover
        self._origins = (Origin.CURRENT, Origin.CARRYOVER) if has_origins else (Origin.CURRENT,)

    def all(self) -> list[Candidate]:
        """All candidates by source, in the order of files."""
        made = {
            Source.INCOME: self._income(),
            Source.EXPENDITURE: self._expenditure(),
            Source.BASIC: self._basic(),
            Source.PROJECT: self._projects(),
            Source.THREE_PUBLIC: self._three_public(),
            Source.PROCUREMENT: (self._line(item=item) for item in ProcurementItem),
            Source.AGENCY_OPERATION: self._agency_operation(),
        } | {source: self._balance(source) for source in BALANCES}
        spoken_of = {source for cell in self._cells for source in cell.query.sources}
        return [(source, line) for source, lines in made.items() if source in spoken_of for line in lines]

    def _line(self, **known: object) -> Line:
        return Line(ZERO, _NOWHERE, **({"stage": self._stage} | known))  # type: ignore[arg-type]

    def _funds(self, source: Source) -> Sequence[Fund]:
        form = self._form
        if source is Source.INCOME:
            return form.funds or _PLAIN_FUNDS
        if not self._is_budget and source in BALANCES:
            return (*FISCAL_FUNDS, Fund.UNIT_FUNDS)
        whole = list(form.expenditure_funds or form.funds or _PLAIN_FUNDS)
        parts = set(UNIT_FUNDS) - {Fund.UNIT_FUNDS}
        return [fund for fund in whole if Fund.UNIT_FUNDS not in whole or fund not in parts]

    def _values(self, dimension: str, *sources: Source) -> list[str]:
        """The different values that rows and columns of these sources ask for, in their order."""
        return list(
            dict.fromkeys(
                value
                for cell in self._cells
                if set(sources) & set(cell.query.sources)
                for name, values in cell.query.where
                if name == dimension
                for value in values
            )
        )

    def _leaves(self, dimension: str, *sources: Source) -> list[str]:
        codes = self._values(dimension, *sources)
        return sorted(code for code in codes if not any(other != code and other.startswith(code) for other in codes))

    def _income(self) -> Iterator[Line]:
        if not self._is_budget:
            for code, fund in product(self._leaves("function_code", Source.INCOME), self._funds(Source.INCOME)):
                if _can_pay(fund, code):
                    yield self._line(function_code=code, fund=fund, origin=Origin.CURRENT)
            return
        coded = self._leaves("income_code", Source.INCOME)
        for fund, origin in product(self._funds(Source.INCOME), self._origins):
            codes = coded if fund in _CODED_INCOME and origin is Origin.CURRENT else []
            own: list[str | None] = [code for code in codes if self._is_asked_together(code, fund)]
            for income_code in own or [None]:
                yield self._line(fund=fund, origin=origin, income_code=income_code)

    def _is_asked_together(self, code: str, fund: Fund) -> bool:
        wanted = {("income_code", (code,)), ("fund", (str(fund),))}
        return any(wanted <= set(cell.query.where) for cell in self._cells)

    def _expenditure(self) -> Iterator[Line]:
        """A line for each nature, 基本支出 in its two halves where the form splits it."""
        natures = [Nature(value) for value in self._values("nature", Source.EXPENDITURE)]
        codes = self._leaves("function_code", Source.EXPENDITURE)
        for fund, code, origin, nature in product(self._funds(Source.EXPENDITURE), codes, self._origins, natures):
            is_split = self._form.splits_basic and nature is Nature.BASIC
            for component in tuple(Component) if is_split else (None,):
                if _can_pay(fund, code):
                    yield self._line(function_code=code, fund=fund, origin=origin, nature=nature, component=component)

    def _basic(self) -> Iterator[Line]:
        """A line for each economic code, or pair of them, that a row asks for, with the fund that its table names."""
        seen: set[tuple[str, ...]] = set()
        codes = set(self._leaves("department_economic_code", Source.BASIC))
        has_components = any(
            {"department_economic_code", "component"} <= dict(cell.query.where).keys() for cell in self._cells
        )
        components = set(Component) if has_components else set[Component]()
        for cell in self._cells:
            if Source.BASIC not in cell.query.sources:
                continue
            where = {name: values[0] for name, values in cell.query.where if len(values) == 1}
            code, government = where.get("department_economic_code", ""), where.get("government_economic_code")
            key = (code, government or "", where.get("unit_kind", ""), where.get("fund", "general"))
            if code not in codes or key in seen:
                continue
            seen.add(key)
            kind = (
                UnitKind(where["unit_kind"]) if "unit_kind" in where else usual_unit_kind(government) or self._only_kind
            )
            for component in sorted(
                components or {usual_component(code)}, key=lambda component: component != usual_component(code)
            ):
                yield self._line(
                    fund=Fund(key[3]), origin=Origin.CURRENT, nature=Nature.BASIC, component=component, unit_kind=kind,
                    department_economic_code=code, government_economic_code=government,
                )  # fmt: skip

    def _projects(self) -> Iterator[Line]:
        """A line for each project, fund and origin that some cell asks for together."""
        names = self._values("project", Source.PROJECT)
        tables = {
            (values, origin)
            for cell in self._cells
            if Source.PROJECT in cell.query.sources
            for origin in self._values_of(cell, "origin", self._origins)
            for values in self._values_of(cell, "fund", self._funds(Source.PROJECT))
        }
        where = [
            (fund, origin)
            for fund in self._funds(Source.PROJECT)
            for origin in self._origins
            if (fund, origin) in tables
        ]
        for name, (fund, origin) in product(names, where):
            yield self._line(project=name, fund=fund, origin=origin, nature=Nature.PROJECT)

    def _values_of(self, cell: TableCell, dimension: str, all_of_it: Iterable[str]) -> set[str]:
        possible = set(all_of_it)
        for name, values in cell.query.where:
            if name == dimension:
                possible &= set(values)
        return possible

    def _three_public(self) -> Iterator[Line]:
        """“三公”经费 that projects pay; in accounts a line for 决算 and another for 全年预算."""
        for fund, item in product(FISCAL_FUNDS, ThreePublicItem):
            if fund in self._funds(Source.EXPENDITURE):
                yield self._line(fund=fund, origin=Origin.CURRENT, nature=Nature.PROJECT, item=item)
                if not self._is_budget:
                    yield self._line(fund=fund, origin=Origin.CURRENT, stage=Stage.ADJUSTED, item=item)

    def _agency_operation(self) -> Iterator[Line]:
        for unit, fund in product((*self._values("unit", Source.AGENCY_OPERATION),) or (None,), FISCAL_FUNDS):
            if fund in self._funds(Source.EXPENDITURE):
                yield self._line(unit=unit, fund=fund, origin=Origin.CURRENT, component=Component.OPERATING)

    def _balance(self, source: Source) -> Iterator[Line]:
        if source in (Source.SURPLUS_USED, Source.SURPLUS_DISTRIBUTED):
            yield self._line(fund=Fund.UNIT_FUNDS, origin=Origin.CARRYOVER)
            return
        codes = self._leaves("function_code", source)
        for fund in self._funds(source):
            own = codes if fund is Fund.GOVERNMENT_FUND else []
            for code in (*own,) or (None,):
                yield self._line(fund=fund, origin=Origin.CARRYOVER, function_code=code)


def _can_pay(fund: Fund, function: str) -> bool:
    """Whether a fund may pay for a 功能科目: one of 国有资本经营预算支出 is paid by nothing else."""
    return fund == (meaning(Classification.FUNCTION, function, "fund") or fund)
