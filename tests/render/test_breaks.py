"""Lines may be broken before “ and after ”, as Chinese is; a number stays with its unit where a column has the room."""

from __future__ import annotations

import subprocess

import pytest

from discgen.render.layout.breaks import WORD_JOINER, allow_breaks, keep_units, loosened
from tests.laid_out import pdf_of
from tests.render.test_lines import lines_of, written

TWELVE_TO_A_LINE = """<html lang="zh"><head><title>题</title><style>
@page { size: 220px 400px; margin: 0 }
p { width: 192px; margin: 0; font: 16px/20px "Noto Serif CJK SC", serif }
</style></head><body><p>%s</p></body></html>"""


def narrow_lines(text: str) -> list[str]:
    """The lines of the text as the PDF has them."""
    pdf = pdf_of(TWELVE_TO_A_LINE.replace("%s", text))
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True)
    return read.stdout.decode().split()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六七八九十于“优”。后面", ["一二三四五六七八九十于", "“优”。后面"]),
        ("一二三四五六七八“甲乙”项目", ["一二三四五六七八“甲乙”", "项目"]),
        ("一二三四五六七八九甲乙”。项目", ["一二三四五六七八九甲", "乙”。项目"]),
        ("一二三四五六七八九甲（“乙”）", ["一二三四五六七八九甲", "（“乙”）"]),
    ],
)
def test_a_line_breaks_beside_a_quotation_but_not_inside_its_marks(text: str, lines: list[str]) -> None:
    assert narrow_lines(text) == lines


def test_headings_are_left_as_they_are_since_bookmarks_are_made_of_them() -> None:
    assert allow_breaks("<h2 id='a'>七、“三公”经费</h2>") == "<h2 id='a'>七、“三公”经费</h2>"


def test_attributes_are_left_as_they_are() -> None:
    assert allow_breaks("<p title='是“甲”的'>x</p>") == "<p title='是“甲”的'>x</p>"


def test_an_english_quotation_is_not_broken() -> None:
    assert allow_breaks("<p>the “word”s</p>") == "<p>the “word”s</p>"


def cell(text: str, characters: int) -> list[str]:
    return lines_of(written(f"<table><tr><td>{text}</td></tr></table>", characters))


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("面积≥150平方米", 6, ["面积", "≥150平方米"]),
        ("单价不超过≤1500元/套", 7, ["单价不超过", "≤1500元/套"]),
        ("≤129.54万元", 5, ["≤129.54", "万元"]),
        ("≤1800元/平方米", 6, ["≤1800元/", "平方米"]),
        ("15个工作日内", 5, ["15个", "工作日内"]),
        ("实际支出控制在20%以内", 8, ["实际支出控制在", "20%以内"]),
    ],
)
def test_a_quantity_stays_whole_where_the_column_has_room_for_it(text: str, characters: int, lines: list[str]) -> None:
    assert cell(text, characters) == lines


def test_joiners_stand_in_cells_only_and_between_a_number_and_its_unit_only() -> None:
    joined = keep_units("<p>共150平方米</p><td>共150平方米</td><td>第2项和第3项工作都已经完成</td>")
    assert joined.replace(WORD_JOINER, "|") == (
        "<p>共150平方米</p><td>共150|平|方|米</td><td>第2项和第3项工作都已经完成</td>"
    )


def test_an_escaped_sign_is_kept_as_it_is() -> None:
    assert keep_units("<td>&lt;20%</td>").replace(WORD_JOINER, "|") == "<td>&lt;|20%</td>"


def test_loosening_keeps_the_length_in_bytes_by_which_lines_are_counted() -> None:
    text = f"150{WORD_JOINER}米"
    assert len(loosened(text).encode()) == len(text.encode())
