"""Ledgers as the 预算管理一体化 systems export them: their heads, codes before words, and what cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from discgen.importing.problems import ImportProblemsError
from discgen.load.target import Target
from discgen.model.line import Category, Component, Fund, Nature, Origin, Source
from tests.importing.bureau import Row, as_bytes, bureau_workbook
from tests.importing.workspaces import ARCHIVE, DEPARTMENT, Empty

HEADS: Row = [
    "财政区划代码", "单位编码", "单位名称", "指标文号", "指标来源", "资金性质", "支出功能分类", "政府预算支出经济分类",
    "部门预算支出经济分类", "项目类别", "项目名称", "指标金额", "已支付金额", "指标余额", "录入日期",
]  # fmt: skip
PAY: Row = [
    "140100000", "026", "示范市档案局", "示财预〔2023〕1号", "年初预算", "111-一般公共预算资金", "2010301-行政运行",
    "50101-工资奖金津补贴", "30101-基本工资", "1-人员类项目", "在职人员工资", 1000, 200, 800, "2023-01-20",
]  # fmt: skip
OFFICE: Row = [
    *PAY[:7],
    "50201-办公经费",
    "30201-办公费",
    "2-运转类项目（公用经费）",
    "公用经费",
    500,
    0,
    500,
    "2023-01-20",
]
WORKS: Row = [
    *PAY[:4], "上年结转", "121-政府性基金预算资金", "2010399-其他支出", "50205-委托业务费", "30227-委托业务费",
    "3-特定目标类项目", "14010023T000000012345-库房改造", 270, 0, 270, "2023-01-20",
]  # fmt: skip


def book(*sheets: tuple[str, Sequence[Row]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return as_bytes(made)


def ledger(*rows: Row) -> bytes:
    return book(("Sheet1", [["指标明细台账"], ["查询条件：年度=2023", "单位：元"], HEADS, *rows]))


def refused(empty: Empty, data: bytes) -> ImportProblemsError:
    return empty.refusal(empty.give("台账.xlsx", data))


def test_heads_and_codes_before_words_are_read(empty: Empty) -> None:
    empty.take(empty.give("台账.xlsx", ledger(PAY, OFFICE, WORKS)))
    facts = empty.facts()
    assert [(line.function_code, line.nature, line.fund, line.origin) for line in facts.lines[Source.EXPENDITURE]] == [
        ("2010301", Nature.BASIC, Fund.GENERAL, Origin.CURRENT),
        ("2010399", Nature.PROJECT, Fund.GOVERNMENT_FUND, Origin.CARRYOVER),
    ]
    assert [(line.department_economic_code, line.component) for line in facts.lines[Source.BASIC]] == [
        ("30101", Component.PERSONNEL), ("30201", Component.OPERATING),
    ]  # fmt: skip
    [project] = facts.projects
    assert (project.name, project.category) == ("库房改造", Category.SPECIFIC)


def test_what_was_paid_since_is_no_amount_of_the_budget(empty: Empty) -> None:
    [sheet] = empty.plan(empty.give("台账.xlsx", ledger(PAY))).sheets
    taken = dict(sheet.columns)
    assert (taken["指标金额"], taken["已支付金额"], taken["指标文号"]) == ("金额，元", "不导入", "不导入")


def test_all_words_that_are_not_known_are_asked_in_one_round(empty: Empty) -> None:
    """Of all columns and rows, columns that are not known beside them."""
    heads = [*HEADS[:3], "归口股室", *HEADS[4:]]
    unknown = [*PAY[:4], "预算调减", "111-甲资金", *PAY[6:9], "2-运转类项目", *PAY[10:]]
    error = refused(empty, book(("Sheet1", [["单位：元"], heads, PAY, unknown])))
    assert error.problems == (
        "台账.xlsx Sheet1!D2 不认识的栏“归口股室”：改成认得的栏名，或用--ignore-column '归口股室'说明不导入",
        "台账.xlsx Sheet1!F4 “111-甲资金”不认识",
        "台账.xlsx Sheet1!E4 “预算调减”分不清：年初以后调整的不是年初预算，去掉这一行；年初批复时就减去的，写年初预算",
        "台账.xlsx Sheet1!J4 “2-运转类项目”分不清：写明是公用经费（基本支出）还是其他运转类（项目支出）",
    )
    assert error.columns == ("归口股室",)
    assert "“资金性质”一栏认得：一般公共预算、政府性基金" in error.hints[0]
    assert "“指标来源”一栏认得：当年、上年结转；前面带编码的也行" in error.hints


def test_the_name_decides_where_the_code_is_the_departments(tmp_path: Path) -> None:
    empty = Empty(tmp_path, department=DEPARTMENT + ARCHIVE)
    archive = [*PAY[:2], "示范市档案馆", *PAY[3:]]
    empty.take(empty.give("台账.xlsx", ledger(archive)))
    assert [line.unit for line in empty.facts().lines[Source.BASIC]] == ["archive"]


def test_a_departments_code_alone_is_its_only_unit_or_is_asked(tmp_path: Path, empty: Empty) -> None:
    nameless: Row = [*PAY[:2], None, *PAY[3:]]
    empty.take(empty.give("台账.xlsx", ledger(nameless)))
    assert [line.unit for line in empty.facts().lines[Source.BASIC]] == ["agency"]
    two = Empty(tmp_path / "two", department=DEPARTMENT + ARCHIVE)
    assert refused(two, ledger(nameless)).problems == (
        "台账.xlsx Sheet1!B4 department.yaml里没有单位“026”，有：示范市档案局、示范市档案馆",
    )


def test_a_code_that_is_another_units_is_refused(tmp_path: Path) -> None:
    empty = Empty(tmp_path, department=DEPARTMENT + ARCHIVE)
    error = refused(empty, ledger([PAY[0], "026002", *PAY[2:]]))
    assert error.problems == ("台账.xlsx Sheet1!C4 单位编码“026002”和名称“示范市档案局”不是一个单位",)


@pytest.mark.parametrize(
    "name", ["示范市档案局本级", "示范市档案局（本级）", "026001-示范市档案局机关本级", "示范市档案局(机关)"]
)
def test_the_department_itself_is_its_agency(tmp_path: Path, name: str) -> None:
    empty = Empty(tmp_path, department=DEPARTMENT + ARCHIVE)
    empty.take(empty.give("台账.xlsx", ledger([*PAY[:2], name, *PAY[3:]])))
    assert [line.unit for line in empty.facts().lines[Source.BASIC]] == ["agency"]


def test_an_economic_code_under_the_other_classification_is_refused(empty: Empty) -> None:
    swapped = [*PAY[:7], PAY[8], PAY[7], *PAY[9:]]
    assert refused(empty, ledger(swapped)).problems == (
        "台账.xlsx Sheet1!I4 “50101-工资奖金津补贴”是政府预算支出经济分类科目的编码，这一栏认作部门预算支出经济分类科目",
        "台账.xlsx Sheet1!H4 “30101-基本工资”是部门预算支出经济分类科目的编码，这一栏认作政府预算支出经济分类科目",
    )


INCOME: list[Row] = [
    ["2023年收入预算表"], ["单位：元"], ["预算单位", "资金性质", "本年收入", "上年结转", "合计"],
    ["示范市档案局", "一般公共预算拨款", 1500, None, 1500], ["示范市档案馆", "一般公共预算拨款", 40, None, 40],
    ["示范市档案局", "政府性基金预算拨款", None, 270, 270], ["合计", None, 1540, 270, 1810],
]  # fmt: skip
EXPENDITURE: list[Row] = [["单位：元"], HEADS, PAY, OFFICE, WORKS]


def test_a_workbook_of_income_and_expenditure_is_read(tmp_path: Path) -> None:
    """Income is what its own sheet says, not what the expenditure adds up to, and of all units together."""
    empty = Empty(tmp_path, department=DEPARTMENT + ARCHIVE)
    plan = empty.take(empty.give("台账.xlsx", book(("支出明细", EXPENDITURE), ("收入", INCOME))))
    facts = empty.facts()
    assert [(line.fund, line.origin, line.amount) for line in facts.lines[Source.INCOME]] == [
        (Fund.GENERAL, Origin.CURRENT, Decimal(1540)),
        (Fund.GOVERNMENT_FUND, Origin.CARRYOVER, Decimal(270)),
    ]
    assert sum(line.amount for line in facts.lines[Source.EXPENDITURE]) == 1770
    assert [sheet.remarks for sheet in plan.sheets if sheet.sheet.endswith("收入")] == [("“收入”，各行都作收入",)]


def test_a_row_that_leaves_out_what_others_of_its_sheet_say_is_not_taken_for_expenditure(empty: Empty) -> None:
    """收支类型 is written in one row and forgotten in the next."""
    income: Row = [*PAY[:6], *[None] * 5, 1000, None, None, None, "收入"]
    rows: list[Row] = [["单位：元"], [*HEADS, "收支类型"], income, [*PAY, None]]
    assert "这一行没有写支出类别" in refused(empty, book(("Sheet1", rows))).problems[0]


def test_a_sheet_of_income_alone_touches_nothing_else(empty: Empty) -> None:
    [sheet] = empty.plan(empty.give("台账.xlsx", book(("收入", [*INCOME[:4]])))).sheets
    assert sheet.rows == 1


@pytest.mark.parametrize("title", ["非税收入征收计划表", "财政拨款收支预算表", "收入支出预算表"])
def test_other_titles_with_income_in_them_are_not_taken_for_it(empty: Empty, title: str) -> None:
    error = refused(empty, book(("Sheet1", [[f"2023年{title}"], *INCOME[1:4]])))
    assert "这一行没有写" in error.problems[0]


def test_a_row_pasted_twice_is_told_with_both(empty: Empty) -> None:
    """Two equal payments may be real, so they count, and the report says so."""
    [sheet] = empty.plan(empty.give("台账.xlsx", ledger(PAY, PAY, WORKS))).sheets
    assert sheet.total == 2270
    assert sheet.remarks == ("第4行、第5行一模一样，金额都算上了：多粘贴了的，删到剩一行再导入",)


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("库房改造(二期)", "库房改造（二期）", "库房改造（二期）"),
        ('"一网通办"运维', "“一网通办”运维", "“一网通办”运维"),
        ("库房 改造", "库房改造", "库房改造"),
    ],
)
def test_spelling_does_not_make_two_projects_of_one(empty: Empty, one: str, other: str, kept: str) -> None:
    rows = [[*WORKS[:10], name, *WORKS[11:]] for name in (one, other)]
    plan = empty.take(empty.give("台账.xlsx", ledger(*rows)))
    assert [project.name for project in empty.facts().projects] == [kept]
    assert f"只差括号、引号的写法或空格，当作一个项目，名称写第一个：{kept}；{one}" in plan.remarks


def test_a_project_that_is_there_is_known_by_another_spelling(empty: Empty) -> None:
    empty.take(empty.give("台账.xlsx", ledger([*WORKS[:10], "库房改造（二期）", *WORKS[11:]])))
    again = empty.plan(empty.give("台账.xlsx", ledger([*WORKS[:10], "库房改造(二期)", *WORKS[11:]])))
    assert not again.texts
    assert not [remark for remark in again.remarks if "不在导入的文件里" in remark]


WIDE: list[Row] = [
    ["单位：元"],
    ["预算单位", "支出项目类别", "项目名称", "支出功能分类", "部门支出经济科目", "政府支出经济科目", "是否新增资产配置",
     "预算金额合计", "政府预算资金", None, None, "财政专户管理资金", "单位资金", None],
    [*[None] * 8, "一般公共预算资金", "政府性基金预算资金", "国有资本经营预算资金", None, "事业收入资金", "其他收入资金"],
    ["026-示范市档案局", "3-特定目标类", "库房改造", "2010399-其他支出", "30227-委托业务费", "50205-委托业务费", "0-否",
     100, 60, None, None, None, 30, 10],
]  # fmt: skip
"""A column for each fund, under heads that say whose money it is."""


def wide(*changes: tuple[int, int, str]) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    for cells in WIDE:
        sheet.append(list(cells))
    for row, column, value in changes:
        sheet.cell(row + 1, column + 1, value)
    for area in (*(f"{letter}2:{letter}3" for letter in "ABCDEFGHL"), "I2:K2", "M2:N2"):
        sheet.merge_cells(area)
    return as_bytes(made)


def test_a_column_for_each_fund_under_two_rows_of_heads_is_read(empty: Empty) -> None:
    plan = empty.take(empty.give("台账.xlsx", wide()), form="shanghai-budget-2025")
    assert [(line.fund, int(line.amount)) for line in empty.facts().projects[0].lines] == [
        (Fund.GENERAL, 60), (Fund.SERVICE_INCOME, 30), (Fund.OTHER_INCOME, 10),
    ]  # fmt: skip
    assert dict(plan.sheets[0].columns)["预算金额合计"] == "合计，只用来核对，元"


def test_money_that_is_left_out_is_missed_by_the_total_beside_it(empty: Empty) -> None:
    """A fund whose column is not imported, or not known, makes no silent loss."""
    error = refused(empty, wide((2, 12, "一般债券")))
    assert error.columns == ("单位资金/一般债券",)
    with pytest.raises(ImportProblemsError, match="合计写的是100元"):
        empty.plan(empty.give("台账.xlsx", wide((2, 12, "一般债券"))), ignored=error.columns)


def test_a_ledger_of_another_make_is_told_what_was_understood_and_what_to_write(empty: Empty) -> None:
    """As a county's own system has it: kinds of 财政拨款 that we have no words for."""
    heads = ["单位编码", "经济分类名称", "年初预算", "经费拨款", "行政性收费", "专项收入", "罚没收入", "其他非税"]
    error = refused(
        empty, book(("基本", [["单位：万元"], heads, ["026001", "基本工资", 96, 96, None, None, None, None]]))
    )
    assert error.columns == tuple(heads[3:])
    [known] = error.hints
    assert known.startswith(
        "台账.xlsx 基本 认出的栏：单位编码（预算单位编码）、经济分类名称（部门经济分类名称）、年初预算（金额，万元）；"
    )
    assert "一种资金一栏的，栏名写一般公共预算、政府性基金" in known


