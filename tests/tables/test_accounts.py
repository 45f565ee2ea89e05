"""The tables of accounts over drawn lines: both sides agree where each fund does, and every sum is exact."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.form.form import load_form
from discgen.ledger.facts import FactBook
from discgen.ledger.ledger import Ledger
from discgen.model.disclosure import Disclosure
from discgen.model.line import (
    FISCAL_FUNDS,
    UNIT_FUNDS,
    Component,
    Fund,
    Line,
    Lines,
    Nature,
    Origin,
    Source,
    Stage,
    total,
)
from discgen.rules.case import Case
from discgen.rules.reconciliation import accounts_balance
from discgen.tables.build import build_tables
from discgen.tables.table import Table
from tests.conftest import Demo
from tests.forms import Forms

KINDS = tuple(fund for fund in UNIT_FUNDS if fund is not Fund.UNIT_FUNDS)
FUNCTIONS = st.sampled_from(("2010301", "2010350", "2080505", "2120399", "2299999"))
ECONOMIC = st.sampled_from(("30101", "30199", "302", "30302", "31002", "31099", "39999"))
fen = st.integers(1, 300) | st.integers(-(10**6), 10**10) | st.just(0)


@cache
def disclosure() -> Disclosure:
    """A department to name the units; its lines are replaced."""
    with tempfile.TemporaryDirectory() as folder:
        return Demo(Path(folder)).facts()


def done(amount: int, fund: Fund, code: str = "2120399", **dimensions: Any) -> Line:
    dimensions = {"origin": Origin.CURRENT, "stage": Stage.EXECUTED, "function_code": code, **dimensions}
    return Line(Decimal(amount) / 100, Place("b"), fund=fund, **dimensions)


@st.composite
def of_fund(draw: st.DrawFn, fund: Fund) -> dict[Source, list[Line]]:
    """What came and went of one fund of 财政拨款, or of all 单位资金; `fund` of the latter is what they are spent as.

    Mostly they balance; now and then 年末结转 is off.
    """
    own = fund is Fund.UNIT_FUNDS
    kinds = st.sampled_from(KINDS) if own else st.just(fund)
    natures = st.sampled_from(tuple(Nature) if own else (Nature.BASIC, Nature.PROJECT))
    income = [done(draw(fen), draw(kinds), draw(FUNCTIONS)) for _ in range(draw(st.integers(0, 3)))]
    spent = [done(draw(fen), fund, draw(FUNCTIONS), nature=draw(natures)) for _ in range(draw(st.integers(0, 4)))]
    opening = [done(draw(fen), fund)]
    used, distributed = ([done(draw(fen), fund)] if own else [] for _ in range(2))
    left = total((*income, *opening, *used)) - total((*spent, *distributed))
    off = draw(st.just(0) | st.just(0) | st.just(0) | st.sampled_from((1, -1, 100)))
    return {
        Source.INCOME: income,
        Source.EXPENDITURE: spent,
        Source.OPENING_BALANCE: opening,
        Source.CLOSING_BALANCE: [done(int(left * 100) + off, fund)],
        Source.SURPLUS_USED: used,
        Source.SURPLUS_DISTRIBUTED: distributed,
    }


@st.composite
def accounts(draw: st.DrawFn) -> Lines:
    """Accounts whose every fund of 财政拨款, and 单位资金 together, came and went."""
    lines: dict[Source, list[Line]] = {}
    for fund in (*FISCAL_FUNDS, Fund.UNIT_FUNDS):
        for source, found in draw(of_fund(fund)).items():
            lines.setdefault(source, []).extend(found)
    # A class is written whole or by its codes.
    codes = draw(st.lists(ECONOMIC, max_size=6))
    lines[Source.BASIC] = [
        Line(
            Decimal(draw(fen)) / 100,
            Place("b"),
            stage=Stage.EXECUTED,
            fund=draw(st.sampled_from(FISCAL_FUNDS)),
            origin=Origin.CURRENT,
            nature=Nature.BASIC,
            component=Component.PERSONNEL if code.startswith(("301", "303")) else Component.OPERATING,
            department_economic_code=code,
        )
        for code in codes
    ]
    return {source: tuple(found) for source, found in lines.items()} | {
        Source.PROCUREMENT: (),
        Source.PROJECT: (),
        Source.THREE_PUBLIC: (),
        Source.AGENCY_OPERATION: (),
    }


def ledger_of(lines: Lines) -> Ledger:
    return Ledger(lines, disclosure().department, Stage.EXECUTED)


def tables_of(lines: Lines) -> tuple[Table, ...]:
    return build_tables(load_form("shanxi-accounts-2024"), ledger_of(lines), disclosure())


def differs(lines: Lines, funds: tuple[Fund, ...]) -> bool:
    """Whether what came of the funds is not what went."""
    came = (Source.INCOME, Source.OPENING_BALANCE, Source.SURPLUS_USED)
    went = (Source.EXPENDITURE, Source.CLOSING_BALANCE, Source.SURPLUS_DISTRIBUTED)
    left, right = (
        sum(line.amount for source in side for line in lines[source] if line.fund in funds) for side in (came, went)
    )
    return left != right


def totals(table: Table) -> list[Decimal]:
    """What stands in 总计 on either side."""
    return [cell.answer.value for cell in table.rows[-1].cells if cell.answer][:2]


@pytest.mark.slow
@settings(max_examples=80)
@given(accounts())
def test_r010_fires_for_a_fund_that_differs_and_else_both_sides_of_the_first_table_agree(lines: Lines) -> None:
    ledger, facts = ledger_of(lines), replace(disclosure(), lines=lines)
    form = load_form("shanxi-accounts-2024")
    found = list(accounts_balance(Case(facts, form, ledger, FactBook(facts, ledger, None))))
    groups = [(fund,) for fund in FISCAL_FUNDS] + [UNIT_FUNDS]
    assert len(found) == sum(differs(lines, funds) for funds in groups)
    if not found:
        one, *_, four = [table for table in tables_of(lines) if table.id in ("income-and-expenditure", "appropriation")]
        for table in (one, four):
            income, expenditure = totals(table)
            assert income == expenditure


@pytest.mark.slow
@settings(max_examples=80)
@given(accounts())
def test_every_sum_of_every_table_of_accounts_is_exact(lines: Lines) -> None:
    tables = tables_of(lines)
    assert sum(len(table.sums) for table in tables) > 50
    assert [
        f"{table.id} {one.name}"
        for table in tables
        for one in table.sums
        if one.total.value != sum(part.value for part in one.parts)
    ] == []


@pytest.mark.slow
@settings(max_examples=80)
@given(accounts())
def test_the_first_table_has_every_line_of_both_sides(lines: Lines) -> None:
    income, expenditure = totals(tables_of(lines)[0])
    assert income == sum(
        line.amount for source in (Source.INCOME, Source.OPENING_BALANCE, Source.SURPLUS_USED) for line in lines[source]
    )
    assert expenditure == sum(
        line.amount
        for source in (Source.EXPENDITURE, Source.CLOSING_BALANCE, Source.SURPLUS_DISTRIBUTED)
        for line in lines[source]
    )


def catalogue_of(row: str, forms: Forms, codes: list[str]) -> list[str]:
    """The names in the rows of a catalogue, where the codes have money."""
    forms.child("", parent="shanghai-accounts-2024")
    name = "child/tables/basic-by-economic.yaml"
    text = (forms.folder / "forms/shanghai-accounts-2024/tables/basic-by-economic.yaml").read_text(encoding="utf-8")
    whole = "      - {each: department_economic_catalogue, first: 303, last: 30399, without: [30306]}"
    assert whole in text
    forms.write(name, text.replace(whole, row))
    empty = dict.fromkeys(Source, ())
    lines = {**empty, Source.BASIC: tuple(line_of(code) for code in codes)}
    tables = build_tables(forms.load("child"), ledger_of(lines), disclosure())
    [table] = [table for table in tables if table.id == "basic-by-economic"]
    return ["".join(cell.text for cell in row.cells[:3]) for row in table.rows if row.cells[0].text == "303"]


def line_of(code: str) -> Line:
    return Line(
        Decimal(10_000),
        Place(""),
        stage=Stage.EXECUTED,
        fund=Fund.GENERAL,
        origin=Origin.CURRENT,
        nature=Nature.BASIC,
        component=Component.PERSONNEL,
        department_economic_code=code,
    )


_LAST = "      - {each: department_economic_catalogue, first: 30305, last: 30307"


def test_a_code_that_is_not_printed_is_printed_where_it_has_money(forms: Forms) -> None:
    row = f"{_LAST}, without: [30306]}}"
    assert catalogue_of(row, forms, []) == ["30305生活补助", "30307医疗费补助"]
    assert catalogue_of(row, forms, ["30306"]) == ["30305生活补助", "30306救济费", "30307医疗费补助"]


def test_of_a_catalogue_only_what_has_money_may_be_printed(forms: Forms) -> None:
    assert catalogue_of(f"{_LAST}, present: true}}", forms, ["30307"]) == ["30307医疗费补助"]
