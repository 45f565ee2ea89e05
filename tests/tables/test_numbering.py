"""行次 and 栏次, codes over several columns, styles of numbers, notes, and where labels stand."""

from __future__ import annotations

import pytest

from discgen.form.table_spec import ColumnSpec
from discgen.model.disclosure import Disclosure
from discgen.model.line import Fund
from discgen.tables.heads import head_rows, number_row
from discgen.tables.table import Head
from tests.tables.made import line, make, texts

TWO_BLOCKS = """\
blocks:
  - source: income
    columns: [{key: label, label: 项目, show: label}, {key: line, label: 行次, show: line_number}, {key: total, label: 金额}]
    rows: [{id: one, label: 甲}, {id: two, label: 乙, where: {fund: government_fund}}]
    foot: [{id: total, label: 总计, kind: total}]
  - source: income
    columns: [{key: label, label: 项目, show: label}, {key: line, label: 行次, show: line_number}, {key: total, label: 金额}]
    rows: [{id: one, label: 丙}, {id: two, label: 丁}, {id: three, label: 戊}]
    foot: [{id: total, label: 总计, kind: total}]
"""


def test_lines_are_numbered_down_the_first_block_and_on_down_the_next(disclosure: Disclosure) -> None:
    table = make(disclosure, TWO_BLOCKS, income=[line(5, fund=Fund.GENERAL)])
    assert [(row[0], row[1], row[3], row[4]) for row in texts(table)] == [
        ("甲", "1", "丙", "5"),
        ("乙", "2", "丁", "6"),
        ("", "3", "戊", "7"),
        ("总计", "4", "总计", "8"),
    ]


def test_headings_are_not_numbered(disclosure: Disclosure) -> None:
    spec = """\
source: income
columns: [{key: label, label: 项目, show: label}, {key: line, label: 行次, show: line_number}, {key: total, label: 金额}]
rows:
  - {id: first, label: 一、收入, kind: heading}
  - {id: one, label: 甲}
  - {id: second, label: 二、其他, kind: heading}
  - {id: two, label: 乙}
"""
    table = make(disclosure, spec, income=[line(5)])
    assert texts(table) == [["一、收入", "", ""], ["甲", "1", "5.00"], ["二、其他", "", ""], ["乙", "2", "5.00"]]


LEAVES = (
    ColumnSpec("代码", show="code"),
    ColumnSpec("名称", show="name"),
    ColumnSpec("行次", show="line_number"),
    ColumnSpec("合计"),
    ColumnSpec("基本"),
)


def test_column_numbers_may_stand_over_all_columns() -> None:
    assert number_row(LEAVES, "all") == [Head(number, 1, 1) for number in "12345"]


def test_column_numbers_may_stand_over_amounts_only_beside_their_own_name() -> None:
    assert number_row(LEAVES, "amounts") == [
        Head("栏次", 2, 1),
        Head("", 1, 1),
        Head("1", 1, 1),
        Head("2", 1, 1),
    ]


def test_column_numbers_over_amounts_go_on_from_block_to_block() -> None:
    heads = number_row([LEAVES[0], *LEAVES[2:4], LEAVES[0], *LEAVES[2:]], "amounts")
    assert [head.label for head in heads] == ["栏次", "", "1", "栏次", "", "2", "3"]


@pytest.mark.parametrize(
    ("which", "last"), [("none", "基本"), ("all", "1 2"), ("amounts", "栏次 1")], ids=["none", "all", "amounts"]
)
def test_column_numbers_are_the_last_row_of_the_head(disclosure: Disclosure, which: str, last: str) -> None:
    spec = f"""\
column_numbers: {which}
blocks:
  - source: income
    columns: [{{label: 收入, columns: [{{key: label, label: 项目, show: label}}, {{key: total, label: 基本}}]}}]
    rows: [{{id: total, label: 合计}}]
"""
    heads = make(disclosure, spec, income=[line(5)]).heads
    assert " ".join(head.label for head in heads[-1]).endswith(last)
    assert len(heads) == (2 if which == "none" else 3)


def test_a_code_may_stand_in_three_columns(disclosure: Disclosure) -> None:
    spec = """\
source: expenditure
columns:
  - {key: class, label: 类, show: class_code}
  - {key: group, label: 款, show: group_code}
  - {key: item, label: 项, show: item_code}
  - {key: name, label: 名称, show: name}
  - {key: total, label: 金额}
rows: [{each: function_code, under: total}, {id: total, label: 合计, kind: total}]
"""
    table = make(disclosure, spec, expenditure=[line(5, function_code="2010301")])
    assert texts(table) == [
        ["201", "", "", "一般公共服务支出", "5.00"],
        ["201", "03", "", "政府办公厅（室）及相关机构事务", "5.00"],
        ["201", "03", "01", "行政运行", "5.00"],
        ["", "", "", "合计", "5.00"],
    ]
    assert [column.style for column in table.columns] == ["code", "code", "code", "text", "amount"]


