from __future__ import annotations

import cssselect2
import pytest
from lxml import html

from discgen.word.style import Style, StyleSheet


def style(css: str, body: str = "<p>x</p>") -> Style:
    """How the first element of a body is set."""
    sheet = StyleSheet(css)
    root = cssselect2.ElementWrapper.from_html_root(html.document_fromstring(f"<html><body>{body}</body></html>"))
    own, element = Style(), root
    while True:
        own = sheet.style(element, own)
        children = [child for child in element.iter_children() if child.etree_element.tag != "head"]
        if not children:
            return own
        element = children[0]


def test_the_closer_selector_wins_whatever_comes_last() -> None:
    assert style(".a { font-size: 9pt } p { font-size: 12pt }", '<p class="a">x</p>').size == 9
    assert style("p { font-weight: normal } .a { font: bold 9pt serif }", '<p class="a">x</p>').is_bold
    assert not style("p { font: bold 9pt serif; font-weight: normal }").is_bold


def test_what_is_important_wins() -> None:
    assert style("p { padding-left: 2pt !important } .a { padding: 1pt }", '<p class="a">x</p>').padding[3] == 2


def test_an_indent_is_as_wide_as_the_characters_of_its_element() -> None:
    assert style("p { text-indent: 2em; font-size: 10pt }").indent == 20
    assert style("body { text-indent: 2em; font-size: 16pt } p { font-size: 10pt }").indent == 32


def test_fonts_have_names_of_several_words() -> None:
    css = 'p { font: 14pt/20pt "小标宋", Noto Serif CJK SC, serif }'
    assert style(css).families == ("小标宋", "Noto Serif CJK SC", "serif")
    assert style(css).line == 20


def test_a_variable_of_the_element_stands_before_what_a_rule_says() -> None:
    css = "p { font-size: var(--amount, 9pt) }"
    assert style(css).size == 9
    assert style(css, '<div style="--amount: 7.5pt"><p>x</p></div>').size == 7.5


def test_a_width_may_be_what_others_leave() -> None:
    assert style("p { width: 10% }").width == 10
    assert style("p { width: 10% } p:last-child { width: auto }").width is None


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [("A4", 210, 297), ("A3 landscape", 420, 297), ("landscape", 297, 210), ("260mm 184mm", 260, 184)],
)
def test_paper_has_the_size_that_its_page_says(size: str, width: int, height: int) -> None:
    paper = StyleSheet(f"@page {{ margin: 20mm }} @page wide {{ size: {size}; margin: 10mm 15mm }}").paper("wide")
    assert (round(paper.width * 25.4 / 72), round(paper.height * 25.4 / 72)) == (width, height)
    assert [round(side * 25.4 / 72) for side in paper.margin] == [10, 15, 10, 15]
    assert round(paper.room * 25.4 / 72) == width - 30


def test_the_foot_of_a_page_is_text_around_its_number() -> None:
    sheet = StyleSheet(
        '@page { @bottom-center { content: "— " counter(page) " —" } } @page front { @bottom-center { content: none } }'
    )
    assert sheet.paper("body").foot == ("— ", None, " —")
    assert sheet.paper("front").foot == ()
