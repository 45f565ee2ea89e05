"""One unit of a document: its HTML page through WeasyPrint to an artifact, the same artifact for the same page.

WeasyPrint's PDF/UA tags give the structure. No date, random number or path enters what the file is made of, and nothing is
fetched: an address other than data in the page is refused.
"""

from __future__ import annotations

import logging

from weasyprint import DEFAULT_OPTIONS, pdf

from discgen.garbage import without_collection
from discgen.logs import logged
from discgen.render.layout import engine, stamps, structure
from discgen.render.layout.freeze import frozen
from discgen.render.layout.pages import overflows
from discgen.render.pdf.artifact import Artifact, MissingGlyphError

_OPTIONS = {**DEFAULT_OPTIONS, "pdf_tags": True, "pdf_version": "1.7"}


def lay_out(html: str) -> Artifact:
    """The unit, laid out.

    Raises MissingGlyphError where no font can show a character, and RuntimeError, which is a bug of ours, where the page is
    not what tags ask for, or what an artifact can hold.
    """
    with logged("weasyprint") as complaints, without_collection():
        artifact = _laid_out(html)
    missing = frozenset(map(_without_glyph, complaints)) - {""}
    if missing:
        raise MissingGlyphError(missing)
    if complaints:
        raise RuntimeError("; ".join(complaint.getMessage() for complaint in complaints))
    return artifact


def _laid_out(html: str) -> Artifact:
    document = engine.laid_out(html)
    outside = list(overflows(document))
    structure.mark_artifacts(document)
    file = pdf.generate_pdf(document, None, 1, **_OPTIONS)
    structure.finish(document, file)
    return frozen(document, file, stamps.numberings_of(document, file), outside)


def _without_glyph(complaint: logging.LogRecord) -> str:
    """The character that has no glyph: WeasyPrint's only warning about a character and its number."""
    match complaint.args:
        case (str(character), int(number)) if character == chr(number):
            return character
    return ""
