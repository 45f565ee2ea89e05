from __future__ import annotations

import pytest

from discgen.validate.schema import validate
from discgen.yamltext.read import read_yaml
from tests.conftest import Demo


def findings(text: str, schema: str) -> list[tuple[str, str, str]]:
    """`line:column code`, message and hint of each finding."""
    tree, trouble = read_yaml(text.encode(), "f.yaml")
    assert trouble == []
    assert tree is not None
    return [(f"{f.place.line}:{f.place.column} {f.code}", f.message, f.hint) for f in validate(tree, schema)]


def in_budget(line: str) -> list[tuple[str, str, str]]:
    """Findings in a budget whose sixth line is `line`, a line of expenditure."""
    text = f"""\
form: shanxi-budget-2023
year: 2023
unit: 元
income: [{{amount: 1}}]
expenditure:
  - {line}
basic: []
"""
    return findings(text, "budget")


def test_a_line_that_is_in_order_has_no_findings() -> None:
    assert in_budget("{function: 2010301, basic: 12.50}") == []


def test_a_code_may_be_followed_by_its_name() -> None:
    assert in_budget("{function: 2010301 行政运行, basic: 1}") == []


def test_an_unknown_key_is_answered_with_the_nearest_one() -> None:
    assert in_budget("{function: 2010301, basik: 1, basic: 1}") == [
        ("6:25 S001", "不认识的键“basik”", "是不是“basic”？"),
    ]


def test_an_unknown_key_that_resembles_none_is_answered_with_all() -> None:
    assert in_budget("{function: 2010301, 金额: 1, basic: 1}") == [
        (
            "6:25 S001",
            "不认识的键“金额”",
            "这里可以写：function、fund、origin、unit、basic、personnel、operating、project",
        ),
    ]


def test_a_chinese_name_is_answered_with_the_word_to_write() -> None:
    assert in_budget("{function: 2010301, fund: 政府性基金, origin: 上年结转, basic: 1}") == [
        ("6:31 S006", "expenditure[0].fund（资金性质）不能是“政府性基金”", "写government_fund"),
        ("6:46 S006", "expenditure[0].origin（当年或上年结转）不能是“上年结转”", "写carryover"),
    ]


def test_a_reason_outside_reasons_is_told_where_it_belongs() -> None:
    found = findings("overview:\n  duties: [管理档案。]\nthree_public: 压缩接待\n", "narrative")
    assert found == [("3:1 S001", "不认识的键“three_public”", "写在reasons:下面，前面空两格")]


def test_a_missing_key_is_named_in_chinese_at_the_line_that_lacks_it() -> None:
    assert in_budget("{basic: 1}") == [
        ("6:5 S002", "expenditure[0]缺少“function”（功能分类科目编码）", "加一行，例如：function: 2010306"),
    ]


def test_a_missing_key_at_the_top_has_an_example() -> None:
    found = findings("year: 2023\nunit: 元\nincome: [{amount: 1}]\nexpenditure: []\nbasic: []\n", "budget")
    assert found[0] == ("1:1 S002", "文件缺少“form”（表式）", "加一行，例如：form: shanxi-budget-2025")


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("text", ("6:5 S004", "expenditure[0]（一行支出）应是几行“键: 值”")),
        ("[1, 2]", ("6:5 S004", "expenditure[0]（一行支出）应是几行“键: 值”")),
        ("{function: [2010301], basic: 1}", ("6:16 S004", "expenditure[0].function（功能分类科目编码）应是整数或文字")),
    ],
)
def test_a_value_of_the_wrong_type_is_told_what_it_should_be(line: str, finding: tuple[str, str]) -> None:
    assert [(place, said) for place, said, _ in in_budget(line)] == [finding]


def test_a_value_left_empty_is_said_to_be_not_filled() -> None:
    assert in_budget("{function: , basic: 1}") == [
        ("6:16 S003", "expenditure[0].function（功能分类科目编码）没有填", "例如：2010306"),
    ]


def test_a_choice_left_empty_lists_the_choices() -> None:
    place, said, hint = in_budget("{function: 2010301, origin: , basic: 1}")[0]
    assert (place, said) == ("6:33 S003", "expenditure[0].origin（当年或上年结转）没有填")
    assert hint == "可以是：current、carryover"


def test_an_empty_list_is_said_to_be_empty() -> None:
    found = findings(
        "form: a\nyear: 2023\nunit: 元\nincome: []\nexpenditure: [{function: 2010301, basic: 1}]\nbasic: []\n", "budget"
    )
    assert [(place, said) for place, said, _ in found] == [("4:9 S007", "income（收入）是空的")]


@pytest.mark.parametrize("amount", ['"3,930.20"', "'39,302,009'", '"3,930.20元"'])
def test_thousands_separators_are_refused_with_how_to_write(amount: str) -> None:
    place, said, hint = in_budget(f"{{function: 2010301, basic: {amount}}}")[0]
    assert place == "6:32 S005"
    assert said.startswith("expenditure[0].basic")
    assert f"写成了“{amount[1:-1]}”：带了" in said
    assert hint in {
        f"改成{amount[1:-1].replace(',', '')}",
        "只写数字；单位由本文件的unit统一说明，不是这个单位的先换算",
    }


def test_a_negative_amount_of_a_budget_is_answered_with_what_to_write() -> None:
    hint = in_budget("{function: 2010301, basic: -100}")[0][2]
    assert hint == "这里没有负数；要冲减的，写减去以后的数"


