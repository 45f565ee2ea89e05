from __future__ import annotations

import pytest

from discgen.narrative.blocks import Paragraph
from discgen.pipeline import check
from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
BEGINNING = 22
"""The column of the reason's first character, after the quotation mark."""


def place(offset: int = 0) -> str:
    """Where a character of the reason stands."""
    return f"{NARRATIVE}:10:{BEGINNING + offset}"


def write_reason(demo: Demo, text: str) -> None:
    demo.edit(NARRATIVE, "agency_operation: 人员增加", f"agency_operation: '{text}'")


def told(demo: Demo) -> str:
    """How the document tells the reason."""
    texts = [block.text for block in demo.document().text.blocks if isinstance(block, Paragraph)]
    return next(text.partition("原因是：")[2] for text in texts if "原因是：" in text)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("{{ income.total | 万元 }}", "100.00万元"),
        ("{{ income.total | 元 }}", "1,000,000.00元"),
        ("{{ income.total | amount }}", "100.00万元"),
        ("{{ prior.income.total | 万元 }}", "80.00万元"),
        ("{{ change.three_public.total | 万元 }}", "2.00万元"),
        ("{{ income.carryover | 万元 }}", "0.00万元"),
        ("{{ basic.personnel | share(basic.total) }}", "62.50%"),
        ("{{ income.total | versus_prior }}", "比上年增加20.00万元，增加25.00%"),
        ("{{ three_public.total | versus_prior }}", "比上年减少2.00万元，减少25.00%"),
        ("{{ basic.operating_items | names }}", "办公费、公务用车运行维护费"),
        ("{{ basic.operating_items | listed }}", "办公费18.00万元、公务用车运行维护费6.00万元"),
        ("{{ procurement.works | 万元 }}", "0.00万元"),
    ],
)
def test_an_expression_is_shown_in_the_forms_style(workspace: Demo, expression: str, shown: str) -> None:
    write_reason(workspace, f"增加{expression}")
    assert told(workspace) == f"增加{shown}。"


def test_several_expressions_may_stand_in_one_sentence(workspace: Demo) -> None:
    write_reason(workspace, "由{{ prior.income.total | 万元 }}到{{ income.total | 万元 }}")
    assert told(workspace) == "由80.00万元到100.00万元。"


@pytest.mark.parametrize(
    ("expression", "near"),
    [
        ("incom.total", "income.total"),
        ("income.totel", "income.total"),
        ("prior.expendture.total", "expenditure.total"),
        ("change.basic.personel", "basic.personnel"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(workspace: Demo, expression: str, near: str) -> None:
    write_reason(workspace, f"增加{{{{ {expression} | 万元 }}}}")
    finding = workspace.check()[0]
    assert workspace.found() == [f"{place(2)} P002"]
    assert finding.message == f"表达式里有不认识的名称“{expression}”"
    assert finding.hint.startswith("相近的有：")
    assert near in finding.hint


@pytest.mark.parametrize(
    "text",
    [
        "{% if income.total %}多{% endif %}",
        "{% for x in basic.operating_items %}{% endfor %}",
        "{{ income.total | 万元 }",
        "{{ income.total | 亿 }}",
        "{{ income.total 万元 }}",
        "{{ }}",
        "{{ income | 万元 }}",
        "{{ basic.personnel | share }}",
        "{{ income.total }}",
        "{{ income.total.value }}",
        "{{ income.total | upper }}",
        "{{ change.income.total | versus_prior }}",
        "{{ income.total | 万元 | 元 }}",
        "{{ 1 + 1 }}",
        '{{ "".__class__ | 万元 }}',
        "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
        "人员{# 藏起来的话 #}增加",
        "{ income.total | 万元 }",
        "{{ 100 | chinese }}",
        "{{ lipsum() }}",
        "{{ basic.operating_items[0] | 万元 }}",
    ],
)
def test_what_is_not_an_expression_over_facts_is_refused(workspace: Demo, text: str) -> None:
    write_reason(workspace, text)
    assert workspace.found() == [f"{place(text.index('{'))} P001"]


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("income.__class__", "P001"),
        ("income.__class__ | 万元", "P002"),
        ("income.total.__class__.__mro__ | 万元", "P002"),
        ("income.total.value.__init__.__globals__ | 万元", "P002"),
        ("self.__init__ | 万元", "P002"),
    ],
)
def test_attributes_of_the_machinery_are_out_of_reach(workspace: Demo, expression: str, code: str) -> None:
    write_reason(workspace, f"{{{{ {expression} }}}}")
    assert workspace.found() == [f"{place()} {code}"]


def test_of_two_expressions_the_wrong_one_is_named(workspace: Demo) -> None:
    write_reason(workspace, "{{ income.total | 万元 }}和{{ incom.total | 万元 }}")
    assert workspace.check()[0].message == "表达式里有不认识的名称“incom.total”"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ income.total 万元 }}", "表达式“{{ income.total 万元 }}”写得不对", "竖线"),
        ("{{ income.total }}", "表达式“{{ income.total }}”不是“名称 | 写法”", "写法有：amount、"),
        ("{{ income | 万元 }}", "表达式“{{ income | 万元 }}”的写法不能用在这个名称上", "income下面有：income.total、"),
        ("共{ income.total | 万元 }", "“{ income.total | 万元 }”的花括号不成对，或只有一层", "两层花括号"),
    ],
)
def test_p001_quotes_the_expression_and_says_what_may_stand_there(
    workspace: Demo, text: str, message: str, hint: str
) -> None:
    write_reason(workspace, text)
    (finding,) = workspace.check()
    assert finding.message == message
    assert hint in finding.hint


