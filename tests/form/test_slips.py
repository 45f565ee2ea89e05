"""Each slip that a form's author can make, with what is told of it: file, line, column, and the words there are."""

from __future__ import annotations

import pytest

from discgen.ledger.facts import load_catalogue
from discgen.reference.folders import forget_shipped
from discgen.validate.shipped import ShippedDataError
from tests.forms import PARENT, Forms

BLOCK = """\
title: 表
blocks:
  - source: {source}
    columns:
      - {{key: label, label: 项目, show: label}}
      {column}
    rows:
      {row}
      - {{id: total, label: 合计}}
"""
COLUMN = "- {key: amount, label: 金额}"
ROW = "- {id: one, label: 一}"


def table(source: str = "expenditure", column: str = COLUMN, row: str = ROW) -> str:
    return BLOCK.format(source=source, column=column, row=row)


def told(forms: Forms, text: str, of: str = PARENT) -> list[str]:
    """What is told of a table that a child has."""
    forms.child("tables: [made]\ntable_titles: {}\n", parent=of)
    forms.write("child/tables/made.yaml", text)
    return [line.removeprefix("child/tables/made.yaml:") for line in forms.wrong()]


def test_a_table_in_order_is_told_nothing_of(forms: Forms) -> None:
    assert told(forms, table()) == []


@pytest.mark.parametrize(
    ("source", "row", "said"),
    [
        (
            "procurement",
            "- {id: goods, label: 货物, where: {item: goods, fund: general}}",
            "8:59 M012 procurement的行不知道fund，这样问没有答案，会印成空白 → procurement知道的有：stage、unit、item",
        ),
        (
            "income",
            "- {each: project, under: total}",
            "8:16 M012 income的行不知道project，这样问没有答案，会印成空白 → income知道的有：stage、fund、origin、unit、income_code、function_code",
        ),
        (
            "expenditure",
            "- {id: goods, label: 货物, source: procurement, where: {nature: basic}}",
            "8:69 M012 procurement的行不知道nature，这样问没有答案，会印成空白 → procurement知道的有：stage、unit、item",
        ),
        (
            "three_public",
            "- {id: goods, label: 货物, where: {item: goods}}",
            "8:46 M013 three_public的item没有“goods” → 可以是：overseas_travel、reception、vehicle_purchase、vehicle_operation",
        ),
        (
            "expenditure",
            "- {id: one, label: 一, where: {nature: projekt}}",
            "8:45 M013 expenditure的nature没有“projekt” → 是不是“project”？",
        ),
        (
            "basic",
            "- {id: one, label: 一, where: {nature: project}}",
            "8:45 M013 basic的nature没有“project” → 可以是：basic",
        ),
        (
            "expenditure",
            "- {id: one, label: 一, where: {function_code: 299}}",
            "8:52 M013 expenditure的function_code没有“299” → 写科目的编码，功能分类科目里有的",
        ),
        (
            "expenditure",
            "- {id: one, label: 一, where: {natur: basic}}",
            "8:37 S001 不认识的键“natur” → 是不是“nature”？",
        ),
        (
            "opening_balance",
            ROW,
            "3:13 M012 预算没有opening_balance这组行 → 有：income、expenditure、basic、project、three_public、agency_operation、procurement",
        ),
        (
            "expenditures",
            ROW,
            "3:13 S009 没有这样的一组行；有：income、expenditure、basic、project、three_public、agency_operation、procurement，决算另有opening_balance、closing_balance、surplus_used、surplus_distributed → 例如：expenditure",
        ),
        (
            "three_public",
            "- {id: one, label: 一, where: {stage: executed}}",
            "8:44 M013 预算没有executed（决算） → 可以是：approved",
        ),
        (
            "three_public",
            "- {id: one, label: 一, where: {stage: adjusted}}",
            "8:44 M013 预算没有adjusted（全年预算） → 可以是：approved",
        ),
        (
            "income",
            "- {id: one, label: 一, where: {fund: fical}}",
            "8:43 M013 income的fund没有“fical” → 是不是“fiscal”？",
        ),
        (
            "procurement",
            "- {id: one, label: 一, where: {stage: adjusted}}",
            "8:44 M013 预算没有adjusted（全年预算） → 可以是：approved",
        ),
    ],
)
def test_an_impossible_question_is_told_where_it_is_written(forms: Forms, source: str, row: str, said: str) -> None:
    assert told(forms, table(source, row=row)) == [said]


