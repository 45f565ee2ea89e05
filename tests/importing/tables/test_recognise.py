"""Sets of published tables: whose they are, and those that are of no form we know."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from discgen.form.form import load_form
from discgen.importing.tables.recognise import decided
from discgen.model.department import Department, Level, Region
from tests.importing.bureau import Row, as_bytes, bureau_workbook
from tests.importing.workspaces import Empty

TITLES = (
    "收支预算总表",
    "收入预算总表",
    "财政拨款收支预算总表",
    "一般公共预算支出预算表（功能科目）",
    "政府采购预算表",
)
"""Of tables as another province publishes them; the fourth is called much as one of ours."""
UNKNOWN_HEADS: list[Row] = [
    ["功能科目编码", "功能科目名称", "金额"],
    ["201", "一般公共服务支出", 12],
    ["20103", "政府办公", 12],
]


def of_another_province() -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, title in enumerate(TITLES, 1):
        sheet = book.create_sheet(f"公开{number:02}表")
        rows: list[Row] = [[f"公开{number:02}表"], [title], ["部门：示范市档案局", None, "单位：万元"], *UNKNOWN_HEADS]
        for row in rows:
            sheet.append(list(row))
    return as_bytes(book)


@pytest.mark.parametrize("form", ["", "shanxi-budget-2023", "shanghai-budget-2025"])
def test_tables_of_no_form_are_named_with_the_one_way_on(empty: Empty, form: str) -> None:
    error = empty.refusal(empty.give("预算公开表.xlsx", of_another_province()), form=form)
    [message], [hint] = error.problems, error.hints
    assert message.startswith("预算公开表.xlsx 是成套的报表，不是认得的表式：公开01表“收支预算总表”、公开02表")
    assert "上海" not in message.partition("；")[0]
    assert "导出明细账（一行一笔）" in hint


def test_a_set_of_another_form_is_told_by_its_name(empty: Empty) -> None:
    error = empty.refusal(empty.give("预算.xlsx", as_bytes(bureau_workbook())), form="shanxi-budget-2023")
    assert error.problems[0].startswith("这些表是表式shanghai-budget-2025的，不是shanxi-budget-2023的")


@pytest.mark.parametrize(
    ("region", "year", "form"),
    [
        ("山西转型综合改革示范区", 2026, ["shanxi-budget-2025"]),
        ("山西转型综合改革示范区", 2024, ["shanxi-budget-2024"]),
        ("山西转型综合改革示范区", 2020, ["shanxi-budget-2023"]),
        ("上海市示例区", 2026, ["shanghai-budget-2025"]),
        ("示范市", 2026, ["shanxi-budget-2023", "shanxi-budget-2024", "shanxi-budget-2025", "shanghai-budget-2025"]),
    ],
)
def test_region_and_year_decide_between_forms_with_the_same_titles(region: str, year: int, form: list[str]) -> None:
    here = Department("026", "示范市档案局", "市档案局", Region(region, Level.MUNICIPAL), (), ())
    every = ["shanxi-budget-2023", "shanxi-budget-2024", "shanxi-budget-2025", "shanghai-budget-2025"]
    titles = {name: load_form(name).title for name in every}
    assert decided(every, titles, here, year) == form
