"""Lines may be broken before “ and after ”, as Chinese is."""

from __future__ import annotations

import subprocess

import pytest

from discgen.render.pdf.quotes import allow_breaks
from discgen.render.pdf.write import write_pdf

TWELVE_TO_A_LINE = """<html lang="zh"><head><title>题</title><style>
@page { size: 220px 400px; margin: 0 }
p { width: 192px; margin: 0; font: 16px/20px "Noto Serif CJK SC", serif }
</style></head><body><p>%s</p></body></html>"""


def lines_of(text: str) -> list[str]:
    """The lines of the text as the PDF has them."""
    pdf = write_pdf(TWELVE_TO_A_LINE.replace("%s", text)).data
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
    assert lines_of(text) == lines


def test_headings_are_left_as_they_are_since_bookmarks_are_made_of_them() -> None:
    assert allow_breaks("<h2 id='a'>七、“三公”经费</h2>") == "<h2 id='a'>七、“三公”经费</h2>"


def test_attributes_are_left_as_they_are() -> None:
    assert allow_breaks("<p title='是“甲”的'>x</p>") == "<p title='是“甲”的'>x</p>"


def test_an_english_quotation_is_not_broken() -> None:
    assert allow_breaks("<p>the “word”s</p>") == "<p>the “word”s</p>"