def test_a_code_that_accounts_do_not_show_is_answered_with_what_to_do() -> None:
    found = findings(
        "form: a\nyear: 2023\nunit: 元\nincome: [{function: 2010301, amount: 1}]\n"
        "expenditure: [{function: 2010301, basic: 1}]\nbasic:\n- {department: 30101, government: 50101, amount: 1}\n",
        "accounts",
    )
    assert found == [
        ("7:23 S001", "不认识的键“government”", "决算表只列部门预算支出经济分类，删去government和它的编码")
    ]


def test_thousands_separators_without_quotes_split_the_line_and_are_refused() -> None:
    assert ("6:34 S001", "“930.20”不是键，是逗号分开的数字") in [
        (place, said) for place, said, _ in in_budget("{function: 2010301, basic: 3,930.20}")
    ]


@pytest.mark.parametrize("amount", ["-1", "1e3", "012", "1.", "12元", ".5"])
def test_what_is_not_a_plain_number_is_no_amount(amount: str) -> None:
    assert [place for place, _, _ in in_budget(f"{{function: 2010301, basic: {amount}}}")] == ["6:32 S005"]


def test_a_function_code_of_the_wrong_length_says_which_level_is_wanted() -> None:
    assert in_budget("{function: 20103, basic: 1}") == [
        (
            "6:16 S005",
            "expenditure[0].function（功能分类科目编码）写成了“20103”",
            "功能分类写到“项”级，七位数字，例如 2010306",
        ),
    ]


def test_a_wrong_choice_is_answered_with_the_nearest() -> None:
    assert in_budget("{function: 2010301, fund: generel, basic: 1}") == [
        ("6:31 S006", "expenditure[0].fund（资金性质）不能是“generel”", "是不是“general”？"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{functoin: 2010301, basic: 1}",
        "{function: 2010301, baisc: 1}",
        '{function: 2010301, "basic：": 1}',
        '{function: 2010301, "basic:1": }',
    ],
)
def test_a_misspelt_key_is_told_and_not_that_it_is_missing(line: str) -> None:
    assert [place.split(" ")[1] for place, _, _ in in_budget(line)] == ["S001"]


def test_a_misspelt_key_does_not_hide_that_another_is_missing() -> None:
    assert [place for place, _, _ in in_budget("{baisc: 1}")] == ["6:5 S002", "6:6 S001"]


def test_a_line_of_expenditure_without_any_amount_is_refused() -> None:
    assert in_budget("{function: 2010301}") == [
        (
            "6:5 S009",
            "这一行没有金额：写上 basic（基本支出）或 project（项目支出）；表式要分人员经费、公用经费的，基本支出写 personnel、operating",
            "例如：{function: 2010306, basic: 4577700, project: 14026600}",
        ),
    ]


def test_a_name_that_is_too_long_is_refused() -> None:
    text = f"code: 026\nname: {'长' * 101}\nshort_name: 短\nregion: {{name: 示范市, level: 市级}}\nunits: [{{id: a, name: 甲, kind: administrative}}]\n"
    place, said, hint = findings(text, "department")[0]
    assert (place, hint) == ("2:7 S008", "写简短些")
    assert said.startswith("name")
    assert said.endswith("太长：有101个字，最多100个")


def test_a_code_keeps_its_zero_and_needs_it() -> None:
    text = "code: {code}\nname: 甲\nshort_name: 甲\nregion: {{name: 示范市, level: 市级}}\nunits: [{{id: a, name: 甲, kind: administrative}}]\n"
    assert findings(text.format(code="026"), "department") == []
    assert [place for place, _, _ in findings(text.format(code="26"), "department")] == ["1:7 S005"]


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert [(place, said) for place, said, _ in findings("", "budget")] == [("1:1 S003", "文件（部门预算）没有填")]


def test_a_file_that_is_a_list_is_refused() -> None:
    assert [(place, said) for place, said, _ in findings("- a\n", "budget")] == [
        ("1:1 S004", "文件（部门预算）应是几行“键: 值”"),
    ]


def test_all_errors_of_all_files_are_reported_at_once(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "unit: 万元", "unit: 亿元")
    workspace.edit("2023/budget.yaml", "{fund: general, amount: 100}", "{fund: general}")
    workspace.edit("2023/budget.yaml", "government: 50502, amount: 5", "goverment: 50502, amount: x")
    workspace.edit("2023/projects/2-scan.yaml", "one_off", "forever")
    workspace.edit("department.yaml", "level: 市级", "level: 地级")
    assert workspace.found() == [
        "2023/budget.yaml:3:7 S006",
        "2023/budget.yaml:5:5 S002",
        "2023/budget.yaml:13:25 S001",
        "2023/budget.yaml:13:51 S005",
        "2023/projects/2-scan.yaml:7:14 S006",
        "department.yaml:5:28 S006",
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{fund: general, amount: 2,350}", "“350”不是键，是逗号分开的数字"),
        ("{fund:general, amount: 5}", "“fund:general”里冒号后面少了空格"),
        ("{fund：general, amount: 5}", "“fund：general”里用了中文冒号"),
    ],
)
def test_a_slip_that_yaml_takes_for_a_key_is_called_by_its_name(written: str, said: str) -> None:
    tree, findings = read_yaml(f"income:\n  - {written}\n".encode(), "2023/budget.yaml")
    assert findings == []
    assert tree is not None
    assert said in [finding.message for finding in validate(tree, "budget") if finding.code == "S001"]
