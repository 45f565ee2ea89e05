"""Files that travel inside a PDF and say what the document was made from (ISO 19005-3, 6.8; ISO 32000-2, 14.13)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import Enum

from msgspec import Struct

from discgen.render.pdf.file import File, text_string


class Relationship(Enum):
    """What a file is to the document: what it was made from, or its figures for programs."""

    SOURCE = b"Source"
    DATA = b"Data"


class AttachedFile(Struct, frozen=True):
    """A file that travels inside the PDF; `name` is what readers save it by."""

    name: str
    description: str
    data: bytes
    media_type: str
    relationship: Relationship


_MODIFIED = b"(D:20000101000000Z)"
"""A file must have a date; any fixed one will do, today's would change the bytes."""


def attach(file: File, attached: Iterable[AttachedFile]) -> tuple[bytes, bytes]:
    """Write the files. The entry of the catalog, and that of its dictionary of names; nothing for no files."""
    # A tree of names is in the order of their bytes.
    added = [(text_string(one.name), _add(file, one)) for one in sorted(attached, key=lambda one: _in_bytes(one.name))]
    if not added:
        return b"", b""
    references = b" ".join(b"%d 0 R" % number for _, number in added)
    return b"/AF[%s]" % references, b"/EmbeddedFiles<</Names[%s]>>" % b"".join(b"%s %d 0 R" % pair for pair in added)


def _add(file: File, one: AttachedFile) -> int:
    checksum = hashlib.md5(one.data, usedforsecurity=False).hexdigest().encode()
    data = file.add_stream(
        b"/Type/EmbeddedFile/Subtype/%s/Params<</Size %d/CheckSum<%s>/ModDate%s>>"
        % (_subtype(one.media_type), len(one.data), checksum, _MODIFIED),
        one.data,
    )
    name = text_string(one.name)
    return file.add(
        b"<</Type/Filespec/F%s/UF%s/Desc%s/AFRelationship/%s/EF<</F %d 0 R/UF %d 0 R>>>>"
        % (name, name, text_string(one.description), one.relationship.value, data, data)
    )


def _in_bytes(name: str) -> bytes:
    return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


def _subtype(media_type: str) -> bytes:
    """A media type as a name of PDF, in which a stroke is written by its code."""
    return media_type.replace("/", "#2F").encode()
