"""Workbooks of a few KB that would take all memory, or never end: refused where the limit is met, with what is wrong."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from discgen import office_file
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets import xlsx_sheet
from discgen.importing.sheets import xlsx_sheet as read_xlsx_module
from discgen.importing.sheets.xlsx_sheet import read_xlsx
from tests.importing.packages import LINE, Extra, ledger, package, row, with_cell, workbook
from tests.importing.workspaces import Empty

HUGE = "9" * 20
ALLOWED = 40_000_000
"""Bytes; what these would build otherwise takes gigabytes."""


def refusal(data: bytes) -> str:
    """What is said of a workbook, which must not have been built before."""
    assert len(data) < 500_000
    tracemalloc.start()
    try:
        with pytest.raises(ImportProblemsError) as caught:
            read_xlsx(data, "支出.xlsx")
        assert tracemalloc.get_traced_memory()[1] < ALLOWED
    finally:
        tracemalloc.stop()
    [message] = caught.value.problems
    return message


def cell(**attributes: str) -> str:
    written = "".join(f' {name}="{text}"' for name, text in attributes.items())
    return f"<row><c{written}><v>1</v></c></row>"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (f'<row r="{HUGE}"><c><v>1</v></c></row>', f"第0行之后的行号“{HUGE}”不是表格里有的"),
        ('<row r="0"/>', "第0行之后的行号“0”不是表格里有的"),
        ('<row r="-1"/>', "第0行之后的行号“-1”不是表格里有的"),
        ('<row r="1048577"/>', "第0行之后的行号“1048577”不是表格里有的"),
        ('<row r="１"/>', "第0行之后的行号“１”不是表格里有的"),
        (cell(r="XFE1"), "的单元格“XFE1”不是表格里有的"),
        (cell(r=f"A{HUGE}"), "的单元格“A9999999999999999999”不是表格里有的"),
        (cell(r="AAAAAAAA1"), "的单元格“AAAAAAAA1”不是表格里有的"),
        (cell(r="A2"), "的单元格A2写在第1行里"),
        ('<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "的单元格A1写了两遍"),
        (
            '<row r="375000"><c><v>1</v></c></row>',
            "的内容写到了A375000，超过300000行、200列：多半是误填的，删去它和它以前的空行、空列",
        ),
        (
            '<row><c r="XFD1"><v>1</v></c></row>',
            "的内容写到了XFD1，超过300000行、200列：多半是误填的，删去它和它以前的空行、空列",
        ),
        (
            '<row><c r="GR1"><v>1</v></c></row><row r="300000"><c><v>1</v></c></row>',
            "的内容零散，一直到A300000：多半是误填的，删去它和它以前的空行、空列",
        ),
    ],
)
def test_a_place_that_no_sheet_has_or_that_is_far_away_is_named(rows: str, message: str) -> None:
    assert refusal(workbook(rows)).startswith(f"支出.xlsx 明细 {message}")


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        ("A1:XFE9", "的单元格“XFE9”不是表格里有的"),
        (f"A1:B{HUGE}", "的单元格“B9999999999999999999”不是表格里有的"),
        ("B2:A1", "合并单元格的“B2:A1”写反了"),
        ("", "的单元格“”不是表格里有的"),
    ],
)
def test_a_merged_area_that_is_none_is_named(ref: str, message: str) -> None:
    assert (
        refusal(workbook(ledger(), after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'))
        == f"支出.xlsx 明细 {message}"
    )


def test_an_area_merged_over_the_whole_grid_is_cut_to_what_is_filled() -> None:
    [sheet] = read_xlsx(workbook(ledger(), after='<mergeCell ref="A1:XFD1048576"/>'), "支出.xlsx")
    assert [(area.bottom, area.right) for area in sheet.merged] == [(1, 6)]


def test_areas_that_overlap_are_refused() -> None:
    twice = '<mergeCell ref="A1:XFD1048576"/>' * 2
    assert refusal(workbook(ledger(), after=twice)) == "支出.xlsx 明细 的合并单元格互相重叠，用表格软件取消合并再导入"


def test_very_many_merged_areas_are_refused() -> None:
    many = "".join(f'<mergeCell ref="H{at}:I{at}"/>' for at in range(1, 50_002))
    assert (
        refusal(workbook(ledger(), after=many)) == "支出.xlsx 明细 有50000处以上的合并单元格，用表格软件取消合并再导入"
    )


def test_very_many_filled_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_sheet, "_MOST_CELLS", 20_000)
    message = refusal(workbook(row(*[1] * 100) * 201))
    assert message == "支出.xlsx 明细 到A201，有内容的单元格已经超过2万个，分成几个导入"


def test_a_part_that_unpacks_to_a_thousand_times_its_size_is_not_unpacked() -> None:
    zeros = bytes(50_000_000)
    message = refusal(workbook(ledger(), parts={"xl/worksheets/sheet1.xml": zeros}))
    assert message.startswith(
        "支出.xlsx 的xl/worksheets/sheet1.xml展开后是压缩时的100倍以上（50MB），不像是表格软件存的"
    )


def test_very_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_file, "_MOST_PARTS", 100)
    message = refusal(workbook(ledger(), parts={f"xl/media/{at}.png": "" for at in range(200)}))
    assert message.startswith("支出.xlsx 里有206个部件，超过100个")


def test_very_many_sheets_are_refused() -> None:
    sheets = '<sheet name="a" xmlns:r="r" r:id="r1"/>' * 256
    message = refusal(workbook(ledger(), properties=f"<sheets>{sheets}</sheets>"))
    assert message == "支出.xlsx 里的表超过255张，分成几个导入"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (f'<c s="{HUGE}"><v>1</v></c>', f"的样式“{HUGE}”在文件里找不到"),
        ('<c s="7"><v>1</v></c>', "的样式“7”在文件里找不到"),
        ('<c s="-1"><v>1</v></c>', "的样式“-1”在文件里找不到"),
        ('<c t="s"><v>7</v></c>', "的文字“7”在文件里找不到"),
        (f'<c t="s"><v>{HUGE}</v></c>', f"的文字“{HUGE}”在文件里找不到"),
        ('<c t="x"><v>7</v></c>', "的类型“x”不是表格里有的"),
        ("<c><v>nan</v></c>", "存的“nan”不是表格能存的数"),
        ("<c><v>1e999</v></c>", "存的“1e999”不是表格能存的数"),
        ("<c><v>1e300</v></c>", "存的“1e300”不是表格能存的数"),
        (f"<c><v>{HUGE * 3}</v></c>", f"存的“{HUGE}”不是表格能存的数"),
        ("<c><v>１</v></c>", "存的“１”不是表格能存的数"),
    ],
)
def test_what_no_cell_stores_is_named_by_its_cell(cell: str, message: str) -> None:
    assert refusal(workbook(ledger(with_cell(6, cell)))) == f"支出.xlsx 明细!G3 {message}"


@pytest.mark.parametrize("key", [HUGE, "x", "-1", ""])
def test_a_format_without_a_number_is_named(key: str) -> None:
    styles = f'<styleSheet><cellXfs><xf numFmtId="{key}"/></cellXfs></styleSheet>'
    message = refusal(workbook(ledger(), parts={"xl/styles.xml": styles}))
    assert message == f"支出.xlsx 的xl/styles.xml里，格式的编号“{key}”不是编号"


def test_a_dimension_that_lies_is_not_believed() -> None:
    [sheet] = read_xlsx(workbook(ledger(), before='<dimension ref="A1:XFD1048576"/>'), "支出.xlsx")
    assert (len(sheet.rows), len(sheet.rows[0])) == (2, 7)


def test_columns_hidden_to_the_end_of_the_grid_are_told_as_far_as_they_are_filled() -> None:
    [sheet] = read_xlsx(workbook(ledger(), before='<cols><col min="7" max="16384" hidden="1"/></cols>'), "支出.xlsx")
    assert sheet.remarks == ("注意：第G列是隐藏的，也读了；不要的从表里删去",)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"parts": {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row"}}, " 明细 的xl/worksheets/sheet1.xml不完整"),
        ({"parts": {"xl/worksheets/sheet1.xml": ""}}, " 明细 的xl/worksheets/sheet1.xml不完整"),
        ({"parts": {"xl/workbook.xml": "<workbook>"}}, " 的xl/workbook.xml不完整"),
        ({"parts": {"xl/_rels/workbook.xml.rels": "<Relationships/>"}}, " 里找不到表“明细”的内容"),
        ({"texts": "</sst>"}, " 的xl/sharedStrings.xml不完整"),
        ({"before": "<a>" * 100_000}, " 明细 的xl/worksheets/sheet1.xml不完整"),
    ],
)  # fmt: skip
def test_a_part_that_is_cut_off_is_named(extra: Extra, message: str) -> None:
    assert refusal(workbook(ledger(), **extra)) == f"支出.xlsx{message}，用表格软件打开，另存为“Excel 工作簿(*.xlsx)”"


def test_whatever_else_is_wrong_is_told_of_its_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(read_xlsx_module, "read_raw_sheet", fail)
    assert refusal(workbook(ledger())).startswith("支出.xlsx 明细 不是能读的Excel工作簿")


def test_a_package_without_a_workbook_is_told() -> None:
    assert refusal(package({"a.txt": "x"})).startswith("支出.xlsx 缺xl/workbook.xml")


def test_a_sheet_of_twenty_thousand_lines_is_read(tmp_path: Path) -> None:
    empty = Empty(tmp_path)
    plan = empty.plan(empty.give("支出.xlsx", workbook(ledger(row(*LINE) * 20_000))))
    assert (plan.sheets[0].rows, int(plan.sheets[0].total)) == (20_001, 20_001_000)
