"""What a question matches where lines know more or less, and over several sources and stages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.diagnostics import Place
from discgen.ledger.ledger import Ledger
from discgen.ledger.query import LineIndex, Query, UnknownDimensionError, read_sources, read_where
from discgen.model.department import Department, Level, Region
from discgen.model.line import FISCAL_FUNDS, Fund, Line, Nature, Source, Stage, UnitKind

DEPARTMENT = Department("026", "局", "局", Region("市", Level.MUNICIPAL), (), ())

COARSE = Line(Decimal(7), Place("b"), fund=Fund.GENERAL, function_code="201")
"""Known by its 类 only, and not by its nature."""


def line(amount: int, stage: Stage = Stage.APPROVED, fund: Fund = Fund.GENERAL) -> Line:
    return Line(Decimal(amount), Place("b"), stage=stage, fund=fund)


def ask(
    lines: Mapping[Source, tuple[Line, ...]], source: object, stage: Stage = Stage.APPROVED, **where: str | list[str]
) -> int:
    query = Query(read_sources(source)).narrowed(read_where(where))
    return int(Ledger(lines, DEPARTMENT, stage).ask(query).value)


def spent(*lines: Line, **where: str | list[str]) -> int:
    return ask({Source.EXPENDITURE: lines}, "expenditure", Stage.APPROVED, **where)


def test_a_line_known_by_its_class_answers_for_the_class() -> None:
    assert spent(COARSE, function_code="201") == 7


@pytest.mark.parametrize("code", ["20103", "2010301"])
def test_a_line_known_by_its_class_does_not_know_what_is_below(code: str) -> None:
    with pytest.raises(UnknownDimensionError):
        spent(COARSE, function_code=code)


def test_a_line_known_by_its_class_is_not_of_another_class() -> None:
    assert spent(COARSE, function_code="2080505") == 0


def test_one_of_several_codes_that_takes_in_the_class_is_enough() -> None:
    assert spent(COARSE, function_code=["2010301", "201"]) == 7


def test_the_value_of_a_class_known_line_is_the_class() -> None:
    ledger = Ledger({Source.EXPENDITURE: (COARSE,)}, DEPARTMENT)
    assert ledger.values(Query((Source.EXPENDITURE,)), "function_code") == ["201"]


@pytest.mark.parametrize(
    "where", [{"nature": "basic", "fund": "government_fund"}, {"fund": "government_fund", "nature": "basic"}]
)
def test_a_known_demand_rules_a_line_out_whichever_unknown_one_stands_beside_it(where: dict[str, str]) -> None:
    assert spent(COARSE, **where) == 0


@pytest.mark.parametrize("where", [{"nature": "basic", "fund": "general"}, {"fund": "general", "nature": "basic"}])
def test_a_line_that_meets_what_it_knows_is_still_unknown(where: dict[str, str]) -> None:
    with pytest.raises(UnknownDimensionError):
        spent(COARSE, **where)


ONE_OF_EACH = tuple(line(2**number, fund=fund) for number, fund in enumerate(Fund))
"""general 1, government_fund 2, state_capital 4, special_account 8, unit_funds 16, its five kinds 32 to 512."""


def test_unit_funds_stand_for_themselves_and_their_five_kinds() -> None:
    assert spent(*ONE_OF_EACH, fund="unit_funds") == 16 + 32 + 64 + 128 + 256 + 512


@pytest.mark.parametrize(
    ("fund", "amount"),
    [
        ("superior_subsidy", 32),
        ("service_income", 64),
        ("business_income", 128),
        ("subordinate_remittance", 256),
        ("other_income", 512),
    ],
)
def test_a_kind_of_unit_funds_stands_for_itself_alone(fund: str, amount: int) -> None:
    assert spent(*ONE_OF_EACH, fund=fund) == amount


def test_fiscal_and_unit_funds_and_special_account_are_all_there_is() -> None:
    assert spent(*ONE_OF_EACH, fund=["fiscal", "unit_funds", "special_account"]) == 1023
    assert spent(*ONE_OF_EACH, fund="fiscal") == 1 + 2 + 4
    assert len(FISCAL_FUNDS) == 3


def test_agency_stands_for_administrative_and_quasi_administrative_units() -> None:
    lines = tuple(
        Line(Decimal(2**number), Place("b"), unit_kind=kind)
        for number, kind in enumerate((UnitKind.ADMINISTRATIVE, UnitKind.QUASI_ADMINISTRATIVE, UnitKind.INSTITUTION))
    )
    assert spent(*lines, unit_kind="agency") == 1 + 2
    assert spent(*lines, unit_kind=["agency", "institution"]) == 7


SIDES = {
    Source.INCOME: (line(1), line(2, fund=Fund.GOVERNMENT_FUND)),
    Source.OPENING_BALANCE: (line(4),),
    Source.SURPLUS_USED: (line(8),),
}


def test_several_sources_are_added() -> None:
    assert ask(SIDES, ["income", "opening_balance"]) == 1 + 2 + 4


def test_a_condition_narrows_every_source_of_a_question() -> None:
    assert ask(SIDES, ["income", "opening_balance", "surplus_used"], fund="general") == 1 + 4 + 8


def test_one_unknown_source_among_several_leaves_no_answer() -> None:
    with pytest.raises(UnknownDimensionError):
        ask(SIDES, ["income", "closing_balance"])


def test_the_same_question_may_be_put_to_other_sources() -> None:
    query = Query((Source.INCOME,)).narrowed({"fund": ("general",)})
    assert query.of((Source.SURPLUS_USED,)) == Query((Source.SURPLUS_USED,), query.where)
    assert query.of(()) == query


STAGES = {
    Source.EXPENDITURE: (
        line(1, Stage.APPROVED),
        line(2, Stage.ADJUSTED),
        line(4, Stage.EXECUTED),
        line(8, Stage.EXECUTED),
    )
}


@pytest.mark.parametrize(("stage", "amount"), [(Stage.APPROVED, 1), (Stage.ADJUSTED, 2), (Stage.EXECUTED, 12)])
def test_a_question_that_names_no_stage_means_the_ledgers_own(stage: Stage, amount: int) -> None:
    assert ask(STAGES, "expenditure", stage) == amount


@pytest.mark.parametrize("own", Stage)
def test_a_question_that_names_a_stage_means_that_one_in_every_ledger(own: Stage) -> None:
    query = Query((Source.EXPENDITURE,)).narrowed({"stage": ("approved",)})
    assert Ledger(STAGES, DEPARTMENT, own).ask(query).value == 1


def test_the_lines_of_a_source_are_those_of_the_ledgers_own_stage() -> None:
    ledger = Ledger(STAGES, DEPARTMENT, Stage.EXECUTED)
    assert [one.amount for one in ledger.lines(Source.EXPENDITURE)] == [4, 8]


def test_what_follows_from_basic_expenditure_keeps_its_stage() -> None:
    lines = tuple(
        Line(Decimal(amount), Place("b"), stage=stage, nature=Nature.BASIC, department_economic_code="30217")
        for amount, stage in [(3, Stage.APPROVED), (5, Stage.EXECUTED)]
    )
    assert ask({Source.BASIC: lines}, "three_public", Stage.EXECUTED) == 5
    query = Query((Source.THREE_PUBLIC,)).narrowed({"stage": ("approved",)})
    assert Ledger({Source.BASIC: lines}, DEPARTMENT, Stage.EXECUTED).ask(query).value == 3


def test_a_stage_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="stage cannot be planned"):
        read_where({"stage": "planned"})


codes = st.sampled_from(["201", "20103", "2010301", "2010350", "208", None])
lines_said = st.builds(
    Line,
    st.just(Decimal(1)),
    st.builds(Place, st.just("b"), st.integers(1, 9)),
    fund=st.sampled_from([*FISCAL_FUNDS, None]),
    nature=st.sampled_from([*Nature, None]),
    function_code=codes,
    project=st.sampled_from(["a", "b", None]),
)
demands = st.lists(
    st.one_of(
        st.tuples(st.just("function_code"), st.lists(codes.filter(bool), max_size=3).map(tuple)),
        st.tuples(st.just("fund"), st.lists(st.sampled_from(list(Fund)), max_size=3).map(tuple)),
        st.tuples(st.just("nature"), st.lists(st.sampled_from(list(Nature)), max_size=2).map(tuple)),
        st.tuples(st.just("project"), st.lists(st.sampled_from(["a", "b", "c"]), max_size=2).map(tuple)),
    ),
    max_size=4,
).map(tuple)


@given(st.lists(lines_said, max_size=6), st.lists(demands, min_size=1, max_size=3))
def test_an_index_gives_the_lines_that_match_one_by_one(
    lines: list[Line], wheres: list[tuple[tuple[str, tuple[str, ...]], ...]]
) -> None:
    index = LineIndex(lines)
    for where in wheres:
        query = Query((Source.EXPENDITURE,), where)
        if any(query.unknown_to(line) for line in lines):
            with pytest.raises(UnknownDimensionError):
                index.matching(query)
        else:
            assert index.matching(query) == [line for line in lines if query.matches(line)]
