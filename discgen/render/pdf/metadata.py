"""What a file says of itself, and the files inside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from discgen import __version__
from discgen.render.pdf.file import File, text_string


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document is called, and whose it is."""

    title: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that travels inside the PDF."""

    name: str
    description: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Description:
    """Entries for the catalog and for its `Names`, and the number of the information dictionary."""

    catalog: bytes
    names: bytes
    info: int


def describe(file: File, properties: Properties, attached: Sequence[AttachedFile]) -> Description:
    """Write the metadata and the attached files."""
    producer = f"discgen {__version__}"
    info = file.add(
        b"<</Producer%s/Title%s/Author%s>>"
        % (text_string(producer), text_string(properties.title), text_string(properties.author))
    )
    metadata = file.add_stream(b"/Type/Metadata/Subtype/XML", _xmp(properties, producer), compressed=False)
    catalog = b"/Metadata %d 0 R" % metadata
    if not attached:
        return Description(catalog, b"", info)
    files = [(text_string(one.name), _attach(file, one)) for one in sorted(attached, key=lambda one: one.name)]
    names = b"/EmbeddedFiles<</Names[%s]>>" % b"".join(b"%s%d 0 R" % one for one in files)
    return Description(catalog + b"/AF[%s]" % b" ".join(b"%d 0 R" % number for _, number in files), names, info)


_ATTACHED = b"(D:20000101000000Z)"
"""An attachment must have a date; any fixed one will do, today's would change the bytes."""


def _attach(file: File, one: AttachedFile) -> int:
    checksum = hashlib.md5(one.data, usedforsecurity=False).hexdigest().encode()
    stream = file.add_stream(
        b"/Type/EmbeddedFile/Subtype/application#2fjson/Params<</CheckSum<%s>/Size %d/CreationDate%s/ModDate%s>>"
        % (checksum, len(one.data), _ATTACHED, _ATTACHED),
        one.data,
    )
    name = text_string(one.name)
    return file.add(
        b"<</Type/Filespec/F%s/UF%s/EF<</F %d 0 R/UF %d 0 R>>/Desc%s/AFRelationship/Data>>"
        % (name, name, stream, stream, text_string(one.description))
    )


def _xmp(properties: Properties, producer: str) -> bytes:
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" pdf:Producer="{escape(producer)}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(properties.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(properties.author)}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()
