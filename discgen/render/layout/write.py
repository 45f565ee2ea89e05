"""One HTML page to the bytes of a tagged PDF, the same bytes for the same page.

WeasyPrint's PDF/UA-1 variant gives tags, title and language. No date, random number or path
enters the file, and nothing is fetched: an address other than data in the page is refused.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher

from discgen.render.layout import breaks, justify, lines, structure
from discgen.render.layout.pages import Overflow, overflows

_ATTACHED = datetime(2000, 1, 1, tzinfo=UTC)
"""An attachment must have a date; any fixed one will do, today's would change the bytes."""


class MissingGlyphError(ValueError):
    """No font of this machine has these characters of the page."""

    def __init__(self, characters: frozenset[str]) -> None:
        super().__init__("".join(sorted(characters)))
        self.characters = characters


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that travels inside the PDF."""

    name: str
    description: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Pdf:
    """The bytes of a PDF, and the lines that their room on its pages does not hold."""

    data: bytes
    overflows: tuple[Overflow, ...]


def write_pdf(html: str, attached: tuple[AttachedFile, ...] = ()) -> Pdf:
    """The PDF.

    Raises MissingGlyphError where no font can show a character, and RuntimeError, which is a bug of ours, where the
    page is not what the variant asks for.
    """
    justify.install()
    lines.install()
    structure.install()
    with _complaints() as complaints, _without_collection():
        document = HTML(
            string=breaks.keep_units(breaks.allow_breaks(html)), url_fetcher=URLFetcher(allowed_protocols=("data",))
        ).render()
        outside = tuple(overflows(document))
        structure.mark_artifacts(document)
        data: bytes = document.write_pdf(
            finisher=_finish,
            pdf_variant="pdf/ua-1",
            pdf_identifier=True,
            attachments=[_attachment(file) for file in sorted(attached, key=lambda file: file.name)],
        )
    missing = frozenset(map(_without_glyph, complaints)) - {""}
    if missing:
        raise MissingGlyphError(missing)
    if complaints:
        raise RuntimeError("; ".join(complaint.getMessage() for complaint in complaints))
    return Pdf(data, outside)


def _without_glyph(complaint: logging.LogRecord) -> str:
    """The character that has no glyph: WeasyPrint's only warning about a character and its number."""
    match complaint.args:
        case (str(character), int(number)) if character == chr(number):
            return character
    return ""


def _attachment(file: AttachedFile) -> Attachment:
    return Attachment(
        string=file.data.decode(),
        name=file.name,
        description=file.description,
        created=_ATTACHED,
        modified=_ATTACHED,
        relationship="Data",
    )


def _finish(document: Any, pdf: pydyf.PDF) -> None:
    structure.finish(document, pdf)
    _relate_attachments(pdf)


def _relate_attachments(pdf: pydyf.PDF) -> None:
    """Say that the attached files are the document's data (ISO 32000-2, 14.13); WeasyPrint does so for PDF/A only."""
    files: list[Any] = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Filespec"]
    for file in files:
        file["AFRelationship"] = "/Data"
    if files:
        pdf.catalog["AF"] = pydyf.Array([file.reference for file in files])


@contextmanager
def _without_collection() -> Iterator[None]:
    """Layout makes millions of objects and drops few: looking for garbage costs a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint warns of, kept from the terminal."""
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    logger.addHandler(collector)
    try:
        yield collector.records
    finally:
        logger.removeHandler(collector)
