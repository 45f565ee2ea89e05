"""Sums and differences in the text that miss by rounding, and the note under their section."""

from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from discgen.form.form import Form, load_form
from discgen.ledger.facts import Fact
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.narrative.blocks import Block, Heading, Paragraph, Span
from discgen.narrative.tail_notes import with_tail_notes
from discgen.pipeline import compose
from tests.conftest import Demo, budgets
from tests.readback import LVLIANG_2023, ROOT, WANLI_2025, XIAOYI_2024, XINZHOU_2022

NOTE = "注：本节的数字因四舍五入，分项相加、两年相减的结果与印出的数可能有尾差。"


@pytest.fixture
def form() -> Form:
    return load_form("shanxi-budget-2023")


def fact(name: str, yuan: str, *operands: Fact) -> Fact:
    return Fact(name, name, Decimal(yuan), (), operands=operands)


def paragraph(form: Form, *facts: Fact) -> Paragraph:
    style = form.numbers["text"]
    shown = [style.show(abs(one.value) if one.operands else one.value) + style.unit for one in facts if one.value]
    return Paragraph(tuple(Span(text, one) for text, one in zip(shown, facts, strict=True)))


def noted(form: Form, *blocks: Block) -> list[str]:
    """What stands before each note."""
    texts = [block.text for block in with_tail_notes(blocks, form) if isinstance(block, Heading | Paragraph)]
    return [before for before, text in pairwise(texts) if text == NOTE]


def test_parts_that_miss_their_whole_as_printed_are_noted(form: Form) -> None:
    # 1.00 and 2.01 of 3.00万元: the second is 20,050元
    sum_ = paragraph(form, fact("whole", "30020"), fact("one", "9970"), fact("other", "20050"))
    assert sum_.text == "3.00万元1.00万元2.01万元"
    assert noted(form, sum_) == [sum_.text]


def test_parts_that_add_up_as_printed_are_not_noted(form: Form) -> None:
    assert noted(form, paragraph(form, fact("whole", "30000"), fact("one", "10000"), fact("other", "20000"))) == []


def test_a_change_told_without_decimals_is_held_to_figures_without_them(form: Form) -> None:
    # 17,192万元, 990万元 less than 18,182万元; with two places 17,191.52 and 18,181.52.
    this, before = fact("income", "171915169"), fact("prior.income", "181815169")
    change = fact("change.income", "-9900000", this, before)
    spans = Span("17,192万元", this), Span("990万元", change)
    assert noted(form, Paragraph(spans)) == []


def test_figures_that_are_not_the_whole_to_the_fen_are_none_of_its_parts(form: Form) -> None:
    assert noted(form, paragraph(form, fact("whole", "30021"), fact("one", "9970"), fact("other", "20050"))) == []


def test_parts_may_stand_before_their_whole_and_in_paragraphs_of_their_own(form: Form) -> None:
    parts = [paragraph(form, fact("one", "9970")), paragraph(form, fact("other", "20050"))]
    whole = paragraph(form, fact("whole", "30020"))
    assert noted(form, *parts, whole) == [whole.text]


def test_the_years_are_added_up_apart(form: Form) -> None:
    # last year's 20,050 is no part of this year's 30,020
    figures = (fact("whole", "30020"), fact("one", "9970"), fact("prior.other", "20050"))
    assert noted(form, paragraph(form, *figures)) == []


def test_parts_in_another_section_belong_to_no_sum(form: Form) -> None:
    parts = paragraph(form, fact("one", "9970"), fact("other", "20050"))
    assert noted(form, paragraph(form, fact("whole", "30020")), Heading(2, "二、"), parts) == []


def test_a_section_has_one_note_at_the_end_of_its_last_sum(form: Form) -> None:
    first = paragraph(form, fact("whole", "30020"), fact("one", "9970"), fact("other", "20050"))
    last = Paragraph((Span("说明"),))
    blocks: list[Block] = [Heading(2, "一、"), first, Heading(3, "（一）"), first, last, Heading(3, "（二）"), last]
    assert noted(form, *blocks) == ["3.00万元1.00万元2.01万元"]
    blocks = [Heading(2, "一、"), Heading(3, "（一）"), first, last, Heading(3, "（二）"), last]
    assert noted(form, *blocks) == ["说明"]


