"""A bureau's own workbook of nine tables for a unit, in its layout, filled with invented figures."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[object]

_CODES = ["功能分类科目编码", None, None, "功能分类科目名称"]
_FUNCTIONS: list[Row] = [
    (205, None, None, "教育支出"),
    (205, "02", None, "普通教育"),
    (205, "02", "05", "高等教育"),
    (208, None, None, "社会保障和就业支出"),
    (208, "05", None, "行政事业单位养老支出"),
    (208, "05", "05", "机关事业单位基本养老保险缴费支出"),
]
_INCOME = ["财政拨款收入", "事业收入", "事业单位\n经营收入", "其他收入"]
_NATURES = ["基本支出", "项目支出"]


def _filled(education: Row, pension: Row) -> list[Row]:
    """The rows by 功能科目: one 项 in each of two 类, so that all three levels say the same."""
    return [[*codes, *(education if codes[0] == 205 else pension)] for codes in _FUNCTIONS]


def bureau_workbook() -> Workbook:
    """Cover, contents and nine tables; the seventh is empty, as the bureau hands it out."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "封面", [["上海市示例区2026年区级单位预算"], ["预算单位：示范市档案局"]])
    _sheet(book, "目录", [["目  录"], ["    1. 2026年预算单位财务收支预算总表"]])
    _totals(book)
    income = _filled([900000, 895000, 5000], [40000.5, 40000.5])
    _by_function(book, ("单位收入总表", "2026年预算单位收入预算总表", "收入预算"), _INCOME, income)
    spent = _filled([900000, 800000, 100000], [40000.5, 40000.5])
    _by_function(book, ("单位支出总表", "2026年预算单位支出预算总表", "支出预算"), _NATURES, spent)
    _appropriation(book)
    general = _filled([895000, 800000, 95000], [40000.5, 40000.5])
    for name, fund, rows in (
        ("单位一般公共预算拨款表", "一般公共", general),
        ("单位政府性基金拨款表", "政府性基金", []),
        ("单位国有资本经营预算拨款表 ", "国有资本经营", []),
    ):
        title = f"2026年预算单位{fund}预算支出功能分类预算表"
        _by_function(book, (name, title, f"{fund}预算支出"), _NATURES, rows)
    _basic(book)
    _three_public(book)
    return book


def as_bytes(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet(book: Workbook, name: str, rows: Sequence[Row]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    return sheet


def _head(title: str, width: int, unit: str = "单位：元") -> list[Row]:
    return [[], [title], [], ["编制单位：示范市档案局", *[None] * (width - 2), unit], []]


def _merge(sheet: Worksheet, *areas: str) -> None:
    for area in areas:
        sheet.merge_cells(area)


def _totals(book: Workbook) -> None:
    body: list[Row] = [
        ["本年收入", None, "本年支出"],
        ["项目", "预算数", "项目", "预算数"],
        [None, None, None, "合计", "基本支出", None, "项目支出"],
        [None, None, None, None, "人员经费", "公用经费"],
        ["一、财政拨款收入", 935000.5, "一、教育支出", 900000, 600000, 200000, 100000],
        ["1、一般公共预算", 935000.5, "二、社会保障和就业支出", 40000.5, 40000.5],
        ["2、政府性基金预算", None, "三、"],
        ["3、国有资本经营预算"],
        ["二、事业收入", 5000],
        ["三、事业单位经营收入"],
        ["四、其他收入"],
        ["收入总计", 940000.5, "支出总计", 940000.5, 640000.5, 200000, 100000],
    ]
    sheet = _sheet(book, "单位收支总表", [*_head("2026年预算单位财务收支预算总表", 7), *body])
    _merge(sheet, "A2:G2", "A4:E4", "A6:B6", "C6:G6", "A7:A9", "B7:B9", "C7:C9", "D7:G7", "D8:D9", "E8:F8", "G8:G9")


def _by_function(book: Workbook, names: tuple[str, str, str], columns: list[str], rows: Sequence[Row]) -> None:
    """A table by 功能科目; `names` are those of its tab, its title and the head over its amounts."""
    name, title, group = names
    width = 5 + len(columns)
    heads: list[Row] = [["项目", None, None, None, group], [*_CODES, "合计", *columns], ["类", "款", "项"]]
    leaves = [[*row, *[None] * width] for row in rows if row[2]]
    sums = [sum(float(str(row[at] or 0)) for row in leaves) for at in range(4, width)]
    total = ["合计", None, None, None, *(sums if rows else [])]
    sheet = _sheet(book, name, [*_head(title, width), *heads, *rows, ["…", None, None, "…"], total])
    last = 8 + len(rows) + 2
    letters = "ABCDEFGHI"
    _merge(
        sheet, f"A2:{letters[width - 1]}2", "A4:D4", "A6:D6", f"E6:{letters[width - 1]}6", "A7:C7", f"A{last}:D{last}"
    )
    _merge(sheet, *(f"{letter}7:{letter}8" for letter in letters[3:width]))


def _appropriation(book: Workbook) -> None:
    body: list[Row] = [
        ["财政拨款收入", None, "财政拨款支出"],
        ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
        ["一、一般公共预算", 935000.5, "一、教育支出", 895000, 895000],
        ["二、政府性基金预算", None, "二、社会保障和就业支出", 40000.5, 40000.5],
        ["三、国有资本经营预算", None, "三、"],
        ["收入总计", 935000.5, "支出总计", 935000.5, 935000.5],
    ]
    sheet = _sheet(book, "单位财政拨款收支总表", [*_head("2026年预算单位财政拨款收支预算总表", 7), *body])
    _merge(sheet, "A2:F2", "A4:C4", "A6:B6", "C6:G6")


def _basic(book: Workbook) -> None:
    body: list[Row] = [
        ["项目", None, None, "一般公共预算基本支出"],
        ["经济分类科目编码", None, "部门经济分类科目名称", "合计", "人员经费", "公用经费"],
        ["类", "款"],
        [301, None, "工资福利支出", 630000.5, 630000.5],
        [301, "01", "基本工资", 590000, 590000],
        [301, "08", "机关事业单位基本养老保险缴费", 40000.5, 40000.5],
        [302, None, "商品和服务支出", 200000, None, 200000],
        [302, "01", "办公费", 188000, None, 188000],
        [302, "17", "公务接待费", 12000, None, 12000],
        [303, None, "对个人和家庭的补助", 10000, 10000],
        [303, "02", "退休费", 10000, 10000],
        ["合计", None, None, 840000.5, 640000.5, 200000],
    ]
    title = "2026年预算单位一般公共预算基本支出部门预算经济分类预算表"
    sheet = _sheet(book, "单位一般公共预算拨款基本支出明细表", [*_head(title, 6), *body])
    _merge(
        sheet, "A2:F2", "A4:C4", "A6:C6", "D6:F6", "A7:B7", *(f"{letter}7:{letter}8" for letter in "CDEF"), "A17:C17"
    )


def _three_public(book: Workbook) -> None:
    body: list[Row] = [
        [],
        ["2026年单位“三公”经费和机关运行经费预算表"],
        ["编制单位：示范市档案局", None, None, None, None, None, "单位:万元"],
        ["“三公”经费预算数", None, None, None, None, None, "机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费"],
        [None, None, None, "小计", "购置费", "运行费"],
        [1.2, 0, 1.2, 0, 0, 0, 20],
    ]
    sheet = _sheet(book, "单位“三公”经费和机关运行费预算表", body)
    _merge(sheet, "A2:G2", "A4:F4", "G4:G6", "A5:A6", "B5:B6", "C5:C6", "D5:F5", "A3:C3")
