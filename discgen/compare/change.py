"""The result of a comparison: a frozen record for each difference, gathered by document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from discgen.diagnostics import Diagnostic
from discgen.money import percent
from discgen.reference.vocabulary import name_of

TOTALS = "报表里的合计"
"""The heading of the totals, of which the short formats show the largest only."""


class Mark(StrEnum):
    """The kind of a difference, by the sign that is printed before it."""

    ADDED = "＋"
    REMOVED = "－"
    CHANGED = "改"

    @property
    def kind(self) -> str:
        """What files call it: `added`, `removed`, `changed`."""
        return self.name.lower()

    @property
    def word(self) -> str:
        """The sign in a word."""
        return str(self) if self is Mark.CHANGED else name_of("change", self.kind)

    @property
    def label(self) -> str:
        """The sign with its word, which a sign before an amount needs: `－ 删去`."""
        return str(self) if self.word == self else f"{self} {self.word}"


class Amounts(Struct, frozen=True):
    """An amount in 元 before and after; None where there was or is none. `unit` is that in which it is shown."""

    before: Decimal | None
    after: Decimal | None
    unit: str

    @property
    def difference(self) -> Decimal:
        """How much more it is, in 元."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The same in hundredths of what it was; None where it was nothing, or either state has no such line."""
        if self.before is None or self.after is None:
            return None
        return percent(self.difference, abs(self.before))


class Change(Struct, frozen=True):
    """One difference. `topic` is what it belongs to; `before` and `after` are as they are shown, empty for nothing.

    `is_text` says that they are sentences, in which the part that differs is worth marking.
    """

    topic: str
    title: str
    before: str
    after: str
    mark: Mark
    amounts: Amounts | None = None
    is_text: bool = False


class Pages(Struct, frozen=True):
    """Pages by their number in the file, from 1: those of the old one that went or differ, and those of the new one."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    count_before: int
    count_after: int


class Consequences(Struct, frozen=True):
    """What of a document differs: cells of tables, sentences, goal sheets and reports, charts."""

    cells: tuple[Change, ...] = ()
    totals: tuple[Change, ...] = ()
    sentences: tuple[Change, ...] = ()
    sheets: tuple[Change, ...] = ()
    charts: tuple[Change, ...] = ()

    def sections(self) -> Iterator[tuple[str, tuple[Change, ...]]]:
        """The parts in the order they are shown, with their headings; those in which nothing differs are left out."""
        parts = (
            ("报表", self.cells),
            (TOTALS, self.totals),
            ("文字说明", self.sentences),
            ("绩效目标表和自评报告", self.sheets),
            ("图", self.charts),
        )
        return ((title, changes) for title, changes in parts if changes)


class Comparison(Struct, frozen=True):
    """One document in two states. `notes` say what could not be compared, and why; `bugs` are errors of the program."""

    old: str
    new: str
    facts: tuple[Change, ...] = ()
    consequences: Consequences = field(default_factory=Consequences)
    pages: Pages | None = None
    notes: tuple[str, ...] = ()
    bugs: tuple[Diagnostic, ...] = ()

    @property
    def title(self) -> str:
        """`lvliang-xzsp/2023`, or both names where they are not the same."""
        return self.old if self.old == self.new else f"{self.old} → {self.new}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs, and nothing stood in the way of seeing it."""
        paged = self.pages is not None and bool(self.pages.before or self.pages.after)
        return not (self.facts or self.notes or paged or any(self.consequences.sections()))


def mark_of(before: object, after: object) -> Mark:
    """How an item differs, either state of which may be nothing."""
    if not before:
        return Mark.ADDED
    return Mark.CHANGED if after else Mark.REMOVED
