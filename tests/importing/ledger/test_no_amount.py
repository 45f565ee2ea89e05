"""Lines of a ledger without an amount: told, or refused where the amount seems to have slipped into another column."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.bureau import Row
from tests.importing.ledger.test_messy import BASIC, NAMES, UNIT, WORKS, book, instead, problems
from tests.importing.workspaces import Empty


@pytest.fixture
def empty(tmp_path: Path) -> Empty:
    return Empty(tmp_path)


def remarks(empty: Empty, *rows: Row) -> list[str]:
    plan = empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, *rows)))
    return [one for sheet in plan.sheets for one in sheet.remarks if "金额空着" in one]


def test_a_line_whose_amount_is_left_empty_is_told(empty: Empty) -> None:
    said = "注意：第4行的金额空着，没有导入；漏填的，补上再导入"
    assert remarks(empty, BASIC, instead(WORKS, 6, None), instead(WORKS, 4, "消防改造")) == [said]


def test_many_lines_without_an_amount_are_told_in_one_remark(empty: Empty) -> None:
    lines = [instead(instead(WORKS, 4, f"改造{n}"), 6, None) for n in "甲乙丙丁戊己庚"]
    assert remarks(empty, BASIC, *lines) == ["注意：第4、5、6、7、8等7行的金额空着，没有导入；漏填的，补上再导入"]


@pytest.mark.parametrize("nothing", [0, "-", "—"])
def test_a_written_nothing_is_not_forgotten(empty: Empty, nothing: object) -> None:
    assert remarks(empty, BASIC, instead(WORKS, 6, nothing)) == []


def test_rows_of_classes_heads_and_notes_need_no_amount(empty: Empty) -> None:
    klass: Row = [None, "201 一般公共服务支出"]
    assert remarks(empty, klass, BASIC, NAMES, WORKS, ["小计"], ["注：单位为元"]) == []


def test_an_amount_that_slipped_into_a_column_of_words_is_refused(empty: Empty) -> None:
    lines = ["单位名称,功能分类科目编码,部门经济分类,支出类别,项目名称,资金性质,金额（元）"]
    lines += ["示范市档案局,2010301,30101,人员类,,一般公共预算,1000"]
    lines += ["示范市档案局,2010301,30102,人员类,一般公共预算,30000"]
    said = "支出.csv!F3 这一行没有金额，“资金性质”写着“30000”：像是少了一格，后面的往前挪了，改好再导入"
    assert problems(empty, "\n".join(lines), name="支出.csv") == [said]
