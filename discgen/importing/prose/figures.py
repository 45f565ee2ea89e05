"""Statements to figures of the file of facts: held to what the tables say, last year's worked out of the changes.

A figure that a table has too is not imported twice: where the two differ, the difference is told with its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.form.sentences import AMOUNT, CHANGE, COUNT
from discgen.importing.prose.clauses import DAY, Statement
from discgen.importing.prose.words import ProseWords
from discgen.ledger.facts import load_catalogue
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import Query, UnknownDimensionError
from discgen.model.line import FISCAL_FUNDS, Fund, Line, Origin, ProcurementItem, Source, ThreePublicItem
from discgen.money import YUAN_PER_UNIT, ZERO, in_yuan

_PURCHASES, _OWNED = "assets.purchases.vehicles", "assets.vehicles.owned"
_NEEDED = {"assets.": _OWNED, "performance.": "performance.projects"}
"""Sections of the file of facts, and what each must have."""
_WHOLES = {_PURCHASES: "assets.purchases.vehicles_by_use", _OWNED: "assets.vehicles.owned_by_use"}
"""Counts of vehicles, and where those by use stand that they are the sum of."""
_INCOME, _SPENT = "appropriation.total", "expenditure.fiscal"
_THREE_PUBLIC = "three_public."
_NOWHERE = Place("")


class Figures(Struct):
    """What was stated, by where it stands: declared figures, lines, last year's lines; and what is to be told."""

    declared: dict[str, Decimal | date] = field(default_factory=dict)
    money: set[str] = field(default_factory=set)
    procurement: tuple[Line, ...] = ()
    prior: dict[Source, tuple[Line, ...]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class FigureReader:
    """Turns the statements of one workbook into figures. `ledger` is what its tables say; `last_year` that of a year before
    whose files are there, None where there are none.
    """

    def __init__(self, form: Form, words: ProseWords, ledger: Ledger, last_year: Ledger | None) -> None:
        self._form, self._words, self._ledger, self._last_year = form, words, ledger, last_year
        self._catalogue = load_catalogue()
        self._made = Figures()

    def read(self, statements: Sequence[Statement], place: str) -> Figures:
        """All figures; `place` is what lines of text come from (`预算.xlsx 文字`)."""
        filled = [statement for statement in statements if statement.value is not None]
        for statement in filled:
            if statement.kind == AMOUNT and not statement.name.startswith("“"):
                self._amount(statement)
            elif statement.kind == COUNT:
                self._declare(statement, self._words.path(statement.name))
            elif statement.kind == DAY:
                self._declare(statement, f"assets.{statement.name}")
        self._vehicles(filled)
        self._procurement(filled, place)
        self._without_incomplete()
        changes = {statement.name: statement for statement in filled if statement.kind == CHANGE}
        if self._last_year:
            self._made.remarks += self._differing_changes(changes.values(), self._last_year)
        else:
            self._prior(changes)
        return self._made

    def _amount(self, statement: Statement) -> None:
        path = self._words.path(statement.name)
        if (path and not path.startswith("procurement.")) or path.startswith("procurement.reserved."):
            self._declare(statement, path)
            self._made.money.add(path)
        elif not path and not statement.name.startswith("procurement."):
            known = self._this(statement.name)
            if known is not None and not self._is_shown_as(known, _decimal(statement)):
                self._made.remarks.append(
                    f"{statement.cell} “{statement.words}”写的是{in_yuan(_decimal(statement))}，表里是{in_yuan(known)}："
                    "文件照表印，核对是哪一个"
                )

    def _declare(self, statement: Statement, path: str) -> None:
        """Keep a figure; a second one that differs is a problem."""
        value = statement.value
        assert isinstance(value, Decimal | date)
        first = self._made.declared.setdefault(path, value)
        if first != value:
            self._made.problems.append(
                f"{statement.cell} “{statement.words}”写的是{value}，前面写的是{first}，改成一样的"
            )

    def _vehicles(self, statements: Iterable[Statement]) -> None:
        """Hold counts of vehicles to those by use, and leave out what need not be written."""
        cells = {
            self._words.path(statement.name): statement.cell for statement in statements if statement.kind == COUNT
        }
        declared = self._made.declared
        for whole, parts in _WHOLES.items():
            by_use = {path: value for path, value in declared.items() if path.startswith(f"{parts}.")}
            total = declared.get(whole)
            if total is not None and by_use and total != sum(map(Decimal, map(str, by_use.values()))):
                added = sum(map(Decimal, map(str, by_use.values())))
                self._made.problems.append(f"{cells[whole]} 车辆写的是{total}辆，按用途加起来是{added}辆，改成一样的")
            for path, value in by_use.items():
                if value == 0:
                    del declared[path]
        if declared.pop(_PURCHASES, None) == 0:
            declared[f"{_WHOLES[_PURCHASES]}.other"] = ZERO

    def _without_incomplete(self) -> None:
        """Leave out sections whose first figure is not filled in: the empty workbook has a day and noughts already."""
        for section, needed in _NEEDED.items():
            if needed not in self._made.declared:
                self._made.declared = {
                    path: value for path, value in self._made.declared.items() if not path.startswith(section)
                }

    def _procurement(self, statements: Sequence[Statement], place: str) -> None:
        stated = {s.name: s for s in statements if s.kind == AMOUNT and s.name.startswith("procurement.")}
        none = any(s.kind == "none" and s.name == "procurement" for s in statements)
        items = {item: stated.get(f"procurement.{item}") for item in ProcurementItem}
        whole = stated.get("procurement.total")
        if not any(items.values()) and (none or (whole and not whole.value)):
            amounts = dict.fromkeys(items, ZERO)
        elif any(items.values()):
            amounts = {item: _decimal(s) if s else ZERO for item, s in items.items()}
        else:
            return
        total = sum(amounts.values(), ZERO)
        if whole and _decimal(whole) != total:
            self._made.problems.append(
                f"{whole.cell} 政府采购预算写的是{in_yuan(_decimal(whole))}，货物、工程、服务加起来是{in_yuan(total)}，改成一样的"
            )
        self._made.procurement = tuple(
            Line(amount, Place(f"{place}!"), stage=self._ledger.stage, item=item) for item, amount in amounts.items()
        )

    def _this(self, name: str) -> Decimal | None:
        return _asked(self._ledger, self._catalogue.facts[name].query) if name in self._catalogue.facts else None

    def _is_shown_as(self, exact: Decimal, stated: Decimal) -> bool:
        styles = self._form.numbers.values()
        return stated == exact or any(stated == style.rounded(exact) * YUAN_PER_UNIT[style.unit] for style in styles)

    def _differing_changes(self, changes: Iterable[Statement], last_year: Ledger) -> Iterator[str]:
        for change in changes:
            query = self._catalogue.facts[change.name].query if change.name in self._catalogue.facts else None
            before, this = (_asked(last_year, query) if query else None), self._this(change.name)
            if before is not None and this is not None and not self._is_shown_as(this - before, _decimal(change)):
                yield (
                    f"{change.cell} “{change.words}”，照上年的文件是{_way(this - before)}：文件照上年的数算，核对是哪一个"
                )

    def _prior(self, changes: Mapping[str, Statement]) -> None:
        before = {
            name: known - _decimal(change)
            for name, change in changes.items()
            if (known := self._this(name)) is not None
        }
        wrong = [name for name, amount in before.items() if amount < 0]
        for name in wrong:
            change = changes[name]
            self._made.problems.append(f"{change.cell} “{change.words}”，上年就成了负数，核对增减数")
        by_fund = {fund: before[f"expenditure.{fund}"] for fund in FISCAL_FUNDS if f"expenditure.{fund}" in before}
        is_open = any(fund not in by_fund and self._this(f"expenditure.{fund}") for fund in FISCAL_FUNDS)
        if wrong or is_open or not by_fund:
            return
        self._made.remarks += self._unlike_sums(before, by_fund, changes)
        lines = tuple(
            self._line(fund=fund, amount=amount) for fund, amount in by_fund.items() if amount or fund is Fund.GENERAL
        )
        self._made.prior = {Source.INCOME: lines, Source.EXPENDITURE: lines}
        items = {
            item: before[f"{_THREE_PUBLIC}{item}"] for item in ThreePublicItem if f"{_THREE_PUBLIC}{item}" in before
        }
        if items:
            self._made.prior[Source.THREE_PUBLIC] = tuple(
                Line(amount, _NOWHERE, stage=self._ledger.stage, fund=Fund.GENERAL, origin=Origin.CURRENT, item=item)
                for item, amount in items.items()
            )

    def _unlike_sums(
        self, before: Mapping[str, Decimal], by_fund: Mapping[Fund, Decimal], changes: Mapping[str, Statement]
    ) -> Iterator[str]:
        """Totals of last year that are not the sum of their funds, or of their items."""
        funds = sum(by_fund.values(), ZERO)
        items = [before.get(f"{_THREE_PUBLIC}{item}") for item in ThreePublicItem]
        vehicles = [before.get(f"{_THREE_PUBLIC}{item}") for item in ("vehicle_purchase", "vehicle_operation")]
        wholes: dict[str, list[Decimal | None]] = {
            _INCOME: [funds],
            _SPENT: [funds],
            f"{_THREE_PUBLIC}total": items,
            f"{_THREE_PUBLIC}vehicles": vehicles,
        }
        for name, parts in wholes.items():
            known = [part for part in parts if part is not None]
            if name in before and len(known) == len(parts) and before[name] != sum(known, ZERO):
                yield (
                    f"{changes[name].cell} “{changes[name].words}”：照这句上年是{in_yuan(before[name])}，"
                    f"照各项的增减加起来是{in_yuan(sum(known, ZERO))}，照各项录入，核对"
                )

    def _line(self, *, fund: Fund, amount: Decimal) -> Line:
        return Line(amount, _NOWHERE, stage=self._ledger.stage, fund=fund, origin=Origin.CURRENT)


def _asked(ledger: Ledger, query: Query) -> Decimal | None:
    """The answer; None where the ledger cannot tell."""
    try:
        return ledger.ask(query).value
    except UnknownDimensionError:
        return None


def _decimal(statement: Statement) -> Decimal:
    assert isinstance(statement.value, Decimal)
    return statement.value


def _way(change: Decimal) -> str:
    if not change:
        return "持平"
    return f"{'增加' if change > 0 else '减少'}{in_yuan(abs(change))}"
