"""Money that stands in two places of what is imported: it is counted once, or the import is refused."""

from __future__ import annotations

from tests.importing.books import (
    BASIC,
    MORE_WORKS,
    NAMES,
    UNIT,
    USUAL,
    WORKS,
    book,
    instead,
    problems,
    spent,
    with_sheet,
)
from tests.importing.bureau import Row
from tests.importing.workspaces import Empty

TWICE = "支出.xlsx 项目 的每一笔支出.xlsx 明细里都有，会算两遍，只导入支出.xlsx 明细"


def test_a_sheet_of_some_rows_of_another_would_count_them_twice(empty: Empty) -> None:
    assert problems(empty, with_sheet(UNIT, NAMES, WORKS, MORE_WORKS)) == [TWICE]


def test_a_sheet_that_adds_up_rows_of_another_would_count_them_twice(empty: Empty) -> None:
    summary: list[Row] = [
        ["单位名称", "功能分类科目编码", "支出类别", "项目名称", "资金性质", "金额"],
        ["示范市档案局", "2010399", "特定目标类", "库房改造", "一般公共预算", 300],
    ]
    assert problems(empty, with_sheet(UNIT, *summary)) == [TWICE]


def test_sheets_that_each_have_a_part_are_added_up(empty: Empty) -> None:
    assert spent(empty, with_sheet(UNIT, NAMES, instead(WORKS, 6, 5))) == [("2010301", 1000), ("2010399", 305)]


def test_a_project_over_its_economic_codes_is_a_total(empty: Empty) -> None:
    whole = instead(instead(instead(WORKS, 2, None), 3, "特定目标类"), 6, 300)
    assert spent(empty, book(UNIT, NAMES, BASIC, whole, WORKS, MORE_WORKS)) == [("2010301", 1000), ("2010399", 300)]


def test_a_project_that_disagrees_with_its_economic_codes_is_refused(empty: Empty) -> None:
    whole = instead(instead(WORKS, 2, None), 6, 301)
    stopped_by = problems(empty, book(UNIT, NAMES, BASIC, whole, WORKS, MORE_WORKS))
    assert stopped_by == ["支出.xlsx 明细!G4 合计写的是301元，第5至6行相加是300元，相差1元"]


def test_a_line_without_its_government_code_is_no_total(empty: Empty) -> None:
    heads = [*NAMES[:3], "政府经济分类", *NAMES[3:]]
    rows: list[Row] = [[*BASIC[:3], code, *BASIC[3:]] for code in ("50101", None)]
    assert spent(empty, book(UNIT, heads, *rows)) == [("2010301", 2000)]


def test_a_remark_that_ends_like_a_total_leaves_its_line_in(empty: Empty) -> None:
    rows = [[*NAMES, "备注"], BASIC, [*instead(BASIC, 2, "30102"), "在职人员合计"]]
    assert spent(empty, book(UNIT, *rows)) == [("2010301", 2000)]


def test_the_word_of_a_total_may_stand_among_the_numbers_of_rows(empty: Empty) -> None:
    rows: list[Row] = [["序号", *NAMES], [1, *BASIC], [2, *WORKS], ["合计", *[None] * 6, 1270]]
    assert spent(empty, book(UNIT, *rows)) == USUAL
