from __future__ import annotations

import csv

import pytest

from discgen.codes.dictionary import Classification, load_dictionary
from discgen.codes.pairs import is_confirmed, is_possible, possible, rows
from discgen.resources import data_folder


def test_every_pair_is_of_codes_in_the_dictionaries_and_names_its_source() -> None:
    department = load_dictionary(Classification.DEPARTMENT_ECONOMIC, 2025)
    government = load_dictionary(Classification.GOVERNMENT_ECONOMIC, 2025)
    assert len(rows()) == len(set(rows())) > 80
    assert [pair for pair in rows() if pair[0] not in {"", *department.names} or pair[1] not in government] == []
    with (data_folder("schema") / "codes" / "economic_pairs.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["source"] for row in csv.DictReader(file))


def test_every_code_that_basic_expenditure_uses_is_in_the_table() -> None:
    codes = load_dictionary(Classification.DEPARTMENT_ECONOMIC, 2025).names
    basic = [code for code in codes if len(code) == 5 and code.startswith(("301", "302", "303", "310"))]
    assert [code for code in basic if not possible(code)] == []


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
    assert is_possible(department, government)


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
    assert not is_possible(department, government)


def test_what_a_code_may_go_with_is_named_in_order() -> None:
    assert possible("30201") == ("50201", "50502", "50599")


def test_what_nobody_has_compared_with_the_table_is_not_confirmed() -> None:
    assert [code for code in ("30101", "30231", "31006", "39999") if is_confirmed(code)] == ["30101", "30231"]
