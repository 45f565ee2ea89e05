from __future__ import annotations

from collections.abc import Iterable

import pytest

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.codes.meanings import meaning, rows, values_of
from discgen.model.line import Component, Fund, ThreePublicItem, UnitKind

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
    assert len(rows()) > 20
    for row in rows():
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
    said = {(row["classification"], row["value"]) for row in rows() if row["means"] == means}
    assert said
    assert said <= {(of, value) for value in may_be}


def test_every_sense_is_one_of_these() -> None:
    senses = {"component", "item", "unit_kind", "fund", "government", "contribution", "buys", "construction", "topic"}
    assert {row["means"] for row in rows()} == senses
