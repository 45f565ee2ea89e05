from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from discgen.form.files import form_names
from discgen.form.form import load_form
from discgen.form.table_spec import ColumnSpec
from discgen.model.line import FISCAL_FUNDS, Fund, Origin
from discgen.money import is_rounding_tail
from discgen.tables.heads import head_rows
from discgen.tables.table import Head, Table, has_tail
from tests.conftest import Demo, budgets

BUDGET = "2023/budget.yaml"
EMPTY = "注：本表无数据"
TAIL = "注：表中分项之和与合计数的尾差由四舍五入产生"

FUNDS = (*FISCAL_FUNDS, Fund.SPECIAL_ACCOUNT, Fund.UNIT_FUNDS)
"""The funds that budgets of Shanxi tell apart."""


def table(demo: Demo, number: int) -> Table:
    return demo.document().tables[number - 1]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def covered(heads: list[list[Head]]) -> list[list[int]]:
    """How many heads cover each place, each head put where HTML would put it."""
    width = sum(head.columns for head in heads[0])
    grid = [[0] * width for _ in heads]
    for line, row in enumerate(heads):
        at = 0
        for head in row:
            while grid[line][at]:
                at += 1
            for below in range(line, line + head.rows):
                for beside in range(at, at + head.columns):
                    grid[below][beside] += 1
    return grid


@pytest.mark.parametrize("name", form_names())
def test_heads_of_every_table_fill_a_rectangle(name: str) -> None:
    for spec in load_form(name).tables:
        columns = tuple(column for block in spec.blocks for column in block.columns)
        grid = covered(head_rows(columns, str))
        assert all(place == 1 for row in grid for place in row), spec.id
        assert len(grid[0]) == sum(len(block.flat_columns()) for block in spec.blocks)


def test_a_column_without_heads_above_reaches_down() -> None:
    columns = (ColumnSpec("项目"), ColumnSpec("预算数", columns=(ColumnSpec("基本"), ColumnSpec("项目"))))
    assert head_rows(columns, str) == [
        [Head("项目", 1, 2), Head("预算数", 2, 1)],
        [Head("基本", 1, 1), Head("项目", 1, 1)],
    ]


def test_tables_are_numbered_and_titled_in_the_forms_order(workspace: Demo) -> None:
    tables = workspace.document().tables
    assert [table.number for table in tables] == list(range(1, 14))
    assert (tables[0].label, tables[0].title) == ("预算公开表1", "2023年预算收支总表")


def test_function_codes_stand_below_their_class_and_add_up(workspace: Demo) -> None:
    assert texts(table(workspace, 3)) == [
        ["合计", "", "100.00", "64.00", "36.00"],
        ["201", "一般公共服务支出", "97.00", "61.00", "36.00"],
        ["20103", "政府办公厅（室）及相关机构事务", "97.00", "61.00", "36.00"],
        ["2010301", "行政运行", "88.00", "61.00", "27.00"],
        ["2010350", "事业运行", "9.00", "", "9.00"],
        ["208", "社会保障和就业支出", "3.00", "3.00", ""],
        ["20805", "行政事业单位养老支出", "3.00", "3.00", ""],
        ["2080505", "机关事业单位基本养老保险缴费支出", "3.00", "3.00", ""],
    ]
    assert [row.kind for row in table(workspace, 3).rows[:5]] == ["total", "subtotal", "subtotal", "line", "line"]


def test_basic_expenditure_is_listed_by_pairs_of_codes(workspace: Demo) -> None:
    assert texts(table(workspace, 6)) == [
        ["合计", "", "64.00", "40.00", "24.00"],
        ["工资福利支出", "", "40.00", "40.00", ""],
        ["基本工资", "工资奖金津补贴", "40.00", "40.00", ""],
        ["商品和服务支出", "", "24.00", "", "24.00"],
        ["办公费", "办公经费", "13.00", "", "13.00"],
        ["办公费", "商品和服务支出", "5.00", "", "5.00"],
        ["公务用车运行维护费", "公务用车运行维护费", "6.00", "", "6.00"],
    ]


