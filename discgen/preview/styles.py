"""The style sheet of the PDF made to hold for the papers of a page only, with that of the screen after it."""

from __future__ import annotations

import re

from discgen.resources import data_folder

_WHOLE_PAGE = re.compile(r"^(html|body) \{", re.MULTILINE)


def paper_styles() -> str:
    """What the document says of `html` and `body` is said of the paper; `@page` means nothing on a screen."""
    templates = data_folder("templates")
    document = (templates / "document" / "document.css").read_text(encoding="utf-8")
    screen = (templates / "preview" / "paper.css").read_text(encoding="utf-8")
    return f".paper {{\n{_WHOLE_PAGE.sub('& {', document)}\n}}\n{screen}"
