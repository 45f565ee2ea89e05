"""A comparison as text, JSON, Markdown and HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from discgen.compare.as_html import as_html
from discgen.compare.as_json import as_json
from discgen.compare.as_markdown import as_markdown
from discgen.compare.as_text import as_text
from discgen.compare.change import Amounts, Change, Comparison, Consequences, Mark, Pages
from discgen.compare.texts import marked, shortened
from discgen.compare.wording import describe_difference, describe_pages, is_comparison
from discgen.validate.library import load_schema
from tests.compare.made import compared, copy_of
from tests.conftest import Demo

SENTENCE = Change("一、收支", "", "减少<b>5%</b>|的", "增加<b>6%</b>|的", Mark.CHANGED, is_text=True)
AMOUNT = Change("收入", "一般公共预算", "100", "90", Mark.CHANGED, Amounts(Decimal(1000000), Decimal(900000), "万元"))
MADE = Comparison(
    "demo/2023",
    "demo/2024",
    (AMOUNT,),
    Consequences(sentences=(SENTENCE,)),
    Pages((5, 8), (5, 8, 9, 10), 10, 12),
    ("有1个错误",),
)


@pytest.fixture
def real(workspace: Demo, tmp_path: Path) -> Comparison:
    other = copy_of(workspace, tmp_path / "other")
    other.edit("2023/budget.yaml", "2010301, basic: 61,", "2010301, basic: 62.5,")
    other.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 减少用车")
    other.add_project("3-new", "2010301", "50000", name="新库房")
    return compared(workspace, other)


def test_the_schema_holds_what_is_written(real: Comparison) -> None:
    validator = Draft202012Validator(load_schema("diff"))
    for comparisons in ([], [real], [MADE, real]):
        written = json.loads(as_json(comparisons))
        validator.validate(written)
        assert len(written["documents"]) == len(comparisons)


def test_json_says_amounts_in_yuan() -> None:
    [document] = json.loads(as_json([MADE]))["documents"]
    assert document["facts"][0]["amounts"] == {
        "before": "1000000",
        "after": "900000",
        "difference": "-100000",
        "percent": "-10.00",
    }


def test_text_marks_what_differs() -> None:
    assert as_text([MADE]).splitlines() == [
        "demo/2023 → demo/2024",
        "  注意：有1个错误",
        "  事实（1处）",
        "    收入",
        "      改 一般公共预算 100 → 90万元，－10万元（－10.00%）",
        "  文字说明（1处）",
        "    一、收支",
        "      改 这一句",
        "         原：【减少】<b>【5%】</b>|的",
        "         现：【增加】<b>【6%】</b>|的",
        "  变的页：第5、8—10页（原来10页，现在12页）",
    ]


def test_nothing_is_said_to_be_nothing() -> None:
    assert as_text([]) == "没有变化"
    assert "没有变化" in as_markdown([])
    assert "没有变化" in as_html([])


def test_markdown_takes_nothing_of_the_data_for_its_own() -> None:
    told = as_markdown([MADE])
    [row] = [line for line in told.splitlines() if "一、收支" in line]
    assert r"<del>减少</del>\<b\><del>5%</del>\</b\>\|的" in row
    assert r"<ins>增加</ins>\<b\><ins>6%</ins>\</b\>\|的" in row
    assert len(re.findall(r"(?<!\\)\|", row)) == 6


def test_a_comment_is_cut_where_it_has_no_room_between_two_tables() -> None:
    long = replace(MADE, facts=(replace(AMOUNT, title="甲" * 1000),) * 40)
    told = as_markdown([long] * 3)
    assert len(told) < 65_536
    assert told.count("<details>") == told.count("</details>")
    assert told.endswith("运行`discgen diff`看全部。\n")


class Page(HTMLParser):
    """The tags and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(real: Comparison) -> None:
    page = Page(as_html([MADE, real]))
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "img", "iframe", "b"})
    assert not any(name in attributes for _, attributes in page.tags for name in ("src", "onclick"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    links = [attributes["href"] for _, attributes in page.tags if "href" in attributes]
    assert len(set(ids)) == len(ids)
    assert links
    assert {str(link) for link in links} <= {f"#{name}" for name in ids}
    assert ("html", {"lang": "zh-CN"}) in page.tags


def test_the_page_tells_kinds_by_marks_and_has_table_heads(real: Comparison) -> None:
    page = Page(as_html([MADE, real]))
    assert {"＋ 新增", "－ 删去", "改"} == {mark.label for mark in Mark}
    assert "＋ 新增" in page.said
    assert "减少<b>5%</b>|的" in page.said
    heads = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
    assert heads
    assert None not in heads
    assert {"del", "ins"} <= {tag for tag, _ in page.tags}


@given(st.text("万元，增减12.3%\n ", max_size=30), st.text("万元，增减12.3%\n ", max_size=30))
def test_marked_texts_are_the_texts_and_mirror(one: str, other: str) -> None:
    old, new = marked(one, other)
    assert ("".join(text for text, _ in old), "".join(text for text, _ in new)) == (one, other)
    assert marked(other, one) == (new, old)
    same = ["".join(text for text, differs in side if not differs) for side in (old, new)]
    assert same[0] == same[1]


def test_a_number_is_marked_whole() -> None:
    old, _ = marked("共3,930.20万元", "共3,932.43万元")
    assert old == (("共", False), ("3,930.20", True), ("万元", False))


def test_long_stretches_of_the_same_are_left_out() -> None:
    old, _ = marked("甲" * 30 + "一" + "乙" * 30, "甲" * 30 + "二" + "乙" * 30)
    assert shortened(old, 3) == (("……甲甲甲", False), ("一", True), ("乙乙乙……", False))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (100, 150, "＋50元（＋50.00%）"),
        (0, 5, "＋5元"),
        (None, 5, "＋5元"),
        (5, None, "－5元"),
        (-4, -2, "＋2元（＋50.00%）"),
    ],
)
def test_a_percentage_is_told_where_there_is_something_to_compare(
    before: int | None, after: int | None, said: str
) -> None:
    sides = [None if side is None else Decimal(side) for side in (before, after)]
    assert describe_difference(Amounts(sides[0], sides[1], "元")) == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [((), (), "没有一页变（共9页）"), ((3,), (), "去掉原来的第3页（共9页）"), ((), (1, 2), "第1—2页（共9页）")],
)
def test_pages_are_told(before: tuple[int, ...], after: tuple[int, ...], said: str) -> None:
    assert describe_pages(Pages(before, after, 9, 9)) == said