def test_an_empty_workbook_of_a_bureau_is_called_empty(tmp_path: Path) -> None:
    empty = Empty(tmp_path, Target("demo", 2026, "budget"))
    blank = bureau_workbook()
    for sheet in blank.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float) and cell.value not in (205, 208, 301, 302, 303):
                    cell.value = None
    assert empty.refusal(empty.give("预算.xlsx", as_bytes(blank)), form="").problems == (
        "预算.xlsx 是上海市区级部门预算公开表式（2025年）的空表：没有一个金额，填好再导入",
    )


def test_a_project_that_is_there_twice_is_told_as_one(empty: Empty) -> None:
    """What an earlier import made of another spelling; the filled file is the one that goes on."""
    empty.take(empty.give("台账.xlsx", ledger([*WORKS[:10], "库房改造（二期）", *WORKS[11:]])))
    twin = empty.folder / "projects" / "02-project.yaml"
    first = empty.text("projects/01-project.yaml")
    twin.write_text(first.replace("库房改造（二期）", '"库房改造(二期)"'), encoding="utf-8")
    again = empty.plan(empty.give("台账.xlsx", ledger([*WORKS[:10], "库房改造(二期)", *WORKS[11:]])))
    advice = (
        "和departments/demo/2023/projects/01-project.yaml是一个项目，写了两遍：把填好的内容并到那里，再移走这个文件"
    )
    assert f"departments/demo/2023/projects/02-project.yaml 的项目“库房改造(二期)”{advice}" in again.remarks


