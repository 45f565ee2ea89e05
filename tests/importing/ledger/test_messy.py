"""Workbooks and CSV files as clerks have them: read all the same, or refused with the cell and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from discgen import office_file
from discgen.errors import Refusal
from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets import read
from discgen.model.line import Fund, Nature, Source
from tests.importing.books import (
    BASIC,
    HEADS,
    NAMES,
    PAY,
    STORE,
    UNIT,
    USUAL,
    WORKS,
    book,
    instead,
    problems,
    spent,
    total,
)
from tests.importing.bureau import Row, as_bytes, bureau_workbook
from tests.importing.packages import package
from tests.importing.workspaces import Empty

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize("message", ["单位：元", "单位:元", "金额单位：元", "单位：人民币元", "（单位：元）"])
def test_the_unit_stands_on_the_right_over_the_heads(empty: Empty, message: str) -> None:
    rows: list[Row] = [["2023年支出明细表"], [*[None] * 6, message], NAMES, BASIC, WORKS]
    assert spent(empty, book(*rows, merged=["A1:G1"])) == USUAL


def test_amounts_in_thousands_of_yuan_are_not_read(empty: Empty) -> None:
    assert problems(empty, book(["单位：千元"], NAMES, BASIC)) == [
        "支出.xlsx 明细 写的单位是千元，换算成元或万元再导入"
    ]


def test_two_units_for_one_amount_are_ambiguous(empty: Empty) -> None:
    stopped_by = problems(empty, book(UNIT, instead(NAMES, 6, "金额（万元）"), BASIC))
    assert stopped_by == ["支出.xlsx 明细 写的单位有万元、元，分不清金额是哪一种，改成一样的"]


def test_heads_in_three_rows_say_what_a_code_is_of(empty: Empty) -> None:
    rows: list[Row] = [
        UNIT,
        ["单位名称", "支出功能分类科目", None, "部门经济分类", None, "支出类别", "项目名称", "资金来源"],
        [None, "科目编码", "科目名称", "科目编码", "科目名称", None, None, "合计", "财政拨款"],
        [*[None] * 8, "一般公共预算", "政府性基金预算"],
        ["示范市档案局", "2010399", "其他", "30201", "办公费", "特定目标类", "扫描", 9, 4, 5],
        [None, "2010301", "行政运行", "30101", "基本工资", "人员类", None, 7, 7],
    ]
    merged = ["A2:A4", "B2:C2", "D2:E2", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F2:F4", "G2:G4", "H2:J2", "H3:H4"]
    empty.take(empty.give("支出.xlsx", book(*rows, merged=[*merged, "I3:J3", "A5:A6"])))
    facts = empty.facts()
    assert [(line.function_code, line.fund, int(line.amount)) for line in facts.lines[Source.EXPENDITURE]] == [
        ("2010301", Fund.GENERAL, 7),
        ("2010399", Fund.GENERAL, 4),
        ("2010399", Fund.GOVERNMENT_FUND, 5),
    ]
    assert [line.department_economic_code for line in facts.lines[Source.BASIC]] == ["30101"]


def test_subtotals_of_units_classes_and_kinds_are_left_out(empty: Empty) -> None:
    data = book(
        UNIT,
        NAMES,
        total("示范市档案局"),
        instead(total(""), 1, "201"),
        instead(total(""), 1, 20103),
        BASIC,
        total("人员类小计", 1000),
        [],
        WORKS,
        total("项目小计：", 270),
        total("示范市档案局合计"),
        total("总  计"),
        ["注：1.本表不含上年结转。"],
        ["填表人：", None, None, None, None, None, "日期：2023年1月"],
    )
    assert spent(empty, data) == USUAL


def test_a_subtotal_that_disagrees_names_the_rows_it_is_of(empty: Empty) -> None:
    data = book(UNIT, NAMES, BASIC, total("小计", 1000), WORKS, WORKS, total("小计", 541), total("总计", 1540))
    assert problems(empty, data) == ["支出.xlsx 明细!G7 合计写的是541元，第5至6行相加是540元，相差1元"]


def test_a_row_that_says_too_little_is_held_against_its_unit_and_not_imported(empty: Empty) -> None:
    [message] = problems(empty, book(UNIT, NAMES, BASIC, WORKS, total("示范市档案局", 5)))
    assert message.startswith("支出.xlsx 明细!G5 合计写的是5元，")
    assert message.endswith("这一行没有写支出性质、经济科目和项目，当作小计")


def test_a_difference_that_rounding_explains_is_told_with_its_rows(empty: Empty) -> None:
    data = book(["单位：万元"], NAMES, instead(BASIC, 6, 1.33), instead(WORKS, 6, 1.33), total("合计", 2.67))
    [report] = empty.plan(empty.give("支出.xlsx", data)).sheets
    assert report.remarks == (
        "支出.xlsx 明细!G5 写的是26,700元，第3至4行相加是26,600元，相差100元，是四舍五入的尾差，以相加的为准",
    )


@pytest.mark.parametrize("written", ["1,000.00 ", "１，０００", "\u30001000\xa0", "1000.0"])
def test_amounts_as_text_are_read(empty: Empty, written: str) -> None:
    assert spent(empty, book(UNIT, NAMES, instead(BASIC, 6, written))) == [("2010301", 1000)]


@pytest.mark.parametrize(
    "written",
    [2010301.0, 2010301, "2010301 行政运行", "[2010301]行政运行", "2010301-行政运行", "２０１０３０１", "2010301.0",
     "行政运行[2010301]", "【2010301】行政运行", "201-03-01", "201 03 01", "2010301 - 行政运行"],
)  # fmt: skip
def test_codes_are_read_as_programs_write_them(empty: Empty, written: object) -> None:
    assert spent(empty, book(UNIT, NAMES, instead(BASIC, 1, written))) == [("2010301", 1000)]


@pytest.mark.parametrize("written", ["20103O1", "20103019", 201030, "2010301.5"])
def test_what_is_nearly_a_code_is_not_cut_to_one(empty: Empty, written: object) -> None:
    [message] = problems(empty, book(UNIT, NAMES, instead(BASIC, 1, written)))
    assert message == f"支出.xlsx 明细!B3 “{written}”不是功能分类科目的编码：只写数字，名称写在后面"


def test_a_line_of_a_class_alone_is_refused_in_its_cell(empty: Empty) -> None:
    stopped_by = problems(empty, book(UNIT, NAMES, instead(BASIC, 1, "20103")))
    assert stopped_by == ["支出.xlsx 明细!B3 功能科目“20103”不到“项”级，写7位的编码"]


def test_money_taken_back_is_part_of_its_line_and_never_below_zero(empty: Empty) -> None:
    assert spent(empty, book(UNIT, NAMES, BASIC, instead(BASIC, 6, -5))) == [("2010301", 995)]
    with pytest.raises(ImportProblemsError, match=r"明细!G3 这一行和同类的行加起来是-5元，预算里不能是负数"):
        empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, instead(BASIC, 6, -5))))


def test_an_amount_over_several_rows_is_ambiguous(empty: Empty) -> None:
    stopped_by = problems(empty, book(UNIT, NAMES, BASIC, instead(WORKS, 6, None), merged=["G3:G4"]))
    assert stopped_by == ["支出.xlsx 明细!G3 一个金额合并了几行，分不清各行是多少，拆开写"]


def test_a_project_whose_name_begins_like_a_note_is_not_lost(empty: Empty) -> None:
    heads = "项目名称,单位名称,科目编码,支出类别,资金性质,金额（元）\n"
    rows = "打印机购置,市档案局,2010399,特定目标类,一般公共预算,9\n审核系统运维,市档案局,2010399,特定目标类,一般公共预算,8\n"
    empty.take(empty.give("支出.csv", heads + rows))
    assert [project.name for project in empty.facts().projects] == ["审核系统运维", "打印机购置"]


def test_what_is_hidden_is_read_and_told(empty: Empty) -> None:
    def hide(made: Workbook) -> None:
        sheet = made.worksheets[0]
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["C"].hidden = True

    [report] = empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, BASIC, WORKS, change=hide))).sheets
    assert report.remarks == (
        "注意：第4行是隐藏的，也读了；不要的从表里删去",
        "注意：第C列是隐藏的，也读了；不要的从表里删去",
    )


def test_rows_with_a_line_through_them_are_read_and_told(empty: Empty) -> None:
    def strike(made: Workbook) -> None:
        cells = made.worksheets[0]
        cells["A4"].font = Font(strike=True)
        cells["B4"].font = Font(bold=True, strike=True)
        cells["A3"].font = Font(bold=True)

    [report] = empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, BASIC, WORKS, change=strike))).sheets
    assert report.remarks == ("注意：第4行有删除线，也读了；不要的从表里删去",)


def test_only_the_visible_ledger_of_several_sheets_is_taken(empty: Empty) -> None:
    def add(made: Workbook) -> None:
        others = {"说明": ["这是说明"], "透视": ["行标签", "求和项:金额"], "旧的": NAMES}
        for name, row in others.items():
            sheet = made.create_sheet(name)
            sheet.append(list(row))
            sheet.append(list(BASIC))
        made["旧的"].sheet_state = "hidden"

    plan = empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, BASIC, WORKS, change=add)))
    assert [(report.sheet, report.taken_as) for report in plan.sheets] == [
        ("支出.xlsx 明细", "明细"),
        ("支出.xlsx 说明", "没有明细的表头，没有导入"),
        ("支出.xlsx 透视", "没有明细的表头，没有导入"),
        ("支出.xlsx 旧的", "是隐藏的表，没有导入；要导入的，取消隐藏"),
    ]


def test_a_sheet_copied_would_count_twice(empty: Empty) -> None:
    stopped_by = problems(empty, book(UNIT, NAMES, BASIC, change=lambda made: made.copy_worksheet(made.worksheets[0])))
    assert stopped_by == ["支出.xlsx 明细 Copy 和支出.xlsx 明细一模一样，会算两遍，只导入一张"]


def test_one_sheet_of_several_that_is_not_understood_says_how_to_leave_it_out(empty: Empty) -> None:
    def add(made: Workbook) -> None:
        sheet = made.create_sheet("汇总")
        sheet.append(["单位名称", "金额"])
        sheet.append(["示范市档案局", 1000])

    error = empty.refusal(empty.give("支出.xlsx", book(UNIT, NAMES, BASIC, change=add)))
    assert error.problems == ("支出.xlsx 汇总!B1 没有写金额的单位，用--unit 元或--unit 万元说明",)
    assert error.hints == ("几张表里只要一张的，把别的隐藏起来再导入",)


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (6, "G")])
def test_a_formula_without_a_result_is_named_by_its_cell(empty: Empty, column: int, letter: str) -> None:
    stopped_by = problems(empty, book(UNIT, NAMES, instead(BASIC, column, "=A1&B1")))
    assert stopped_by == [f"支出.xlsx 明细!{letter}3 是公式，没有存下计算结果，用表格软件打开保存一次再导入"]


def test_a_formula_that_failed_is_named_by_its_cell(empty: Empty) -> None:
    stopped_by = problems(empty, book(UNIT, NAMES, instead(BASIC, 6, "#REF!")))
    assert stopped_by == ["支出.xlsx 明细!G3 的公式出错（#REF!），改好再导入"]


def test_a_formula_with_a_result_is_read_as_its_result(empty: Empty) -> None:
    data = changed(
        book(UNIT, NAMES, instead(BASIC, 6, "=998+2")),
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(rb"(<f>998\+2</f>)(?:<v ?/>|<v></v>)", rb"\1<v>1000</v>", text),
    )
    assert spent(empty, data) == [("2010301", 1000)]


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(empty: Empty) -> None:
    data = changed(
        book(UNIT, NAMES, instead(BASIC, 4, '=IF(A1="","",A1)')),
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(rb'<c r="E3"[^>]*>(<f>.*?</f>)(?:<v ?/>|<v></v>)', rb'<c r="E3" t="str">\1<v></v>', text),
    )
    assert spent(empty, data) == [("2010301", 1000)]


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("title", ["", "支出明细\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_separates_its_cells(empty: Empty, separator: str, title: str, encoding: str) -> None:
    text = title + (HEADS + PAY + STORE).replace(",", separator)
    assert spent(empty, text.encode(encoding), "支出.csv") == USUAL


SAVE_AS = "用表格软件打开，另存为“Excel 工作簿(*.xlsx)”"
OTHER_PACKAGES = (
    ("xl/workbook.bin", f"是二进制工作簿（.xlsb），{SAVE_AS}"),
    ("content.xml", f"是OpenDocument表格（.ods），{SAVE_AS}"),
    ("Index/Document.iwa", "是Numbers表格，在Numbers里导出为Excel（.xlsx）"),
    ("word/document.xml", "是Word文档，不是表格，把表复制到工作簿里另存为.xlsx"),
)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        ("xls", f"是老的格式，{SAVE_AS}"),
        ("ET", f"是老的格式，{SAVE_AS}"),
        ("xlsb", f"是二进制工作簿（.xlsb），{SAVE_AS}"),
        ("ods", f"是OpenDocument表格（.ods），{SAVE_AS}"),
        ("wps", "是Word文档，不是表格，把表复制到工作簿里另存为.xlsx"),
        ("numbers", "是Numbers表格，在Numbers里导出为Excel（.xlsx）"),
        ("zip", "是压缩包，先解压"),
        ("json", f"不是.xlsx或.csv，{SAVE_AS}"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(empty: Empty, end: str, message: str) -> None:
    with pytest.raises(Refusal) as caught:
        empty.plan(empty.give(f"支出.{end}", "x"))
    assert str(caught.value) == f"支出.{end} {message}"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("支出.xlsx", CFB, "是老的.xls，只改后缀不行，用表格软件打开，另存为“Excel 工作簿(*.xlsx)”"),
        ("支出.xlsx", CFB + "EncryptedPackage".encode("utf-16-le"), "有打开密码，用表格软件去掉密码，另存一份再导入"),
        ("支出.xlsx", b"<html><table>", "是网页，不是表格文件，用表格软件打开，另存为“Excel 工作簿(*.xlsx)”"),
        ("支出.xlsx", b"", "是空文件，重新导出一次"),
        ("支出.csv", b"\n \n", "是空文件，重新导出一次"),
        (
            "支出.xlsx",
            HEADS.encode(),
            "不是Excel工作簿：是CSV文本的，后缀改成.csv；不是的，用表格软件打开，另存为“Excel 工作簿(*.xlsx)”",
        ),
        *((f"支出.{end}", package({part: ""}), message) for end in ("xlsx", "csv") for part, message in OTHER_PACKAGES),
        ("支出.xlsx", b"%PDF-1.7", "是PDF，不是表格文件，向发表的人要Excel文件"),
        ("支出.csv", b"PK\x03\x04", "是Excel工作簿，不是CSV文本，后缀改成.xlsx"),
        ("支出.xlsx", b"PK\x03\x04" + bytes(99), "不是能读的Excel工作簿，用表格软件打开，另存为“Excel 工作簿(*.xlsx)”"),
    ],
)
def test_what_a_file_really_is_is_told(empty: Empty, name: str, data: bytes, message: str) -> None:
    assert problems(empty, data, name) == [f"{name} {message}"]


def test_tables_of_another_form_than_the_files_are_told(empty: Empty) -> None:
    stopped_by = problems(empty, as_bytes(bureau_workbook()))
    assert stopped_by[0] == (
        "这些表是表式shanghai-budget-2025的，不是shanxi-budget-2023的：文件里的form（或--form）写成前者，或换一套表"
    )


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
    return made.getvalue()


def test_entities_in_a_workbook_are_not_expanded(empty: Empty) -> None:
    def add(text: bytes) -> bytes:
        declared = b'<!DOCTYPE w [<!ENTITY a "1000">]>'
        body = text.partition(b"?>")[2] if text.startswith(b"<?xml") else text
        return declared + body.replace(b"1000", b"&a;")

    data = changed(book(UNIT, NAMES, BASIC), "xl/worksheets/sheet1.xml", add)
    assert problems(empty, data) == [
        "支出.xlsx 明细 里有DOCTYPE，不是表格软件存的，用表格软件打开，另存为“Excel 工作簿(*.xlsx)”"
    ]


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_file, "_MOST_UNPACKED", 1_000_000)
    data = changed(book(UNIT, NAMES, BASIC), "xl/styles.xml", lambda text: text + bytes(2_000_000))
    assert len(data) < 20_000
    assert problems(empty, data) == ["支出.xlsx 展开后超过1MB，检查是否放错了文件，或分成几个导入"]


def test_a_file_that_is_too_large_is_not_read(empty: Empty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MOST_BYTES", 1_000_000)
    with pytest.raises(Refusal, match="超过1MB，检查是否放错了文件"):
        empty.plan(empty.give("支出.csv", b"1" * 1_000_001))


def test_a_long_ledger_with_subtotals_is_added_up(empty: Empty) -> None:
    rows = [*[STORE] * 100, "小计,,,,,,,27000\n"] * 80
    plan = empty.plan(empty.give("支出.csv", HEADS + "".join(rows) + "总计,,,,,,,2160000\n"))
    assert (plan.sheets[0].rows, int(plan.sheets[0].total), len(plan.sheets[0].totals)) == (8_000, 2_160_000, 81)


def test_projects_are_what_they_are_also_in_untidy_rows(empty: Empty) -> None:
    empty.take(empty.give("支出.xlsx", book(UNIT, NAMES, instead(WORKS, 0, "026001-示范市档案局"))))
    [project] = empty.facts().projects
    assert [(project.unit, line.nature) for line in project.lines] == [("agency", Nature.PROJECT)]


def test_a_name_that_breaks_in_its_cell_is_one_name(empty: Empty) -> None:
    broken = instead(instead(WORKS, 4, "库房\n  改造"), 2, "30213")
    empty.take(empty.give("支出.xlsx", book(UNIT, NAMES, WORKS, broken)))
    assert [(project.name, int(sum(line.amount for line in project.lines))) for project in empty.facts().projects] == [
        ("库房改造", 540)
    ]


def test_heads_that_are_repeated_on_every_page_are_passed_over(empty: Empty) -> None:
    title: Row = ["2023年支出明细表"]
    assert spent(empty, book(title, UNIT, NAMES, BASIC, title, UNIT, NAMES, WORKS)) == USUAL


@pytest.mark.parametrize(
    ("written", "message"), [("(20,000.25)", "负数写负号，不写括号"), ("1,23", "千分位的逗号不在每三位一个")]
)
def test_what_is_wrong_with_an_amount_is_told(empty: Empty, written: str, message: str) -> None:
    assert problems(empty, book(UNIT, NAMES, instead(BASIC, 6, written))) == [
        f"支出.xlsx 明细!G3 “{written}”不是金额：{message}"
    ]
