"""Where a cell's lines come from, and what is shown where they do not say enough."""

from __future__ import annotations

from discgen.model.disclosure import Disclosure
from discgen.model.line import Fund, Nature, Stage
from tests.conftest import Demo
from tests.tables.made import line, make, sums, texts

BALANCE = """\
source: income
columns:
  - {key: label, label: 项目, show: label}
  - {key: total, label: 金额}
rows:
  - {id: income, label: 本年收入}
  - {id: opening, label: 年初结转, source: opening_balance}
  - {id: total, label: 总计, kind: total, source: [income, opening_balance], parts: [income, opening]}
"""


def test_a_row_may_have_a_source_of_its_own_or_several(disclosure: Disclosure) -> None:
    table = make(disclosure, BALANCE, income=[line(5), line(2)], opening_balance=[line(4)])
    assert texts(table) == [["本年收入", "7.00"], ["年初结转", "4.00"], ["总计", "11.00"]]
    assert sums(table) == ["total/total"]


def test_a_column_may_have_a_source_of_its_own(disclosure: Disclosure) -> None:
    spec = """\
source: income
columns:
  - {key: income, label: 收入}
  - {key: spent, label: 支出, source: expenditure}
rows:
  - {id: general, where: {fund: general}}
  - {id: government_fund, where: {fund: government_fund}}
"""
    income = [line(5, fund=Fund.GENERAL), line(2, fund=Fund.GOVERNMENT_FUND)]
    spent = [line(4, fund=Fund.GENERAL), line(3, fund=Fund.GOVERNMENT_FUND)]
    assert texts(make(disclosure, spec, income=income, expenditure=spent)) == [["5.00", "4.00"], ["2.00", "3.00"]]


def test_the_source_of_a_row_goes_before_that_of_a_column(disclosure: Disclosure) -> None:
    spec = """\
source: income
columns: [{key: total, label: 金额, source: expenditure}]
rows: [{id: spent}, {id: project, source: project}]
"""
    table = make(disclosure, spec, income=[line(1)], expenditure=[line(2)], project=[line(4)])
    assert texts(table) == [["2.00"], ["4.00"]]


def test_the_condition_of_a_table_holds_for_the_sources_of_its_rows(disclosure: Disclosure) -> None:
    spec = BALANCE.replace("source: income\n", "source: income\nwhere: {fund: general}\n", 1)
    opening = [line(4, fund=Fund.GENERAL), line(8, fund=Fund.GOVERNMENT_FUND)]
    table = make(disclosure, spec, income=[line(5, fund=Fund.GENERAL)], opening_balance=opening)
    assert texts(table)[1:] == [["年初结转", "4.00"], ["总计", "9.00"]]


def test_a_column_may_ask_for_another_stage(disclosure: Disclosure) -> None:
    spec = """\
source: expenditure
columns:
  - {key: adjusted, label: 预算数, where: {stage: adjusted}}
  - {key: own, label: 本身}
rows: [{id: total}]
"""
    table = make(disclosure, spec, expenditure=[line(5), line(6, stage=Stage.ADJUSTED)])
    assert texts(table) == [["6.00", "5.00"]]


NATURES = """\
source: expenditure
columns:
  - {key: total, label: 合计, parts: [basic, project]}
  - {key: basic, label: 基本支出, where: {nature: basic}}
  - {key: project, label: 项目支出, where: {nature: project}}
rows:
  - {id: total, parts: [general, government_fund]}
  - {id: general, where: {fund: general}}
  - {id: government_fund, where: {fund: government_fund}}
"""


def test_a_cell_whose_lines_do_not_say_so_much_is_blank(disclosure: Disclosure) -> None:
    known = line(2, fund=Fund.GOVERNMENT_FUND, nature=Nature.PROJECT)
    table = make(disclosure, NATURES, expenditure=[line(5, fund=Fund.GENERAL), known])
    assert texts(table) == [["7.00", "", ""], ["5.00", "", ""], ["2.00", "", "2.00"]]
    blank = table.rows[1].cells[1]
    assert (blank.text, blank.answer) == ("", None)


def test_no_sum_is_claimed_of_a_cell_that_is_not_known(disclosure: Disclosure) -> None:
    known = line(2, fund=Fund.GOVERNMENT_FUND, nature=Nature.PROJECT)
    table = make(disclosure, NATURES, expenditure=[line(5, fund=Fund.GENERAL), known])
    # Down the column of totals, and along the row that knows its natures.
    assert sums(table) == ["total/total", "government_fund/total"]


def test_all_sums_are_claimed_where_all_cells_are_known(disclosure: Disclosure) -> None:
    spent = [line(5, fund=Fund.GENERAL, nature=Nature.BASIC), line(2, fund=Fund.GENERAL, nature=Nature.PROJECT)]
    assert sums(make(disclosure, NATURES, expenditure=spent)) == [
        "total/total",
        "total/basic",
        "total/project",
        "total/total",
        "general/total",
        "government_fund/total",
    ]


def test_a_class_known_whole_stands_above_items_that_do_not_make_it_up(disclosure: Disclosure) -> None:
    spec = """\
source: expenditure
columns: [{key: code, label: 编码, show: code}, {key: total, label: 金额}]
rows: [{id: total, label: 合计, kind: total}, {each: function_code, under: total}]
"""
    spent = [line(5, function_code="212"), line(2, function_code="2120399"), line(1, function_code="2010301")]
    table = make(disclosure, spec, expenditure=spent)
    assert texts(table) == [
        ["合计", "8.00"],
        ["201", "1.00"],
        ["20103", "1.00"],
        ["2010301", "1.00"],
        ["212", "7.00"],
        ["21203", ""],
        ["2120399", ""],
    ]
    assert sums(table) == ["total/total", "function_code:201/total", "function_code:20103/total"]


def test_an_unknown_source_leaves_its_cells_blank(disclosure: Disclosure) -> None:
    table = make(disclosure, BALANCE, income=[line(5)])
    assert texts(table) == [["本年收入", "5.00"], ["年初结转", ""], ["总计", ""]]
    assert sums(table) == []


def test_balances_of_accounts_stand_between_the_years(accounts: Demo) -> None:
    # 102 of income and 2 from last year are 101 spent and 3 for next year.
    foot = texts(accounts.document().tables[0])[-5:]
    assert [(row[0], row[2], row[3], row[5]) for row in foot] == [
        ("本年收入合计", "102.00", "本年支出合计", "101.00"),
        ("使用非财政拨款结余（含专用结余）", "", "结余分配", ""),
        ("年初结转和结余", "2.00", "年末结转和结余", "3.00"),
        ("", "", "", ""),
        ("总计", "104.00", "总计", "104.00"),
    ]