def test_a_code_in_two_pairs_of_one_kind_of_unit_has_the_money_of_each_in_its_row(workspace: Demo) -> None:
    workspace.edit(BUDGET, "department: 30201, government: 50201", "department: 30201, government: 50599")
    assert [row[1:3] for row in texts(table(workspace, 6)) if row[0].strip() == "办公费"] == [
        ["商品和服务支出", "5.00"],
        ["其他对事业单位补助", "13.00"],
    ]


def test_a_pair_that_both_kinds_of_units_pay_has_a_row_for_each(workspace: Demo) -> None:
    one = "  - {department: 30231, government: 50208, amount: 6}\n"
    two = one.replace("6}", "4}") + one.replace("amount: 6", "unit_kind: institution, amount: 2")
    workspace.edit(BUDGET, one, two)
    workspace.edit(BUDGET, "{unit: agency, amount: 15}", "{unit: agency, amount: 12}")
    rows = texts(table(workspace, 6))
    assert [row[2] for row in rows if row[0] == "公务用车运行维护费"] == ["4.00", "2.00"]


def test_income_stands_beside_expenditure_with_the_totals_on_one_line(workspace: Demo) -> None:
    rows = texts(table(workspace, 1))
    assert rows[0] == ["一、一般公共预算", "100.00", "一、一般公共服务支出", "97.00", "97.00", ""]
    assert rows[-1] == ["收入总计", "100.00", "支出总计", "100.00", "100.00", ""]
    assert rows[-3] == ["本年收入合计", "100.00", "本年支出合计", "100.00", "100.00", ""]
    assert rows[10][:2] == ["", ""]


def test_agency_operation_is_listed_by_unit(workspace: Demo) -> None:
    assert [row[:3] for row in texts(table(workspace, 11))] == [
        ["部门合计", "19.00", "19.00"],
        ["示范市档案局", "19.00", "19.00"],
    ]


def test_three_public_adds_what_projects_pay(workspace: Demo) -> None:
    workspace.edit(BUDGET, "procurement:", "three_public:\n  - {item: vehicle_purchase, amount: 20}\nprocurement:")
    assert [row[:2] for row in texts(table(workspace, 10))] == [
        ["因公出国（境）费", ""],
        ["公务接待费", ""],
        ["公务用车购置及运行费", "26.00"],
        ["①公务用车购置费", "20.00"],
        ["②公务用车运行维护费", "6.00"],
        ["合计", "26.00"],
    ]


def test_projects_are_listed_in_the_order_of_units(workspace: Demo) -> None:
    workspace.add_project("0-move", "2010350", "40000", name="搬迁", unit="archive")
    workspace.add_project("2-scan", "2010350", "50000", name="档案扫描", unit="archive")
    assert [row[:2] for row in texts(table(workspace, 12))] == [
        ["库房改造", "27.00"],
        ["搬迁", "4.00"],
        ["档案扫描", "5.00"],
    ]


def test_a_table_without_amounts_says_so_and_others_do_not(workspace: Demo) -> None:
    notes = {table.number: table.notes for table in workspace.document().tables}
    assert [number for number, said in notes.items() if said == (EMPTY,)] == [7, 8, 9, 13]
    assert [number for number, said in notes.items() if said == ()] == [1, 2, 3, 4, 5, 6, 10, 11, 12]


def test_a_tail_is_noted_in_the_tables_that_show_it(workspace: Demo) -> None:
    # 60.995 and 3.005 are shown as 61.00 and 3.01, their sum as 64.00.
    workspace.edit(BUDGET, "basic: 61", "basic: 60.995")
    workspace.edit(BUDGET, "basic: 3}", "basic: 3.005}")
    assert [table.number for table in workspace.document().tables if table.notes == (TAIL,)] == [1, 2, 3, 4, 5]


