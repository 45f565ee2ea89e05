"""What text is made of once it is written: headings, paragraphs of spans, charts, and places where sheets are inserted."""

from __future__ import annotations

from dataclasses import dataclass

from discgen.diagnostics import Place
from discgen.ledger.facts import Fact


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text; `fact` is the fact it shows, where it shows one, `place` where an author wrote it, if one did."""

    text: str
    fact: Fact | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading. `rank` 1 is a part, 2 a section."""

    rank: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Chart:
    """Where a chart stands: its title, and the parts it shows, each followed by last year's where these are known."""

    title: str
    parts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Insertion:
    """Where sheets or the glossary stand: which of them, by the word of the template (`!tables`, see `INSERTIONS`)."""

    kind: str


INSERTIONS = ("goal-sheets", "tables", "glossary", "annexes", "evaluations")

Block = Heading | Paragraph | Chart | Insertion
