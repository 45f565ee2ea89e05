"""Page numbers put into margins afterwards look as WeasyPrint draws them, whatever the style sheet says of them."""

from __future__ import annotations

import io
from typing import Any

import pdfplumber
import pytest

from discgen.render.layout.unit import lay_out
from discgen.render.pdf.assemble import Piece, assemble
from tests.laid_out import PROPERTIES, by_itself

PAGE = """<html lang="zh-CN"><head><title>题</title><style>
@page {{ size: 300pt 200pt; margin: 50pt 60pt 40pt; {style} }}
html {{ counter-reset: page {before}; font: 10pt "Liberation Sans" }}
p {{ break-before: page }}
</style></head><body>{body}</body></html>"""
FIRST, LAST = 95, 113
"""Numbers of two and three digits, with 11 and 111 among them: Liberation Serif has two of them closer together."""

Sign = tuple[Any, ...]


def signs(pdf: bytes) -> list[list[Sign]]:
    """The characters of each page with their places, sizes and colours, and the lines and boxes."""
    with pdfplumber.open(io.BytesIO(pdf)) as read:
        return [
            sorted(
                (
                    kind,
                    one.get("text", ""),
                    one.get("fontname", "").split("+")[-1],
                    one["non_stroking_color"],
                    *place(one),
                )
                for kind in ("char", "rect", "line")
                for one in page.objects.get(kind, [])
            )
            for page in read.pages
        ]


def place(one: dict[str, Any]) -> tuple[float, ...]:
    return tuple(round(one[edge], 2) for edge in ("x0", "top", "x1", "bottom"))


@pytest.mark.parametrize(
    "style",
    [
        '@bottom-center { content: "— " counter(page) " —"; font: 14pt "Times New Roman", "Liberation Serif", serif }',
        '@top-right { content: "第" counter(page) "页"; font: 9pt "Liberation Serif", "Noto Serif CJK SC" }',
        '@bottom-left { content: "-" counter(page) "-"; width: 70pt; text-align: right; letter-spacing: 2pt; color: #c00 }',
        '@left-middle { content: "p." counter(page); font: italic 12pt "Liberation Sans"; border: 1pt solid blue }',
        '@top-left { content: "左" } @top-center { content: counter(page) } @bottom-right { content: "2025年第" counter(page) }',
        '@bottom-left { content: "x" } @bottom-center { content: "/" counter(page); text-align: left } @bottom-right { content: "长一些" }',
    ],
)
def test_any_number_in_any_margin_is_drawn_as_by_weasyprint(style: str) -> None:
    whole = PAGE.format(style=style, before=FIRST - 1, body="<p>页</p>" * (LAST - FIRST + 1))
    first, other = (lay_out(PAGE.format(style=style, before=before, body="<p>页</p>")) for before in (FIRST - 1, 0))
    joined = assemble([Piece(0, first), *[Piece(0, other)] * (LAST - FIRST)], PROPERTIES)
    assert signs(joined) == signs(by_itself(whole))


def test_pages_without_a_number_count_as_the_style_sheet_says() -> None:
    style = "@bottom-center { content: counter(page) } } @page front { counter-increment: page 0; @bottom-center { content: none }"
    front = lay_out(PAGE.format(style=style, before=0, body='<p style="page: front">甲</p>' * 2))
    page = lay_out(PAGE.format(style=style, before=0, body="<p>乙</p>"))
    pages = signs(assemble([Piece(0, front), Piece(0, page), Piece(0, front), Piece(0, page)], PROPERTIES))
    assert ["".join(sign[1] for sign in page) for page in pages] == ["甲", "甲", "1乙", "甲", "甲", "2乙"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("counter(page) '/' counter(pages)", "how many pages"),
        ("counter(page, upper-roman)", "other figures"),
        ("counter(page) ' of ' counter(page)", "as others are"),
        ("counter(page) '\\A' 'x'; white-space: pre", "one line"),
        ("counter(page); letter-spacing: 2pt", "as others are"),
    ],
)
def test_what_a_number_in_a_margin_cannot_be_is_told(content: str, reason: str) -> None:
    with pytest.raises(RuntimeError, match=reason):
        lay_out(PAGE.format(style=f"@bottom-center {{ content: {content} }}", before=0, body="<p>页</p>"))


@pytest.mark.parametrize("other", ["string(said)", "'第' counter(part) '部'", "string(said, last)"])
def test_pages_that_look_alike_say_what_is_on_each_of_them(other: str) -> None:
    rules = "h1 { string-set: said content(); counter-increment: part } h1 + p { break-before: auto }"
    style = f"@top-left {{ content: {other} }} @bottom-right {{ content: counter(page) }} }} {rules} @page {{ margin-left: 61pt"
    body = "".join(f"<h1 style='break-before: page'>{said}</h1><p>页</p>" for said in ("甲", "乙乙乙", "甲"))
    whole = PAGE.format(style=style, before=0, body=body)
    assert signs(assemble([Piece(0, lay_out(whole))], PROPERTIES)) == signs(by_itself(whole))
