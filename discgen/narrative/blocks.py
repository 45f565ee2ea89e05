"""What text is made of once it is written: headings, paragraphs of spans, charts, and places where sheets are inserted."""

from __future__ import annotations

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.ledger.facts import Fact


class Span(Struct, frozen=True):
    """A run of text; `fact` is the fact it shows, where it shows one, `place` where an author wrote it, if one did."""

    text: str
    fact: Fact | None = None
    place: Place | None = None


class Heading(Struct, frozen=True):
    """A numbered heading. `rank` 1 is a part, 2 a section."""

    rank: int
    text: str


class Paragraph(Struct, frozen=True):
    """One paragraph."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(span.text for span in self.spans)


class Chart(Struct, frozen=True):
    """Where a chart stands: its title, and the parts it shows, each followed by last year's where these are known."""

    title: str
    parts: tuple[Fact, ...]


class Insertion(Struct, frozen=True):
    """Where sheets or the glossary stand: which of them, by the word of the template (`!tables`, see `INSERTIONS`)."""

    kind: str


INSERTIONS = ("goal-sheets", "tables", "glossary", "annexes", "evaluations")

Block = Heading | Paragraph | Chart | Insertion
