"""A document as a Word file: its pages written into the library's empty one, and packed without the time of day."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn

from discgen.document import Document
from discgen.export.archive import MADE, repacked
from discgen.export.word.body import Body
from discgen.export.word.chart import Charts
from discgen.export.word.sections import Sections
from discgen.export.word.styles import Styles
from discgen.export.word.xml import Element, w
from discgen.view.page import DocumentView, view_document
from discgen.word.content import Pages, TextBlock, content_of
from discgen.word.origin import Origin
from discgen.word.paging import page_numbers
from discgen.word.style import Style
from discgen.word.templates import part_text

_NOT_NEEDED = frozenset(
    {
        RELATIONSHIP_TYPE.CUSTOM_XML,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.THUMBNAIL,
        RELATIONSHIP_TYPE.WEB_SETTINGS,
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    }
)
"""Parts of the library's empty file that say nothing of ours."""
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
"""Properties that are a file's own: the type of their part, and of the relationship to it."""
_MODE = "15"
"""Word 2013 and later."""


def as_docx(document: Document, view: DocumentView | None = None) -> dict[str, bytes]:
    """`<year>-<kind>.docx`: what the PDF says, to be marked up in Word or WPS. A `view` may be that of a draft."""
    view = view or view_document(document)
    pages = list(content_of(view))
    word = docx.Document()
    styles = Styles(word.styles.element, _body_style(pages))
    contents = {entry.anchor: entry for entry in view.contents}
    body = Body(styles, contents, page_numbers(pages), Charts(word.part).draw)
    sections = Sections(word.part, styles, is_draft=view.draft)
    element = word.element.body
    element[:] = []
    for one in pages:
        element.extend(body.elements(one, sections.section(one)))
    _end_last_section(element)
    _settle(word)
    _describe(word, view)
    _add_properties(word, Origin.of(document.disclosure.target, pages).properties())
    made = BytesIO()
    word.save(made)
    fonts = part_text("fonts", fonts=styles.fonts).encode()
    disclosure = document.disclosure
    name = f"{disclosure.year}-{disclosure.target.kind}{'-draft' if view.draft else ''}.docx"
    return {name: repacked(made.getvalue(), lambda part, data: fonts if part == "word/fontTable.xml" else data)}


def _body_style(pages: list[Pages]) -> Style:
    """How most text is set: as the first paragraph is that is nothing else."""
    texts = (block for one in pages for block in one.blocks if isinstance(block, TextBlock) and block.name == "p")
    return next(texts).style


def _end_last_section(body: Element) -> None:
    """The last section is not its last paragraph's but the body's."""
    section = body[-1].find(f".//{qn('w:sectPr')}")
    assert section is not None
    body.append(section)


def _settle(word: WordDocument) -> None:
    """Leave out what the library's empty file brings, and let Word fill in the contents when it opens the file."""
    for source in (word.part, word.part.package):
        for key, relation in list(source.rels.items()):
            if relation.reltype in _NOT_NEEDED:
                del source.rels[key]
    settings = word.settings.element
    uri = "http://schemas.microsoft.com/office/word"
    settings[:] = [
        w("zoom", percent=100),
        w("characterSpacingControl", val="compressPunctuation"),
        w("updateFields", val="true"),
        w(
            "compat",
            w("useFELayout"),
            w("compatSetting", name="compatibilityMode", uri=uri, val=_MODE),
            w("compatSetting", name="overrideTableStyleFontSizeAndJustification", uri=uri, val="1"),
        ),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    ]


def _describe(word: WordDocument, view: DocumentView) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = view.title, view.department, view.department
    properties.language, properties.comments, properties.keywords = "zh-CN", "", ""
    properties.created = properties.modified = MADE
    properties.revision = 1


def _add_properties(word: WordDocument, values: Mapping[str, str]) -> None:
    package = word.part.package
    text = part_text("properties", properties=values)
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM, text.encode(), package)
    package.relate_to(part, _CUSTOM_PROPERTIES)
