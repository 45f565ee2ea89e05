"""The report for a person: a line that editors can parse, the source line with its caret, the hint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.check.as_text import as_text, excerpt, width
from discgen.check.run import check_targets
from discgen.diagnostics import Fix, Place, error, warning
from tests.conftest import Demo

PLACE = Place("b.yaml", 10, 5)


def test_the_line_stands_below_the_message_with_a_caret_under_the_column() -> None:
    told = as_text([error("C001", "没有这个科目", PLACE, "相近的有：……")], lambda _: "名称: 2010307")
    assert told.splitlines() == [
        "b.yaml:10:5 错误 C001 没有这个科目",
        "    10 | 名称: 2010307",
        "       |       ^",
        "    → 相近的有：……",
        "共1个错误",
    ]


def test_an_empty_line_is_not_shown() -> None:
    assert as_text([error("S002", "缺少", PLACE)], lambda _: " ").splitlines() == [
        "b.yaml:10:5 错误 S002 缺少",
        "共1个错误",
    ]


def test_colours_go_to_the_parts_and_the_first_line_keeps_its_text() -> None:
    painted = as_text([warning("P005", "手写金额", PLACE)], lambda _: "a: b c", lambda text, part: f"<{part}>{text}</>")
    assert painted.splitlines()[:3] == [
        "<place>b.yaml:10:5</> <warning>警告 P005</> 手写金额",
        "    <aside>10 |</> a: b c",
        "    <aside>   |</>     <caret>^</>",
    ]


def test_it_is_said_how_many_can_be_mended() -> None:
    findings = [error("C002", "a", PLACE, fix=Fix("x", "y")), error("R001", "b", PLACE)]
    assert as_text(findings).splitlines()[-2:] == ["共2个错误", "其中1个可以自动改：discgen check --fix"]


def test_the_place_in_a_long_text_is_shown_and_not_the_beginning_of_its_line(workspace: Demo) -> None:
    long = "收集档案，" * 40
    workspace.edit("2023/narrative.yaml", "收集和保管档案。", f"{long}共3万元。")
    checked = check_targets(workspace.workspace, [workspace.target])
    told = as_text(checked.findings, checked.line_at).splitlines()
    assert told[0].startswith("departments/demo/2023/narrative.yaml:3:208 错误 P004")
    line, caret = told[1].partition("| ")[2], told[2].partition("| ")[2]
    at = next(number for number in range(len(line)) if width(line[:number]) == len(caret) - 1)
    assert line[at:] == "3万元。"
    assert width(line) <= 100 + width("......")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("行政运行", 8), ("（）：", 6), ("a行", 3), ("“引号”", 6), ("e\u0301", 1), ("ｱ", 1), ("", 0)],
)
def test_chinese_and_full_width_characters_take_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [
        ("year: 2023", 7, "      ^"),
        ("名称: 示范市档案局", 5, "      ^"),
        ("名称: 示范市档案局", 6, "        ^"),
        ("- a", 1, "^"),
    ],
)
def test_the_caret_stands_under_the_first_column_of_its_character(line: str, column: int, caret: str) -> None:
    assert excerpt(line, column) == (line, caret)


def test_a_column_after_the_end_has_its_caret_at_the_end() -> None:
    assert excerpt("名称", 9) == ("名称", "    ^")


@pytest.mark.parametrize("hidden", ["\x1b", "\u202e", "\u200b", "\ue000", "\x00", "\ufeff"])
def test_what_would_move_the_cursor_or_not_show_is_a_question_mark(hidden: str) -> None:
    assert excerpt(f"a{hidden}b", 3) == ("a?b", "  ^")


def test_a_tab_is_shown_as_one_blank() -> None:
    assert excerpt("a:\tb", 4) == ("a: b", "   ^")


def test_a_long_line_is_cut_around_the_column() -> None:
    line = "甲" * 100 + "乙" + "丙" * 100
    shown, caret = excerpt(line, 101, room=20)
    assert shown == "..." + "甲" * 5 + "乙" + "丙" * 4 + "..."
    assert caret == " " * 13 + "^"


def test_the_beginning_and_the_end_of_a_long_line_are_cut_on_the_other_side_only() -> None:
    assert excerpt("甲" * 100, 1, room=10)[0] == "甲" * 5 + "..."
    assert excerpt("甲" * 100, 100, room=10)[0] == "..." + "甲" * 5


@given(st.text(alphabet="ab行政，“\u0301 ", max_size=80), st.integers(1, 90), st.integers(10, 40))
def test_the_caret_is_under_the_character_it_points_at(line: str, column: int, room: int) -> None:
    line = line.rstrip()
    shown, caret = excerpt(line, column, room)
    assert width(shown) <= room + 6
    if column <= len(line):
        before = next(n for n in range(len(shown) + 1) if width(shown[:n]) == len(caret) - 1)
        rest = shown[before:].lstrip("\u0301") or shown[before:]
        assert rest[0] in (line[column - 1], "\u0301") or line[column - 1] == "\u0301"
