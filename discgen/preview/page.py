"""A document as a page for the browser: sheets of paper, each known by its digest, and what can be asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from discgen.check.listing import LineReader
from discgen.diagnostics import Place
from discgen.document import Document
from discgen.explain.places import Shown, shown_places
from discgen.preview.marks import PageMarks, Spot
from discgen.reference.folders import data_folder
from discgen.render.html import environment
from discgen.view.page import DocumentView, view_document
from discgen.view.pieces import HeadingView, Piece, Sheet


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper: which kind, and its HTML. The same HTML has the same digest."""

    kind: str
    html: str

    @property
    def digest(self) -> str:
        """What the browser knows it by."""
        return sha256(f"{self.kind} {self.html}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """All papers of a document, with what they show; `line_at` reads the files as they were then."""

    title: str
    department: str
    papers: tuple[Paper, ...]
    spots: tuple[Spot, ...]
    numbers: Mapping[str, Shown]
    line_at: LineReader


def make_page(document: Document, line_at: LineReader) -> Page:
    """The page of a document."""
    view = view_document(document)
    shown = list(shown_places(document))
    marks = PageMarks(document, shown)
    papers = tuple(_papers(view, marks))
    for place in _places(shown):
        line_at(place)  # read now: the file may be another when somebody asks
    return Page(view.title, view.department, papers, tuple(marks.spots), marks.numbers, line_at)


def _places(shown: Sequence[Shown]) -> Iterator[Place]:
    files = {line.place.file: line.place for amount in shown for line in amount.lines}
    return iter(files.values())


def _papers(view: DocumentView, marks: PageMarks) -> Iterator[Paper]:
    for kind in ("cover", "contents"):
        template = environment("document").get_template(f"{kind}.html.j2")
        yield Paper(kind, template.render(view=view, marks=marks))
    template = environment("preview", "document").get_template("paper.html.j2")
    for section in view.sections:
        for kind, pieces in _on_papers(section.pieces):
            yield Paper(kind, template.render(pieces=pieces, marks=marks))


def _on_papers(pieces: Sequence[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """Which pieces share a paper: running text, and a sheet with the heading right above it."""
    held: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Sheet):
            held.append(piece)
            continue
        above = [held.pop()] if held and isinstance(held[-1], HeadingView) and held[-1].page else []
        if held:
            yield "text", held
            held = []
        yield piece.paper, [*above, piece]
    if held:
        yield "text", held


_WHOLE_PAGE = re.compile(r"^(html|body) \{", re.MULTILINE)
_PAGES = re.compile(r"^@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}\n", re.MULTILINE)


def paper_styles() -> str:
    """The style sheet of the PDF, whose rules for `html` and `body` are for the paper, and those for pages for print."""
    templates = data_folder("templates")
    document = (templates / "document" / "document.css").read_text(encoding="utf-8")
    screen = (templates / "preview" / "paper.css").read_text(encoding="utf-8")
    pages, rest = "".join(_PAGES.findall(document)), _PAGES.sub("", document)
    return f"{pages}.paper {{\n{_WHOLE_PAGE.sub('& {', rest)}\n}}\n{screen}"
