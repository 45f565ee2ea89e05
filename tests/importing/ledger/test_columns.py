"""A ledger that says of which year it is, on its tab, over its heads, or in them."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from discgen.importing.ledger.columns import other_year
from tests.importing.books import BASIC, NAMES, UNIT, USUAL, WORKS, book, instead, problems, spent
from tests.importing.workspaces import Empty


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("2022年部门预算支出明细表", "2022"),
        ("２０２２ 年度", "2022"),
        ("2023年部门预算支出明细表", ""),
        ("2022—2023年明细，2022年已执行", ""),
        ("导出时间：2022年12月30日", ""),
        ("文号〔2022〕3号", ""),
    ],
)
def test_a_text_is_of_another_year_where_it_names_years_and_not_this_one(text: str, other: str) -> None:
    assert other_year([text], 2023) == other


OTHER = "支出.xlsx 明细 写的是2022年，要导入的是2023年：放错了的，换成本年的；标题没有改的，改好再导入"


def test_a_title_of_another_year_is_refused(empty: Empty) -> None:
    assert problems(empty, book(["2022年支出明细表"], UNIT, NAMES, BASIC)) == [OTHER]


@pytest.mark.parametrize("tab", ["2022年", "2022"])
def test_last_years_sheet_beside_this_years_is_refused(empty: Empty, tab: str) -> None:
    def add(made: Workbook) -> None:
        sheet = made.create_sheet(tab)
        for row in (UNIT, NAMES, instead(BASIC, 6, 900)):
            sheet.append(list(row))

    said = problems(empty, book(UNIT, NAMES, BASIC, change=add))
    assert said == [OTHER.replace("明细", tab)]


def test_a_column_of_last_year_is_passed_over_only_when_told_to(empty: Empty) -> None:
    heads = [*NAMES[:-1], "2022年预算数", "2023年预算数"]
    data = book(UNIT, heads, [*BASIC[:-1], 5, BASIC[-1]], [*WORKS[:-1], 6, WORKS[-1]])
    assert problems(empty, data) == [
        "支出.xlsx 明细!G2 “2022年预算数”是2022年的，要导入的是2023年：用--ignore-column '2022年预算数'说明不导入"
    ]
    plan = empty.plan(empty.give("支出.xlsx", data), ignored=["2022年预算数"])
    assert [(head, meaning) for head, meaning in plan.sheets[0].columns if "预算数" in head] == [
        ("2022年预算数", "不导入"),
        ("2023年预算数", "金额，元"),
    ]


def test_the_year_of_the_book_may_be_said_everywhere(empty: Empty) -> None:
    heads = [*NAMES[:-1], "2023年预算数"]
    rows = [["2023年支出明细表"], ["打印于2022年12月30日"], UNIT, heads, BASIC, WORKS]
    assert spent(empty, book(*rows)) == USUAL
