"""Pages of ours are read as an HTML parser reads them, or by one."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
import tinyhtml5
from hypothesis import given, settings

from discgen.render.html import render_html
from discgen.render.layout.parsing import Page, parsed
from discgen.view.page import view_document
from tests.conftest import Demo
from tests.render.pages_made import pages, whole


def tree(element: Any) -> Any:
    return element.tag, element.attrib, element.text, element.tail, list(map(tree, element))


def read_as_html(html: str) -> Any:
    return tree(tinyhtml5.parse(StringIO(html), namespace_html_elements=False))


def test_a_document_is_read_as_an_html_parser_reads_it(workspace: Demo) -> None:
    html = render_html(view_document(workspace.document()))
    root = parsed(html)
    assert root is not None
    assert tree(root) == read_as_html(html)


@given(pages)
@settings(max_examples=30)
def test_a_page_is_read_as_an_html_parser_reads_it(html: str) -> None:
    root = parsed(html)
    assert root is not None
    assert tree(root) == read_as_html(html)


@pytest.mark.parametrize("end", ["", " \n", "\n"])
@pytest.mark.parametrize("body", ["", "\n", "一", "<p>一</p>", "<p>一</p> \n"])
def test_blanks_around_the_body_stand_where_an_html_parser_has_them(body: str, end: str) -> None:
    html = f"<!DOCTYPE html>\n<html>\n<head><title>题</title></head> <body>{body}</body>\n</html>{end}"
    root = parsed(html)
    assert root is not None
    assert tree(root) == read_as_html(html)


@pytest.mark.parametrize(
    "body",
    [
        "<p>一<table><tr><td>二</td></tr></table></p>",
        "<p>一<p>二",
        "<table><tr><td>一</td></tr></table>",
        "<table><tbody>一<tr><td>二</td></tr></tbody></table>",
        "<div/>一",
        "<p>一&nbsp;二</p>",
        "<p>&#128;</p>",
        "<p title='一\n二'>三</p>",
        "<p Title='一'>二</p>",
        "<P>一</P>",
        "<p>一<!-- 二 --></p>",
        "<p>一</p\n><svg></svg>",
        "<a href='#b'>一<span><a href='#c'>二</a></span></a>",
        "<p>一\r\n二</p>",
        "<pre>\n一</pre>",
        "<style>p { content: '&amp;' }</style>",
        "<li><li>一</li></li>",
        "<b><p>一</b>二</p>",
    ],
)
def test_what_html_reads_otherwise_is_left_to_its_parser(body: str) -> None:
    html = whole("", body)
    assert parsed(html) is None
    assert tree(Page(html).etree_element) == read_as_html(html)


def test_a_style_sheet_with_a_character_of_xml_is_left_to_the_parser() -> None:
    assert parsed(whole("p::before { content: '&amp;' }", "")) is None
