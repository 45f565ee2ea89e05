"""A document as files for other programs: its tables and lines, or the whole of it as Word has it. A module a format, but
for JSON, which `discgen.document` makes, and Word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from discgen.diagnostics import Diagnostic
from discgen.document import Document, disclosure_data
from discgen.export.as_csv import as_csv
from discgen.export.as_datapackage import as_datapackage

Files = dict[str, bytes]
"""What a format makes: contents by file name."""


def as_json(document: Document) -> Files:
    """`discgen.json`, the JSON that also travels inside the PDF."""
    return {"discgen.json": disclosure_data(document).encode()}


def _as_xlsx(document: Document) -> Files:
    # The library takes as long to load as a check of one department: only this format pays for it.
    from discgen.export.as_xlsx import as_xlsx

    return as_xlsx(document)


def _as_docx(document: Document) -> Files:
    from discgen.export.word.file import as_docx

    return as_docx(document)


def _as_draft_docx(document: Document, findings: Sequence[Diagnostic]) -> Files:
    from discgen.export.word.file import as_docx
    from discgen.view.page import view_document

    return as_docx(document, view_document(document, draft=True, findings=findings))


FORMATS: Mapping[str, Callable[[Document], Files]] = {
    "docx": _as_docx,
    "xlsx": _as_xlsx,
    "csv": as_csv,
    "json": as_json,
    "datapackage": as_datapackage,
}
"""The formats there are, by the name that `--format` takes."""
DRAFTS: Mapping[str, Callable[[Document, Sequence[Diagnostic]], Files]] = {"docx": _as_draft_docx}
"""Those in which a document may be handed round before it is in order, with its findings on the first page."""
FOLDERS = {"datapackage": "datapackage"}
"""Formats that have a folder of their own: a package's `lines.csv` is not the one that is made for spreadsheets."""
