from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.diagnostics import Place
from discgen.gather.reader import read_facts
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import Query, UnknownDimensionError, read_where
from discgen.model.department import Department, Level, Region, Unit
from discgen.model.line import (
    Component,
    Fund,
    Line,
    Nature,
    Origin,
    Source,
    ThreePublicItem,
    UnitKind,
)
from tests.conftest import Demo

AGENCY = Unit("agency", "局", "局", UnitKind.ADMINISTRATIVE)
OFFICE = Unit("office", "办", "办", UnitKind.ADMINISTRATIVE)
ARCHIVE = Unit("archive", "馆", "馆", UnitKind.INSTITUTION)


def department(*units: Unit) -> Department:
    return Department("026", "局", "局", Region("市", Level.MUNICIPAL), units, ())


def expenditure(number: int, fund: Fund, code: str, origin: Origin = Origin.CURRENT) -> Line:
    return Line(
        Decimal(number), Place("b", number), fund=fund, origin=origin, nature=Nature.PROJECT, function_code=code
    )


def basic(number: int, code: str, kind: UnitKind | None = UnitKind.ADMINISTRATIVE, unit: str | None = None) -> Line:
    return Line(
        Decimal(number),
        Place("b", number),
        fund=Fund.GENERAL,
        origin=Origin.CURRENT,
        component=Component.PERSONNEL if code.startswith(("301", "303")) else Component.OPERATING,
        unit=unit,
        unit_kind=kind,
        department_economic_code=code,
    )


SPENT = (
    expenditure(1, Fund.GENERAL, "2010301"),
    expenditure(2, Fund.GENERAL, "2010350"),
    expenditure(4, Fund.GOVERNMENT_FUND, "2080505"),
    expenditure(8, Fund.STATE_CAPITAL, "2080505", Origin.CARRYOVER),
    expenditure(16, Fund.UNIT_FUNDS, "2013901"),
)
LEDGER = Ledger({Source.EXPENDITURE: SPENT}, department(AGENCY))


def ask(**where: str | list[str]) -> int:
    return int(LEDGER.ask(Query((Source.EXPENDITURE,)).narrowed(read_where(where))).value)


def test_an_answer_remembers_the_lines_it_was_added_from() -> None:
    answer = LEDGER.ask(Query((Source.EXPENDITURE,)).narrowed({"function_code": ("20103",)}))
    assert answer.lines == SPENT[:2]
    assert answer.value == 3
    assert [line.place.line for line in answer.lines] == [1, 2]


def test_no_lines_add_up_to_nothing() -> None:
    answer = LEDGER.ask(Query((Source.EXPENDITURE,)).narrowed({"function_code": ("299",)}))
    assert answer.value == 0
    assert answer.lines == ()


def test_lines_of_nothing_give_no_value_of_a_dimension() -> None:
    ledger = Ledger({Source.EXPENDITURE: (expenditure(0, Fund.GENERAL, "2010301"),)}, department(AGENCY))
    assert ledger.values(Query((Source.EXPENDITURE,)), "function_code") == []
    assert LEDGER.values(Query((Source.EXPENDITURE,)), "function_code") != []


@pytest.mark.parametrize(("code", "total"), [("201", 19), ("20103", 3), ("2010301", 1), ("208", 12), ("2", 31)])
def test_a_code_stands_for_all_codes_below_it(code: str, total: int) -> None:
    assert ask(function_code=code) == total


def test_fiscal_stands_for_the_three_funds_of_appropriation() -> None:
    assert ask(fund="fiscal") == 1 + 2 + 4 + 8


def test_several_values_of_a_dimension_are_added() -> None:
    assert ask(fund=["government_fund", "unit_funds"]) == 4 + 16


def test_two_demands_on_one_dimension_must_both_be_met() -> None:
    query = Query((Source.EXPENDITURE,)).narrowed(read_where({"fund": "fiscal"}))
    assert LEDGER.ask(query.narrowed({"fund": ("general",)})).value == 3
    assert LEDGER.ask(query.narrowed({"fund": ("unit_funds",)})).value == 0


def test_demands_on_several_dimensions_must_all_be_met() -> None:
    assert ask(function_code="208", origin="current") == 4


def test_values_are_those_of_the_lines_asked_for() -> None:
    query = Query((Source.EXPENDITURE,)).narrowed({"fund": ("general",)})
    assert LEDGER.values(query, "function_code") == ["2010301", "2010350"]


def test_a_dimension_that_a_line_does_not_know_has_no_answer() -> None:
    with pytest.raises(UnknownDimensionError):
        ask(unit="agency")
    with pytest.raises(UnknownDimensionError):
        LEDGER.values(Query((Source.EXPENDITURE,)), "project")


def test_a_source_of_which_nothing_is_known_has_no_answer() -> None:
    with pytest.raises(UnknownDimensionError):
        LEDGER.ask(Query((Source.THREE_PUBLIC,)))


def test_a_dimension_that_lines_do_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="no such dimension: colour"):
        read_where({"colour": "red"})
    with pytest.raises(ValueError, match="no such dimension: amount"):
        read_where({"amount": "1"})


