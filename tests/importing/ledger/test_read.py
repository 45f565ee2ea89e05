"""A full ledger: its columns, its values, and the totals in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from discgen.errors import Refusal
from discgen.importing.problems import ImportProblemsError
from discgen.load.target import Target
from discgen.model.line import Category, Component, Fund, Nature, Origin, Source
from tests.importing.books import BASIC, HEADS, NAMES, PAY, STORE, UNIT, WORKS, book, instead
from tests.importing.bureau import Row, as_bytes
from tests.importing.workspaces import ARCHIVE, Empty


def problems(empty: Empty, text: str, unit: str = "", ignored: Sequence[str] = ()) -> list[str]:
    return list(empty.refusal(empty.give("支出.csv", text), unit=unit, ignored=ignored).problems)


def test_each_row_goes_into_every_section_it_belongs_to(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", HEADS + PAY + STORE))
    lines = empty.facts().lines
    assert [(line.function_code, line.nature, int(line.amount)) for line in lines[Source.EXPENDITURE]] == [
        ("2010301", Nature.BASIC, 1000),
        ("2010399", Nature.PROJECT, 270),
    ]
    assert [
        (line.department_economic_code, line.government_economic_code, line.component) for line in lines[Source.BASIC]
    ] == [("30101", "50101", Component.PERSONNEL)]
    assert [(line.fund, int(line.amount)) for line in lines[Source.INCOME]] == [(Fund.GENERAL, 1270)]
    [project] = empty.facts().projects
    assert (project.name, project.unit, project.function_code, project.category) == (
        "库房改造", "agency", "2010399", Category.SPECIFIC,
    )  # fmt: skip


def test_expenditure_is_in_halves_where_the_form_tells_them_apart(empty: Empty) -> None:
    office = (
        PAY.replace("30101", "30201").replace("50101", "50201").replace("人员类", "公用经费").replace("1000", "300")
    )
    empty.take(empty.give("支出.csv", HEADS + PAY + office), form="shanghai-unit-budget-2025")
    assert "  - {function: 2010301, personnel: 1000, operating: 300}\n" in empty.text()


def test_rows_that_say_the_same_are_added_up(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", HEADS + PAY + PAY))
    assert [line.amount for line in empty.facts().lines[Source.BASIC]] == [2000]


def test_three_public_items_that_projects_pay_are_listed(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", HEADS + STORE.replace("30201", "30231 公务用车运行维护费")))
    assert [(line.item, int(line.amount)) for line in empty.facts().lines[Source.THREE_PUBLIC]] == [
        ("vehicle_operation", 270)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_usual_encoding_is_read(empty: Empty, encoding: str) -> None:
    empty.take(empty.give("支出.csv", (HEADS + PAY).encode(encoding)))
    assert [line.amount for line in empty.facts().lines[Source.EXPENDITURE]] == [1000]


@pytest.mark.parametrize(
    ("written", "yuan"), [('"1,234.50"', "1234.5"), ("１２", "12"), ("-", None), ("007", "7"), ('" 1,000 "', "1000")]
)
def test_amounts_are_read_as_people_write_them(empty: Empty, written: str, yuan: str | None) -> None:
    empty.take(empty.give("支出.csv", HEADS + PAY + STORE.replace("270", written)))
    amounts = [line.amount for line in empty.facts().lines[Source.EXPENDITURE] if line.nature is Nature.PROJECT]
    assert amounts == ([Decimal(yuan)] if yuan else [])


@pytest.mark.parametrize("written", ["12元", "1,23", "=A1", "(12)", "1.005"])
def test_what_is_no_amount_is_named_by_its_cell(empty: Empty, written: str) -> None:
    [message] = problems(empty, HEADS + STORE.replace("270", f'"{written}"'))
    assert message.startswith(f"支出.csv!H2 “{written}”不是金额：")


def test_the_unit_is_that_of_the_head_or_of_the_line_above(empty: Empty) -> None:
    in_head = HEADS.replace("（元）", "（万元）") + PAY
    above = "支出明细\n,,,,,,,单位：万元\n" + HEADS.replace("（元）", "") + PAY
    for text in (in_head, above):
        plan = empty.plan(empty.give("支出.csv", text))
        assert "amount: 10000000}" in plan.texts[empty.folder / "budget.yaml"]


def test_a_unit_that_is_nowhere_said_is_asked_for(empty: Empty) -> None:
    text = HEADS.replace("（元）", "") + PAY
    assert problems(empty, text) == ["支出.csv!H1 没有写金额的单位，用--unit 元或--unit 万元说明"]
    empty.take(empty.give("支出.csv", text), unit="万元")
    assert empty.facts().lines[Source.INCOME][0].amount == 10_000_000


def test_a_unit_that_is_said_otherwise_is_refused(empty: Empty) -> None:
    assert problems(empty, HEADS + PAY, unit="万元") == ["支出.csv 写的单位是元，--unit说的是万元"]


def test_totals_are_left_out_where_they_agree(empty: Empty) -> None:
    text = HEADS + PAY + STORE + ",小计,,,,,,1270\n合计,,,,,,,1270\n"
    plan = empty.plan(empty.give("支出.csv", text))
    assert plan.sheets[0].totals == ("第4行", "第5行")
    assert (plan.sheets[0].rows, int(plan.sheets[0].total)) == (2, 1270)


def test_a_total_that_disagrees_is_refused_by_its_cell(empty: Empty) -> None:
    text = HEADS + PAY + STORE + "合计,,,,,,,1271\n"
    assert problems(empty, text) == ["支出.csv!H4 合计写的是1,271元，第2至3行相加是1,270元，相差1元"]
    assert not empty.folder.exists()


def test_a_class_above_its_items_is_a_total(empty: Empty) -> None:
    heads = "科目编码,支出类别,资金性质,部门经济分类,金额（元）\n"
    rows = "2010301,基本支出,一般公共预算,30101,7\n2010302,基本支出,一般公共预算,30102,3\n"
    right = heads + "201,,,,10\n20103,,,,10\n" + rows
    empty.take(empty.give("支出.csv", right))
    assert [line.function_code for line in empty.facts().lines[Source.EXPENDITURE]] == ["2010301", "2010302"]
    assert problems(empty, right.replace("201,,,,10", "201,,,,11")) == [
        "支出.csv!E2 合计写的是11元，第4至5行相加是10元，相差1元"
    ]


def test_a_total_printed_in_ten_thousands_may_miss_by_rounding_alone(empty: Empty) -> None:
    heads = HEADS.replace("（元）", "（万元）")
    rows = PAY.replace(",1000", ",1.33") + STORE.replace(",270", ",1.33")
    empty.take(empty.give("支出.csv", heads + rows + "合计,,,,,,,2.67\n"))
    assert problems(empty, heads + rows + "合计,,,,,,,2.69\n")[0].startswith("支出.csv!H4 合计写的是26,900元")


WIDE = (
    "单位名称,科目编码,支出类别,项目名称,合计（元）,财政拨款/一般公共预算（元）,财政拨款/政府性基金预算（元）,单位资金（元）\n"
    "市档案局,2010399,特定目标类,扫描,9,4,2,3\n"
)


def test_a_column_for_each_fund_is_understood(empty: Empty) -> None:
    empty.take(empty.give("支出.csv", WIDE))
    assert [(line.fund, int(line.amount)) for line in empty.facts().projects[0].lines] == [
        (Fund.GENERAL, 4), (Fund.GOVERNMENT_FUND, 2), (Fund.UNIT_FUNDS, 3),
    ]  # fmt: skip


def test_the_total_across_is_held_against_its_columns(empty: Empty) -> None:
    assert problems(empty, WIDE.replace(",9,", ",8,")) == [
        "支出.csv!E2 合计写的是8元，“财政拨款/一般公共预算（元）”、“财政拨款/政府性基金预算（元）”、“单位资金（元）”相加是9元，相差1元"
    ]


def test_carryover_has_columns_of_its_own(empty: Empty) -> None:
    text = WIDE.replace("财政拨款/政府性基金预算", "上年结转/一般公共预算")
    empty.take(empty.give("支出.csv", text))
    assert [(line.origin, int(line.amount)) for line in empty.facts().projects[0].lines if line.fund is Fund.GENERAL] == [
        (Origin.CURRENT, 4), (Origin.CARRYOVER, 2),
    ]  # fmt: skip


def test_merged_heads_and_cells_of_a_workbook_are_joined(empty: Empty) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表2"
    rows: list[list[str | float | None]] = [
        ["2023年支出明细"],
        ["单位：元"],
        ["序号", "预算单位", "功能分类科目", None, "支出类别", "项目名称", "财政拨款", None],
        [None, None, "编码", "名称", None, None, "一般公共预算拨款", "政府性基金预算拨款"],
        [1, "026001-示范市档案局", 2010399, "其他", "特定目标类", "扫描", 4.25, 2],
        [2, None, 2010301, "行政运行", "特定目标类", "装订", 1, None],
        ["合计", None, None, None, None, None, "=SUM(G5:G6)", None],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "G3:H3", "B5:B6"):
        sheet.merge_cells(area)
    sheet["C4"], sheet["D4"] = "功能分类科目编码", "功能分类科目名称"
    with pytest.raises(ImportProblemsError, match=r"表2!G7 是公式，没有存下计算结果"):
        empty.plan(empty.give("支出.xlsx", as_bytes(book)))
    sheet["G7"] = 5.25
    empty.take(empty.give("支出.xlsx", as_bytes(book)))
    projects = [(project.name, project.unit, project.lines[0].amount) for project in empty.facts().projects]
    assert projects == [("扫描", "agency", Decimal("4.25")), ("装订", "agency", 1)]


def test_an_unknown_column_is_named_and_passed_over_only_when_told_to(empty: Empty) -> None:
    text = HEADS.replace("项目名称", "项目名称,归口股室") + STORE.replace("库房改造", "库房改造,甲股")
    [message] = problems(empty, text)
    assert message == "支出.csv!G1 不认识的栏“归口股室”：改成认得的栏名，或用--ignore-column '归口股室'说明不导入"
    assert empty.plan(empty.give("支出.csv", text), ignored=["归口股室"]).sheets[0].rows == 1


def test_numbers_of_rows_and_remarks_are_passed_over(empty: Empty) -> None:
    text = "序号,备注," + HEADS + "1,随便写," + STORE
    assert dict(empty.plan(empty.give("支出.csv", text)).sheets[0].columns)["备注"] == "不导入"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("特定目标类", "运转类", "支出.csv!E2 “运转类”分不清：写明是公用经费（基本支出）还是其他运转类（项目支出）"),
        ("特定目标类", "杂项", "支出.csv!E2 “杂项”不认识"),
        ("026001", "市图书馆", "支出.csv!A2 department.yaml里没有单位“市图书馆”，有：示范市档案局"),
        ("一般公共预算资金", "", "支出.csv!H2 这一行没有写资金性质"),
        ("库房改造", "", "支出.csv!H2 这一行没有写项目名称"),
    ],
)
def test_what_a_row_does_not_say_is_not_guessed(empty: Empty, old: str, new: str, message: str) -> None:
    assert problems(empty, HEADS + STORE.replace(old, new)) == [message]


def test_funds_in_a_column_and_in_heads_are_ambiguous(empty: Empty) -> None:
    text = HEADS.replace("金额（元）", "一般公共预算（元）") + STORE
    assert problems(empty, text) == ["支出.csv!H1 “资金性质”已有一栏，这一栏又按它分，分不清以哪个为准"]


def test_a_ledger_of_another_year_is_refused(empty: Empty) -> None:
    text = "年度," + HEADS + "2022," + STORE
    assert problems(empty, text) == ["支出.csv!I2 年度写的是2022，要导入的是2023年"]


def test_names_of_codes_will_do_where_they_are_clear(tmp_path: Path) -> None:
    empty = Empty(tmp_path)
    text = HEADS.replace("功能分类科目编码", "功能分类科目") + PAY.replace("30101 基本工资", "基本工资")
    empty.take(empty.give("支出.csv", text))
    assert empty.facts().lines[Source.BASIC][0].department_economic_code == "30101"
    [message] = problems(empty, text.replace("2010301", "行政运行"))
    assert message.startswith("支出.csv!B2 功能分类科目里叫“行政运行”的有几个：")


def test_units_are_told_apart(tmp_path: Path) -> None:
    empty = Empty(tmp_path)
    department = empty.folder.parent / "department.yaml"
    department.write_text(department.read_text(encoding="utf-8") + ARCHIVE, encoding="utf-8")
    empty.take(empty.give("支出.csv", HEADS + PAY + PAY.replace("示范市档案局", "市档案馆")))
    assert [line.unit for line in empty.facts().lines[Source.BASIC]] == ["agency", "archive"]


def test_a_unit_that_other_rows_say_is_not_guessed(tmp_path: Path) -> None:
    empty = Empty(tmp_path)
    department = empty.folder.parent / "department.yaml"
    department.write_text(department.read_text(encoding="utf-8") + ARCHIVE, encoding="utf-8")
    text = HEADS + PAY.replace("示范市档案局", "市档案馆") + PAY.replace("示范市档案局", "")
    assert problems(empty, text) == ["支出.csv!H3 这一行没有写单位"]


def test_where_units_publish_every_line_keeps_its_unit(tmp_path: Path) -> None:
    empty = Empty(tmp_path)
    department = empty.folder.parent / "department.yaml"
    department.write_text(department.read_text(encoding="utf-8") + ARCHIVE, encoding="utf-8")
    (empty.folder / "units" / "archive").mkdir(parents=True)
    empty.take(empty.give("支出.csv", HEADS + PAY + PAY.replace("示范市档案局", "市档案馆")))
    lines = empty.facts().lines
    for source in (Source.INCOME, Source.EXPENDITURE, Source.BASIC):
        assert [(line.unit, int(line.amount)) for line in lines[source]] == [("agency", 1000), ("archive", 1000)]


def test_income_and_full_rows_of_spending_may_stand_in_one_ledger(empty: Empty) -> None:
    text = "收支类型," + HEADS + "收入,,,,,,,一般公共预算资金,1270\n" + f"支出,{PAY}支出,{STORE}"
    empty.take(empty.give("账.csv", text))
    lines = empty.facts().lines
    assert {
        str(source): [int(line.amount) for line in lines[source] if line.amount] for source in list(Source)[:4]
    } == {
        "income": [1270],
        "expenditure": [1000, 270],
        "basic": [1000],
        "project": [270],
    }


def test_accounts_are_added_up_from_a_ledger_with_income(tmp_path: Path) -> None:
    empty = Empty(tmp_path, Target("demo", 2024, "accounts"))
    income = "收入,,2010301,,,,,一般公共预算资金,1270\n"
    empty.take(empty.give("账.csv", f"收支类型,{HEADS}{income}支出,{PAY}支出,{STORE}"), form="shanxi-accounts-2024")
    lines = empty.facts().lines
    assert [(line.function_code, int(line.amount)) for line in lines[Source.EXPENDITURE]] == [
        ("2010301", 1000),
        ("2010399", 270),
    ]
    assert [(line.department_economic_code, int(line.amount)) for line in lines[Source.BASIC]] == [("30101", 1000)]


def test_spending_beside_income_is_by_item(empty: Empty) -> None:
    assert problems(empty, "收支类型," + HEADS + "支出," + PAY.replace("2010301", "201")) == [
        "支出.csv!I2 功能科目不到“项”级"
    ]


LINES = "source,project_name,unit_name,function_code,nature,fund,amount\n"


def test_what_goes_without_saying_need_not_be_written(empty: Empty) -> None:
    empty.take(empty.give("lines.csv", LINES + "project,扫描,示范市档案局,2010399,,general,5\n"))
    [project] = empty.facts().projects
    assert [(line.nature, line.origin, int(line.amount)) for line in project.lines] == [
        (Nature.PROJECT, Origin.CURRENT, 5),
    ]  # fmt: skip


def test_a_row_that_says_its_source_says_the_rest_of_it(empty: Empty) -> None:
    rows = "expenditure,,,2010399,,general,5\nincome,,,,,,5\n"
    assert problems(empty, LINES + rows) == [
        "支出.csv!G2 这一行没有写支出类别（基本支出、项目支出）",
        "支出.csv!G3 这一行没有写资金性质",
    ]


def test_accounts_have_no_projects(tmp_path: Path) -> None:
    empty = Empty(tmp_path, Target("demo", 2024, "accounts"))
    file = empty.give("lines.csv", LINES + "project,扫描,示范市档案局,2010399,,general,5\n")
    with pytest.raises(ImportProblemsError, match=r"lines.csv!G2 决算的文件里不写项目"):
        empty.plan(file, form="shanxi-accounts-2024")


@pytest.mark.parametrize(("written", "stage"), [("年初预算", "年初预算"), ("调整预算", "全年预算")])
def test_accounts_hold_no_rows_of_the_budget(tmp_path: Path, written: str, stage: str) -> None:
    empty = Empty(tmp_path, Target("demo", 2024, "accounts"))
    income = "决算,收入,,2010301,,,,,一般公共预算资金,1270\n"
    file = empty.give("账.csv", f"阶段,收支类型,{HEADS}{income}决算,支出,{PAY}{written},支出,{STORE}")
    assert empty.refusal(file, form="shanxi-accounts-2024").problems == (
        f"账.csv!J4 这一行是“{stage}”，要导入的是决算：去掉这样的行再导入",
    )


def test_the_income_of_accounts_is_by_function(tmp_path: Path) -> None:
    empty = Empty(tmp_path, Target("demo", 2024, "accounts"))
    file = empty.give("账.csv", f"收支类型,{HEADS}收入,,,,,,,一般公共预算资金,1270\n支出,{PAY}")
    with pytest.raises(ImportProblemsError, match=r"^账.csv!I2 这一行没有写功能科目$"):
        empty.plan(file, form="shanxi-accounts-2024")


def test_a_file_of_another_kind_is_refused(empty: Empty) -> None:
    with pytest.raises(Refusal, match=r"支出.doc 是Word文档，不是表格"):
        empty.plan(empty.give("支出.doc", "x"))
    with pytest.raises(ImportProblemsError, match=r"是老的.xls"):
        empty.plan(empty.give("支出.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    with pytest.raises(ImportProblemsError, match="不是CSV文本"):
        empty.plan(empty.give("支出.csv", b"\x00\xff\xfe"))


def of_empty_amounts(empty: Empty, *rows: Row) -> list[str]:
    plan = empty.plan(empty.give("支出.xlsx", book(UNIT, NAMES, *rows)))
    return [remark for sheet in plan.sheets for remark in sheet.remarks if "金额空着" in remark]


def test_a_line_whose_amount_is_left_empty_is_told(empty: Empty) -> None:
    message = "注意：第4行的金额空着，没有导入；漏填的，补上再导入"
    assert of_empty_amounts(empty, BASIC, instead(WORKS, 6, None), instead(WORKS, 4, "消防改造")) == [message]


def test_many_lines_without_an_amount_are_told_in_one_remark(empty: Empty) -> None:
    lines = [instead(instead(WORKS, 4, f"改造{n}"), 6, None) for n in "甲乙丙丁戊己庚"]
    assert of_empty_amounts(empty, BASIC, *lines) == [
        "注意：第4、5、6、7、8等7行的金额空着，没有导入；漏填的，补上再导入"
    ]


@pytest.mark.parametrize("nothing", [0, "-", "—"])
def test_a_written_nothing_is_not_forgotten(empty: Empty, nothing: object) -> None:
    assert of_empty_amounts(empty, BASIC, instead(WORKS, 6, nothing)) == []


def test_rows_of_classes_heads_and_notes_need_no_amount(empty: Empty) -> None:
    klass: Row = [None, "201 一般公共服务支出"]
    assert of_empty_amounts(empty, klass, BASIC, NAMES, WORKS, ["小计"], ["注：单位为元"]) == []


def test_an_amount_that_slipped_into_a_column_of_words_is_refused(empty: Empty) -> None:
    lines = ["单位名称,功能分类科目编码,部门经济分类,支出类别,项目名称,资金性质,金额（元）"]
    lines += ["示范市档案局,2010301,30101,人员类,,一般公共预算,1000"]
    lines += ["示范市档案局,2010301,30102,人员类,一般公共预算,30000"]
    message = "支出.csv!F3 这一行没有金额，“资金性质”写着“30000”：像是少了一格，后面的往前挪了，改好再导入"
    assert problems(empty, "\n".join(lines)) == [message]
