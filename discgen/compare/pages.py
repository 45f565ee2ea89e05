"""Which pages of two documents differ, once both are laid out."""

from __future__ import annotations

from difflib import SequenceMatcher

from discgen.compare.change import Pages
from discgen.document import Document
from discgen.render.html import render_html
from discgen.render.pdf.pages import page_contents
from discgen.view.page import view_document


def compare_pages(old: Document, new: Document) -> Pages:
    """The pages that differ, by number. A page that is merely further on than it was does not."""
    before, after = (page_contents(render_html(view_document(document))) for document in (old, new))
    gone: list[int] = []
    come: list[int] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += range(start + 1, end + 1)
            come += range(other_start + 1, other_end + 1)
    return Pages(tuple(gone), tuple(come), len(before), len(after))
