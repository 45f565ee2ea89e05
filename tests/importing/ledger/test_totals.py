"""Rows and sheets that add up others: held against them, and not imported."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from discgen.model.line import Source
from tests.importing.books import BASIC, NAMES, UNIT, USUAL, WORKS, book, instead, problems, spent, total, with_sheet
from tests.importing.bureau import Row
from tests.importing.workspaces import Empty

PERSONNEL = total("其中：人员经费", 1000)


def test_of_which_and_running_totals_are_sums(empty: Empty) -> None:
    rows = [total("合  计"), BASIC, total("本页小计", 1000), PERSONNEL, WORKS, total("累计："), total("本年累计")]
    assert spent(empty, book(UNIT, NAMES, *rows)) == USUAL


def test_of_which_that_disagrees_with_its_rows_is_refused(empty: Empty) -> None:
    assert problems(empty, book(UNIT, NAMES, BASIC, WORKS, total("其中：人员经费", 900))) == [
        "支出.xlsx 明细!G5 合计写的是900元，第3行相加是1,000元，相差100元"
    ]


def test_of_which_is_held_against_rows_above_it_alone_too(empty: Empty) -> None:
    """A page's own 其中 stands under the page."""
    more = instead(BASIC, 6, 50)
    rows = [BASIC, WORKS, total("本页小计"), PERSONNEL, more, total("合计", 1320)]
    assert spent(empty, book(UNIT, NAMES, *rows)) == [("2010301", 1050), ("2010399", 270)]


def test_of_which_that_no_row_tells_is_not_imported_and_said(empty: Empty) -> None:
    plan = empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, BASIC, total("其中：政府采购", 300))))
    assert plan.sheets[0].total == 1000
    assert plan.sheets[0].remarks == ("支出.xlsx 明细!G4 “其中”是别的行里已有的，不导入；是哪几行看不出来，没有核对",)


def test_a_line_that_says_of_which_is_asked_about_where_no_row_has_it(empty: Empty) -> None:
    message = "“其中”是哪几行里的看不出来：自己是一笔的，去掉“其中”；别的行里已有的，删去这一行"
    rows = [BASIC, instead(WORKS, 4, "其中：库房改造")]
    assert problems(empty, book(UNIT, NAMES, *rows)) == [f"支出.xlsx 明细!G4 {message}"]


@pytest.mark.parametrize("message", ["合计（大写）：壹仟贰佰柒拾元整", "金额大写：壹仟贰佰柒拾元整", "合计(大写)"])
def test_a_total_in_words_is_a_sum(empty: Empty, message: str) -> None:
    assert spent(empty, book(UNIT, NAMES, BASIC, WORKS, total(message))) == USUAL


def test_what_is_carried_from_page_to_page_is_a_sum(empty: Empty) -> None:
    rows = [BASIC, total("过次页", 1000), total("承前页", 1000), WORKS, total("合计")]
    assert spent(empty, book(UNIT, NAMES, *rows)) == USUAL


def test_a_subtotal_of_a_kind_of_money_is_checked_whatever_column_names_it(empty: Empty) -> None:
    assert spent(empty, book(UNIT, NAMES, BASIC, WORKS, total("项目支出小计", 270))) == USUAL


SUMMARY: list[Row] = [
    ["功能分类科目编码", "功能分类科目名称", "金额"],
    ["2010301", "行政运行", 1000],
    ["2010399", "其他支出", 300],
    ["合计", None, 1300],
]


def test_a_sheet_that_adds_up_all_rows_is_checked_and_left_out(empty: Empty) -> None:
    plan = empty.plan(empty.give("支出.xlsx", with_sheet(UNIT, *SUMMARY)))
    assert [sheet.taken_as for sheet in plan.sheets] == ["明细", "汇总表，不导入，和明细对得上"]
    assert "amount: 1300}" in plan.texts[empty.folder / "budget.yaml"]


def test_a_summary_of_several_sheets_is_checked_against_all(empty: Empty) -> None:
    def add(made: Workbook) -> None:
        for name, rows in (("另一张", [UNIT, NAMES, instead(WORKS, 6, 30)]), ("汇总", [UNIT, *SUMMARY])):
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))

    assert spent(empty, book(UNIT, NAMES, BASIC, WORKS, change=add)) == [("2010301", 1000), ("2010399", 300)]


@pytest.mark.parametrize(
    ("works", "message"), [(270, []), (280, ["支出.xlsx 汇总!C3 汇总的是280元，明细里这样的行相加是270元"])]
)
def test_a_summary_of_sheets_that_each_say_less_is_checked_against_all(
    empty: Empty, works: int, message: list[str]
) -> None:
    """基本支出 and 项目支出 on a sheet each, and a third that adds them up by 支出类别."""

    def add(made: Workbook) -> None:
        summary: list[Row] = [
            ["支出类别", "资金性质", "金额（元）"],
            ["人员类", "一般公共预算", 1000],
            ["特定目标类", "一般公共预算", works],
        ]
        for name, rows in (("项目支出", [UNIT, NAMES, WORKS]), ("汇总", summary)):
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))

    data = book(UNIT, NAMES, BASIC, change=add)
    if message:
        assert problems(empty, data) == [f"{start}：改好，或隐藏这张汇总表再导入" for start in message]
    else:
        assert spent(empty, data) == USUAL


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        (290, "290元，明细里这样的行相加是300元"),
        (0.03, "0.03元，明细里这样的行相加是300元；两边正好差一万倍，多半是元和万元写混了"),
    ],
)
def test_a_summary_that_disagrees_is_told_with_both(empty: Empty, amount: float, message: str) -> None:
    rows = [*SUMMARY[:2], instead(SUMMARY[2], 2, amount)]
    problem = f"支出.xlsx 项目!C4 汇总的是{message}：改好，或隐藏这张汇总表再导入"
    assert problems(empty, with_sheet(UNIT, *rows)) == [problem]


def test_a_summary_that_lacks_rows_is_told(empty: Empty) -> None:
    assert problems(empty, with_sheet(UNIT, *SUMMARY[:2])) == [
        "支出.xlsx 项目 汇总里没有的，明细里还有300元：改好，或隐藏这张汇总表再导入"
    ]


def test_files_of_one_name_in_two_folders_are_two_sheets(empty: Empty) -> None:
    for folder, row in (("甲", BASIC), ("乙", WORKS)):
        (empty.root / folder).mkdir()
        empty.give(f"{folder}/支出.xlsx", book(UNIT, NAMES, row))
    empty.take(empty.root / "甲/支出.xlsx", empty.root / "乙/支出.xlsx")
    assert sum(line.amount for line in empty.facts().lines[Source.EXPENDITURE]) == 1270
