"""A page of ours read by expat, where that gives the tree that an HTML parser would.

tinyhtml5 reads HTML as browsers do, one character class at a time in Python. Our pages are well-formed but for elements
without an end tag, and use few elements. A page that is not so, or that an HTML parser would read otherwise (a paragraph
that holds a table, text between two rows), is left to tinyhtml5.
"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import cssselect2
from weasyprint import HTML, document
from weasyprint.urls import URLFetcher

from discgen.render.layout.replacement import replacement

_VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
_PHRASING = frozenset({"a", "b", "br", "code", "em", "i", "img", "small", "span", "strong", "sub", "sup", "u", "wbr"})
_FLOW = (
    frozenset({"article", "aside", "blockquote", "dl", "div", "figure", "footer", "header", "hr", "main", "nav", "ol"})
    | frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "p", "section", "table", "ul"})
    | _PHRASING
)
_ROWS = frozenset({"tr"})
_CHILDREN: dict[str, frozenset[str]] = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"link", "meta", "style", "title"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
    "colgroup": frozenset({"col"}),
    "thead": _ROWS,
    "tbody": _ROWS,
    "tfoot": _ROWS,
    "tr": frozenset({"td", "th"}),
    "ul": frozenset({"li"}),
    "ol": frozenset({"li"}),
    "dl": frozenset({"dt", "dd"}),
    "figure": _FLOW | {"figcaption"},
    "p": _PHRASING,
    **dict.fromkeys(("title", "style", *_VOID), frozenset()),
    **dict.fromkeys(_PHRASING - _VOID, _PHRASING),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _PHRASING),
    **dict.fromkeys(
        ("body", "article", "aside", "blockquote", "div", "footer", "header", "main", "nav", "section"), _FLOW
    ),
    **dict.fromkeys(("li", "dd", "dt", "caption", "figcaption", "td", "th"), _FLOW),
}
"""What an element may hold so that HTML and XML agree on where it ends."""
_BLANK_INSIDE = frozenset({"html", "head", "table", "colgroup", "thead", "tbody", "tfoot", "tr"})
"""Elements in which an HTML parser moves text elsewhere."""
_START = "<!DOCTYPE html>"
_UNSAFE = re.compile(
    r"<[!?]|/>|\r|&#(?!3[49];)|\s[^\s\"'<>=]+\s*=\s*(?:\"[^\"<]*[\t\n]|'[^'<]*[\t\n])|<style[^>]*>[^<]*&"
)
"""What HTML and XML read differently: comments, empty tags, line ends, numbers of characters, blanks in attributes, `&` in
a style sheet."""
_OPEN = re.compile(rf"<({'|'.join(sorted(_VOID))})((?:\s[^<>]*)?)>")
"""The tag of an element without an end."""
_ATTRIBUTE = re.compile("[a-z][a-z0-9-]*")


@cache
def _fetcher() -> URLFetcher:
    return URLFetcher(allowed_protocols=("data",))


class Page(HTML):
    """A page as WeasyPrint takes it, from its text; nothing outside it is read."""

    is_ours = False
    """Whether expat has read it."""

    def __init__(self, html: str) -> None:
        root = parsed(html)
        if root is None:
            super().__init__(string=html, url_fetcher=_fetcher())
            return
        # What HTML.__init__ sets; without a <base> there is no address to start from.
        self.is_ours = True
        self.base_url = None
        self.url_fetcher = _fetcher()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


def parsed(html: str) -> Any | None:
    """The root of the page's tree, as tinyhtml5 would make it, or None where only that can tell."""
    if not html.startswith(_START) or _UNSAFE.search(html, len(_START)):
        return None
    try:
        root = ET.fromstring(_OPEN.sub(r"<\1\2/>", html))  # noqa: S314 - it declares no entities: see _UNSAFE
    except ET.ParseError:
        return None
    if not _is_read_alike(root):
        return None
    _move_blanks(root, html.rpartition(">")[2])
    return root


def _is_read_alike(root: Any) -> bool:
    """Whether HTML would have the same elements inside each other."""
    if [child.tag for child in root] != ["head", "body"]:
        return False
    attributes: set[str] = set()
    for element in root.iter():
        may_hold = _CHILDREN.get(element.tag)
        if may_hold is None or not all(child.tag in may_hold for child in element):
            return False
        if element.tag in _BLANK_INSIDE and not _holds_blanks(element):
            return False
        attributes.update(element.attrib)
    return all(map(_ATTRIBUTE.fullmatch, attributes)) and all(len(list(link.iter("a"))) == 1 for link in root.iter("a"))


def _holds_blanks(element: Any) -> bool:
    return not (element.text or "").strip(" \n\t") and all(not (child.tail or "").strip(" \n\t") for child in element)


def _move_blanks(root: Any, behind: str) -> None:
    """Put the blanks around head and body where an HTML parser has them; those `behind` the page expat does not report."""
    root.text = None
    body = root[1]
    after, body.tail = (body.tail or "") + behind, None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + after or None
    else:
        body.text = (body.text or "") + after or None


_get_html_metadata = document.get_html_metadata


def _metadata(html: Any) -> dict[str, Any]:
    """Replaces `get_html_metadata`, which looks through all of a page: ours say in their heads what they are about."""
    if not (isinstance(html, Page) and html.is_ours):
        return dict(_get_html_metadata(html))
    head = next(html.wrapper_element.iter_children())
    parts = {"etree_element": html.etree_element, "base_url": html.base_url, "url_fetcher": html.url_fetcher}
    return dict(_get_html_metadata(SimpleNamespace(wrapper_element=head, **parts)))


REPLACEMENTS = (replacement(document, "get_html_metadata", _metadata),)
