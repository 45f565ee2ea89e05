"""A text that YAML takes for something else, by what it begins with or an English colon, is told as that."""

from __future__ import annotations

import pytest

from discgen.validate.schema import validate
from discgen.yamltext.read import examine_yaml, read_yaml

DUTY = "overview:\n  duties:\n    - 甲。\n    - {}\n"
TARGET = "goal_sheet:\n  indicators:\n    数量指标:\n      - name: 乙\n        target: {}\n"


def found_in(text: str, schema: str) -> list[tuple[int, int, str, str, str]]:
    tree, findings = examine_yaml(text.encode(), "f.yaml")
    shape = [one for one in validate(tree, schema) if one.code != "S002"] if tree else []
    told = [*findings, *shape]
    return [(one.place.line, one.place.column, one.code, one.message, one.hint) for one in told]


@pytest.mark.parametrize(
    ("duty", "column", "said", "hint"),
    [
        ("名称: 管理。", 9, "第9列的英文冒号把这一行分成了键和值", "中文“：”"),
        ("- 双横", 7, "“- ”在开头", "英文单引号"),
        ("#2库房", 7, "“#”后面的都被当作备注", "英文单引号"),
    ],
)
def test_a_duty_that_was_read_as_something_else(duty: str, column: int, said: str, hint: str) -> None:
    ((line, at, code, message, told),) = found_in(DUTY.format(duty), "narrative")
    assert (line, at, code) == (4, column, "L034")
    assert said in message
    assert hint in told


@pytest.mark.parametrize("target", [">5", "|5", "> 5", ">=95%", "|"])
def test_a_target_that_begins_with_the_sign_of_a_block(target: str) -> None:
    found = found_in(TARGET.format(target), "project")
    assert [(line, column) for line, column, *_ in found] == [(5, 17)]
    assert "≥" in found[0][4]
    assert "“>”" in found[0][3] or "“|”" in found[0][3]


@pytest.mark.parametrize(
    "duty",
    [
        "@某某",
        "%以上",
        "*号",
        "&公司",
        "!注意",
        "`甲`",
        "|竖线",
        ">大于",
        "]甲",
        "}甲",
        ", 甲",
        "[一]开展。",
        "{一}开展。",
    ],
)
def test_a_sign_that_no_text_begins_with_is_named_at_its_place(duty: str) -> None:
    ((line, column, code, message, hint),) = found_in(DUTY.format(duty), "narrative")
    assert (line, code) == (4, "L005")
    assert column in {7, 10}  # a bracket is told where it is closed and the text goes on
    assert f"“{duty[0]}”" in message
    assert "引号" in hint


@pytest.mark.parametrize(
    ("duty", "column", "other"),
    [
        ('"放管服"改革', 12, "单"),
        ("'放管服'改革", 12, "双"),
        ('"甲" "乙"', 11, "单"),
        ('"放管服"和"互联网+"', 12, "单"),
    ],
)
def test_a_quote_at_the_start_of_an_item_is_told_as_a_quote(duty: str, column: int, other: str) -> None:
    ((line, at, code, message, hint),) = found_in(DUTY.format(duty), "narrative")
    assert (line, at, code) == (4, column, "L005")
    assert f"引号{duty[0]}已经写完" in message
    assert f"英文{other}引号" in hint


@pytest.mark.parametrize("target", ["*5", "&a 5", "!a 5"])
def test_a_sign_with_a_meaning_of_its_own_is_told_once_and_as_text_too(target: str) -> None:
    ((_, _, code, _, hint),) = found_in(TARGET.format(target), "project")
    assert code in {"L007", "L008"}
    assert hint.endswith("是正文的，给整段加英文单引号")


@pytest.mark.parametrize("target", ["- 5", "? 5"])
def test_a_dash_with_a_blank_is_no_minus(target: str) -> None:
    ((line, column, code, message, hint),) = found_in(TARGET.format(target), "project")
    assert (line, column, code) == (5, 17, "L005")
    assert "“- ”" in message
    assert "负数" in hint


@pytest.mark.parametrize(
    "duty", ["'>5'", "'名称: 管理'", "'\"放管服\"改革'", "“放管服”改革", "名称：管理", "≥5", "-5", "2:1配套"]
)
def test_texts_as_the_hints_say_them_are_silent(duty: str) -> None:
    assert found_in(DUTY.format(duty), "narrative") == []


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


@pytest.mark.parametrize("value", ["－5", "−5", "-5", "–5", "—5"])
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
