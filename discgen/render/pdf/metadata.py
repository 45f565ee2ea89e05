"""What a file says of itself: that it is PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3), what it is called, its colours.

Both standards ask for a packet of XMP that anybody can read out of the file, so it is not compressed, and what it has in
common with the information dictionary is the same in both. PDF/A knows only its own properties: that of PDF/UA is
declared beside them. There are no dates: today's would change the bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct

from discgen import __version__
from discgen.render.pdf.attachments import AttachedFile, attach
from discgen.render.pdf.file import File, text_string


class Properties(Struct, frozen=True):
    """What the document is called, and whose it is."""

    title: str
    author: str = ""


class Description(Struct, frozen=True):
    """Entries for the catalog and for its `Names`, and the number of the information dictionary."""

    catalog: bytes
    names: bytes
    info: int


def describe(file: File, properties: Properties, language: str, attached: Sequence[AttachedFile]) -> Description:
    """Write the metadata and the attached files."""
    info = file.add(
        b"<</Title%s/Author%s/Producer%s>>"
        % (text_string(properties.title), text_string(properties.author), text_string(_PRODUCER))
    )
    packet = file.add_stream(b"/Type/Metadata/Subtype/XML", _xmp(properties, language), compressed=False)
    profile = file.add_stream(b"/N 3", _srgb_profile())
    intent = b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(%s)/Info(%s)/DestOutputProfile %d 0 R>>" % (
        *(_SRGB, _SRGB, profile),
    )
    associated, names = attach(file, attached)
    catalog = b"/Metadata %d 0 R/OutputIntents[%s]/Lang%s" % (packet, intent, text_string(language))
    catalog += b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"
    return Description(catalog + associated, names, info)


_PRODUCER = f"discgen {__version__}"
_SRGB = b"sRGB IEC61966-2.1"
"""What all colours of the pages are: those of styles and charts have three numbers and no space of their own."""


@cache
def _srgb_profile() -> bytes:
    """The profile by the International Color Consortium that WeasyPrint ships, read without loading WeasyPrint."""
    package = find_spec("weasyprint")
    assert package is not None
    assert package.origin is not None
    return (Path(package.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def _xmp(properties: Properties, language: str) -> bytes:
    title, author, language = (escape(text, quote=False) for text in (properties.title, properties.author, language))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdf:Producer>{_PRODUCER}</pdf:Producer>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
{_EXTENSION}
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode()


_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
