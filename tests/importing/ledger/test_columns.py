"""What the heads, the title and the tab of a ledger's sheet say: its year, and the nature of its money."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from discgen.importing.ledger.columns import other_year
from discgen.importing.problems import ImportProblemsError
from discgen.model.line import Component, Nature, Source
from tests.importing.books import BASIC, NAMES, UNIT, USUAL, WORKS, book, instead, problems, spent
from tests.importing.bureau import as_bytes
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

    stopped_by = problems(empty, book(UNIT, NAMES, BASIC, change=add))
    assert stopped_by == [OTHER.replace("明细", tab)]


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


BASIC_HEADS = ["单位", "科目编码", "部门经济分类", "政府经济分类", "资金性质", "金额（元）"]
PAID = ["示范市档案局", "2010301", "30101", "50101", "一般公共预算", 1000]
OFFICE = ["示范市档案局", "2010301", "30201", "50201", "一般公共预算", 300]
PROJECT_HEADS = ["单位", "科目编码", "项目名称", "资金性质", "金额（元）"]
STORED = ["示范市档案局", "2010399", "库房改造", "一般公共预算", 270]
Rows = Sequence[Sequence[object]]
NOT_SAID = "这一行没有写支出类别（基本支出、项目支出）"


def tabs(empty: Empty, sheets: Sequence[tuple[str, Rows]]) -> Path:
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
    done = empty.take(tabs(empty, [("基本支出", [BASIC_HEADS, PAID, OFFICE]), ("项目支出", [PROJECT_HEADS, STORED])]))
    assert natures(empty) == [(Nature.BASIC, 1300), (Nature.PROJECT, 270)]
    assert done.sheets[0].remarks == ("没有“支出类别”一栏，按“基本支出”，各行都作基本支出",)
    assert done.sheets[1].remarks == ("没有“支出类别”一栏，按“项目支出”，各行都作项目支出",)


def test_the_tabs_may_tell_the_people_from_the_office(empty: Empty) -> None:
    empty.take(
        tabs(
            empty,
            [
                ("人员经费", [BASIC_HEADS, PAID]),
                ("公用经费", [BASIC_HEADS, OFFICE]),
                ("项目支出", [PROJECT_HEADS, STORED]),
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
        tabs(empty, [("Sheet1", [[title], BASIC_HEADS, PAID]), ("Sheet2", [["项目支出"], PROJECT_HEADS, STORED])])
    )
    assert natures(empty) == [(Nature.BASIC, 1000), (Nature.PROJECT, 270)]
    assert done.sheets[0].remarks == (f"没有“支出类别”一栏，按“{title}”，各行都作基本支出",)


def test_the_name_of_a_csv_says_it(empty: Empty) -> None:
    text = "\n".join(",".join(map(str, row)) for row in (PROJECT_HEADS, STORED))
    empty.take(empty.give("项目支出明细.csv", text))
    assert natures(empty) == [(Nature.PROJECT, 270)]


@pytest.mark.parametrize(
    ("tab", "title"), [("Sheet1", "支出明细"), ("基本支出和项目支出", ""), ("基本支出", "项目支出"), ("项目", "")]
)
def test_a_sheet_that_says_both_or_neither_is_refused(empty: Empty, tab: str, title: str) -> None:
    with pytest.raises(ImportProblemsError, match=NOT_SAID):
        empty.plan(tabs(empty, [(tab, [[title, None], PROJECT_HEADS, STORED])]))


def test_a_column_that_says_it_counts_and_the_tab_does_not(empty: Empty) -> None:
    rows: Rows = [[*PROJECT_HEADS, "支出类别"], [*STORED, "项目支出"], [*STORED, None]]
    with pytest.raises(ImportProblemsError, match=NOT_SAID):
        empty.plan(tabs(empty, [("项目支出", rows)]))


def test_subtotals_without_the_word_are_still_told_from_lines(empty: Empty) -> None:
    of_item: list[object] = ["示范市档案局", "2010301", None, None, None, 1300]
    rows: Rows = [BASIC_HEADS, of_item, PAID, OFFICE]
    done = empty.take(tabs(empty, [("基本支出", rows)]))
    assert done.sheets[0].totals == ("第2行",)
    assert natures(empty) == [(Nature.BASIC, 1300)]
