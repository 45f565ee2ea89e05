from __future__ import annotations

import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.form.form import load_form
from discgen.ledger.facts import Fact
from discgen.narrative.blocks import Block, Chart, Heading, Insertion, Paragraph, Span
from discgen.narrative.markup import Marker, as_prose, mark_paragraph_ends, number_headings, plain, read_blocks
from discgen.narrative.write import with_glossary
from discgen.validate.shipped import ShippedDataError
from tests.conftest import Demo, budgets

FORM = load_form("shanxi-budget-2023")
TEN = Fact("income.total", "收入总计", Decimal(100_000), ())


def blocks(text: str) -> list[Block]:
    return read_blocks(mark_paragraph_ends(text), Marker(), lambda group: [Fact(group, "部分", Decimal(1), ())])


def words(block: Block) -> str:
    assert isinstance(block, Heading | Paragraph)
    return block.text


def test_lines_are_headings_paragraphs_and_places() -> None:
    assert blocks("# 概况\n\n一段。\n#### 小节\n!tables\n!goal-sheets\n!glossary\n") == [
        Heading(1, "概况"),
        Paragraph((Span("一段。"),)),
        Heading(4, "小节"),
        Insertion("tables"),
        Insertion("goal-sheets"),
        Insertion("glossary"),
    ]


def test_a_paragraph_ends_with_a_blank_line_and_its_line_breaks_do_not_count() -> None:
    assert [words(block) for block in blocks("收入\n  10.00万元，\n增加。\n \n\n支出。\n")] == [
        "收入10.00万元，增加。",
        "支出。",
    ]


def test_a_heading_or_a_place_ends_a_paragraph() -> None:
    assert blocks("一段\n没完\n## 节\n又一段\n!tables\n尾") == [
        Paragraph((Span("一段没完"),)),
        Heading(2, "节"),
        Paragraph((Span("又一段"),)),
        Insertion("tables"),
        Paragraph((Span("尾"),)),
    ]


def test_a_blank_line_inside_a_tag_is_no_end_of_a_paragraph() -> None:
    tag = "{% set parts = [\n\n1] %}"
    assert mark_paragraph_ends(tag) == tag


def test_a_chart_names_its_group_and_its_title() -> None:
    assert blocks("!chart general.by_class 结构 图") == [
        Chart("结构 图", (Fact("general.by_class", "部分", Decimal(1), ()),)),
    ]


def test_a_chart_without_parts_is_left_out() -> None:
    assert read_blocks("!chart three_public.by_item 图", Marker(), lambda _: []) == []


def test_an_unknown_directive_is_refused() -> None:
    with pytest.raises(ShippedDataError, match="没有这种图表"):
        blocks("!picture x")


@pytest.mark.parametrize("line", ["# 不是标题", "#### 不是标题", "!tables", "!picture", "\\# 反斜杠", "#没有空格"])
def test_a_line_of_prose_is_a_paragraph_whatever_it_begins_with(line: str) -> None:
    marker = Marker()
    prose = marker.written(Place("narrative.yaml"), as_prose(f"第一行\n{line}"))
    assert [words(block) for block in read_blocks(prose, marker, lambda _: [])] == ["第一行", line]


def test_a_line_of_prose_that_looks_like_a_heading_is_printed_as_it_is(workspace: Demo) -> None:
    notes = "notes:\n  other: |\n    第一行。\n      # 第二行\n    !tables\n    第四行。\n"
    workspace.edit("2023/narrative.yaml", "overview:", notes + "overview:")
    texts = [block.text for block in workspace.document().text.blocks if isinstance(block, Paragraph)]
    at = texts.index("第一行。")
    assert texts[at : at + 3] == ["第一行。", "# 第二行", "!tables"]


def test_nothing_is_added_to_prose_that_looks_like_markup_inside_a_line(workspace: Demo) -> None:
    workspace.edit("2023/narrative.yaml", "- 收集和保管档案。", "- '#收集和保管档案。'\n    - 利用档案。")
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: '!这是概况。'")
    text = workspace.document().text
    assert "（一）#收集和保管档案。" in [block.text for block in text.blocks if isinstance(block, Paragraph)]
    assert "!这是概况。" in [paragraph.text for paragraph in text.prose.values()]


