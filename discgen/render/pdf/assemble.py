"""Laid-out units to one PDF: their objects one after another, one outline, one set of named places, one structure tree.

The same units give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from discgen.cache import Cache, NoCache
from discgen.render.pdf.artifact import FIRST_FONT, PAGES, PARENT, Artifact, Bookmark, Font, Overflow, Page, real
from discgen.render.pdf.attachments import AttachedFile
from discgen.render.pdf.file import File, text_string
from discgen.render.pdf.fonts import put_font, subsets_of, united
from discgen.render.pdf.metadata import Properties, describe


class Piece(Struct, frozen=True):
    """A laid-out unit in its document. `part` counts the parts from 1; 0 is before them."""

    part: int
    artifact: Artifact


def page_numbers(artifacts: Iterable[Artifact]) -> dict[str, int]:
    """The number of the page, as it stands on it, where each named place is."""
    numbers: dict[str, int] = {}
    number = 0
    for artifact in artifacts:
        on_pages = []
        for page in artifact.pages:
            number += page.counts
            on_pages.append(number)
        for place in artifact.destinations:
            numbers.setdefault(place.name, on_pages[place.page])
    return numbers


def overflows(artifacts: Iterable[Artifact]) -> Iterator[Overflow]:
    """What stands outside its room; pages are the sheets of the file from 1."""
    before = 0
    for artifact in artifacts:
        for overflow in artifact.overflows:
            yield Overflow(before + overflow.page, overflow.text)
        before += len(artifact.pages)


def assemble(
    pieces: Sequence[Piece],
    properties: Properties,
    attached: Sequence[AttachedFile] = (),
    store: Cache | None = None,
    threads: int = 1,
) -> bytes:
    """The PDF. Fonts are cut down in up to so many threads; `store` keeps their subsets.

    Raises RuntimeError, which is a bug of ours, where the units do not make one document.
    """
    fonts = united(font for piece in pieces for font in piece.artifact.fonts)
    document = _Document(fonts)
    for piece in pieces:
        document.add(piece)
    for font, subset in zip(fonts, subsets_of(fonts, store or NoCache(), threads), strict=True):
        put_font(document.file, document.fonts[font.key], font, subset)
    return document.finished(properties, attached)


class _Entry(Struct):
    """An entry of the outline: its bookmark, where it leads, and what is below it."""

    bookmark: Bookmark
    destination: bytes
    below: list[_Entry] = field(default_factory=list)


class _Document:
    """A document that is being put together."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        file = self.file = File()
        self.catalog, self.pages, self.root, self.top = (file.reserve() for _ in range(4))
        self.fonts = {font.key: file.reserve() for font in fonts}
        self.page_objects: list[int] = []
        self.number = 0
        """The number of the last page."""
        self.elements: dict[int, list[int]] = {self.top: []}
        """Of each element above the units, those that stand in it."""
        self.main = 0
        self.parts: dict[int, int] = {}
        self.owners: dict[int, bytes] = {}
        """By the number of a page or annotation, the elements that it belongs to."""
        self.identified: list[int] = []
        self.outline: list[_Entry] = []
        self.open: list[_Entry] = []
        """The last entry of the outline and those above it."""
        self.places: dict[str, bytes] = {}
        self.links: set[str] = set()
        self.language = ""

    def add(self, piece: Piece) -> None:
        """Add the pages of a unit, and all that belongs to them."""
        artifact, file = piece.artifact, self.file
        before = file.reserve(artifact.count) - 1
        parent = self._parent(piece.part)
        fonts = {FIRST_FONT - place: self.fonts[font.key] for place, font in enumerate(artifact.fonts)}
        shared = {PAGES: self.pages, PARENT: parent, **fonts}
        objects = artifact.objects.filled(before, shared).split(b"\n")
        file.put_all(before + 1, objects)
        for number, stream in enumerate(artifact.streams, start=before + len(objects) + 1):
            file.put_stream(number, stream.dictionary.filled(before, shared), stream.data)
        pages = [before + page.number for page in artifact.pages]
        for number, page in zip(pages, artifact.pages, strict=True):
            self._add_page(artifact, page, number, before)
        self.elements[parent] += [before + element for element in artifact.elements]
        self.owners |= {before + one: _reference(before + owner) for one, owner in artifact.annotated}
        self.identified += [before + element for element in artifact.identified]
        for bookmark in artifact.bookmarks:
            self._add_bookmark(bookmark, _destination(pages[bookmark.page], bookmark.x, bookmark.y))
        for place in artifact.destinations:
            self.places.setdefault(place.name, _destination(pages[place.page], place.x, place.y))
        self.links |= set(artifact.links)
        self.language = self.language or artifact.language

    def _parent(self, part: int) -> int:
        """The element that the units of a part stand in: the document itself, or a section of its main part."""
        if not part:
            return self.top
        if not self.main:
            self.main = self.file.reserve()
            self.elements[self.main] = []
            self.elements[self.top].append(self.main)
        if part not in self.parts:
            self.parts[part] = self.file.reserve()
            self.elements[self.parts[part]] = []
            self.elements[self.main].append(self.parts[part])
        return self.parts[part]

    def _add_page(self, artifact: Artifact, page: Page, number: int, before: int) -> None:
        self.page_objects.append(number)
        self.number += page.counts
        self.owners[number] = b"[%s]" % _references(before + element for element in page.elements)
        if page.stamps:
            drawn = (stamp.drawn(self.number, artifact.figures[stamp.figures]) for stamp in page.stamps)
            self.file.put_stream(before + page.stamped, b"<<>>", b"\n".join(drawn))

    def _add_bookmark(self, bookmark: Bookmark, destination: bytes) -> None:
        entry = _Entry(bookmark, destination)
        while self.open and self.open[-1].bookmark.level >= bookmark.level:
            self.open.pop()
        (self.open[-1].below if self.open else self.outline).append(entry)
        self.open.append(entry)

    def finished(self, properties: Properties, attached: Sequence[AttachedFile]) -> bytes:
        """The bytes of the document."""
        if missing := self.links - self.places.keys():
            raise RuntimeError(f"links lead nowhere: {', '.join(sorted(missing))}")
        file = self.file
        file.put(
            self.pages,
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.page_objects), _references(self.page_objects)),
        )
        self._put_structure()
        description = describe(file, properties, self.language, attached)
        names = b"".join(b"%s%s" % (text_string(name), self.places[name]) for name in sorted(self.places))
        entries = b"/Type/Catalog/Pages %s/StructTreeRoot %s/Names<</Dests<</Names[%s]>>%s>>" % (
            *(_reference(self.pages), _reference(self.root), names, description.names),
        )
        if self.outline:
            entries += b"/Outlines %s" % _reference(self._put_outline())
        file.put(self.catalog, b"<<%s%s>>" % (entries, description.catalog))
        return file.finished(self.catalog, description.info)

    def _put_structure(self) -> None:
        file = self.file
        owners = b" ".join(b"%d %s" % (key, self.owners[key]) for key in sorted(self.owners))
        names = sorted((b"(%d)" % number, number) for number in self.identified)
        entries = b"/Type/StructTreeRoot/K[%s]/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d" % (
            *(_reference(self.top), owners, max(self.owners, default=0) + 1),
        )
        if names:
            entries += b"/IDTree<</Names[%s]>>" % b"".join(name + _reference(number) for name, number in names)
        file.put(self.root, b"<<%s>>" % entries)
        self._put_element(b"Document", self.top, self.root)
        if self.main:
            self._put_element(b"Part", self.main, self.top)
            for number in self.parts.values():
                self._put_element(b"Sect", number, self.main)

    def _put_element(self, kind: bytes, number: int, parent: int) -> None:
        kids = _references(self.elements[number])
        self.file.put(number, b"<</Type/StructElem/S/%s/P %s/K[%s]>>" % (kind, _reference(parent), kids))

    def _put_outline(self) -> int:
        number = self.file.reserve()
        first, last, count = self._put_entries(self.outline, number)
        entries = (_reference(first), _reference(last), count)
        self.file.put(number, b"<</Type/Outlines/First %s/Last %s/Count %d>>" % entries)
        return number

    def _put_entries(self, entries: Sequence[_Entry], parent: int) -> tuple[int, int, int]:
        """Entries beside each other: the numbers of the first and the last, and how many lines they open to."""
        first = self.file.reserve(len(entries))
        last = first + len(entries) - 1
        total = len(entries)
        for number, entry in enumerate(entries, start=first):
            data = b"/Title%s/Parent %s/Dest%s" % (
                *(text_string(entry.bookmark.title), _reference(parent), entry.destination),
            )
            if number > first:
                data += b"/Prev %s" % _reference(number - 1)
            if number < last:
                data += b"/Next %s" % _reference(number + 1)
            if entry.below:
                inner_first, inner_last, count = self._put_entries(entry.below, number)
                data += b"/First %s/Last %s" % (_reference(inner_first), _reference(inner_last))
                data += b"/Count %d" % (count if entry.bookmark.is_open else -count)
                total += count if entry.bookmark.is_open else 0
            self.file.put(number, b"<<%s>>" % data)
        return first, last, total


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _references(numbers: Iterable[int]) -> bytes:
    return b" ".join(map(_reference, numbers))


def _destination(page: int, x: float, y: float) -> bytes:
    return b"[%d 0 R/XYZ %s %s 0]" % (page, real(x), real(y))