def test_markdown_calls_nobody_and_keeps_the_text_as_it_is() -> None:
    change = replace(AMOUNT, title="@all ![x](http://a) &lt; #12 <img>")
    row = as_markdown([replace(MADE, facts=(change,))])
    assert r"&#64;all !\[x\](http://a) &amp;lt; \#12 \<img\>" in row


@pytest.mark.parametrize("form", [as_text, as_json, as_markdown, as_html])
def test_what_is_written_is_known_again(form: Callable[[Sequence[Comparison]], str]) -> None:
    """`-o` writes over a comparison and over nothing else."""
    only_a_note = Comparison("demo", "demo", notes=("原来的departments/demo/x.yaml 是链接，没有比较",))
    for comparisons in ([], [MADE], [only_a_note, MADE], [MADE] * 3):
        assert is_comparison(f"{form(comparisons)}\n".encode())


@pytest.mark.parametrize("form", [as_text, as_markdown, as_html])
def test_what_turns_a_sentence_round_is_shown_as_what_it_is(form: Callable[[Sequence[Comparison]], str]) -> None:
    turned = replace(SENTENCE, topic="一\u202e", before="减少\u202e00.21\u202c万元", after="减少12.00万元")
    shown = form([Comparison("demo", "demo", (turned,), notes=("\u202e",))])
    assert "\u202e" not in shown
    assert shown.count("U+202E") >= 3
