"""The style sheet of the PDF made to hold for the papers of a page only, with that of the screen after it."""

from __future__ import annotations

import re

from discgen.resources import data_folder

_WHOLE_PAGE = re.compile(r"^(html|body) \{", re.MULTILINE)
_PAGES = re.compile(r"^@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}\n", re.MULTILINE)


def paper_styles() -> str:
    """What the document says of `html` and `body` is said of the paper; of pages, when the browser prints."""
    templates = data_folder("templates")
    document = (templates / "document" / "document.css").read_text(encoding="utf-8")
    screen = (templates / "preview" / "paper.css").read_text(encoding="utf-8")
    pages, rest = "".join(_PAGES.findall(document)), _PAGES.sub("", document)
    return f"{pages}.paper {{\n{_WHOLE_PAGE.sub('& {', rest)}\n}}\n{screen}"
