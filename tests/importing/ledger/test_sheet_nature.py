"""A ledger in a sheet for each nature, without a column that says it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from discgen.importing.problems import ImportProblemsError
from discgen.model.line import Component, Nature, Source
from tests.importing.bureau import as_bytes
from tests.importing.workspaces import Empty

BASIC_HEADS = ["单位", "科目编码", "部门经济分类", "政府经济分类", "资金性质", "金额（元）"]
PAY = ["示范市档案局", "2010301", "30101", "50101", "一般公共预算", 1000]
OFFICE = ["示范市档案局", "2010301", "30201", "50201", "一般公共预算", 300]
PROJECT_HEADS = ["单位", "科目编码", "项目名称", "资金性质", "金额（元）"]
STORE = ["示范市档案局", "2010399", "库房改造", "一般公共预算", 270]
Rows = Sequence[Sequence[object]]
NOT_SAID = "这一行没有写支出类别（基本支出、项目支出）"


def book(empty: Empty, sheets: Sequence[tuple[str, Rows]]) -> Path:
    made = Workbook()
    made.remove(made.worksheets[0])
    for tab, rows in sheets:
        sheet = made.create_sheet(tab)
        for row in rows:
            sheet.append(list(row))
    return empty.give("账.xlsx", as_bytes(made))


def natures(empty: Empty) -> list[tuple[Nature | None, int]]:
    return [(line.nature, int(line.amount)) for line in empty.facts().lines[Source.EXPENDITURE]]


def test_the_tabs_say_it(empty: Empty) -> None:
    done = empty.take(book(empty, [("基本支出", [BASIC_HEADS, PAY, OFFICE]), ("项目支出", [PROJECT_HEADS, STORE])]))
    assert natures(empty) == [(Nature.BASIC, 1300), (Nature.PROJECT, 270)]
    assert done.sheets[0].remarks == ("没有“支出类别”一栏，按“基本支出”，各行都作基本支出",)
    assert done.sheets[1].remarks == ("没有“支出类别”一栏，按“项目支出”，各行都作项目支出",)


def test_the_tabs_may_tell_the_people_from_the_office(empty: Empty) -> None:
    empty.take(
        book(
            empty,
            [
                ("人员经费", [BASIC_HEADS, PAY]),
                ("公用经费", [BASIC_HEADS, OFFICE]),
                ("项目支出", [PROJECT_HEADS, STORE]),
            ],
        )
    )
    assert [(line.component, int(line.amount)) for line in empty.facts().lines[Source.BASIC]] == [
        (Component.PERSONNEL, 1000),
        (Component.OPERATING, 300),
    ]


def test_the_titles_say_it_where_the_tabs_do_not(empty: Empty) -> None:
    title = "2023年市档案局基本支出明细表（人员经费、公用经费）"
    done = empty.take(
        book(empty, [("Sheet1", [[title], BASIC_HEADS, PAY]), ("Sheet2", [["项目支出"], PROJECT_HEADS, STORE])])
    )
    assert natures(empty) == [(Nature.BASIC, 1000), (Nature.PROJECT, 270)]
    assert done.sheets[0].remarks == (f"没有“支出类别”一栏，按“{title}”，各行都作基本支出",)


def test_the_name_of_a_csv_says_it(empty: Empty) -> None:
    text = "\n".join(",".join(map(str, row)) for row in (PROJECT_HEADS, STORE))
    empty.take(empty.give("项目支出明细.csv", text))
    assert natures(empty) == [(Nature.PROJECT, 270)]


@pytest.mark.parametrize(
    ("tab", "title"), [("Sheet1", "支出明细"), ("基本支出和项目支出", ""), ("基本支出", "项目支出"), ("项目", "")]
)
def test_a_sheet_that_says_both_or_neither_is_refused(empty: Empty, tab: str, title: str) -> None:
    with pytest.raises(ImportProblemsError, match=NOT_SAID):
        empty.plan(book(empty, [(tab, [[title, None], PROJECT_HEADS, STORE])]))


def test_a_column_that_says_it_counts_and_the_tab_does_not(empty: Empty) -> None:
    rows: Rows = [[*PROJECT_HEADS, "支出类别"], [*STORE, "项目支出"], [*STORE, None]]
    with pytest.raises(ImportProblemsError, match=NOT_SAID):
        empty.plan(book(empty, [("项目支出", rows)]))


def test_subtotals_without_the_word_are_still_told_from_lines(empty: Empty) -> None:
    of_item: list[object] = ["示范市档案局", "2010301", None, None, None, 1300]
    rows: Rows = [BASIC_HEADS, of_item, PAY, OFFICE]
    done = empty.take(book(empty, [("基本支出", rows)]))
    assert done.sheets[0].totals == ("第2行",)
    assert natures(empty) == [(Nature.BASIC, 1300)]