@pytest.mark.parametrize(
    ("code", "item"),
    [
        ("30212", ThreePublicItem.OVERSEAS_TRAVEL),
        ("30217", ThreePublicItem.RECEPTION),
        ("30231", ThreePublicItem.VEHICLE_OPERATION),
        ("30913", ThreePublicItem.VEHICLE_PURCHASE),
        ("31013", ThreePublicItem.VEHICLE_PURCHASE),
    ],
)
def test_three_public_is_taken_from_basic_lines_by_their_code(code: str, item: ThreePublicItem) -> None:
    ledger = Ledger({Source.BASIC: (basic(3, code), basic(5, "30201"))}, department(AGENCY))
    assert [(line.item, int(line.amount), line.place.line) for line in ledger.lines(Source.THREE_PUBLIC)] == [
        (item, 3, 3)
    ]


def test_three_public_that_projects_pay_is_added_to_what_basic_lines_pay() -> None:
    paid = Line(Decimal(7), Place("b", 7), fund=Fund.GENERAL, nature=Nature.PROJECT, item=ThreePublicItem.RECEPTION)
    ledger = Ledger({Source.BASIC: (basic(3, "30217"),), Source.THREE_PUBLIC: (paid,)}, department(AGENCY))
    query = Query((Source.THREE_PUBLIC,)).narrowed({"item": ("reception",)})
    assert [line.amount for line in ledger.ask(query).lines] == [3, 7]


def test_three_public_that_is_declared_whole_has_nothing_added_to_it() -> None:
    lines = {
        Source.BASIC: (basic(5, "30231"),),
        Source.THREE_PUBLIC: (Line(Decimal(3), Place("b", 3), item=ThreePublicItem.VEHICLE_OPERATION),),
    }
    assert Ledger(lines, department(AGENCY)).ask(Query((Source.THREE_PUBLIC,))).value == 3


def test_three_public_is_not_known_where_operating_expenditure_is_written_by_class() -> None:
    ledger = Ledger({Source.BASIC: (basic(5, "302"), basic(7, "301"))}, department(AGENCY))
    with pytest.raises(UnknownDimensionError):
        ledger.ask(Query((Source.THREE_PUBLIC,)))


def test_agency_operation_is_the_operating_expenditure_of_administrative_units() -> None:
    lines = (
        basic(1, "30101"),
        basic(2, "30201"),
        basic(4, "30231"),
        basic(8, "30201", UnitKind.INSTITUTION),
        basic(16, "30231", UnitKind.INSTITUTION),
        basic(32, "31002", unit="agency"),
    )
    ledger = Ledger({Source.BASIC: lines}, department(AGENCY, ARCHIVE))
    assert ledger.ask(Query((Source.AGENCY_OPERATION,))).value == 2 + 4 + 32


def test_agency_operation_without_a_unit_belongs_to_the_only_administrative_one() -> None:
    ledger = Ledger({Source.BASIC: (basic(2, "30201"),)}, department(ARCHIVE, AGENCY))
    assert ledger.values(Query((Source.AGENCY_OPERATION,)), "unit") == ["agency"]


def test_agency_operation_without_a_unit_is_nobodys_where_there_are_two() -> None:
    ledger = Ledger({Source.BASIC: (basic(2, "30201"),)}, department(AGENCY, OFFICE))
    assert ledger.lines(Source.AGENCY_OPERATION)[0].unit is None


def test_a_line_marked_as_an_institutions_leaves_agency_operation_but_stays_in_three_public(workspace: Demo) -> None:
    workspace.edit(
        "2023/budget.yaml", "government: 50208, amount: 6", "government: 50208, unit_kind: institution, amount: 6"
    )
    disclosure, _ = read_facts(workspace.workspace, workspace.target)
    assert disclosure is not None
    ledger = Ledger(disclosure.lines, disclosure.department)
    assert ledger.ask(Query((Source.AGENCY_OPERATION,))).value == 130_000
    assert ledger.ask(Query((Source.THREE_PUBLIC,))).value == 60_000


def of_projects(*names: str | None) -> Ledger:
    lines = (Line(Decimal(at), Place("p", at), fund=Fund.GENERAL, project=name) for at, name in enumerate(names, 1))
    return Ledger({Source.PROJECT: tuple(lines)}, department(AGENCY))


def of_project(name: str) -> Query:
    return Query((Source.PROJECT,), (("project", (name,)),))


def test_no_line_is_asked_by_itself_whether_it_matches(looked_at: list[Line]) -> None:
    names = [f"p{number}" for number in range(50)]
    ledger = of_projects(*names)
    assert [int(ledger.ask(of_project(name)).value) for name in names] == list(range(1, 51))
    assert looked_at == []


def test_all_lines_of_a_project_and_no_others_are_added_up() -> None:
    assert [one.place.line for one in of_projects("a", "b", "a").ask(of_project("a")).lines] == [1, 3]
    assert of_projects("a").ask(of_project("c")).value == 0


def test_a_line_that_does_not_say_its_project_makes_the_answer_unknown() -> None:
    with pytest.raises(UnknownDimensionError):
        of_projects("a", None).ask(of_project("a"))
