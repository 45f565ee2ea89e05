"""A line with a caret under one of its characters, as wide as a terminal shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discgen.report.excerpt import excerpt, width


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
