"""What is wrong in a number is named, with the number that was meant."""

from __future__ import annotations

import pytest

from discgen.load.yaml_reader import read_yaml
from discgen.validate.schema import validate


def told(value: str, key: str = "amount") -> tuple[str, str, bool]:
    """The message of an amount that is written so, behind what was written, its hint, and whether it mends itself."""
    tree, _ = read_yaml(f"amounts:\n  - {key}: {value}\n".encode(), "f.yaml")
    assert tree
    found = next(one for one in validate(tree, "project") if one.code == "S005")
    return found.message.partition("”")[2], found.hint, found.fix is not None


@pytest.mark.parametrize(
    ("value", "what", "hint"),
    [
        ("９６００００", "：“９”不是英文的数字或符号", "改成960000"),
        ("１２．５", "：“１”不是英文的数字或符号", "改成12.5"),
        ("12．5", "：“．”不是英文的数字或符号", "改成12.5"),
        ("1，234", "：带了千分位的“,”", "改成1234"),
        ("1,234,567.50", "：带了千分位的“,”", "改成1234567.50"),
        ("1’234", "：带了千分位的“’”", "改成1234"),
        ("96 0000", "：中间有空格", "改成960000"),
        ("1234。5", "：小数点写成了“。”", "改成1234.5"),
        ("96OOOO", "：零写成了“O”", "改成960000"),
        ("96○○", "：零写成了“○”", "改成9600"),
        ("￥100", "：带了货币符号", "改成100"),
    ],
)
def test_a_slip_is_named_with_the_number_that_was_meant(value: str, what: str, hint: str) -> None:
    assert told(value)[:2] == (what, hint)


@pytest.mark.parametrize("value", ["12.5万元", "1,234.5 万元", "96万", "100元", "12％"])
def test_a_unit_is_named_and_no_number_is_guessed(value: str) -> None:
    """96万 without its unit would be ten thousand times less."""
    what, hint, mends = told(value)
    assert "带了单位“" in what
    assert "改成" not in hint
    assert "先换算" in hint
    assert not mends


@pytest.mark.parametrize(("value", "mends"), [("９６", True), ("９．６", True), ("1，234", False), ("9O", False)])
def test_only_the_width_of_signs_mends_itself(value: str, mends: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Whether a comma parts thousands or was meant for a point is for the author to say."""
    assert told(value)[2] is mends


@pytest.mark.parametrize("value", ["－5", "−5", "-5"])
def test_a_minus_of_any_kind_is_told_as_one(value: str) -> None:
    assert "没有负数" in told(value)[1]


@pytest.mark.parametrize("value", ["一百", "1.5.2", "约5", "1,2", "12,34"])
def test_of_what_is_no_number_nothing_is_guessed(value: str) -> None:
    assert told(value)[1].startswith("金额只写数字")


def test_a_code_of_double_width_is_mended_too() -> None:
    tree, _ = read_yaml("function: ２０１０３０１\n".encode(), "f.yaml")
    assert tree
    found = next(one for one in validate(tree, "project") if one.code == "S005")
    assert (found.hint, found.fix and found.fix.new) == ("改成2010301", "2010301")


@pytest.mark.parametrize("written", ["1,234.5", "1,234.5 万元", "1,234"])
def test_what_a_comma_leaves_within_braces_is_told_as_a_number(written: str) -> None:
    tree, _ = read_yaml(f"amounts:\n  - {{amount: {written}}}\n".encode(), "f.yaml")
    assert tree
    found = [one for one in validate(tree, "project") if one.code == "S001"]
    assert found
    assert {(one.message.partition("”")[2], one.hint) for one in found} == {
        ("不是键，是逗号分开的数字", "金额不写千分位逗号")
    }