@pytest.mark.parametrize(
    ("level", "key"), [("市级", "local"), ("省级", "provincial"), ("中央", "central"), ("县级", "local")]
)
def test_the_money_of_a_goal_sheet_is_of_the_departments_level(tmp_path: Path, level: str, key: str) -> None:
    empty = Empty(tmp_path, department=DEPARTMENT.replace("市级", level))
    empty.take(empty.give("台账.xlsx", ledger([*WORKS[:4], "年初预算", *WORKS[5:]])))
    assert f"annual: {{{key}: 270}}" in empty.text("projects/01-project.yaml")


def test_a_row_of_an_adjusted_budget_is_none_of_the_approved_one(empty: Empty) -> None:
    heads: Row = ["预算阶段", *HEADS]
    rows: list[Row] = [["单位：元"], heads, ["年初预算", *PAY], ["调整预算", *OFFICE]]
    assert refused(empty, book(("Sheet1", rows))).problems == (
        "台账.xlsx Sheet1!M4 这一行是“全年预算”，要导入的是年初预算：去掉这样的行再导入",
    )


def test_a_project_under_two_codes_is_one_and_told(empty: Empty) -> None:
    heads: Row = ["项目编码", *HEADS]
    rows: list[Row] = [["单位：元"], heads, [None, *PAY], ["1401230001", *WORKS], ["1401240001", *WORKS]]
    plan = empty.plan(empty.give("台账.xlsx", book(("Sheet1", rows))))
    remark = "项目“库房改造”有2个编码（1401230001、1401240001），当作一个项目；是几个项目的，写成不同的名称"
    assert remark in plan.remarks