def test_p002_names_what_there_is_below_a_known_name(workspace: Demo) -> None:
    write_reason(workspace, "{{ basic.salaries | 万元 }}")
    (finding,) = workspace.check()
    named = finding.hint.removeprefix("相近的有：").split("、")
    assert len(named) == 5
    assert all(name.startswith("basic.") for name in named)


def test_every_wrong_expression_of_a_text_is_told_at_its_column(workspace: Demo) -> None:
    write_reason(workspace, "由{{ x | 元 }}到{{ income.total }}")
    assert workspace.found() == [f"{place(1)} P002", f"{place(13)} P001"]


def test_a_fact_of_last_year_that_is_not_known_is_refused(workspace: Demo) -> None:
    write_reason(workspace, "增加{{ change.basic.personnel | 万元 }}")
    assert workspace.found() == [f"{place(2)} P003"]
    assert workspace.check()[0].message == "没有“人员经费比上年增减”这个数"


def test_wrong_expressions_are_all_reported_at_their_lines(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "- 收集和保管档案。", "- 收集{{ x | 元 }}。")
    write_reason(workspace, "{{ y | 元 }}")
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: 概况{{ z | 元 }}。")
    assert workspace.found() == [
        "2023/narrative.yaml:3:9 P002",
        f"{place()} P002",
        "2023/projects/1-store.yaml:12:14 P002",
    ]


def test_sums_by_category_are_not_asked_for_beside_the_categories(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "shanxi-budget-2023", "shanxi-budget-2024")
    assert workspace.found() == ["2023/projects/1-store.yaml:1:7 G004", "2023/projects/2-scan.yaml:1:7 G004"]
    for name in ("2023/projects/1-store.yaml", "2023/projects/2-scan.yaml"):
        workspace.edit(name, "goal_sheet:", "category: specific\ngoal_sheet:")
    assert "P008" not in " ".join(workspace.found())


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("｛｛ income.total | 万元 ｝｝", "用了全角的花括号"),
        ("{｛ income.total | 万元 ｝}", "用了全角的花括号"),
        ("{{ income。total ｜ 万元 }}", "写得不对"),
    ],
)
def test_signs_of_the_chinese_keyboard_are_no_expression(workspace: Demo, written: str, found: str) -> None:
    write_reason(workspace, written)
    (finding,) = workspace.findings("P001")
    assert finding.message.endswith(found)
    assert "英文的" in finding.hint


def test_a_wrong_expression_leaves_a_document_for_the_draft(workspace: Demo) -> None:
    write_reason(workspace, "{{ y | 元 }}")
    result = workspace.compose()
    assert result.document is not None
    assert [finding.code for finding in result.findings] == ["P002"]


@pytest.mark.parametrize("inside", ["a" + ".a" * 5000, "income.total" + " | prior" * 3000, "x" * 4000])
def test_an_expression_is_not_longer_than_a_name_takes(workspace: Demo, inside: str) -> None:
    """Names and filters by the thousand were a recursion of the parser, or minutes of looking for what was meant."""
    room = 4_900 - len("{{  | 万元 }}")
    workspace.edit(
        "2023/narrative.yaml", "expenditure: 新增库房项目", f'expenditure: "{{{{ {inside[:room]} | 万元 }}}}"'
    )
    (found,) = [one for one in check(workspace.workspace, [workspace.target]) if one.code == "P001"]
    assert "个字，最多200个" in found.message
    assert len(found.message) < 100