def test_made_rows_that_go_under_no_row_are_told_beside_a_total_without_parts(forms: Forms) -> None:
    total = "\n      - {id: whole, label: 合计, kind: total%s}"
    loose = "- {each: function_code}"
    assert told(forms, table(row=loose + total % "")) == [
        "8:16 M017 逐项的行没有写归入哪一行，合计“whole”也没有写parts → 加上under: whole；不然尾差不注，也不核对合计"
    ]
    assert told(forms, table(row="- {each: function_code, under: whole}" + total % "")) == []
    assert told(forms, table(row=loose + total % ", parts: [total]")) == []
    assert told(forms, table(row=loose)) == []


def test_what_table_row_and_column_ask_for_together_must_be_possible(forms: Forms) -> None:
    row = "- {id: one, label: 一, where: {fund: general}}"
    column = "- {key: amount, label: 金额, where: {fund: unit_funds}}"
    assert told(forms, table(row=row, column=column)) == [
        "6:48 M013 fund同时要是“general”和“unit_funds”，一行也选不出 → 另一个条件在templates/forms/child/tables/made.yaml:8:43；表、行、列的条件要同时满足"
    ]


def test_a_code_and_one_below_it_do_not_contradict_each_other(forms: Forms) -> None:
    row = "- {id: one, label: 一, where: {function_code: 201}}"
    column = "- {key: amount, label: 金额, where: {function_code: 2010301}}"
    assert told(forms, table(row=row, column=column)) == []


def test_a_stage_of_another_kind_is_told(forms: Forms) -> None:
    row = "- {id: one, label: 一, source: project}"
    assert told(forms, table(row=row), "shanxi-accounts-2024")[0].startswith("8:37 M012 决算没有project这组行")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("- {id: one, label: 一, parts: [totals]}", "8:37 M014 没有叫“totals”的行 → 是不是“total”？"),
        ("- {each: function_code, under: totals}", "8:38 M014 没有叫“totals”的行 → 是不是“total”？"),
        ("- {id: one, label: 一, parts: [one]}", "8:37 M014 “one”不能是自己的分项 → 只写加起来等于它的那几项"),
        ("- {id: one, label: 一, parts: [total, total]}", "8:44 M014 分项“total”写了两次 → 删去一个"),
        ("- {id: total, label: 一}", "9:14 M014 已有叫“total”的行（第8行） → 换一个名称"),
        (
            "- {each: function_code, under: total}\n      - {each: function_code}",
            "9:16 M014 这些行第8行已经有了 → 只留一处；按目录列的，首尾不重叠",
        ),
        (
            "- {each: department_economic_catalogue, first: 301, last: 30199}\n      - {each: department_economic_catalogue, first: 30103, last: 302}",
            "9:16 M014 这些行第8行已经有了 → 只留一处；按目录列的，首尾不重叠",
        ),
        ("- {label: 一}", "8:9 M017 这一行没有写id → 加上id，一块之内不重名"),
        (
            "- {each: function_code, where: {fund: general}}",
            "8:31 M018 where在这里不起作用：按function_code逐项的行不用它 → 删去where；能写的有：each、under",
        ),
        (
            "- {id: one, label: 一, kind: heading, where: {fund: general}}",
            "8:44 M018 where在这里不起作用：这样的行不用它 → 删去where；能写的有：id、label、kind",
        ),
        (
            "- {id: one, label: 一, under: total}",
            "8:29 M018 under在这里不起作用：这样的行不用它 → 删去under；能写的有：id、label",
        ),
        (
            "- {each: department_economic_catalogue, last: 30199}",
            "8:9 M017 按department_economic_catalogue逐项的行没有写first → 加上first: 科目编码",
        ),
        (
            "- {id: one, label: 一, count: vehicles.lorry}",
            "8:36 M016 没有“vehicles.lorry”这个数目 → 有：vehicles.total、vehicles.ministerial、vehicles.leadership、vehicles.confidential、vehicles.emergency、vehicles.enforcement、vehicles.special、vehicles.retired、vehicles.institution、vehicles.other、equipment.general_over_500k、equipment.special_over_1m",
        ),
    ],
)
def test_a_wrong_row_is_told_where_it_is_written(forms: Forms, row: str, said: str) -> None:
    source = "basic" if "economic" in row else "expenditure"
    assert told(forms, table(source, row=row)) == [said]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("- {key: amount, label: 金额, parts: [label]}", "6:42 M014 “label”这列没有金额，不能相加 → 有金额的：amount"),
        ("- {key: label, label: 金额}", "6:15 M014 已有叫“label”的列（第5行） → 换一个名称"),
        ("- {label: 金额}", "6:9 M017 这一列没有写key → 加上key，一块之内不重名"),
        ("- {key: amount, label: 金额, width: 3}", "5:9 M018 列“label”没有写width，别的列写了 → 各列都写，或都不写"),
        (
            "- {label: 金额, where: {fund: general}, columns: [{key: amount, label: 金额}]}",
            "6:21 M018 where在这里不起作用：有下层的表头不是一列 → 删去where；能写的有：label、columns",
        ),
        (
            "- {key: amount, label: 金额}\n      - {key: name, label: 名, show: name, where: {fund: general}}",
            "7:43 M018 where在这里不起作用：显示文字的列不填金额 → 删去where；能写的有：label、key、show、width",
        ),
    ],
)
def test_a_wrong_column_is_told_where_it_is_written(forms: Forms, column: str, said: str) -> None:
    assert told(forms, table(column=column)) == [said]


