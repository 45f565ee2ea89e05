"""Workbooks of published tables: a bureau's own, and ours."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from discgen.export.as_csv import as_csv
from discgen.importing.problems import ImportProblemsError
from discgen.load.target import Target
from discgen.model.line import Fund, Nature, Source
from tests.conftest import Demo
from tests.importing.bureau import as_bytes, bureau_workbook
from tests.importing.workspaces import Empty

BUREAU = "单位一般公共预算拨款表"
SPENT = "单位支出总表"


@pytest.fixture
def empty(tmp_path: Path) -> Empty:
    return Empty(tmp_path, Target("demo", 2026, "budget"))


def give(empty: Empty, change: Callable[[Workbook], object] = lambda _: None) -> Path:
    book = bureau_workbook()
    change(book)
    return empty.give("预算.xlsx", as_bytes(book))


def put(sheet: str, cell: str, value: str | float) -> Callable[[Workbook], object]:
    return lambda book: book[sheet].__setitem__(cell, value)


def problems(empty: Empty, change: Callable[[Workbook], object]) -> list[str]:
    return list(empty.refusal(give(empty, change), form="").problems)


def test_a_bureaus_workbook_is_understood_by_its_titles_and_heads(empty: Empty) -> None:
    empty.take(give(empty), form="")
    facts = empty.facts()
    assert facts.form == "shanghai-budget-2025"
    assert [(line.fund, line.amount) for line in facts.lines[Source.INCOME]] == [
        (Fund.GENERAL, Decimal("935000.5")),
        (Fund.SERVICE_INCOME, 5000),
    ]
    assert [(line.function_code, line.fund, line.nature, line.amount) for line in facts.lines[Source.EXPENDITURE]] == [
        ("2050205", Fund.GENERAL, Nature.BASIC, 800000),
        ("2050205", Fund.GENERAL, Nature.PROJECT, 95000),
        ("2080505", Fund.GENERAL, Nature.BASIC, Decimal("40000.5")),
        ("2050205", Fund.SERVICE_INCOME, Nature.PROJECT, 5000),
    ]
    assert [(line.department_economic_code, line.amount) for line in facts.lines[Source.BASIC]] == [
        ("30101", 590000), ("30108", Decimal("40000.5")), ("30201", 188000), ("30217", 12000), ("30302", 10000),
    ]  # fmt: skip
    assert not facts.lines[Source.THREE_PUBLIC], "what is spent on guests is in 30217"


def test_each_sheet_is_reported_with_what_it_was_taken_for(empty: Empty) -> None:
    plan = empty.plan(give(empty), form="")
    taken = {report.sheet: report.taken_as for report in plan.sheets}
    assert taken["预算.xlsx 单位支出总表"] == "部门支出预算总表（表式的表）"
    assert taken["预算.xlsx 目录"] == "目录，不导入"
    [spent] = [report for report in plan.sheets if report.sheet.endswith("单位支出总表")]
    assert (spent.rows, dict(spent.columns)["支出预算/基本支出"]) == (7, "基本支出金额，元")
    assert "这套表里没有项目支出、政府采购，没有导入，另外填写" in plan.remarks


@pytest.mark.parametrize(
    ("sheet", "cell", "wrong", "message"),
    [
        (SPENT, "F16", 840001, "写的是840,001元"),
        (SPENT, "G11", 90000, "写的是"),
        (BUREAU, "F11", 800001, "写的是"),
        ("单位收支总表", "B13", 5001, "写的是"),
    ],
)
def test_a_cell_that_disagrees_with_the_others_stops_the_import(
    empty: Empty, sheet: str, cell: str, wrong: int, message: str
) -> None:
    [stopped_by] = problems(empty, put(sheet, cell, wrong))
    assert stopped_by.startswith("预算.xlsx 单位")
    assert message in stopped_by
    assert stopped_by.endswith("对不上")


def test_a_row_that_is_none_of_the_tables_is_named(empty: Empty) -> None:
    stopped_by = problems(empty, put("单位收支总表", "A14", "五、捐赠收入"))
    assert stopped_by == [
        "预算.xlsx 单位收支总表!A14 不认识的行“五、捐赠收入”：表式的这张表里没有，也不是科目、单位或项目"
    ]


def test_a_column_that_is_none_of_the_tables_is_named(empty: Empty) -> None:
    def add(book: Workbook) -> None:
        book[SPENT]["H7"], book[SPENT]["H11"] = "结余分配", 3

    [stopped_by] = problems(empty, add)
    assert stopped_by == (
        "预算.xlsx 单位支出总表!H8 “2026年预算单位支出预算总表”里没有“结余分配”这一栏，用--ignore-column '结余分配'说明不导入"
    )


def test_a_formula_without_a_result_is_named(empty: Empty) -> None:
    stopped_by = problems(empty, put(SPENT, "F11", "=1+2"))
    assert stopped_by == ["预算.xlsx 单位支出总表!F11 是公式，没有存下计算结果，用表格软件打开保存一次再导入"]


def test_tables_of_another_year_are_refused(empty: Empty) -> None:
    [stopped_by] = problems(empty, put(SPENT, "A2", "2025年预算单位支出预算总表"))
    assert stopped_by == "预算.xlsx 单位支出总表 是2025年的表，要导入的是2026年"


def test_a_table_that_stands_twice_is_refused(empty: Empty) -> None:
    stopped_by = problems(empty, lambda book: book.copy_worksheet(book[SPENT]))
    assert stopped_by[0] == "预算.xlsx 单位支出总表 “2026年预算单位支出预算总表”有两张，只导入一张"


def test_without_a_unit_of_amounts_it_is_asked_for(empty: Empty) -> None:
    stopped_by = problems(empty, put(SPENT, "G4", "编制时间"))
    assert stopped_by[0] == "预算.xlsx 单位支出总表!E8 没有写金额的单位，用--unit 元或--unit 万元说明"


def test_what_the_tables_leave_open_is_marked(empty: Empty) -> None:
    """The table of expenditure alone does not say what money it is."""

    def leave(book: Workbook) -> None:
        for name in book.sheetnames:
            if name != SPENT:
                del book[name]

    plan = empty.take(give(empty, leave), form="shanghai-budget-2025")
    assert "- {function: 2050205, basic: 800000, project: 100000}  # 待确认" in empty.text()
    assert sum(remark.startswith("表里分不清：支出") for remark in plan.remarks) == 3


def test_printed_ten_thousands_may_miss_by_rounding_alone(tmp_path: Path) -> None:
    empty = Empty(tmp_path)

    def rows(total: float) -> bytes:
        book = Workbook()
        sheet = book.worksheets[0]
        laid_out: list[list[str | float | None]] = [
            ["2023年一般公共预算支出预算表（不含上年结转）"],
            ["部门名称：示范市档案局", None, None, None, "单位：万元"],
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["2010301", "行政运行", 1.34, 1.33, 0],
            ["2010350", "事业运行", 1.33, 1.33, 0],
            ["合计", None, total, 2.66, 0],
        ]
        for row in laid_out:
            sheet.append(row)
        return as_bytes(book)

    plan = empty.take(empty.give("a.xlsx", rows(2.67)))
    assert [line.amount for line in empty.facts().lines[Source.EXPENDITURE]] == [13300, 13300]
    assert any("尾差" in remark for remark in plan.remarks)
    with pytest.raises(ImportProblemsError, match="C6 写的是27,500元"):
        empty.plan(empty.give("a.xlsx", rows(2.75)))


def test_our_tables_as_csv_are_recognised_by_the_names_of_their_files(workspace: Demo, tmp_path: Path) -> None:
    empty = Empty(tmp_path / "other", department=(workspace.folder / "department.yaml").read_text(encoding="utf-8"))
    files = [empty.give(name, data) for name, data in as_csv(workspace.document()).items() if name.startswith("表")]
    empty.take(*files)
    assert sum(line.amount for line in empty.facts().lines[Source.EXPENDITURE]) == 1_000_000


def test_codes_that_the_dictionary_lacks_are_called_as_the_table_calls_them(empty: Empty) -> None:
    def renamed(book: Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                if [cell.value for cell in row[:4]] == [205, "02", "05", "高等教育"]:
                    row[2].value, row[3].value = "77", "示范教育"

    plan = empty.take(give(empty, renamed), form="")
    assert any("2050277 示范教育" in remark for remark in plan.remarks)
    assert ("function", "2050277", "示范教育") in [
        (str(classification), code, name) for classification, code, name in empty.facts().department.additional_codes
    ]


def test_a_form_that_splits_basic_expenditure_has_it_split_as_the_tables_say(empty: Empty) -> None:
    empty.take(give(empty), form="shanghai-unit-budget-2026")
    assert "{function: 2050205, personnel: 600000, operating: 200000, project: 95000}" in empty.text()
    assert "{function: 2080505, personnel: 40000.5}" in empty.text()
