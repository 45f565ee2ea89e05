"""Rows of a table as they are set: how far the label of a total reaches, and headings across the table."""

from __future__ import annotations

import pytest

from discgen.view.table import CellView, RowView, TableView, view_table
from tests.conftest import Demo


def view(demo: Demo, number: int) -> TableView:
    document = demo.document()
    return view_table(document.tables[number - 1], document)


def cells(row: RowView) -> list[tuple[str, int]]:
    """What each cell says and how many columns it reaches over."""
    return [(cell.text, cell.span) for cell in row.cells]


def test_the_label_of_a_total_reaches_over_the_empty_text_beside_it(workspace: Demo) -> None:
    total = view(workspace, 3).rows[0]
    assert cells(total) == [("合计", 2), ("100.00", 1), ("64.00", 1), ("36.00", 1)]
    assert [cell.style for cell in total.cells] == ["label", "amount", "amount", "amount"]


def test_other_rows_keep_their_cells_apart(workspace: Demo) -> None:
    row = view(workspace, 3).rows[1]
    assert cells(row) == [("201", 1), ("一般公共服务支出", 1), ("97.00", 1), ("61.00", 1), ("36.00", 1)]
    assert [cell.style for cell in row.cells[:2]] == ["indent-0", "indent-0"]


def test_the_label_of_a_total_stops_at_the_line_number(accounts: Demo) -> None:
    last = view(accounts, 1).rows[-1]
    assert [text for text, _ in cells(last)][::3] == ["总计", "总计"]
    assert [(text, span) for text, span in cells(last) if text.endswith(".00")] == [("104.00", 1)] * 2
    assert [span for _, span in cells(last)] == [1] * 6
    assert [cell.style for cell in last.cells] == ["label", "code", "amount"] * 2


def test_the_label_of_a_total_may_stand_last_among_the_text(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    document = workspace.compose().document
    assert document is not None
    # 类, 款 and 项 are empty beside it, under 科目名称; amounts are in 元.
    total = view_table(document.tables[2], document).rows[-1]
    assert cells(total) == [("合计", 4), ("1,000,000", 1), ("640,000", 1), ("360,000", 1)]


def test_a_heading_runs_across_the_table(accounts: Demo) -> None:
    assert view(accounts, 10).rows[0] == RowView("heading", (CellView("一、政府采购情况", "", 3),))


@pytest.mark.parametrize("number", [1, 3, 6, 9, 10])
def test_every_row_of_accounts_is_as_wide_as_its_table(accounts: Demo, number: int) -> None:
    one = view(accounts, number)
    assert {sum(cell.span for cell in row.cells) for row in one.rows} == {len(one.columns)}


def test_accounts_name_the_department_and_the_year_over_a_table(accounts: Demo) -> None:
    one = view(accounts, 1)
    assert (one.label, one.department, one.unit) == (
        "公开01表",
        "部门名称：示范市档案局　2023年度",
        "金额单位：万元",
    )