def test_a_code_that_there_is_not_is_told(forms: Forms) -> None:
    row = "- {each: function_class, without: [209, 299], under: total}"
    assert told(forms, table(row=row)) == ["8:47 M016 功能分类科目里没有299 → 写科目的编码"]


def test_a_term_that_is_explained_twice_is_told(forms: Forms) -> None:
    forms.child()
    entry = "  - {term: 基本支出, text: 日常的支出。}\n"
    forms.write("child/glossary.yaml", f"entries:\n{entry}{entry}")
    assert forms.wrong() == ["child/glossary.yaml:3:12 M014 “基本支出”解释了两次 → 只留一条"]


def test_a_number_style_that_the_form_lacks_is_told(forms: Forms) -> None:
    assert told(forms, f"numbers: short\n{table()}") == [
        "1:10 M016 没有叫“short”的数字写法（form.yaml的numbers） → 有：table、text、goal_sheet"
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("document_title: '{yaer}年部门预算'", "3:17 S005 document_title（文件标题）写成了“{yaer}年部门预算” → 花括号里只能是{year}、{region}、{level}"),
        ("wording: {subject: '{year年度'}", "3:20 S005 wording.subject写成了“{year年度” → 花括号里只能是{year}、{prior_year}、{department}"),
        ("table_titles: {incomes: 收入总表}", "3:16 M016 没有叫“incomes”的报表 → 是不是“income”？"),
        ("numbers: {short: {unit: 元}}", "3:11 M017 numbers.short没有写places，上级也没有 → 加上places"),
        ("cover: ['{department}']", "3:8 M017 封面（cover）没有标题 → 加上一行：{title}"),
        ("cover: ['{title}', '《{title}》']", "3:20 M014 封面（cover）的标题写了两次 → 删去一行"),
        ("cover: ['{title}', '{name}']", "3:20 S005 cover[1]（封面的一行）写成了“{name}” → 花括号里只能是{title}、{department}"),
        (
            "numbers: {tabel: {unit: 元, places: 2, thousands: true, zero: ''}}",
            "3:11 M016 没有叫“tabel”的数字写法（form.yaml的numbers） → 是不是“table”？",
        ),
        ("numbres: {}", "3:1 S001 不认识的键“numbres” → 是不是“numbers”？"),
        ("parts: [overveiw]", "3:9 M016 没有叫“overveiw”的模板（narrative/下的文件） → 是不是“overview”？"),
        ("sections: [incme]", "3:12 M016 没有叫“incme”的模板（narrative/situation/下的文件） → 是不是“income”？"),
        ("tables: [incme]", "3:10 M016 没有叫“incme”的报表（tables/下的文件） → 是不是“income”？"),
        ("tables: []", "3:9 S007 tables（报表）是空的 → 例如：[income, expenditure]"),
        ("tables: [income, income]", "3:18 M014 tables里“income”写了两次 → 删去一个"),
        ("reasons: {income: incme.total}", "3:19 M016 没有叫“incme.total”的数（templates/facts.yaml的facts） → 是不是“income.total”？"),
        ("purposes: general.by_clas", "3:11 M016 没有叫“general.by_clas”的一组数（templates/facts.yaml的groups） → 是不是“general.by_class”？"),
        ("phrases: {mine: {increase: 增}}", "3:11 M017 phrases.mine没有写decrease，上级也没有 → 加上decrease"),
        ("reasons: {incom: income.total}", "3:11 M016 没有叫“incom”的原因（narrative.yaml的reasons） → 是不是“income”？"),
        ("threshold: 百分之十", "3:12 S005 threshold（多大算变动大）写成了“百分之十” → 写法不对，例如：10"),
    ],
)  # fmt: skip
def test_a_slip_in_the_form_itself_is_told_where_it_is_written(forms: Forms, words: str, said: str) -> None:
    forms.child(words)
    assert forms.wrong()[0] == f"child/form.yaml:{said}"


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        ("goal_sheet", "labels: {nmae: 名称}", "1:10 M016 没有叫“nmae”的键 → 是不是“name”？"),
        ("goal_sheet", "labels: {year: '{yaer}年'}", "1:16 M021 没有什么能填进“{yaer}” → 花括号里只能是{year}"),
        ("goal_sheet", "labels: {year: '{year年'}", "1:16 M021 “{year年”的花括号不成对 → 花括号里只能是{year}"),
        ("goal_sheet", "labels: {name: '{name}'}", "1:16 M021 没有什么能填进“{name}” → 这里没有花括号要填"),
        ("goal_sheet", "fund_levels: {county: 县级}", "1:15 M016 没有叫“county”的键 → 有：central、provincial、local、self_raised、other"),
        ("goal_sheet", "levels: {村级: 村}", "1:10 M016 没有叫“村级”的预算级次 → 有：中央、省级、市级、区级、县级、乡级"),
        ("goal_sheet", "dimensions: {又一: [数量指标]}", "1:19 M014 二级指标“数量指标”写了两次 → 删去一个"),
        ("evaluation", "execution_weight: 20", "1:1 M017 evaluation.yaml没有写title，上级也没有 → 加上title"),
    ],
)  # fmt: skip
def test_a_slip_in_a_sheet_is_told_where_it_is_written(forms: Forms, file: str, words: str, said: str) -> None:
    forms.child()
    forms.write(f"child/{file}.yaml", words)
    assert f"child/{file}.yaml:{said}" in forms.wrong()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("execution_weight: 10", "execution_weight: 20", "M024 execution_weight、indicator_weight合计110分，不是100分"),
        ("at_least: 60", "at_least: 85", "M024 “中”的最低分不低于上一等级的"),
        ("at_least: 0}", "at_least: 10}", "M024 最后一个等级的最低分不是0，更低的得分没有等级"),
        ("grade: poor", "grade: fair", "M024 等级fair写了两次"),
        ("at_least: 60", "at_least: viel", "S005 "),
        ("  plan: （三）项目实施计划\n", "", "M017 labels没有写plan，上级也没有"),
        ("  outputs: 4.产出情况及分析\n", "", "M017 results没有写outputs，上级也没有"),
    ],
)
def test_a_slip_in_the_points_of_a_report_is_told(forms: Forms, old: str, new: str, said: str) -> None:
    forms.edit("shanxi-accounts-2024/evaluation.yaml", old, new)
    assert any(said in line for line in forms.wrong("shanxi-accounts-2024"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: procurement, where: {item: goods}", "source: procurement, where: {item: reception}", "M013 procurement的item没有“reception”"),
        ("source: procurement, where: {item: goods}", "source: procurement, where: {fund: general}", "M012 procurement的行不知道fund"),
        ("where: {fund: fiscal}, by: item}", "where: {fund: fiscal}, by: function_code}", "M012 three_public的行不知道function_code"),
        ("where: {fund: fiscal}, by: item}", "where: {fund: fiscal}, by: item, digits: 3}", "M018 digits只用于科目，按item分的没有"),
        ("  procurement.total:", "  procurement.goods.total:", "M014 “procurement.goods”是一个数，下面不能再有“procurement.goods.total”"),
        ("  three_public.reception:", "  three_public.receptions:", "M016 按item分出的“reception”没有名称"),
        (", by: item}", "}", "S002 "),
    ],
)  # fmt: skip
def test_a_slip_in_the_catalogue_of_facts_is_told(forms: Forms, old: str, new: str, said: str) -> None:
    forms.edit("../facts.yaml", old, new)
    with pytest.raises(ShippedDataError) as trouble:
        load_catalogue()
    forget_shipped()
    first = trouble.value.findings[0]
    assert f"{first.code} {first.message}".startswith(said)
    assert first.place.file == "templates/facts.yaml"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("budget_reasons: {general: general.current}", "3:27 M016 没有叫“general.current”的数（templates/facts.yaml的facts） → 是不是“approved.general.current”？"),
        ("budget_reasons: {generl: approved.general.current}", "3:18 M016 没有叫“generl”的原因（narrative.yaml的budget_reasons） → 是不是“general”？"),
        ("budget_code_reasons: general.by_itm_compared", "3:22 M016 没有叫“general.by_itm_compared”的一组数（templates/facts.yaml的groups） → 是不是“general.by_item_compared”？"),
    ],
)  # fmt: skip
def test_a_slip_in_what_differs_from_the_budget_is_told(forms: Forms, words: str, said: str) -> None:
    forms.child(words, parent="national-accounts-2024")
    assert forms.wrong()[0] == f"child/form.yaml:{said}"
