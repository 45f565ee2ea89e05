"""Facts of accounts: 年初预算 and 全年预算 beside 决算, and groups that compare."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.diagnostics import Place
from discgen.ledger.facts import Fact, FactBook
from discgen.ledger.ledger import Ledger
from discgen.model.disclosure import Disclosure
from discgen.model.line import Component, Fund, Line, Nature, Origin, Source, Stage
from tests.conftest import Demo


def spent(amount: int, code: str, stage: Stage = Stage.EXECUTED, fund: Fund = Fund.GENERAL) -> Line:
    return Line(
        Decimal(amount),
        Place("b"),
        stage=stage,
        fund=fund,
        origin=Origin.CURRENT,
        nature=Nature.PROJECT,
        function_code=code,
    )


def basic(amount: int, code: str) -> Line:
    return Line(
        Decimal(amount),
        Place("b"),
        stage=Stage.EXECUTED,
        fund=Fund.GENERAL,
        origin=Origin.CURRENT,
        component=Component.PERSONNEL,
        department_economic_code=code,
    )


def book(
    disclosure: Disclosure,
    *lines: Line,
    prior: tuple[Line, ...] | None = None,
    source: Source = Source.EXPENDITURE,
) -> FactBook:
    """The facts of an accounts ledger that has lines of one source."""
    department = disclosure.department
    before = None if prior is None else Ledger({source: prior}, department, Stage.EXECUTED)
    return FactBook(disclosure, Ledger({source: lines}, department, Stage.EXECUTED), before)


def parts(facts: list[Fact]) -> list[tuple[str, int]]:
    return [(fact.key, int(fact.value or 0)) for fact in facts]


EXECUTED_APPROVED_ADJUSTED = (
    spent(5, "2010301"),
    spent(3, "2010301", Stage.APPROVED),
    spent(4, "2010301", Stage.ADJUSTED),
)


def test_a_fact_of_accounts_is_what_was_executed(disclosure: Disclosure) -> None:
    assert book(disclosure, *EXECUTED_APPROVED_ADJUSTED).this("expenditure.total").value == 5


@pytest.mark.parametrize(
    ("stage", "value", "name", "title"),
    [
        (Stage.APPROVED, 3, "approved.expenditure.total", "年初预算支出总计"),
        (Stage.ADJUSTED, 4, "adjusted.expenditure.total", "全年预算支出总计"),
    ],
)
def test_the_same_fact_at_another_stage_says_so(
    disclosure: Disclosure, stage: Stage, value: int, name: str, title: str
) -> None:
    fact = book(disclosure, *EXECUTED_APPROVED_ADJUSTED).at(stage, "expenditure.total")
    assert (int(fact.value or 0), fact.name, fact.title) == (value, name, title)


def test_a_stage_that_no_line_is_of_is_not_known(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2010301"), spent(3, "2010301", Stage.APPROVED))
    assert facts.at(Stage.ADJUSTED, "expenditure.total").value is None


def test_a_stage_that_some_lines_are_of_is_known_to_be_nothing_elsewhere(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2010301"), spent(3, "2080505", Stage.APPROVED))
    assert facts.at(Stage.APPROVED, "expenditure.by_class.201").value == 0


def test_a_part_of_a_group_may_be_asked_for_at_another_stage(disclosure: Disclosure) -> None:
    lines = (*EXECUTED_APPROVED_ADJUSTED, spent(9, "2080505", Stage.APPROVED))
    fact = book(disclosure, *lines).at(Stage.APPROVED, "expenditure.by_class.201")
    assert (int(fact.value or 0), fact.name, fact.key) == (3, "approved.expenditure.by_class.201", "201")


def test_a_part_of_a_group_may_be_asked_for_last_year(disclosure: Disclosure) -> None:
    prior = (spent(2, "2010301"), spent(7, "2080505"))
    facts = book(disclosure, spent(5, "2010301"), prior=prior)
    before = facts.prior("expenditure.by_class.201")
    assert (int(before.value or 0), before.name, before.title) == (
        2,
        "prior.expenditure.by_class.201",
        "上年一般公共服务支出",
    )
    change = facts.change("expenditure.by_class.201")
    assert (int(change.value or 0), change.key, change.title) == (3, "201", "一般公共服务支出比上年增减")


def test_last_years_class_may_be_known_where_its_items_are_not(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2010301"), prior=(spent(2, "201"),))
    assert facts.prior("expenditure.by_class.201").value == 2
    assert facts.prior("appropriation.by_item.2010301").value is None
    assert facts.change("appropriation.by_item.2010301").value is None


def test_a_comparative_group_lists_a_class_that_only_last_year_has(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2010301"), prior=(spent(2, "213"),))
    assert parts(facts.group("expenditure.by_class")) == [("201", 5), ("213", 0)]


def test_a_comparative_group_lists_a_class_that_only_the_approved_budget_has(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2080505"), spent(3, "2010301", Stage.APPROVED))
    assert parts(facts.group("expenditure.by_class")) == [("201", 0), ("208", 5)]


def test_a_comparative_group_lists_no_class_that_is_empty_on_all_sides(disclosure: Disclosure) -> None:
    lines = (spent(5, "2010301"), spent(0, "2080505"), spent(0, "2120399", Stage.APPROVED))
    facts = book(disclosure, *lines, prior=(spent(0, "213"),))
    assert parts(facts.group("expenditure.by_class")) == [("201", 5)]


def test_a_comparative_group_keeps_to_its_condition_on_all_sides(disclosure: Disclosure) -> None:
    fund = Fund.GOVERNMENT_FUND
    lines = (spent(5, "2010301"), spent(9, "2120399", Stage.APPROVED, fund))
    facts = book(disclosure, *lines, prior=(spent(2, "213", fund=fund),))
    assert parts(facts.group("general.by_class_compared")) == [("201", 5)]


def test_a_group_that_does_not_compare_lists_what_it_has_itself(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2010301"), spent(3, "2080505", Stage.APPROVED), prior=(spent(2, "213"),))
    assert parts(facts.group("general.by_class")) == [("201", 5)]


def test_a_group_that_goes_down_to_items_leaves_out_what_is_known_by_class_only(disclosure: Disclosure) -> None:
    facts = book(disclosure, spent(5, "2010301"), spent(2, "208"))
    assert parts(facts.group("appropriation.by_item")) == [("2010301", 5)]


def test_a_part_with_lineage_is_called_by_its_code_and_those_above(disclosure: Disclosure) -> None:
    fact = book(disclosure, spent(5, "2210201")).group("appropriation.by_item")[0]
    assert fact.title == "住房保障支出（类）住房改革支出（款）住房公积金（项）"
    assert fact.name == "appropriation.by_item.2210201"


def test_a_part_without_lineage_is_called_by_its_own_name(disclosure: Disclosure) -> None:
    facts = book(disclosure, basic(5, "30101"), basic(2, "30302"), source=Source.BASIC)
    assert [(fact.key, fact.title) for fact in facts.group("basic.personnel_items")] == [
        ("30101", "基本工资"),
        ("30302", "退休费"),
    ]
    assert [fact.key for fact in facts.group("basic.personnel_classes")] == ["301", "303"]


def test_the_key_of_a_fact_that_is_no_part_is_empty(disclosure: Disclosure) -> None:
    assert book(disclosure, spent(5, "2010301")).this("expenditure.total").key == ""


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("{{ expenditure.total | 万元 }}", "101.00万元"),
        ("{{ approved.expenditure.total | 万元 }}", "100.00万元"),
        ("{{ approved.three_public.total | 万元 }}", "6.00万元"),
        ("{{ adjusted.three_public.total | 万元 }}", "7.00万元"),
        ("{{ received.total | 万元 }}", "104.00万元"),
        ("{{ spent.total | 万元 }}", "104.00万元"),
    ],
)
def test_prose_of_accounts_may_cite_each_stage_by_name(accounts: Demo, expression: str, shown: str) -> None:
    accounts.edit("2023/accounts-narrative.yaml", "overview:", f"notes:\n  other: 另见{expression}。\noverview:")
    said = [block.text for block in accounts.document().text.blocks if hasattr(block, "text")]
    assert f"另见{shown}。" in said
