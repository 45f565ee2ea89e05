"""Tables in 万元 beside tables in 元: rounded amounts confirm exact ones and never take their place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from discgen.importing.problems import ImportProblemsError
from discgen.importing.run import Import
from discgen.load.target import Target
from discgen.rules.figures import mixed_units
from tests.importing.bureau import as_bytes, bureau_workbook
from tests.importing.workspaces import Empty

TOTALS, BASIC, THREE = "单位收支总表", "单位一般公共预算拨款基本支出明细表", "单位“三公”经费和机关运行费预算表"
GUESTS = {"D13": 188040, "F13": 188040, "D14": 11960, "F14": 11960}
"""11,960元 of 公务接待费, which the table in 万元 prints as 1.20."""
OPERATING: Mapping[str, Mapping[str, float]] = {
    TOTALS: {"E10": 600013, "F10": 199987, "E17": 640013.5, "F17": 199987},
    BASIC: dict.fromkeys(("D12", "F12", "F17"), 199987)
    | dict.fromkeys(("D13", "F13"), 187987)
    | dict.fromkeys(("D9", "E9"), 630013.5)
    | dict.fromkeys(("D10", "E10"), 590013)
    | {"E17": 640013.5},
}
"""199,987元 of 公用经费, rounded 20.00万元, cut off 19.99万元."""


@pytest.fixture
def empty(tmp_path: Path) -> Empty:
    return Empty(tmp_path, Target("demo", 2026, "budget"))


def plan(empty: Empty, cells: Mapping[str, Mapping[str, float]]) -> Import:
    book = bureau_workbook()
    for sheet, changed in cells.items():
        for cell, value in changed.items():
            book[sheet][cell] = value
    return empty.plan(empty.give("预算.xlsx", as_bytes(book)), form="")


def written(empty: Empty, made: Import) -> str:
    return made.texts[empty.folder / "budget.yaml"]


def test_a_rounded_amount_is_no_money_beyond_the_exact_one(empty: Empty) -> None:
    made = plan(empty, {BASIC: GUESTS})
    assert "\nthree_public:" not in written(empty, made), "no project pays the 40元 between 11,960元 and 1.20万元"
    assert "{department: 30217, amount: 11960}" in written(empty, made)
    message = "写的是12,000元，按元写的是11,960元，是四舍五入，以按元写的为准"
    assert f"预算.xlsx {THREE}!C7 {message}" in made.remarks


def test_a_rounded_amount_that_says_more_is_marked_as_coarse(empty: Empty) -> None:
    made = plan(empty, {BASIC: GUESTS, THREE: {"A7": 1.5, "C7": 1.5}})
    assert "{item: reception, amount: 3040}  # 待确认" in written(empty, made)


def test_a_rounded_amount_that_says_less_is_told_with_both(empty: Empty) -> None:
    with pytest.raises(ImportProblemsError, match=f"{THREE}!C7 写的是9,000元，别的格子合起来是11,960元"):
        plan(empty, {BASIC: GUESTS, THREE: {"A7": 0.9, "C7": 0.9}})


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        (20, "机关运行经费写的是200,000元，由基本支出算是199,987元，是四舍五入，以基本支出为准"),
        (
            19.99,
            "机关运行经费写的是199,900元，由基本支出算是199,987元，不是四舍五入得的，像舍去了尾数：以基本支出为准，核对",
        ),
    ],
)
def test_rounded_agency_operation_is_left_to_follow_from_basic(empty: Empty, printed: float, message: str) -> None:
    made = plan(empty, {**OPERATING, THREE: {"G7": printed}})
    assert "\nagency_operation:" not in written(empty, made)
    assert f"预算.xlsx {THREE}!G7 {message}" in made.remarks


def test_agency_operation_that_is_another_number_is_taken_from_its_table_and_told_with_both(empty: Empty) -> None:
    made = plan(empty, {**OPERATING, THREE: {"G7": 15}})
    assert "{unit: agency, amount: 150000}" in written(empty, made)
    message = "机关运行经费写的是150,000元，由基本支出算是199,987元，不是一个数，照表录入agency_operation，核对是哪一个"
    assert f"预算.xlsx {THREE}!G7 {message}" in made.remarks


def test_sheets_of_another_unit_than_they_say_are_told_by_the_hint_of_check(empty: Empty) -> None:
    """Eight sheets hold 元 under 单位：万元, and the ninth 万元."""

    def mix(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "单位：元":
                    cell.value = "单位：万元"

    book = bureau_workbook()
    for sheet in book.worksheets:
        mix(sheet)
    error = empty.refusal(empty.give("预算.xlsx", as_bytes(book)), form="")
    hint = mixed_units(Decimal(10_000), Decimal(1))
    assert error.problems[0].endswith(f"；{hint}：核对各张表写的单位")
