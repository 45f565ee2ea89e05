"""The document as the JSON that also travels inside its PDF."""

from __future__ import annotations

from discgen.data import disclosure_data
from discgen.document import Document


def as_json(document: Document) -> dict[str, bytes]:
    """`discgen.json`, in the structure of `discgen.data`."""
    return {"discgen.json": disclosure_data(document).encode()}
