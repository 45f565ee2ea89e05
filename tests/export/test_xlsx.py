from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.export.as_xlsx import as_xlsx
from discgen.export.sheet import additions, formula, number_format
from discgen.ledger.query import Answer
from discgen.load.target import Target
from discgen.model.line import Line
from discgen.money import YUAN_PER_UNIT, NumberStyle, exact_in_unit
from discgen.tables.table import Cell, Column, Row, Sum, Table
from tests.conftest import Demo
from tests.export.workspaces import TARGETS, document_of

every_department = pytest.mark.parametrize("target", TARGETS, ids=str)


def workbook(document: Document, *, results: bool = False) -> Workbook:
    """The workbook read back: with its formulas, or with the results that are stored with them."""
    (data,) = as_xlsx(document).values()
    return openpyxl.load_workbook(io.BytesIO(data), data_only=results)


def sheet_of(demo: Demo, number: int) -> Worksheet:
    sheet = workbook(demo.document()).worksheets[number - 1]
    assert isinstance(sheet, Worksheet)
    return sheet


def first_row(sheet: Worksheet) -> int:
    """Where the body begins: under what is frozen."""
    assert sheet.freeze_panes
    return int(sheet.freeze_panes.removeprefix("A"))


def body(sheet: Worksheet, table: Table) -> list[tuple[Cell, SheetCell]]:
    """Each cell of a table that shows an amount, with the cell of the sheet."""
    pairs = []
    for number, row in enumerate(table.rows, start=first_row(sheet)):
        for column, cell in enumerate(row.cells, start=1):
            if cell.answer is not None:
                found = sheet.cell(number, column)
                assert isinstance(found, SheetCell)
                pairs.append((cell, found))
    return pairs


def calculated(sheet: Worksheet, coordinate: str, within: tuple[str, ...] = ()) -> Decimal:
    """What a cell comes to when its formula, and those it calls on, are worked out."""
    assert coordinate not in within, "a formula calls on itself"
    value = sheet[coordinate].value
    if not isinstance(value, str):
        return Decimal(str(value))
    terms = value.removeprefix("=").split("+")
    cells: list[str] = []
    for term in terms:
        run = re.fullmatch(r"SUM\((\w+):(\w+)\)", term)
        cells += [one.coordinate for row in sheet[f"{run[1]}:{run[2]}"] for one in row] if run else [term]
    return sum((calculated(sheet, cell, (*within, coordinate)) for cell in cells), Decimal(0))


@every_department
def test_amounts_are_those_of_the_ledger(target: Target) -> None:
    document = document_of(target)
    seen = 0
    for table, sheet in zip(document.tables, workbook(document, results=True).worksheets, strict=True):
        for cell, found in body(sheet, table):
            assert cell.answer is not None
            assert Decimal(str(found.value)) * YUAN_PER_UNIT[table.unit] == cell.answer.value
            seen += 1
    assert seen > 100


@every_department
def test_totals_are_formulas_that_come_to_the_amounts_of_the_ledger(target: Target) -> None:
    document = document_of(target)
    formulas = 0
    for table, sheet in zip(document.tables, workbook(document).worksheets, strict=True):
        totals = {(addition.name, id(addition.total)) for addition in table.sums}
        for cell, found in body(sheet, table):
            assert cell.answer is not None
            is_formula = str(found.value).startswith("=")
            assert is_formula is ((f"{cell.row}/{cell.column}", id(cell.answer)) in totals)
            formulas += is_formula
            assert calculated(sheet, found.coordinate) * YUAN_PER_UNIT[table.unit] == cell.answer.value
    assert formulas > 50


@every_department
def test_the_digits_in_the_file_are_those_of_the_amounts(target: Target) -> None:
    document = document_of(target)
    (data,) = as_xlsx(document).values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, table in enumerate(document.tables, start=1):
            written = re.findall(r"<v>([^<]*)</v>", archive.read(f"xl/worksheets/sheet{number}.xml").decode())
            amounts = Counter(exact_in_unit(cell.answer.value, table.unit) for cell in table.amounts() if cell.answer)
            others = Counter(written) - amounts
            assert amounts - Counter(written) == Counter()
            assert all(count.isdecimal() for count in others), "only counts of things are numbers beside amounts"


def test_the_same_document_makes_the_same_bytes(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    first = as_xlsx(workspace.document())
    # What the archive and the library take for today.
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert as_xlsx(workspace.document()) == first
    with zipfile.ZipFile(io.BytesIO(first["2023-budget.xlsx"])) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        stamps = re.findall(rb"(\d{4}-\d\d-\d\dT[\d:]+Z)<", archive.read("docProps/core.xml"))
    assert stamps == [b"2000-01-01T00:00:00Z"] * 2


@every_department
def test_every_table_has_a_sheet_with_a_name_that_excel_takes(target: Target) -> None:
    document = document_of(target)
    names = workbook(document).sheetnames
    assert len(names) == len(document.tables)
    assert [name.split(" ")[0] for name in names] == [f"表{number}" for number in range(1, len(names) + 1)]
    assert all(len(name) <= 31 and not re.search(r"[\\/?*\[\]:]", name) for name in names)


def test_a_sheet_is_named_without_the_year(workspace: Demo) -> None:
    assert workbook(workspace.document()).sheetnames[0] == "表1 预算收支总表"


def test_over_the_table_stand_its_label_title_department_and_unit(workspace: Demo) -> None:
    sheet = sheet_of(workspace, 3)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)]
    assert rows == [
        ["预算公开表3", None, None, None, None],
        ["2023年预算支出总表", None, None, None, None],
        ["部门名称：示范市档案局", None, None, None, "单位：万元"],
    ]
    assert "A2:E2" in sheet.merged_cells


