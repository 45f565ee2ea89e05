"""Every table of every form: with nothing, with next to nothing, and with all that the form has a place for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from discgen.form.form import Form, load_form
from discgen.form.layers import form_names
from discgen.ledger.ledger import Ledger
from discgen.model.disclosure import Disclosure
from discgen.model.line import (
    FISCAL_FUNDS,
    STAGES,
    Component,
    Fund,
    Line,
    Lines,
    Nature,
    Origin,
    Source,
    Stage,
    ThreePublicItem,
    UnitKind,
)
from discgen.narrative.write import Text
from discgen.pipeline import Document
from discgen.render.html import render_html
from discgen.tables.build import build_tables
from discgen.tables.table import Table
from discgen.view.page import DocumentView, Section
from discgen.view.table import view_table
from tests.tables.made import line

SHANXI_FUNDS = (*FISCAL_FUNDS, Fund.SPECIAL_ACCOUNT, Fund.UNIT_FUNDS)
"""What a form that names no funds tells apart."""

NOTHING: Lines = {source: () for source in Source if source not in (Source.THREE_PUBLIC, Source.AGENCY_OPERATION)}
INCOME_CODES = {Fund.GOVERNMENT_FUND: "1030148", Fund.STATE_CAPITAL: "1030601"}


@dataclass(frozen=True)
class Case:
    """Lines of a form's kind, and what the totals of its tables must be in 万元, by the table's id."""

    lines: Lines
    totals: Mapping[str, int]


def bought(wan: int, stage: Stage, number: int = 0, **dimensions: Any) -> dict[Source, list[Line]]:
    """基本支出 of so many 万元: by function, and by an economic code that is of an administrative unit."""
    codes = [("30231", "50208"), ("30217", "50206"), ("30201", "50201")][number % 3]
    economic = {"department_economic_code": codes[0], "government_economic_code": codes[1]}
    own = {"unit": "agency", "unit_kind": UnitKind.ADMINISTRATIVE, "component": Component.OPERATING}
    spent = {"stage": stage, "nature": Nature.BASIC, **dimensions}
    return {
        Source.EXPENDITURE: [line(wan, function_code="2010301", **spent)],
        Source.BASIC: [line(wan, **economic, **own, **spent)],
    }


def budget(form: Form, *, full: bool) -> Case:
    """2万元 of 基本支出 and a power of two of 项目支出 from each fund, of the year and carried over.

    With but one fund: general 2 and 1.
    """
    funds = (form.funds or SHANXI_FUNDS) if full else (Fund.GENERAL,)
    origins = tuple(Origin) if full and form.carryover else (Origin.CURRENT,)
    lines: dict[Source, list[Line]] = {source: [] for source in NOTHING}
    number, whole, fiscal = 0, 0, 0
    for fund in funds:
        for origin in origins:
            where: dict[str, Any] = {"fund": fund, "origin": origin, "stage": Stage.APPROVED}
            project = 2**number
            for source, found in bought(2, number=number, **where).items():
                lines[source] += found
            code = INCOME_CODES.get(fund)
            lines[Source.INCOME].append(line(2 + project, income_code=code, **where))
            spent = {"nature": Nature.PROJECT, "function_code": "2080505", **where}
            lines[Source.EXPENDITURE].append(line(project, **spent))
            lines[Source.PROJECT].append(line(project, project="1-store", unit="agency", **spent))
            number += 1
            whole += 2 + project
            fiscal += 2 + project if fund in FISCAL_FUNDS else 0
    totals = {
        "income-and-expenditure": whole,
        "expenditure": whole,
        "appropriation": fiscal,
        "general-expenditure": 3,
        "basic-by-economic": 2,
    }
    return Case({source: tuple(found) for source, found in lines.items()}, totals)


def accounts(*, full: bool) -> Case:
    """Accounts in which what came went: with all, 360万元, and with little, 3万元.

    With all, 财政拨款 are 1 + 2 + 4 of income and 10 + 20 + 30 of 年初结转: 9 + 15 + 30 are spent
    and 2 + 7 + 4 are left. Of 单位资金 8 + 16 + 32 + 64 + 128 came, with 40 and 5 of 结余: 210
    are spent in five ways, 23 are distributed and 60 are left.
    """

    def done(wan: int, fund: Fund, **dimensions: Any) -> Line:
        dimensions = {"origin": Origin.CURRENT, "function_code": "2120399", **dimensions}
        return line(wan, stage=Stage.EXECUTED, fund=fund, **dimensions)

    if not full:
        lines = bought(3, Stage.EXECUTED, fund=Fund.GENERAL, origin=Origin.CURRENT)
        some = {source: tuple(found) for source, found in lines.items()}
        came = {Source.INCOME: (done(3, Fund.GENERAL),)}
        little = dict.fromkeys(("income-and-expenditure", "expenditure", "appropriation", "general-expenditure"), 3)
        return Case({**NOTHING, **some, **came}, little)
    form = load_form("shanxi-accounts-2024")
    general, fund, capital, own = (*FISCAL_FUNDS, Fund.UNIT_FUNDS)
    natures = dict(zip(Nature, (100, 50, 20, 30, 10), strict=True))
    basic = bought(4, Stage.EXECUTED, fund=general, origin=Origin.CURRENT)
    everything: Lines = {
        Source.INCOME: tuple(done(2**number, kind) for number, kind in enumerate(form.funds)),
        Source.EXPENDITURE: (
            *basic[Source.EXPENDITURE],
            done(5, general, nature=Nature.PROJECT),
            done(15, fund, nature=Nature.PROJECT),
            done(30, capital, nature=Nature.PROJECT),
            *(done(wan, own, nature=nature) for nature, wan in natures.items()),
        ),
        Source.BASIC: tuple(basic[Source.BASIC]),
        Source.PROJECT: (),
        Source.THREE_PUBLIC: tuple(
            line(7, stage=Stage.ADJUSTED, fund=general, item=item, nature=Nature.PROJECT) for item in ThreePublicItem
        ),
        Source.PROCUREMENT: (line(6, stage=Stage.EXECUTED, item="goods"),),
        Source.OPENING_BALANCE: (done(10, general), done(20, fund), done(30, capital), done(40, own)),
        Source.SURPLUS_USED: (done(5, own),),
        Source.SURPLUS_DISTRIBUTED: (done(23, own),),
        Source.CLOSING_BALANCE: (done(2, general), done(7, fund), done(4, capital), done(60, own)),
    }
    totals = {"income-and-expenditure": 360, "income": 255, "expenditure": 264, "appropriation": 67}
    return Case(everything, totals | {"general-expenditure": 9, "state-capital": 30})


def case(form: Form, *, full: bool) -> Case:
    return accounts(full=full) if form.kind == "accounts" else budget(form, full=full)


def built(form: Form, lines: Lines, disclosure: Disclosure) -> tuple[Table, ...]:
    return build_tables(form, Ledger(lines, disclosure.department, STAGES[form.kind]), disclosure)


def shown(table: Table) -> list[str]:
    return [cell.text for row in table.rows for cell in row.cells if cell.text]


def set_in_html(form: Form, tables: tuple[Table, ...], disclosure: Disclosure) -> str:
    """The page of the tables alone."""
    document = Document(disclosure, form, tables, Text((), (), ()))
    pieces = Section([view_table(table, document) for table in tables])
    return render_html(DocumentView("题", "", "", "", (), (pieces,), draft=False, findings=()))


def assert_html_says_it(form: Form, tables: tuple[Table, ...], disclosure: Disclosure) -> None:
    html = set_in_html(form, tables, disclosure)
    # A table without rows is a body of heads.
    bodies = [table.partition("</thead>")[2] for table in re.findall(r"<table.*?</table>", html, re.DOTALL)]
    assert [[unescape(text) for text in re.findall(r"<t[dh][^>]*>([^<]+)</t[dh]>", body)] for body in bodies] == [
        shown(table) for table in tables
    ]
    notes = [unescape(note) for note in re.findall(r'<p class="table-note">(.*?)</p>', html)]
    assert notes == [note for table in tables for note in table.notes]


def said_when_empty(form: Form, disclosure: Disclosure) -> list[str]:
    return [(spec.empty_note or form.notes["empty"]).format(year=disclosure.year) for spec in form.tables]


def wrong_sums(tables: tuple[Table, ...]) -> list[str]:
    return [
        f"{table.id} {one.name}"
        for table in tables
        for one in table.sums
        if one.total.value != sum(part.value for part in one.parts)
    ]


@pytest.mark.parametrize("name", form_names())
def test_with_nothing_every_table_says_that_it_is_empty(name: str, disclosure: Disclosure) -> None:
    form = load_form(name)
    tables = built(form, NOTHING, disclosure)
    assert [table.notes[-1] for table in tables] == said_when_empty(form, disclosure)
    assert {cell.answer.value for table in tables for cell in table.amounts() if cell.answer} == {Decimal(0)}
    assert_html_says_it(form, tables, disclosure)


@pytest.mark.parametrize("full", [False, True], ids=["little", "all"])
@pytest.mark.parametrize("name", form_names())
def test_sums_are_there_and_are_exact(name: str, full: bool, disclosure: Disclosure) -> None:  # noqa: FBT001
    form = load_form(name)
    tables = built(form, case(form, full=full).lines, disclosure)
    assert sum(len(table.sums) for table in tables) > 20
    assert wrong_sums(tables) == []
    assert_html_says_it(form, tables, disclosure)


@pytest.mark.parametrize("full", [False, True], ids=["little", "all"])
@pytest.mark.parametrize("name", form_names())
def test_totals_are_those_of_the_lines(name: str, full: bool, disclosure: Disclosure) -> None:  # noqa: FBT001
    form = load_form(name)
    made = case(form, full=full)
    found: dict[str, set[Decimal]] = {}
    for table in built(form, made.lines, disclosure):
        # What stands first beside the label of each block's total.
        totals = [row for row in table.rows if row.kind == "total"]
        firsts = [at for at, column in enumerate(table.columns) if column.key == "total"]
        answers = [row.cells[at].answer for row in totals for at in firsts]
        found[table.id] = {answer.value / 10000 for answer in answers if answer}
    assert {id_: found[id_] for id_ in made.totals} == {id_: {Decimal(wan)} for id_, wan in made.totals.items()}


@pytest.mark.parametrize("name", form_names())
def test_with_all_that_the_form_has_a_place_for_no_table_is_empty(name: str, disclosure: Disclosure) -> None:
    form = load_form(name)
    tables = built(form, case(form, full=True).lines, disclosure)
    empty = zip(tables, said_when_empty(form, disclosure), strict=True)
    assert [table.id for table, note in empty if note in table.notes] == []
