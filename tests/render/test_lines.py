"""Lines of Chinese: marks are squeezed before characters are spread, and neither so far that text is not found."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pdfplumber
import pytest

from discgen.render.layout.justify import MOST_STRETCH, touching, yielding
from tests.laid_out import pdf_of

SIZE = 16 * 0.75
PAGE = """<html lang="zh"><head><title>题</title><style>
@page { size: 480px 600px; margin: 16px }
body { margin: 0 }
p, td, th { margin: 0; padding: 0; width: %spx; font: 16px/20px "Noto Serif CJK SC", serif; overflow-wrap: anywhere }
p { text-align: justify }
td, th { --lone-character: avoid; text-align: left } th { text-align: center }
table { table-layout: fixed; border-spacing: 0 }
</style></head><body>%s</body></html>"""


def written(body: str, characters: int) -> bytes:
    """A page whose lines have room for so many characters."""
    return pdf_of(PAGE % (16 * characters, body))


def lines_of(pdf: bytes) -> list[str]:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode().split()


def paragraph(text: str, characters: int) -> list[str]:
    return lines_of(written(f"<p>{text}</p>", characters))


def gaps(pdf: bytes) -> Iterator[float]:
    """What stands between two characters of a line, in ems; below zero where a mark gave up its half."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for one, other in pairwise(opened.pages[0].chars):
            if one["bottom"] == other["bottom"]:
                yield (other["x0"] - one["x1"]) / SIZE


def test_a_mark_loses_its_half_beside_another_mark() -> None:
    assert touching("甲（乙）。“丙”，丁：“戊”") == {3, 4, 7, 10}


def test_marks_before_characters_keep_their_width_until_the_line_needs_it() -> None:
    assert touching("甲，乙。") == frozenset()


def test_a_place_to_break_between_two_marks_does_not_part_them() -> None:
    assert touching("甲：\u200b“乙”") == {1}


def test_the_mark_at_the_end_gives_way_first_then_brackets_then_commas_then_stops() -> None:
    assert list(yielding("甲。乙，丙（丁）戊，")) == [9, 7, 3, 1]


def test_a_line_takes_a_word_more_where_its_marks_make_room() -> None:
    assert paragraph("一，二，三四五六七八九1,649.56", 15) == ["一，二，三四五六七八九1,649.56"]
    assert paragraph("一二三四五六七八九十甲1,649.56", 14) == ["一二三四五六七八九十甲", "1,649.56"]


def test_an_amount_is_not_broken_behind_its_separator() -> None:
    assert paragraph("一二三四五六七八九十甲乙1,649.56万元", 14)[1] == "1,649.56万元"


@pytest.mark.parametrize("characters", [11, 12, 13, 14, 15, 16])
def test_no_two_characters_stand_so_far_apart_that_a_reader_sees_a_space(characters: int) -> None:
    pdf = written("<p>一二三四五六七八九十12,345,678,901.23万元，甲乙丙。</p>", characters)
    assert max(gaps(pdf)) <= MOST_STRETCH + 0.005
    assert "".join(lines_of(pdf)) == "一二三四五六七八九十12,345,678,901.23万元，甲乙丙。"


def test_squeezed_marks_are_read_in_their_order() -> None:
    pdf = written("<p>甲（乙）。“丙”，“丁”；（戊）、《己》。</p>", 20)
    assert min(gaps(pdf)) < -0.4
    assert lines_of(pdf) == ["甲（乙）。“丙”，“丁”；（戊）、《己》。"]


@pytest.mark.parametrize(
    ("cell", "characters", "lines"),
    [
        ("<th>国有资本经营预算</th>", 7, ["国有资本", "经营预算"]),
        ("<td>国有资本经营预算</td>", 7, ["国有资本经营", "预算"]),
        ("<td>机关运转有序。</td>", 5, ["机关运转", "有序。"]),
        ("<th>一般公共预算财政拨款</th>", 3, ["一般公", "共预算", "财政", "拨款"]),
        ("<th>年初数</th>", 2, ["年初", "数"]),  # three characters over two lines: only a wider column helps
        ("<th>指标</th>", 1, ["指", "标"]),
    ],
)
def test_a_cell_does_not_end_with_a_lone_character(cell: str, characters: int, lines: list[str]) -> None:
    assert lines_of(written(f"<table><tr>{cell}</tr></table>", characters)) == lines


def test_a_paragraph_does_not_end_with_a_lone_character_and_its_other_lines_stay_full() -> None:
    text = "<p style='--lone-character: avoid'>一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰。</p>"
    assert lines_of(written(text, 12)) == ["一二三四五六七八九十甲乙", "丙丁戊己庚辛壬癸子丑寅", "卯辰。"]


def test_what_has_no_place_to_break_stays_within_its_cell() -> None:
    pdf = written(f"<table><tr><td>{'https://example.org/' + 'a' * 130}</td></tr></table>", 10)
    with pdfplumber.open(BytesIO(pdf)) as opened:
        assert max(char["x1"] for char in opened.pages[0].chars) <= (16 + 160) * 0.75 + 0.1