def test_heads_are_merged_as_on_the_page(workspace: Demo) -> None:
    sheet = sheet_of(workspace, 2)
    merged = {str(one) for one in sheet.merged_cells.ranges}
    # 项目 over two columns, 本年收入 over six, 上年结转 down both rows.
    assert {"A4:B4", "C4:H4", "I4:I5"} <= merged
    assert [sheet[at].value for at in ("A4", "C4", "I4", "A5", "C5")] == [
        "项目",
        "本年收入",
        "上年结转",
        "科目编码",
        "合计",
    ]


def test_heads_stay_in_view_and_are_printed_on_every_page_of_a4(workspace: Demo) -> None:
    sheet = sheet_of(workspace, 2)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A6", "$4:$5")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet_of(workspace, 3).page_setup.orientation == "portrait"


def test_amounts_stand_right_with_the_forms_format_and_text_left(workspace: Demo) -> None:
    sheet = sheet_of(workspace, 3)
    code, name, amount = sheet["A7"], sheet["B7"], sheet["D7"]
    assert [code.value, name.value, amount.value] == ["201", "一般公共服务支出", "=D8"]
    assert [cell.alignment.horizontal for cell in (code, name, amount)] == ["left", "left", "right"]
    assert (code.data_type, amount.number_format) == ("s", '#,##0.00;-#,##0.00;""')


def test_what_is_bold_on_the_page_is_bold(workspace: Demo) -> None:
    sheet = sheet_of(workspace, 3)
    bold = {str(row[0].value): [cell.font.b for cell in row] for row in sheet.iter_rows(min_row=7, max_row=9)}
    assert {code: set(found) for code, found in bold.items()} == {"201": {True}, "20103": {True}, "2010301": {False}}


def test_a_row_is_as_high_as_its_broken_text(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", f"name: {'库房' * 30}")
    sheet = sheet_of(workspace, 12)
    heights = {str(row[0].value): sheet.row_dimensions[at].height for at, row in enumerate(sheet.iter_rows(), start=1)}
    points = sheet.column_dimensions["A"].width * 7 * 0.75  # a digit of the usual font is 7 pixels wide
    assert heights["库房" * 30] >= 15 * 60 * 10 / points
    assert heights["档案扫描"] < 30


def test_notes_stand_under_the_table(workspace: Demo) -> None:
    document = workspace.document()
    table = next(table for table in document.tables if table.notes)
    sheet = workbook(document).worksheets[table.number - 1]
    below = first_row(sheet) + len(table.rows)
    assert [sheet.cell(below + at, 1).value for at in range(len(table.notes))] == list(table.notes)


def test_a_heading_reaches_across_and_a_count_is_a_number(accounts: Demo) -> None:
    sheet = sheet_of(accounts, 10)
    assert sheet["A5"].value == "一、政府采购情况"
    assert "A5:C5" in sheet.merged_cells
    target = Target("_example-all", 2025, "accounts")
    document = document_of(target)
    rows = workbook(document).worksheets[9].iter_rows(min_row=6)
    counts = [row[2].value for row in rows if "辆" in str(row[0].value)]
    assert any(isinstance(count, int) for count in counts)


def test_a_name_that_looks_like_a_formula_stays_text(workspace: Demo) -> None:
    name = "=1+1"
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", f'name: "{name}"')
    document = workspace.compose().document
    assert document is not None
    cells = [cell for row in workbook(document).worksheets[11].iter_rows() for cell in row if cell.value == name]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (NumberStyle("万元", 2, thousands=True, zero=""), '#,##0.00;-#,##0.00;""'),
        (NumberStyle("万元", 2, thousands=False, zero="0.00"), '0.00;-0.00;"0.00"'),
        (NumberStyle("元", 0, thousands=True, zero="0"), '#,##0;-#,##0;"0"'),
        (NumberStyle("万元", 2, thousands=False, zero="", trim=True), '0.00;-0.00;""'),
    ],
)
def test_a_number_style_becomes_a_format(style: NumberStyle, written: str) -> None:
    assert number_format(style) == written


def test_runs_of_cells_are_summed_and_others_added() -> None:
    assert formula(((0, 1), (1, 1), (4, 1)), 5) == "=SUM(B5:B6)+B9"
    assert formula(((2, 27), (2, 3)), 1) == "=D3+AB3"


def amount(row: str, answer: Answer) -> Row:
    return Row("line", (Cell("x", answer, row=row, column="all"),))


def table_of(rows: tuple[Row, ...], *sums: Sum) -> Table:
    columns = (Column("all", "", 100),)
    return Table(
        "t", 1, "", "表", "元", "portrait", dense=False, heads=(), columns=columns, rows=rows, sums=sums, notes=()
    )


def test_an_addition_whose_parts_are_in_doubt_is_no_formula() -> None:
    one, two, whole = (Answer(Decimal(value), (Line(Decimal(value), Place("b")),)) for value in (1, 2, 3))
    addition = Sum("total/all", whole, (one, two), ("a/all", "b/all"))
    rows = (amount("total", whole), amount("a", one), amount("b", two))
    assert additions(table_of(rows, addition)) == {(0, 0): ((1, 0), (2, 0))}
    assert additions(table_of((*rows, amount("again", two)), addition)) == {}
    assert additions(table_of(rows[:2], addition)) == {}
