"""What is left of a unit of the document once it is laid out: all that its pages need in a PDF, wherever they stand in it.

Objects of a unit are numbered from 1; whoever puts a file together adds what the objects before them take. What a
unit shares with the others has a number below 0: `PAGES`, `PARENT`, and from `FIRST_FONT` downwards its fonts. Lengths on a page are in points from its lower
left corner, as in PDF. An artifact is data alone and goes through msgpack: nothing that is kept can run.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from msgspec import Struct, msgpack

PAGES: Final = -1
"""The root of the tree of pages."""
PARENT: Final = -2
"""The element that the unit's elements stand in."""
FIRST_FONT: Final = -3
"""The first of the fonts of a unit; those after it have the numbers below."""


class MissingGlyphError(ValueError):
    """No font of this machine has these characters of the page."""

    def __init__(self, characters: frozenset[str]) -> None:
        super().__init__("".join(sorted(characters)))
        self.characters = characters


class Overflow(Struct, frozen=True, array_like=True):
    """A line of text that is wider or lower than its room; `page` counts from 1."""

    page: int
    text: str


class Template(Struct, frozen=True, array_like=True):
    """Objects of PDF with `%d` where a number of an object stands, and those numbers in the order of their places."""

    text: bytes
    numbers: tuple[int, ...]

    def filled(self, before: int, shared: Mapping[int, int]) -> bytes:
        """The objects, where those of the unit come after `before` others."""
        return self.text % tuple([before + number if number > 0 else shared[number] for number in self.numbers])


class Stream(Struct, frozen=True, array_like=True):
    """A stream: its dictionary without the length, and its data as they are in the file."""

    dictionary: Template
    data: bytes


class Figures(Struct, frozen=True, array_like=True):
    """How a text with a number in it is drawn, whatever the number: its parts as content, with their widths in CSS pixels.

    By its digits: the text before a number that begins with one, a digit followed by another (at 10 × the first + the
    second), and the last digit with the text after it.
    """

    before: tuple[tuple[bytes, float], ...]
    pairs: tuple[tuple[bytes, float], ...]
    after: tuple[tuple[bytes, float], ...]

    def drawn(self, number: int) -> tuple[bytes, float]:
        """The text with a number from 0, and how wide it is."""
        digits = [int(digit) for digit in str(number)]
        parts = [self.before[digits[0]]]
        parts += [self.pairs[10 * one + next_] for one, next_ in pairwise(digits)]
        parts.append(self.after[digits[-1]])
        return b"".join(part for part, _ in parts), sum(width for _, width in parts)


class Stamp(Struct, frozen=True, array_like=True):
    """A page number in a page's margin, with the text around it.

    The text begins at `start` less `share` of its width: nothing of it where it is flush left, half where it is centred.
    Content and lengths are WeasyPrint's, in CSS pixels from the upper left corner of the page.
    """

    ahead: bytes
    start: float
    share: float
    behind: bytes
    figures: int
    """Which of the artifact's `figures` its text is drawn with."""

    def drawn(self, number: int, figures: Figures) -> bytes:
        """The content that shows a page number."""
        text, width = figures.drawn(number)
        return self.ahead + real(self.start - self.share * width) + self.behind + text


class Page(Struct, frozen=True, array_like=True):
    """A page: the numbers of its object and of the content that its stamps take, and by how much it raises the page number."""

    number: int
    stamped: int
    counts: int
    stamps: tuple[Stamp, ...]
    elements: tuple[int, ...]
    """The elements of the structure that hold its marked content, in order."""


class Bookmark(Struct, frozen=True, array_like=True):
    """An entry of the outline: its level from 1 and where it leads; `page` counts from 0."""

    level: int
    title: str
    page: int
    x: float
    y: float
    is_open: bool


class Destination(Struct, frozen=True, array_like=True):
    """A named place on a page; `page` counts from 0."""

    name: str
    page: int
    x: float
    y: float


class Font(Struct, frozen=True, array_like=True):
    """A font and which of its glyphs are drawn. Widths and heights are in thousandths of its size."""

    key: str
    """Its name in the contents of pages."""
    name: str
    """Its name in PDF."""
    family: str
    file: str
    index: int
    """Which of the faces in the file."""
    size: int
    """The length of the file in bytes."""
    checksum: int
    """What the font says of itself (`checkSumAdjustment` of its `head`)."""
    axes: Mapping[str, float]
    """Where it is held on the axes of a variable font."""
    flags: int
    ascent: int
    descent: int
    glyphs: Mapping[int, tuple[str, int]]
    """By its number in the file, what a glyph stands for and its width."""


class Artifact(Struct, frozen=True, array_like=True):
    """A laid-out unit."""

    language: str
    pages: tuple[Page, ...]
    objects: Template
    """The objects but for streams, numbered from 1, one a line."""
    streams: tuple[Stream, ...]
    """Numbered after the objects."""
    count: int
    """How many numbers the unit takes: objects, streams, and a page's stamps where it has any."""
    elements: tuple[int, ...]
    """The elements of the structure that stand in no other of the unit."""
    annotated: tuple[tuple[int, int], ...]
    """Annotations, each with the element that holds it."""
    identified: tuple[int, ...]
    """Elements that others name: each is called by its own number."""
    bookmarks: tuple[Bookmark, ...]
    destinations: tuple[Destination, ...]
    links: tuple[str, ...]
    """The names of the places that its links lead to."""
    fonts: tuple[Font, ...]
    """Those that are embedded once for all units."""
    figures: tuple[Figures, ...]
    overflows: tuple[Overflow, ...]


_decoder = msgpack.Decoder(Artifact)


def encode(artifact: Artifact) -> bytes:
    """The artifact to keep; the same artifact gives the same bytes."""
    return msgpack.encode(artifact)


def decode(data: bytes) -> Artifact:
    """A kept artifact. Raises msgspec.DecodeError where it is none."""
    return _decoder.decode(data)


def real(number: float) -> bytes:
    """A number in PDF, with as many decimals as WeasyPrint writes."""
    return f"{number:f}".rstrip("0").rstrip(".").encode()
