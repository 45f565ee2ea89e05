"""The unit of amounts, wherever a sheet says it: nobody's --unit may contradict it."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from tests.importing.books import BASIC, NAMES, book
from tests.importing.bureau import Row
from tests.importing.workspaces import Empty


def contradicted(empty: Empty, data: bytes) -> list[str]:
    return list(empty.refusal(empty.give("支出.xlsx", data), unit="元").problems)


@pytest.mark.parametrize(
    "note",
    ["注：金额单位为万元。", "单位：万元", "说明：1.本表金额单位均为万元；2.含上年结转。", "金额单位: 万元，按批复填"],
)
def test_a_note_under_the_table_says_the_unit(empty: Empty, note: str) -> None:
    assert contradicted(empty, book(NAMES, BASIC, [], [note])) == ["支出.xlsx 明细 写的单位是万元，--unit说的是元"]


def test_the_title_says_the_unit_in_brackets(empty: Empty) -> None:
    rows: list[Row] = [["2023年支出明细（万元）"], NAMES, BASIC]
    assert contradicted(empty, book(*rows)) == ["支出.xlsx 明细 写的单位是万元，--unit说的是元"]


def test_the_tab_says_the_unit_in_brackets(empty: Empty) -> None:
    def rename(made: Workbook) -> None:
        made.worksheets[0].title = "明细（万元）"

    stopped_by = contradicted(empty, book(NAMES, BASIC, change=rename))
    assert stopped_by == ["支出.xlsx 明细（万元） 写的单位是万元，--unit说的是元"]


def test_a_unit_under_the_table_is_enough(empty: Empty) -> None:
    plan = empty.plan(empty.give("支出.xlsx", book(NAMES, BASIC, ["注：单位为万元"])))
    assert plan.sheets[0].total == 10_000_000
