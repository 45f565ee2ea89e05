"""The document as the JSON that also travels inside its PDF."""

from __future__ import annotations

from discgen.document import Document
from discgen.document_json import disclosure_data


def as_json(document: Document) -> dict[str, bytes]:
    """`discgen.json`, in the structure of `discgen.document_json`."""
    return {"discgen.json": disclosure_data(document).encode()}
