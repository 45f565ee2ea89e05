from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.phrases import chinese_number, direction, enumerated, fill_change_phrase, numbered


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (31, "三十一"), (99, "九十九")],
)
def test_headings_are_numbered_in_chinese(number: int, chinese: str) -> None:
    assert chinese_number(number) == chinese


def test_no_two_numbers_look_alike() -> None:
    assert len({chinese_number(number) for number in range(1, 100)}) == 99


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_numbers_that_headings_do_not_have_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="numbered 1 to 999"):
        chinese_number(number)


def test_a_style_may_number_in_chinese_or_in_digits() -> None:
    assert numbered("第{chinese}部分 ", 3) == "第三部分 "
    assert numbered("{arabic}、", 12) == "12、"


@pytest.mark.parametrize(
    ("this", "before", "way"),
    [
        ("2", "1", "increase"),
        ("1", "2", "decrease"),
        ("1", "1.00", "unchanged"),
        ("1", "0", "no_base"),
        ("0", "0", "unchanged"),
        ("1", "-1", "no_base"),
        ("-1", "0", "decrease"),
        ("-2", "-1", "decrease"),
    ],
)
def test_a_change_is_told_by_its_direction(this: str, before: str, way: str) -> None:
    assert direction(Decimal(this), Decimal(before)) == way


def test_a_change_is_told_in_the_phrase_of_its_direction() -> None:
    phrases = {"increase": "增加{amount}（{percent}）", "decrease": "减少{amount}"}
    assert fill_change_phrase(phrases, "increase", "20.00万元", "25.00%") == "增加20.00万元（25.00%）"
    assert fill_change_phrase(phrases, "decrease", "1.00万元", "5.00%") == "减少1.00万元"


def test_a_change_without_a_percentage_is_told_without_its_clause() -> None:
    assert (
        fill_change_phrase({"decrease": "减少{amount}，下降{percent}"}, "decrease", "20.00万元", "") == "减少20.00万元"
    )


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(100, "一百"), (101, "一百零一"), (110, "一百一十"), (215, "二百一十五"), (999, "九百九十九")],
)
def test_hundreds_are_written_out(number: int, chinese: str) -> None:
    assert chinese_number(number) == chinese


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (["邮寄费", "刻章费"], "邮寄费、刻章费"),
        (["邮寄、刻章费", "培训费"], "“邮寄、刻章费”、培训费"),
        (["运转经费（办公费、差旅费）", "培训费"], "“运转经费（办公费、差旅费）”、培训费"),
        (["“一窗受理、集成服务”", "培训费"], "“一窗受理、集成服务”、培训费"),
        (["“一枚印章”评审、踏勘费", "培训费"], "“‘一枚印章’评审、踏勘费”、培训费"),
        (["邮寄、刻章费"], "邮寄、刻章费"),
        ([], ""),
    ],
)
def test_a_name_that_holds_a_pause_is_told_apart_from_those_beside_it(names: list[str], listed: str) -> None:
    assert enumerated(names) == listed
