"""A document in units: what begins a page and can be laid out by itself, in the order in which it is printed.

No style looks over the edge of a unit. What does depend on a neighbour (a sheet below its heading, the end of a part) is
decided here and becomes a class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from discgen.narrative.blocks import Paragraph
from discgen.view.page import DocumentView, Section
from discgen.view.pieces import HeadingView, Piece, Sheet

Kind = Literal["findings", "cover", "contents", "part"]
"""What a unit is; also the name of the template that sets it. The first three are front matter, whose pages have no number."""


class Unit(Struct, frozen=True):
    """A cover and the like, whose content is the view's; or of a part a sheet with the heading above it, or a run of text.

    `part` counts the parts of the document from 1; 0 before them.
    """

    kind: Kind
    part: int = 0
    pieces: tuple[Piece, ...] = ()
    is_last_of_part: bool = False

    @property
    def is_front(self) -> bool:
        """Whether its pages have no number and do not count."""
        return self.kind != "part"

    @property
    def paper(self) -> str:
        """The kind of paper it is set on: its sheet's, `text`, or what it is."""
        if self.is_front:
            return self.kind
        last = self.pieces[-1]
        return last.paper if isinstance(last, Sheet) else "text"

    @property
    def placed(self) -> Iterator[tuple[Piece, str]]:
        """The pieces, each with the class of its place: `below-heading`, `ends-part`, or none."""
        for number, piece in enumerate(self.pieces, start=1):
            if isinstance(piece, Sheet) and number > 1:
                yield piece, "below-heading"
            elif isinstance(piece, Paragraph) and self.is_last_of_part and number == len(self.pieces):
                yield piece, "ends-part"
            else:
                yield piece, ""


def units_of(view: DocumentView) -> tuple[Unit, ...]:
    """All units of a document."""
    front: tuple[Kind, ...] = ("findings", "cover", "contents") if view.draft else ("cover", "contents")
    parts = (unit for number, section in enumerate(view.sections, start=1) for unit in _of_part(section, number))
    return (*map(Unit, front), *parts)


def _of_part(section: Section, part: int) -> Iterator[Unit]:
    runs = list(_runs(section.pieces))
    for number, run in enumerate(runs, start=1):
        yield Unit("part", part, tuple(run), number == len(runs))


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces by what they share a page with: running text, and a sheet with the heading right above it."""
    held: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Sheet):
            held.append(piece)
            continue
        above = [held.pop()] if held and isinstance(held[-1], HeadingView) and held[-1].page else []
        if held:
            yield held
            held = []
        yield [*above, piece]
    if held:
        yield held