@pytest.fixture
def full(workspace: Demo) -> Demo:
    """Every fund, of this year and carried over: 2 of 基本支出 and the power of two of 项目支出, in 万元."""
    wheres = [f"fund: {fund}, origin: {origin}" for fund in FUNDS for origin in Origin]
    amounts = [(where, 2**number) for number, where in enumerate(wheres)]
    codes = {"fund: government_fund, origin: current": 1030148, "fund: state_capital, origin: current": 1030601}
    income = "".join(
        f"  - {{{where}{f', code: {codes[where]}' if where in codes else ''}, amount: {2 + project}}}\n"
        for where, project in amounts
    )
    spent = "".join(f"  - {{function: 2010301, {where}, basic: 2, project: {n}}}\n" for where, n in amounts)
    basic = "".join(f"  - {{department: 30201, government: 50201, {where}, amount: 2}}\n" for where in wheres)
    head = "form: shanxi-budget-2023\nyear: 2023\nunit: 万元\n"
    budget = f"{head}income:\n{income}expenditure:\n{spent}basic:\n{basic}"
    workspace.replace_budget(budget, [("2010301", where, f"{n}0000") for where, n in amounts])
    narrative = (workspace.folder / "2023" / "narrative.yaml").read_text(encoding="utf-8")
    workspace.write("2023/narrative.yaml", narrative[: narrative.index("reasons:")] + "reasons: {}\n")
    return workspace


def test_with_every_fund_and_carryover_filled_all_tables_have_amounts_and_add(full: Demo) -> None:
    tables = full.document().tables
    assert [table.notes for table in tables if table.id != "three-public"] == [()] * 12
    assert [s.name for t in tables for s in t.sums if s.total.value != sum(p.value for p in s.parts)] == []


def test_with_every_fund_and_carryover_filled_income_is_split_by_both(full: Demo) -> None:
    # general 1+2, 2+2; government_fund 4+2, 8+2; state_capital 16+2, 32+2; special 64+2, 128+2; unit 256+2, 512+2.
    assert [row[:2] for row in texts(table(full, 1)) if row[0]] == [
        ["一、一般公共预算", "3.00"],
        ["二、政府性基金预算", "6.00"],
        ["三、国有资本经营预算", "18.00"],
        ["四、财政专户管理资金", "66.00"],
        ["五、单位资金", "258.00"],
        ["本年收入合计", "351.00"],
        ["上年结转", "692.00"],
        ["收入总计", "1,043.00"],
    ]
    assert texts(table(full, 2))[0] == ["合计", "", "351.00", "3.00", "6.00", "18.00", "66.00", "258.00", "692.00"]
    assert texts(table(full, 4))[-1][:2] == ["收入总计", "75.00"]
    assert texts(table(full, 4))[-1][3:] == ["75.00", "7.00", "16.00", "52.00"]
    assert texts(table(full, 5))[0] == ["合计", "", "3.00", "2.00", "1.00"]
    assert [row[:3] for row in texts(table(full, 7))] == [
        ["合计", "", "6.00"],
        ["103", "非税收入", "6.00"],
        ["10301", "政府性基金收入", "6.00"],
        ["1030148", "国有土地使用权出让收入", "6.00"],
    ]
    assert [row[1] for row in texts(table(full, 12))] == ["1.00", "4.00", "16.00", "64.00", "256.00"]
    assert [row[1] for row in texts(table(full, 13))] == ["2.00", "8.00", "32.00"]


@pytest.mark.slow
@settings(max_examples=60)
@given(budgets())
def test_sums_are_exact_and_their_tails_are_noted(drawn: tuple[str, list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        demo.replace_budget(*drawn)
        document = demo.compose().document
    assert document is not None
    style = document.form.numbers["table"]
    assert sum(len(table.sums) for table in document.tables) > 100
    for one in document.tables:
        shown_answers = {id(cell.answer) for cell in one.amounts()}
        misses = False
        for addition in one.sums:
            assert addition.total.value == sum(part.value for part in addition.parts)
            assert {id(answer) for answer in (addition.total, *addition.parts)} <= shown_answers
            total, parts = style.rounded(addition.total.value), [style.rounded(part.value) for part in addition.parts]
            misses |= total != sum(parts, Decimal(0))
            assert is_rounding_tail(total, parts, style.places)
        assert has_tail(one.sums, style) is misses
        assert (TAIL in one.notes) is misses
        assert (EMPTY in one.notes) is all(cell.text == "" for cell in one.amounts())


def test_a_unit_may_be_called_like_a_row_of_the_form(workspace: Demo) -> None:
    for path in [path for path in workspace.folder.rglob("*.yaml") if path.is_file()]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bagency\b", "total", text), encoding="utf-8")
    rows = texts(table(workspace, 11))
    assert [row[0] for row in rows] == ["部门合计", "示范市档案局"]
    assert rows[0][1:] == rows[1][1:]
