"""The sections of a Word file: the paper of its pages, their margins, and what stands at their head and foot."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from discgen.export.word.styles import Styles
from discgen.export.word.xml import Element, field, text_run, twips, w
from discgen.word.content import TAB, Pages, TextBlock
from discgen.word.style import Paper, Style
from discgen.word.templates import part_text

_HEAD = Style(families=("仿宋",), size=10.0, line=14.0)
_DRAFT = "草稿，不得公开"


class Sections:
    """Makes the sections of a file; heads and feet that are alike are one part."""

    def __init__(self, part: DocumentPart, styles: Styles, *, is_draft: bool) -> None:
        self._part = part
        self._styles = styles
        self._is_draft = is_draft
        self._heads: dict[tuple[str, str], str] = {}
        self._feet: dict[tuple[str | None, ...], str] = {}
        self._counts = False

    def section(self, pages: Pages) -> Element:
        """The properties of a section, in the order that the standard has them in."""
        paper = pages.paper
        title = _continued(pages)
        references = list(self._references(paper, title))
        orientation = {"orient": "landscape"} if paper.width > paper.height else {}
        top, right, bottom, left = map(twips, paper.margin)
        begins = pages.kind == "part" and not self._counts
        self._counts = self._counts or begins
        return w(
            "sectPr",
            *references,
            w("type", val="nextPage"),
            w("pgSz", w=twips(paper.width), h=twips(paper.height), **orientation),
            w(
                "pgMar",
                top=top,
                right=right,
                bottom=bottom,
                left=left,
                gutter=0,
                header=round(top * 0.6),
                footer=round(bottom * 0.45),
            ),
            w("pgNumType", start=1) if begins else None,
            w("titlePg") if any(title) else None,
        )

    def _references(self, paper: Paper, title: tuple[str, str]) -> Iterator[Element]:
        """What stands at the head and the foot of the pages, also at those of the first where it differs."""
        for kind in ("default", "first") if any(title) else ("default",):
            head = title if kind == "default" else ("", "")
            yield _reference("headerReference", kind, self._head(head, paper))
        for kind in ("default", "first") if any(title) else ("default",):
            yield _reference("footerReference", kind, self._foot(paper))

    def _head(self, title: tuple[str, str], paper: Paper) -> str:
        key = (TAB.join(title), str(paper.room))
        if key not in self._heads:
            part, self._heads[key] = self._part.add_header_part()
            _fill(part, list(self._head_paragraphs(title, paper)))
        return self._heads[key]

    def _head_paragraphs(self, title: tuple[str, str], paper: Paper) -> Iterator[Element]:
        if self._is_draft:
            look = self._styles.of_character(_HEAD)
            mark = w("r", parse_xml(part_text("watermark")))
            yield w("p", _aligned("center"), mark, text_run(_DRAFT, *look))
        if any(title):
            tab = w("tabs", w("tab", val="right", pos=twips(paper.room)))
            line = text_run(TAB.join(title), *self._styles.of_character(_HEAD))
            yield w("p", w("pPr", tab, w("spacing", line=twips(_HEAD.line), lineRule="exact"), _flush()), line)
        elif not self._is_draft:
            yield w("p", _aligned("left"))

    def _foot(self, paper: Paper) -> str:
        if paper.foot not in self._feet:
            part, self._feet[paper.foot] = self._part.add_footer_part()
            look = self._styles.of_character(paper.foot_style)
            runs: list[Element] = []
            for text in paper.foot:
                copied = list(map(copy, look))
                runs += [text_run(text, *copied)] if text else field("PAGE", (text_run("1", *copied),), look=look)
            _fill(part, [w("p", _aligned("center"), *runs)])
        return self._feet[paper.foot]


def _continued(pages: Pages) -> tuple[str, str]:
    """What stands above further pages of a sheet, on the left and on the right; nothing where it is one of a text."""
    texts = [block for block in pages.blocks if isinstance(block, TextBlock)]
    title = next((block for block in texts if block.style.is_continued), None)
    if title is None:
        return "", ""
    on_right = next((block.text.partition(TAB)[2] for block in texts if TAB in block.text), "")
    return f"{title.text}（续）", title.subject or on_right


def _reference(name: str, kind: str, relation: str) -> Element:
    reference = w(name, type=kind)
    reference.set(qn("r:id"), relation)
    return reference


def _fill(part: XmlPart, paragraphs: list[Element]) -> None:
    part.element[:] = paragraphs


def _flush() -> Element:
    return w("ind", firstLine=0, firstLineChars=0)


def _aligned(side: str) -> Element:
    return w("pPr", w("spacing", line=240, lineRule="auto"), _flush(), w("jc", val=side))
