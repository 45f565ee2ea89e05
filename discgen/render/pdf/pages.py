"""What stands on each page of a document once it is laid out, for telling pages apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import HTML
from weasyprint.formatting_structure import boxes
from weasyprint.urls import URLFetcher

from discgen.render.pdf import justify, lines


def page_contents(html: str) -> list[str]:
    """The text of each page and the addresses of its images, in order; page numbers in margins are left out."""
    justify.install()
    lines.install()
    document = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",))).render()
    return ["\n".join(_contents(page._page_box)) for page in document.pages]  # noqa: SLF001 - WeasyPrint has no other way


def _contents(page: Any) -> Iterator[str]:
    for child in page.children:
        if isinstance(child, boxes.MarginBox):
            continue
        for box in child.descendants():
            if isinstance(box, boxes.TextBox):
                yield box.text
            elif isinstance(box, boxes.ReplacedBox):
                yield box.element.get("src", "")
