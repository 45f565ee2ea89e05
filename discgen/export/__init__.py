"""A document's tables and lines as files for other programs. A module a format, but for JSON, which `discgen.document` makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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


FORMATS: Mapping[str, Callable[[Document], Files]] = {
    "xlsx": _as_xlsx,
    "csv": as_csv,
    "json": as_json,
    "datapackage": as_datapackage,
}
"""The formats there are, by the name that `--format` takes."""
FOLDERS = {"datapackage": "datapackage"}
"""Formats that have a folder of their own: a package's `lines.csv` is not the one that is made for spreadsheets."""
