"""A document as a page for the browser: sheets of paper, each known by its digest, and what can be asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from discgen.check.listing import LineReader
from discgen.diagnostics import Place
from discgen.document import Document
from discgen.explain.places import Shown, shown_places
from discgen.preview.marks import PageMarks, Spot
from discgen.reference.folders import data_folder
from discgen.render.html import render_unit
from discgen.view.page import view_document
from discgen.view.paper import TABLE_WIDTHS, geometry, page_rules
from discgen.view.units import units_of


class Paper(Struct, frozen=True):
    """A sheet of paper: which kind, and its HTML. The same HTML has the same digest."""

    kind: str
    html: str

    @property
    def digest(self) -> str:
        """What the browser knows it by."""
        return sha256(f"{self.kind} {self.html}".encode()).hexdigest()[:16]


class Page(Struct, frozen=True):
    """All papers of a document, with what they show; `line_at` reads the files as they were then."""

    title: str
    department: str
    papers: tuple[Paper, ...]
    spots: tuple[Spot, ...]
    numbers: Mapping[str, Shown]
    line_at: LineReader
    styles: str = ""
    """The form's style sheet."""


def make_page(document: Document, line_at: LineReader) -> Page:
    """The page of a document."""
    view = view_document(document)
    shown = list(shown_places(document))
    marks = PageMarks(document, shown)
    papers = tuple(Paper(unit.paper, render_unit(view, unit, marks)) for unit in units_of(view))
    for place in _places(shown):
        line_at(place)  # read now: the file may be another when somebody asks
    return Page(view.title, view.department, papers, tuple(marks.spots), marks.numbers, line_at, view.styles)


def _places(shown: Sequence[Shown]) -> Iterator[Place]:
    files = {line.place.file: line.place for amount in shown for line in amount.lines}
    return iter(files.values())


_WHOLE_PAGE = re.compile(r"^(html|body) \{", re.MULTILINE)
_PAGES = re.compile(r"^@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}\n", re.MULTILINE)


def paper_styles(own: str = "") -> str:
    """The style sheet of the PDF, that of its form (`own`) behind it, with the rules for pages before all: they are for print.

    Rules for `html` and `body` are for the paper.
    """
    templates = data_folder("templates")
    document = (templates / "document" / "document.css").read_text(encoding="utf-8")
    document = f"{document}\n{own}"
    screen = (templates / "preview" / "paper.css").read_text(encoding="utf-8")
    pages, rest = "".join(_PAGES.findall(document)), _PAGES.sub("", document)
    return f"{pages}.paper {{\n{_WHOLE_PAGE.sub('& {', rest)}\n}}\n{screen}{_sheets(document) if own else ''}"


def _sheets(document: str) -> str:
    """How wide the sheets of tables are, where the form's style sheet may say otherwise."""
    rules = list(page_rules(document))
    return "".join(f".paper.{name} {{ width: {geometry(rules, name).width:g}pt }}\n" for name in TABLE_WIDTHS)