def test_a_name_cannot_begin_a_line_of_its_own(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", 'name: "库房\\n# 改造"')
    assert workspace.found() == ["2023/projects/1-store.yaml:1:7 S005"]


def test_a_marked_amount_becomes_a_span_that_knows_its_fact() -> None:
    marker = Marker()
    text = f"收入{marker.mark(TEN, '10.00万元')}，完。"
    assert marker.spans(text) == (Span("收入"), Span("10.00万元", TEN), Span("，完。"))
    assert plain(text) == "收入10.00万元，完。"


def test_headings_are_numbered_anew_under_each_heading_above() -> None:
    levels = [1, 2, 3, 3, 2, 3, 1, 2, 4, 4]
    numbered = number_headings([Heading(level, "甲") for level in levels], FORM)
    assert [words(block) for block in numbered] == [
        "第一部分 甲",
        "一、甲",
        "（一）甲",
        "（二）甲",
        "二、甲",
        "（一）甲",
        "第二部分 甲",
        "一、甲",
        "1、甲",
        "2、甲",
    ]


def test_numbering_leaves_other_blocks_where_they_are() -> None:
    given: list[Block] = [Insertion("tables"), Heading(1, "甲"), Paragraph((Span("# 乙"),)), Heading(1, "丙")]
    numbered = number_headings(given, FORM)
    assert [numbered[0], numbered[2]] == [given[0], given[2]]
    assert words(numbered[3]) == "第二部分 丙"


def test_the_glossary_explains_only_terms_that_are_used_in_the_forms_order() -> None:
    text: list[Block] = [Paragraph((Span("有单位资金和"), Span("基本支出"))), Insertion("glossary")]
    explained = with_glossary(text, FORM, ())
    assert [words(block).split("：")[0] for block in explained[1:]] == ["一、基本支出", "二、单位资金"]


def test_terms_in_tables_count_as_used(workspace: Demo) -> None:
    document = workspace.document()
    explained = with_glossary([Insertion("glossary")], FORM, document.tables[6:7])
    # Its title is 政府性基金预算收入表（不含上年结转）.
    assert [words(block).split("：")[0] for block in explained] == ["一、上年结转", "二、政府性基金预算"]


def test_every_heading_of_the_document_is_numbered(workspace: Demo) -> None:
    headings = [block for block in workspace.document().text.blocks if isinstance(block, Heading)]
    assert [heading.text for heading in headings if heading.rank == 1] == [
        "第一部分 概况",
        "第二部分 2023年部门预算报表",
        "第三部分 2023年度部门预算情况说明",
        "第四部分 名词解释",
    ]
    sections = [heading.text for heading in headings if heading.rank == 2]
    assert sections[2:] == [
        "一、部门预算收支数据变动情况及原因",
        "二、收入预算情况说明",
        "三、支出预算情况说明",
        "四、财政拨款收支预算总体情况说明",
        "五、一般公共预算支出情况说明",
        "六、一般公共预算基本支出情况说明",
        "七、“三公”经费增减变动原因说明",
        "八、机关运行经费增减变动原因说明",
        "九、政府采购情况",
        "十、绩效管理情况",
        "十一、国有资产占有使用情况",
        "十二、其他说明",
    ]


def situation(document: Document) -> list[Paragraph]:
    """The paragraphs of 情况说明."""
    all_blocks = document.text.blocks
    parts = [at for at, block in enumerate(all_blocks) if isinstance(block, Heading) and block.rank == 1]
    return [block for block in all_blocks[parts[2] : parts[3]] if isinstance(block, Paragraph)]


AMOUNT = re.compile(r"([\d,]+\.\d\d)万元")


def test_the_first_section_says_what_changed_and_why(workspace: Demo) -> None:
    first = situation(workspace.document())[0].text
    assert first == (
        "2023年度预算收入总计100.00万元，其中：本年收入100.00万元，上年结转0.00万元，"
        "收入总计比上年增加20.00万元，增加25.00%；"
        "本年部门预算支出总计100.00万元，其中：本年预算安排100.00万元，上年结转0.00万元，"
        "支出总计比上年增加20.00万元，增加25.00%。收入和支出变动的主要原因是新增库房项目。"
    )


def test_sections_show_shares_lists_and_the_form_of_words_for_each_change(workspace: Demo) -> None:
    texts = [paragraph.text for paragraph in situation(workspace.document())]
    assert "2023年度支出预算100.00万元，其中：基本支出64.00万元，占64.00%；项目支出36.00万元，占36.00%。" in texts
    assert "人员经费40.00万元，主要包括：基本工资；" in texts
    assert "公用经费24.00万元，主要包括：办公费、公务用车运行维护费。" in texts
    assert "2023年财政拨款安排的“三公”经费预算6.00万元，比2022年同口径减少2.00万元，主要原因是压缩用车。" in texts
    assert "市档案局1个：库房改造。" in texts


@pytest.mark.slow
@settings(max_examples=60)
@given(budgets())
def test_every_amount_told_stands_in_a_table_or_is_a_change(drawn: tuple[str, list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Demo(Path(folder))
        demo.replace_budget(*drawn)
        document = demo.compose().document
    assert document is not None
    in_tables = {cell.text for table in document.tables for cell in table.amounts()} | {"0.00"}
    spans = [span for paragraph in situation(document) for span in paragraph.spans]
    assert sum(span.fact is not None for span in spans) > 20
    for span in spans:
        for amount in AMOUNT.findall(span.text):
            assert span.fact is not None, f"an amount without a fact: {span.text}"
            if not span.fact.name.startswith(("change.", "procurement.")):
                assert amount in in_tables, span