@pytest.mark.parametrize(("before", "is_noted"), [("10049", True), ("10000", False)])
def test_a_change_that_is_not_the_difference_of_the_printed_years_is_noted(
    form: Form, before: str, *, is_noted: bool
) -> None:
    # 2.01 less 1.00万元 is 1.01; 20,050 less 10,049元 is printed as 1.00万元
    this, prior = fact("total", "20050"), fact("prior.total", before)
    change = fact("change.total", str(Decimal(20050) - Decimal(before)), this, prior)
    told = paragraph(form, this, change)
    assert bool(noted(form, told)) is is_noted


def test_shares_that_do_not_add_up_to_a_hundred_are_noted(form: Form) -> None:
    whole = fact("whole", "60000")
    parts = [fact(name, "20000") for name in ("one", "two", "three")]
    shares = [
        Span("33.33%", Fact(f"{part.name}/whole", "", Decimal(100) / 3, (), operands=(part, whole))) for part in parts
    ]
    told = Paragraph(tuple(shares))
    assert noted(form, told) == [told.text]


def test_the_note_is_that_of_the_form_and_follows_the_accounts(accounts: Demo) -> None:
    # 基本支出 is 64, of 43, 14, 2 and 5; each a third of a 分 of 万元 more
    for old, new in (("amount: 43}", "amount: 43.0034}"), ("agency, amount: 5}", "agency, amount: 5.0033}")):
        accounts.edit("2023/accounts.yaml", old, new)
    accounts.edit("2023/accounts.yaml", "{function: 2010301, basic: 60,", "{function: 2010301, basic: 60.0067,")
    accounts.edit("2023/accounts.yaml", "{amount: 3}", "{amount: 2.9933}")
    document = accounts.compose().document
    assert document is not None
    note = load_form("shanxi-accounts-2024").notes["text_tail"]
    texts = [block.text for block in document.text.blocks if isinstance(block, Heading | Paragraph)]
    heading = next(n for n, text in enumerate(texts) if text.endswith("基本支出决算情况说明"))
    assert note in texts[heading : heading + 5]


@pytest.mark.parametrize(
    ("target", "section"),
    [
        (XIAOYI_2024, "一般公共预算财政拨款支出决算具体情况"),  # 1,132.76 … 87.12: 1,649.55 of 1,649.56
        (LVLIANG_2023, "三、支出预算情况说明"),  # 1,714.52 and 2,215.69 of 3,930.20
        (XINZHOU_2022, "2、按支出功能分类"),  # 3149.98 … 3000: 6442.06 of 6442.05
        (WANLI_2025, "部门预算编制说明"),  # 33 items: 18,976.74 of 18,976.76
    ],
)
def test_published_sums_that_miss_are_noted_under_their_section(target: Target, section: str) -> None:
    document = compose(Workspace(ROOT), target).document
    assert document is not None
    under = ""
    found = []
    for block in document.text.blocks:
        if isinstance(block, Heading):
            under = block.text
        elif isinstance(block, Paragraph) and block.text == document.form.notes["text_tail"]:
            found.append(under)
    assert [one for one in found if one.endswith(section)]


PRINTED = re.compile(r"(-?[0-9,]+[.][0-9]+)(万元|%)")


@pytest.mark.slow
@settings(max_examples=40)
@given(budgets())
def test_a_reader_who_adds_up_the_printed_text_finds_a_note_where_he_is_off(
    drawn: tuple[str, list[tuple[str, str, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        demo.replace_budget(*drawn)
        document = demo.compose().document
    assert document is not None
    texts = [block.text for block in document.text.blocks if isinstance(block, Heading | Paragraph)]
    told = next(n for n, text in enumerate(texts) if text.endswith("、支出预算情况说明")) + 1
    figures = [(Decimal(number.replace(",", "")), unit) for number, unit in PRINTED.findall(texts[told])]
    whole, *parts = [number for number, unit in figures if unit == "万元"]
    shares = [number for number, unit in figures if unit == "%"]
    is_off = sum(parts) != whole or (all(parts) and sum(shares) != 100)
    assert (texts[told + 1] == NOTE) is is_off
