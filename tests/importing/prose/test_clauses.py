"""Sentences of a form as clerks write them, read backwards: what they state, and what is left over."""

from __future__ import annotations

from decimal import Decimal

import pytest

from discgen.form.form import load_form
from discgen.form.sentences import form_sections
from discgen.importing.imported import CellText
from discgen.importing.prose.clauses import PassageReader, Told, is_unfilled
from discgen.importing.prose.paragraphs import Passage, heading_key
from discgen.importing.prose.words import load_prose_words

SECTIONS = form_sections(load_form("shanghai-unit-budget-2026"))


def told(section: str, *texts: str) -> Told:
    own = SECTIONS.sections.get(section) or SECTIONS.parts[section]
    paragraphs = tuple(CellText(text, "表!A3") for text in texts)
    return PassageReader(Passage(own, paragraphs), load_prose_words(), ["示例局"], 2026).read()


def stated(section: str, *texts: str) -> list[tuple[str, str, object]]:
    read = told(section, *texts)
    assert not read.left, read.left
    return [(own.kind, own.name, own.value) for own in read.statements]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("比2025年预算增加3.50万元", "35000"),
        ("比2025年预算减少1,000元", "-1000"),
        ("与2025年预算持平", "0"),
        ("与2025年预算一致0万元", "0"),
        ("比上年年初预算增加2万元，增长1.5%", "20000"),
        ("比2025年预算增加（减少）0万元（持平）", "0"),
    ],
)
def test_a_comparison_is_a_change_of_what_stands_before_it(text: str, change: str) -> None:
    amount, changed = stated("three-public", f"（三）公务接待费0.95万元，{text}。")
    assert amount == ("amount", "three_public.reception", Decimal(9500))
    assert changed == ("change", "three_public.reception", Decimal(change))


@pytest.mark.parametrize(
    "text", ["比2025年预算增加（减少）XXX万元（持平）", "比2025年预算增加（减少）3万元", "比2025年预算增加XX万元"]
)
def test_a_comparison_that_is_not_filled_in_says_nothing(text: str) -> None:
    assert stated("three-public", f"公务接待费0.95万元，{text}。")[1][2] is None


def test_a_comparison_with_another_year_is_left_over() -> None:
    read = told("three-public", "公务接待费0.95万元，比2024年预算增加3万元。")
    assert [left.text for left in read.left] == ["比2024年预算增加3万元"]


def test_other_words_for_the_same_are_known() -> None:
    assert stated("three-public", "（二）公务车购置及运行费0万元")[0][1] == "three_public.vehicles"


def test_words_that_only_end_as_the_forms_do_are_no_sentence_of_it() -> None:
    read = told("procurement", "示例局委托政府采购预算5.00万元。")
    assert not read.statements
    assert [left.text for left in read.left] == ["委托政府采购预算5.00万元"]


def test_a_reason_ends_where_the_form_speaks_again() -> None:
    kinds = stated("three-public", "公务用车购置费0万元，主要原因是不购车；车辆够用；公务用车运行费2万元。")
    assert [value for kind, _, value in kinds if kind == "reason"] == ["不购车；车辆够用"]
    assert ("amount", "three_public.vehicle_operation", Decimal(20000)) in kinds


def test_a_code_is_called_by_its_title_in_quotation_marks() -> None:
    text = "2.“教育支出（类）普通教育（款）高等教育（项）”89.50万元，主要用于培训。"
    assert stated("compilation", text) == [
        ("amount", "“教育支出（类）普通教育（款）高等教育（项）”", Decimal(895000)),
        ("purpose", "教育支出（类）普通教育（款）高等教育（项）", "培训"),
    ]


def test_the_same_words_are_told_apart_by_their_order() -> None:
    names = [name for kind, name, _ in stated("assets", "共有车辆2辆，其中：其他用车2辆；单价100万元（含）以上设备（不含车辆）1台（套）。",
                                              "2026年单位预算安排购置车辆1辆，其中：其他用车1辆。") if kind == "count"]  # fmt: skip
    assert names == [
        "assets.owned_vehicles.total",
        "assets.owned_by_use.other",
        "assets.equipment.special_over_1m",
        "assets.purchases.vehicles",
        "assets.purchases.vehicles_by_use.other",
    ]


def test_directions_to_the_clerk_are_passed_over() -> None:
    assert stated("agency-operation", "（若无，则写“本单位无机关运行经费。”）") == []


def test_a_day_that_is_none_is_left_over() -> None:
    assert told("assets", "截至2025年13月45日，共有车辆1辆。").left


def test_a_paragraph_of_many_pages_is_left_over_whole() -> None:
    assert len(told("assets", "甲，" * 3_000).left) == 1


@pytest.mark.parametrize("text", ["XX是…。", "XXX", "……", "1.", "XX单位"])
def test_what_an_empty_workbook_has_is_no_text(text: str) -> None:
    assert is_unfilled(text)


@pytest.mark.parametrize("text", ["办公室", "XX路图书馆"])
def test_what_says_something_is_text(text: str) -> None:
    assert not is_unfilled(text)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("五、国有资产占有使用情况（增加内容）", "国有资产占有使用情况"),
        ("一、2026年“三公”经费预算情况说明", "年“三公”经费预算情况说明"),
        ("2026年单位预算编制说明", "部门预算编制说明"),
    ],
)
def test_headings_are_the_same_without_number_year_and_owner(written: str, form: str) -> None:
    assert heading_key(written) == heading_key(form)
