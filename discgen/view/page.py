"""The whole document as a tree of ready strings; templates place them and decide nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from discgen.diagnostics import Diagnostic
from discgen.document import Document
from discgen.form.check_form import TITLE
from discgen.form.form import Form
from discgen.model.disclosure import Annex, load_annex
from discgen.narrative.blocks import Block, Chart, Heading, Paragraph
from discgen.phrases import numbered
from discgen.reference.vocabulary import name_of
from discgen.view.chart import view_chart
from discgen.view.evaluations import EvaluationView, evaluations
from discgen.view.goal_sheets import goal_sheets
from discgen.view.pieces import AnnexView, HeadingView, Piece
from discgen.view.table import TableView, view_table


class CoverLine(Struct, frozen=True):
    """A line of the cover; one is the title."""

    text: str
    is_title: bool


class ContentsEntry(Struct, frozen=True):
    """A line of the contents: where it leads, how it is called, how deep it stands."""

    anchor: str
    text: str
    level: int


class Section(Struct, frozen=True):
    """A part of the document: its pieces in order."""

    pieces: list[Piece] = field(default_factory=list)


class DocumentView(Struct, frozen=True):
    """Everything the document template places."""

    title: str
    department: str
    cover: tuple[CoverLine, ...]
    contents: tuple[ContentsEntry, ...]
    sections: tuple[Section, ...]
    draft: bool
    findings: tuple[str, ...]
    styles: str = ""
    """The form's style sheet, which stands behind the shipped one."""


def view_document(document: Document, *, draft: bool = False, findings: Sequence[Diagnostic] = ()) -> DocumentView:
    """The view of a document; a draft shows its findings first."""
    form, disclosure = document.form, document.disclosure
    cover = cover_lines(document)
    heading = next(line.text for line in cover if line.is_title)
    sections = _sections(document)
    return DocumentView(
        title=form.file_title.format(department=disclosure.department.name, title=heading, year=disclosure.year),
        department=disclosure.department.name,
        cover=cover,
        contents=tuple(_contents(sections, form)),
        sections=tuple(sections),
        draft=draft,
        findings=tuple(_line(finding) for finding in findings) if draft else (),
        styles="\n".join(form.styles),
    )


def cover_lines(document: Document) -> tuple[CoverLine, ...]:
    """What the cover says, in the form's order: whose document it is, and its title."""
    form, disclosure = document.form, document.disclosure
    region = disclosure.department.region
    title = form.document_title.format(year=disclosure.year, region=region.name, level=region.level)
    names = {"title": title, "department": disclosure.department.name}
    return tuple(CoverLine(line.format(**names), is_title=TITLE in line) for line in form.cover)


def _line(finding: Diagnostic) -> str:
    hint = f"（{finding.hint}）" if finding.hint else ""
    return f"{name_of('severity', finding.severity)} {finding.code} {finding.place} {finding.message}{hint}"


def _sections(document: Document) -> list[Section]:
    """A section a part; a heading of the first level begins one."""
    sections: list[Section] = []
    outline = Outline()
    for number, block in enumerate(document.text.blocks, start=1):
        if isinstance(block, Heading) and block.rank == 1:
            sections.append(Section())
        sections[-1].pieces.extend(_pieces(block, f"s{number}", document, outline))
    for section in sections:
        _settle_heading(section)
    return sections


def _settle_heading(section: Section) -> None:
    """A part that begins with a table or a report has its heading on the same page."""
    if len(section.pieces) > 1:
        first, second = section.pieces[:2]
        if isinstance(first, HeadingView) and isinstance(second, TableView | EvaluationView):
            section.pieces[0] = replace(first, page=second.paper)


def _pieces(block: Block, anchor: str, document: Document, outline: Outline) -> Sequence[Piece]:
    if isinstance(block, Heading):
        return [HeadingView(anchor, block.text, outline.enter(block.rank), block.rank)]
    if isinstance(block, Paragraph):
        return [block]
    if isinstance(block, Chart):
        return [view_chart(block, document.form)]
    return _sheets(block.kind, document, outline.below())


def _sheets(kind: str, document: Document, level: int) -> Sequence[Piece]:
    """The sheets that stand where a block says; `level` is that of a heading there."""
    match kind:
        case "tables":
            return [view_table(table, document) for table in document.tables]
        case "goal-sheets":
            return goal_sheets(document, level)
        case "evaluations":
            return evaluations(document)
        case "annexes":
            return [_annex(annex, f"a{n}") for n, annex in enumerate(document.disclosure.narrative.annexes, 1)]
    raise ValueError(f"no sheets are called {kind}")


_LEVELS = ("一级目录", "二级目录", "三级目录", "四级目录")


def _annex(annex: Annex, anchor: str) -> AnnexView:
    entries = load_annex(annex.data)
    depth = max(entry.level for entry in entries)
    groups = tuple((group, tuple(of_group)) for group, of_group in groupby(entries, key=lambda entry: entry.group))
    return AnnexView(anchor, f"附件：{annex.title}", _LEVELS[:depth], groups)


def _contents(sections: Sequence[Section], form: Form) -> Iterator[ContentsEntry]:
    """Headings of as many levels as the form lists, tables, annexes and reports."""
    for number, section in enumerate(sections, start=1):
        for piece in section.pieces:
            if isinstance(piece, HeadingView) and piece.level <= form.contents_levels:
                text = numbered(form.contents_part, number, title=piece.text) if piece.level == 1 else piece.text
                yield ContentsEntry(piece.anchor, text, piece.level)
            elif isinstance(piece, TableView):
                yield ContentsEntry(piece.anchor, piece.contents, 2)
            elif isinstance(piece, AnnexView):
                yield ContentsEntry(piece.anchor, piece.title, 2)
            elif isinstance(piece, EvaluationView):
                yield ContentsEntry(piece.anchor, piece.name, 2)


class Outline:
    """The headings that are open at a place of the document."""

    def __init__(self) -> None:
        self._ranks: list[int] = []

    def enter(self, rank: int) -> int:
        """The level of a heading of this rank, both from 1; headings of its rank and below it are closed."""
        self._ranks = [open_rank for open_rank in self._ranks if open_rank < rank] + [rank]
        return len(self._ranks)

    def below(self) -> int:
        """The level of what stands below the last heading."""
        return len(self._ranks) + 1
