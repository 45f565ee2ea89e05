"""The objects that WeasyPrint made of a laid-out unit, as an artifact: with numbers of the unit's own."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar

import pydyf
from weasyprint import pdf as weasyprint_pdf

from discgen.render.layout.fonts import UnitFonts, drawn_fonts
from discgen.render.layout.replacement import replacement
from discgen.render.layout.stamps import Numbering, Numberings
from discgen.render.layout.structure import POINTS_PER_PIXEL, ElementName
from discgen.render.pdf.artifact import (
    FIRST_FONT,
    PAGES,
    PARENT,
    Artifact,
    Bookmark,
    Destination,
    Font,
    Overflow,
    Page,
    Stream,
    Template,
)
from discgen.render.pdf.file import LEVEL, text_string
from discgen.render.pdf.fonts import united


def frozen(document: Any, pdf: pydyf.PDF, numberings: Numberings, overflows: Iterable[Overflow]) -> Artifact:
    """The artifact of a document whose objects, but for the fonts, `generate_pdf` has made."""
    fonts = united((*drawn_fonts(document.fonts), *numberings.fonts))
    freezer = _Freezer(pdf, numberings.pages, fonts)
    return Artifact(
        language=document.metadata.lang or "",
        pages=freezer.pages(),
        objects=freezer.template(freezer.dictionaries),
        streams=tuple(map(freezer.stream, freezer.streams)),
        count=freezer.count,
        elements=tuple(freezer.numbers_of(freezer.top["K"])),
        annotated=tuple(freezer.annotated),
        identified=tuple(freezer.numbers[item.number] for item in freezer.dictionaries if "ID" in item),
        bookmarks=_bookmarks(document),
        destinations=tuple(freezer.destinations()),
        links=tuple(
            sorted({target for page in document.pages for kind, target, *_ in page.links if kind == "internal"})
        ),
        fonts=tuple(fonts),
        figures=numberings.figures,
        overflows=tuple(overflows),
    )


def _links_and_places(pages: list[Any]) -> Iterator[tuple[list[Any], list[tuple[str, float, float]]]]:
    """The links of each page, also those that lead out of the unit, and its named places that no page before it has."""
    named: set[str] = set()
    for page in pages:
        places = {name: (x, y) for name, (x, y, *_) in page.anchors.items() if name not in named}
        named |= places.keys()
        yield page.links, [(name, x, y) for name, (x, y) in places.items()]


def _bookmarks(document: Any) -> tuple[Bookmark, ...]:
    return tuple(
        Bookmark(level, title, number, x * POINTS_PER_PIXEL, (page.height - y) * POINTS_PER_PIXEL, state != "closed")
        for number, page in enumerate(document.pages)
        for level, title, (x, y), state in page.bookmarks
    )


class _Number(int):
    """The new number of an object, where it stands as a number."""


class _Reference(int):
    """The new number of an object that is referred to."""


@cache
def _named(key: str) -> bytes:
    """The name of an entry."""
    return b"/%s " % key.encode().replace(b"%", b"%%")


class _Freezer:
    """The objects of a PDF under the numbers that they have in an artifact."""

    def __init__(self, pdf: pydyf.PDF, numberings: Sequence[Numbering], fonts: Sequence[Font]) -> None:
        objects: list[Any] = pdf.objects
        self._objects, self._numberings, self._catalog = objects, numberings, pdf.catalog
        root = self._at(pdf.catalog["StructTreeRoot"])
        tree = self._at(root["ParentTree"])
        self.top = self._at(root["K"][0])
        self._owners: list[Any] = tree["Nums"][1::2]
        """By pages, then by annotations, the elements that they belong to."""
        of_unit = next(item for item in objects if isinstance(item, UnitFonts))
        of_unit.update({font.key: _Reference(FIRST_FONT - place) for place, font in enumerate(fonts)})
        shared = {pdf.pages.number: PAGES, self.top.number: PARENT}
        left_out = {0, pdf.catalog.number, root.number, tree.number, *shared}
        kept = [item for item in objects if item.number not in left_out]
        self.dictionaries = [item for item in kept if not isinstance(item, pydyf.Stream)]
        self.streams = [item for item in kept if isinstance(item, pydyf.Stream)]
        self.numbers = {item.number: number for number, item in enumerate([*self.dictionaries, *self.streams], start=1)}
        self._references = {b"%d 0 R" % number: new for number, new in {**shared, **self.numbers}.items()}
        self._pages = [self._at(reference) for reference in pdf.page_references]
        stamped = [page.number for page, one in zip(self._pages, numberings, strict=True) if one.stamps]
        self._stamps = {number: len(self.numbers) + place for place, number in enumerate(stamped, start=1)}
        """By the number of a page, that of the content of its stamps."""
        self.annotated = [
            (self.numbers[item.number], self._references[self._owners[item["StructParent"]]])
            for item in self.dictionaries
            if "StructParent" in item
        ]
        """Annotations, each with the element that it belongs to."""
        self.count = len(self.numbers) + len(stamped)

    def _at(self, reference: bytes) -> Any:
        return self._objects[int(reference.split()[0])]

    def numbers_of(self, references: Sequence[Any]) -> list[int]:
        """The new numbers of what is referred to."""
        return [self._references[reference] for reference in references]

    def pages(self) -> tuple[Page, ...]:
        """The pages, but for what their objects say."""
        return tuple(
            Page(
                number=self.numbers[page.number],
                stamped=self._stamps.get(page.number, 0),
                counts=numbering.counts,
                stamps=numbering.stamps,
                elements=tuple(self.numbers_of(elements)),
            )
            for page, numbering, elements in zip(self._pages, self._numberings, self._owners, strict=False)
        )

    def destinations(self) -> list[Destination]:
        """The named places."""
        names = self._catalog.get("Names", {}).get("Dests", {}).get("Names", [])
        numbers = {page.reference: number for number, page in enumerate(self._pages)}
        return [
            Destination(name.string, numbers[page], x, y)
            for name, (page, _, x, y, _) in zip(names[::2], names[1::2], strict=True)
        ]

    def template(self, items: Sequence[Any]) -> Template:
        """Objects that are no streams, one a line."""
        numbers: list[int] = []
        lines = []
        for item in items:
            # What owns pages and annotations is looked up by their numbers.
            for key in ("StructParents", "StructParent"):
                if key in item:
                    item[key] = _Number(self.numbers[item.number])
            if stamps := self._stamps.get(item.number):
                item["Contents"] = pydyf.Array([item["Contents"], _Reference(stamps)])
            lines.append(self._text(item, numbers))
        return Template(b"\n".join(lines), tuple(numbers))

    def stream(self, stream: pydyf.Stream) -> Stream:
        """A stream with its data as they are in the file."""
        entries = pydyf.Dictionary(stream.extra)
        data = b"\n".join(map(pydyf._to_bytes, stream.stream))
        if stream.compress:
            entries["Filter"] = "/FlateDecode"
            data = zlib.compress(data, LEVEL)
        numbers: list[int] = []
        return Stream(Template(self._text(entries, numbers), tuple(numbers)), data)

    def _text(self, value: Any, numbers: list[int]) -> bytes:
        """A value as text of a template; the numbers that stand in it are added to those before it."""
        return self._writers.get(type(value), _Freezer._plain)(self, value, numbers)

    def _dictionary(self, value: Any, numbers: list[int]) -> bytes:
        writers, plain = self._writers, _Freezer._plain
        entries: list[bytes] = []
        for key, entry in value.items():
            entries += (_named(key), writers.get(type(entry), plain)(self, entry, numbers))
        return b"<<%s>>" % b"".join(entries)

    def _array(self, value: Any, numbers: list[int]) -> bytes:
        writers, plain = self._writers, _Freezer._plain
        return b"[%s]" % b" ".join([writers.get(type(entry), plain)(self, entry, numbers) for entry in value])

    def _bytes(self, value: bytes, numbers: list[int]) -> bytes:
        number = self._references.get(value)
        if number is None:
            return value.replace(b"%", b"%%")
        numbers.append(number)
        return b"%d 0 R"

    def _string(self, value: Any, _: list[int]) -> bytes:
        return text_string(value.string).replace(b"%", b"%%")

    def _name_of_element(self, value: ElementName, numbers: list[int]) -> bytes:
        numbers.append(self.numbers[value.element.number])
        return b"(%d)"

    def _number(self, value: int, numbers: list[int]) -> bytes:
        numbers.append(int(value))
        return b"%d"

    def _reference(self, value: int, numbers: list[int]) -> bytes:
        numbers.append(int(value))
        return b"%d 0 R"

    def _plain(self, value: Any, _: list[int]) -> bytes:
        return bytes(pydyf._to_bytes(value)).replace(b"%", b"%%")

    _writers: ClassVar[Mapping[type, Callable[[_Freezer, Any, list[int]], bytes]]] = {
        pydyf.Dictionary: _dictionary,
        pydyf.Array: _array,
        bytes: _bytes,
        pydyf.String: _string,
        ElementName: _name_of_element,
        _Number: _number,
        _Reference: _reference,
        UnitFonts: _dictionary,
    }


REPLACEMENTS = (
    replacement(weasyprint_pdf, "resolve_links", _links_and_places),
    replacement(weasyprint_pdf, "add_outlines", lambda *_: None),  # one outline is made of the bookmarks of all units
)
