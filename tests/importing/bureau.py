"""A bureau's own workbook for a unit, nine tables and the sheets of text, in its layout, filled with invented figures."""

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


NAME = "示范市档案局"
_USES = "、".join(
    f"{use}0辆"
    for use in (
        "部级领导干部用车", "主要领导干部用车", "机要通信用车", "应急保障用车",
        "执法执勤用车", "特种专业技术用车", "离退休干部用车",
    )
)  # fmt: skip
DUTIES = f"    {NAME}是事业单位。\n    主要职能包括：\n    1.保管档案。\n    2.提供利用。\n"
OFFICES = f"    {NAME}设2个内设机构，包括：办公室、利用科。\n"
COMPILATION = (
    f"    2026年，{NAME}收入预算94.00万元，其中：财政拨款收入93.50万元，比2025年预算增加3.50万元；事业收入0.50万元；"
    "事业单位经营收入0万元；其他收入0万元。\n"
    "    支出预算94.00万元，其中：财政拨款支出预算93.50万元，比2025年预算增加3.50万元。财政拨款支出预算中，"
    "一般公共预算拨款支出预算93.50万元，比2025年预算增加3.50万元；政府性基金拨款支出预算0万元，与2025年预算持平；"
    "国有资本经营预算拨款支出预算0万元，与2025年预算持平。\n"
    "    财政拨款收入支出增加的主要原因是新增培训，增加3.50万元。\n    财政拨款支出主要内容如下："
)
PURPOSES = (
    "    1. “高等教育”科目89.50万元，主要用于培训。",
    "    2. “机关事业单位基本养老保险缴费支出”科目4.00万元，主要用于缴费。",
)
SITUATION = f"""  一、2026年“三公”经费预算情况说明
     2026年“三公”经费预算数为1.20万元，比2025年预算减少0.30万元。其中：
    （一）因公出国（境）费0万元，与2025年预算持平，主要原因是不安排出国。
    （二）公务用车购置及运行费0万元，与2025年预算持平。其中：公务用车购置费0万元，与2025年预算持平；公务用车运行费0万元，与2025年预算持平。
    （三）公务接待费1.20万元。比2025年预算减少0.30万元，主要原因是压减接待。
  二、机关运行经费预算
     2026年{NAME}（单位）财政拨款的机关运行经费预算为20万元。
  三、政府采购预算情况
     2026年度本单位政府采购预算6.00万元，其中：政府采购货物预算5.00万元、政府采购工程预算0万元、政府采购服务预算1.00万元。
  四、绩效目标设置情况
     2026年度，本单位编报绩效目标的项目共2个，涉及项目预算资金10.00万元。
  五、国有资产占有使用情况（增加内容）
     截至2025年8月31日，{NAME}（单位）共有车辆1辆，其中：{_USES}、其他用车1辆；单价100万元（含）以上设备（不含车辆）2台（套）。
     2026年单位预算安排购置车辆0辆，其中：{_USES}、其他用车0辆；单位预算安排购置单价100万元（含）以上设备（不含车辆）0台（套）。
  六、项目经费情况说明
     项目名称：扫描
     一、项目概述
     扫描档案。
     二、立项依据
     年度计划。
     三、实施主体
     利用科。
     四、实施方案
     委托扫描。
     五、实施周期
     全年。
     六、年度预算安排
     安排5万元。
     七、绩效目标
     扫描1万页。
"""


def whole_workbook(**changed: str) -> Workbook:
    """The nine tables with the sheets of text; a text may be `changed`, by the name of its constant."""
    book = bureau_workbook()
    texts = {"duties": DUTIES, "offices": OFFICES, "compilation": COMPILATION, "situation": SITUATION} | changed
    _sheet(book, "单位职能", [[f"{NAME}主要职能"], [], [texts["duties"]]])
    _sheet(book, "单位机构设置", [[f"{NAME}机构设置"], [], [texts["offices"]]])
    _sheet(book, "名词解释", [["名词解释"], [], ["（一）“三公”经费：指三项经费。"]])
    purposes = [[text] for text in PURPOSES]
    _sheet(book, "单位编制说明", [["2026年单位预算编制说明"], [], [texts["compilation"]], *purposes])
    _sheet(book, "其他相关情况说明", [["其他相关情况说明"], [], [texts["situation"]]])
    return book


def empty_workbook() -> Workbook:
    """The same workbook as the bureau hands it out: one row for samples in a table by 功能科目, blanks in the text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "封面", [["上海市示例区2026年区级单位预算"], ["预算单位：示例区XX单位"]])
    _sheet(book, "目录", [["目  录"], ["    1. 2026年预算单位财务收支预算总表"], ["    2. 2026年预算单位收入预算总表"]])
    _totals(book)
    _by_function(book, ("单位收入总表", "2026年预算单位收入预算总表", "收入预算"), _INCOME, [])
    _by_function(book, ("单位支出总表", "2026年预算单位支出预算总表", "支出预算"), _NATURES, [])
    _appropriation(book)
    for name, fund in (("一般", "一般公共"), ("基金", "政府性基金"), ("国资", "国有资本经营")):
        title = f"2026年预算单位{fund}预算支出功能分类预算表"
        _by_function(book, (name, title, f"{fund}预算支出"), _NATURES, [])
    _basic(book)
    _three_public(book)
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows(min_row=7) for cell in row):
            if isinstance(cell.value, int | float):
                cell.value = None
    _sheet(book, "单位职能", [["XX（单位）主要职能"], [], ["    XX是…。\n    主要职能包括：\n    1.\n"]])
    _sheet(book, "单位机构设置", [["XX（单位）机构设置"], [], ["    XX单位设XX个内设机构，包括：办公室、XX……"]])
    _sheet(book, "名词解释", [["名词解释"], [], ["（一）“三公”经费：指三项经费。"]])
    blank = [[f"    {number}. “xx”科目x,xxx万元，主要用于……"] for number in (1, 2, 3)]
    _sheet(book, "单位编制说明", [["2026年单位预算编制说明"], [], ["    2026年，XX收入预算x,xxx万元"], *blank])
    _sheet(book, "其他相关情况说明", [["其他相关情况说明"], [], ["  一、2026年“三公”经费预算情况说明"]])
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