AMOUNT = """\
columns: [{key: total, label: 金额}]
rows: [{id: total}, {id: none, where: {fund: state_capital}}]
"""


@pytest.mark.parametrize(
    ("numbers", "unit", "shown"),
    [
        ("", "元", [["150,000"], [""]]),
        ("numbers: with_zeros\n", "元", [["150,000"], ["0"]]),
        ("numbers: short\n", "万元", [["15"], ["0"]]),
    ],
)
def test_a_table_may_name_a_number_style_of_its_form(
    disclosure: Disclosure, numbers: str, unit: str, shown: list[list[str]]
) -> None:
    spec = f"{numbers}blocks:\n  - source: income\n" + "".join(f"    {row}\n" for row in AMOUNT.splitlines())
    table = make(disclosure, spec, "shanghai-budget-2025", income=[line(15, fund=Fund.GENERAL)])
    assert (table.unit, texts(table)) == (unit, shown)


NOTED = """\
notes: ["注：本表是{year}年的。"]
%sblocks:
  - {source: income, columns: [{key: total, label: 金额}], rows: [{id: total}]}
"""


def test_the_notes_of_a_table_stand_before_what_is_said_of_its_amounts(disclosure: Disclosure) -> None:
    assert make(disclosure, NOTED % "", income=[line(5)]).notes == ("注：本表是2023年的。",)
    assert make(disclosure, NOTED % "", income=[]).notes == ("注：本表是2023年的。", "注：本表无数据")


def test_an_empty_table_may_have_words_of_its_own(disclosure: Disclosure) -> None:
    spec = NOTED % "empty_note: '注：{year}年没有这项收入'\n"
    assert make(disclosure, spec, income=[]).notes[1:] == ("注：2023年没有这项收入",)
    assert make(disclosure, spec, income=[line(0)]).notes[1:] == ("注：2023年没有这项收入",)
    assert make(disclosure, spec, income=[line(5)]).notes[1:] == ()


def test_amounts_that_cancel_out_in_every_cell_leave_the_table_empty(disclosure: Disclosure) -> None:
    assert make(disclosure, NOTED % "", income=[line(5), line(-5)]).notes[1:] == ("注：本表无数据",)


@pytest.mark.parametrize(
    ("shows", "row"),
    [
        (("name", "label"), ["", "合计", "5.00"]),
        (("name", "code"), ["", "合计", "5.00"]),
        (("code", "name"), ["合计", "", "5.00"]),
        (("government_economic_name", "department_economic_name"), ["", "合计", "5.00"]),
        (("class_code", "name"), ["", "合计", "5.00"]),
    ],
)
def test_the_label_of_a_fixed_row_stands_by_label_then_code_then_name(
    disclosure: Disclosure, shows: tuple[str, str], row: list[str]
) -> None:
    columns = ", ".join(f"{{key: c{at}, label: 列, show: {show}}}" for at, show in enumerate(shows))
    spec = f"source: income\ncolumns: [{columns}, {{key: total, label: 金额}}]\nrows: [{{id: total, label: 合计}}]\n"
    assert texts(make(disclosure, spec, income=[line(5)])) == [row]


def test_a_fixed_row_may_be_called_by_the_department(disclosure: Disclosure) -> None:
    spec = """\
source: income
columns: [{key: label, label: 项目, show: label}, {key: total, label: 金额}]
rows: [{id: total, label: "{department}合计"}]
"""
    assert texts(make(disclosure, spec, income=[line(5)])) == [["示范市档案局合计", "5.00"]]


def head(label: str, *below: str) -> ColumnSpec:
    return ColumnSpec(label, columns=tuple(ColumnSpec(one) for one in below))


def test_neighbouring_blocks_under_the_same_words_have_one_head() -> None:
    columns = (head("人员经费", "甲", "乙"), head("公用经费", "丙"), head("公用经费", "丁", "戊"))
    assert head_rows(columns, str) == [
        [Head("人员经费", 2, 1), Head("公用经费", 3, 1)],
        [Head(one, 1, 1) for one in "甲乙丙丁戊"],
    ]


def test_blocks_under_the_same_words_that_are_apart_keep_their_heads() -> None:
    columns = (head("公用经费", "甲"), head("人员经费", "乙"), head("公用经费", "丙"))
    assert [one.label for one in head_rows(columns, str)[0]] == ["公用经费", "人员经费", "公用经费"]


def test_columns_of_the_same_name_without_any_below_stay_apart() -> None:
    assert head_rows((ColumnSpec("金额"), ColumnSpec("金额")), str) == [[Head("金额", 1, 1), Head("金额", 1, 1)]]
