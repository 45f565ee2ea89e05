from __future__ import annotations

import csv
from collections.abc import Iterable

import pytest

from discgen.model.line import Component, Fund, ThreePublicItem, UnitKind
from discgen.reference.codes import (
    Classification,
    is_confirmed_pair,
    is_possible_pair,
    load_dictionary,
    meaning,
    meaning_rows,
    pairs,
    possible_partners,
    values_of,
)
from discgen.reference.folders import data_folder

DEPARTMENT, GOVERNMENT = Classification.DEPARTMENT_ECONOMIC, Classification.GOVERNMENT_ECONOMIC


@pytest.mark.parametrize(
    ("code", "value"), [("301", "personnel"), ("30101", "personnel"), ("302", ""), ("30201", ""), ("", ""), (None, "")]
)
def test_a_code_says_what_the_class_above_it_says(code: str | None, value: str) -> None:
    assert meaning(DEPARTMENT, code, "component") == value


def test_the_same_digits_say_nothing_in_another_classification() -> None:
    assert meaning(GOVERNMENT, "50101", "unit_kind") == "administrative"
    assert meaning(DEPARTMENT, "50101", "unit_kind") == ""


def test_a_code_may_say_several_things_in_one_sense() -> None:
    assert values_of(DEPARTMENT, "government") == {"309": ("504", "506"), "310": ("503", "506")}


def test_every_line_is_about_a_code_of_the_dictionary_and_names_its_source() -> None:
    assert len(meaning_rows()) > 20
    for row in meaning_rows():
        assert row["code"] in load_dictionary(Classification(row["classification"]), 2025), row
        assert row["source"], row


@pytest.mark.parametrize(
    ("means", "of", "may_be"),
    [
        ("component", DEPARTMENT, Component),
        ("item", DEPARTMENT, ThreePublicItem),
        ("unit_kind", GOVERNMENT, UnitKind),
        ("fund", Classification.FUNCTION, Fund),
        ("government", DEPARTMENT, load_dictionary(GOVERNMENT, 2025).names),
        ("contribution", DEPARTMENT, ("", *load_dictionary(Classification.FUNCTION, 2025).names)),
        ("buys", DEPARTMENT, ("",)),
        ("construction", DEPARTMENT, ("",)),
    ],
)
def test_what_codes_say_is_something_the_program_knows(means: str, of: Classification, may_be: Iterable[str]) -> None:
    said = {(row["classification"], row["value"]) for row in meaning_rows() if row["means"] == means}
    assert said
    assert said <= {(of, value) for value in may_be}


def test_every_sense_is_one_of_these() -> None:
    senses = {"component", "item", "unit_kind", "fund", "government", "contribution", "buys", "construction", "topic"}
    assert {row["means"] for row in meaning_rows()} == senses


def test_every_pair_is_of_codes_in_the_dictionaries_and_names_its_source() -> None:
    department = load_dictionary(Classification.DEPARTMENT_ECONOMIC, 2025)
    government = load_dictionary(Classification.GOVERNMENT_ECONOMIC, 2025)
    assert len(pairs()) == len(set(pairs())) > 80
    assert [pair for pair in pairs() if pair[0] not in {"", *department.names} or pair[1] not in government] == []
    with (data_folder("schema") / "codes" / "economic_pairs.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["source"] for row in csv.DictReader(file))


def test_every_code_that_basic_expenditure_uses_is_in_the_table() -> None:
    codes = load_dictionary(Classification.DEPARTMENT_ECONOMIC, 2025).names
    basic = [code for code in codes if len(code) == 5 and code.startswith(("301", "302", "303", "310"))]
    assert [code for code in basic if not possible_partners(code)] == []


@pytest.mark.parametrize(
    ("department", "government"),
    [
        ("30101", "50101"),  # 机关
        ("30101", "50501"),  # 事业单位
        ("30231", "50208"),
        ("30302", "50905"),
        ("31002", "50306"),
        ("31002", "50601"),
        ("301", "50101"),  # a 类 may go with what its 款 go with
        ("30101", "501"),
        ("30298", "50201"),  # a 款 that the table does not know
        ("30201", "50298"),
    ],
)
def test_pairs_of_the_table_and_codes_it_does_not_know_are_possible(department: str, government: str) -> None:
    assert is_possible_pair(department, government)


@pytest.mark.parametrize(
    ("department", "government"),
    [
        ("30101", "50201"),
        ("30201", "50501"),
        ("30107", "50101"),
        ("30231", "50201"),
        ("301", "50201"),
        ("30101", "502"),
    ],
)
def test_other_pairs_are_not(department: str, government: str) -> None:
    assert not is_possible_pair(department, government)


def test_what_a_code_may_go_with_is_named_in_order() -> None:
    assert possible_partners("30201") == ("50201", "50502", "50599")


def test_what_nobody_has_compared_with_the_table_is_not_confirmed() -> None:
    assert [code for code in ("30101", "30231", "31006", "39999") if is_confirmed_pair(code)] == ["30101", "30231"]
