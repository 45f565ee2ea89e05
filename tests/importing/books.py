"""Small ledgers of 示范市档案局: workbooks and lines of CSV, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from openpyxl import Workbook

from discgen.model.line import Source
from tests.importing.bureau import Row, as_bytes
from tests.importing.workspaces import FORM, Empty

HEADS = "单位名称,功能分类科目编码,部门经济分类,政府经济分类,支出类别,项目名称,资金性质,金额（元）\n"
PAY = "示范市档案局,2010301,30101 基本工资,50101,人员类,,一般公共预算资金,1000\n"
STORE = "026001,2010399,30201,50201,特定目标类,库房改造,一般公共预算资金,270\n"
UNIT: Row = ["单位：元"]
NAMES: Row = ["单位名称", "功能分类科目编码", "部门经济分类", "支出类别", "项目名称", "资金性质", "金额"]
BASIC: Row = ["示范市档案局", "2010301", "30101", "人员类", None, "一般公共预算", 1000]
WORKS: Row = ["示范市档案局", "2010399", "30201", "特定目标类", "库房改造", "一般公共预算", 270]
MORE_WORKS: Row = ["示范市档案局", "2010399", "30213", "特定目标类", "库房改造", "一般公共预算", 30]
USUAL = [("2010301", 1000), ("2010399", 270)]
"""What the expenditure of BASIC and WORKS is by 功能科目."""


def book(*rows: Row, merged: Sequence[str] = (), change: Callable[[Workbook], object] = lambda _: None) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "明细"
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    change(made)
    return as_bytes(made)


def instead(row: Row, column: int, value: object) -> Row:
    return [*row[:column], value, *row[column + 1 :]]


def total(message: str, amount: object = 1270) -> Row:
    return [message, None, None, None, None, None, amount]


def spent(empty: Empty, data: bytes | str, name: str = "支出.xlsx") -> list[tuple[str, int]]:
    """The expenditure that an import of the file makes, by 功能科目."""
    empty.take(empty.give(name, data))
    return [(line.function_code or "", int(line.amount)) for line in empty.facts().lines[Source.EXPENDITURE]]


def with_sheet(*rows: Row) -> bytes:
    """A ledger of 1,300元 with a second sheet."""

    def add(made: Workbook) -> None:
        sheet = made.create_sheet("项目")
        for row in rows:
            sheet.append(list(row))

    return book(UNIT, NAMES, BASIC, WORKS, MORE_WORKS, change=add)


def problems(empty: Empty, data: bytes | str, name: str = "支出.xlsx", form: str = FORM) -> list[str]:
    """What stops the import of the file into a year that is not there yet."""
    error = empty.refusal(empty.give(name, data), form=form)
    assert not empty.folder.exists()
    return list(error.problems)
