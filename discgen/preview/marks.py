"""What a page for the browser has and paper has not: keys of its elements, and figures that can be pressed.

A key says what an element is (a heading's words, a row's code) rather than how many stand before
it, so that it is still the same element after an edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.explain.places import Shown, identity
from discgen.narrative.blocks import Paragraph, Span
from discgen.tables.table import Cell
from discgen.view.marks import Marks
from discgen.view.pieces import HeadingView, Sheet
from discgen.view.sheets import Figure
from discgen.view.table import CellView, RowView


class Spot(Struct, frozen=True):
    """An element of the page, and the places in YAML that it shows."""

    key: str
    places: tuple[Place, ...]


class PageMarks(Marks):
    """Marks one document, in the order in which it is rendered, and remembers what it marked.

    `spots` are the elements that show a place of YAML, `numbers` the figures by their address.
    """

    def __init__(self, document: Document, shown: Iterable[Shown]) -> None:
        self.spots: list[Spot] = []
        self.numbers: dict[str, Shown] = {}
        self._document = document
        self._shown = {identity(figure.printed): figure for figure in shown}
        self._used: Counter[str] = Counter()
        self._heading = self._at = self._sheet_key = ""
        self._written: Place | None = None

    def cover(self) -> str:
        """The cover shows the department, and which document it is."""
        facts = self._document.disclosure.place.file
        department = self._document.disclosure.files[0].file
        return self._begin("cover", [Place(department), *(Place(facts, path=(key,)) for key in ("form", "year"))])

    def contents(self) -> str:
        """The contents show what stands elsewhere."""
        return self._begin("contents")

    def heading(self, heading: HeadingView) -> str:
        """A heading is known by its words."""
        self._heading = f"h:{heading.text}"
        return self._begin(self._heading)

    def paragraph(self, paragraph: Paragraph) -> str:
        """A paragraph is known by its heading and its place below it."""
        self._written = None
        facts = [span.fact for span in paragraph.spans if span.fact]
        return self._begin(f"{self._heading}/p", [line.place for fact in facts for line in fact.lines])

    def sheet(self, sheet: Sheet) -> str:
        """A table is known by its number, a sheet of a project by its file."""
        self._sheet_key = sheet.address
        return self._begin(self._sheet_key, [Place(sheet.place.file)] if sheet.place else [])

    def row(self, row: RowView) -> str:
        """A row is known by the row of the form that it is."""
        amounts = [cell.amount for cell in row.cells if cell.amount]
        lines = [line for cell in amounts if cell.answer for line in cell.answer.lines]
        return self._begin(f"{self._sheet_key}/{amounts[0].row if amounts else 'row'}", [line.place for line in lines])

    def part(self, name: str, number: int, place: Place | None) -> str:
        """A row of a goal sheet or of a report shows what is written in one place of its file."""
        return self._begin(f"{self._sheet_key}/{name}{number}", [place] if place else [])

    def span(self, span: Span) -> str:
        """What an author wrote is an element of its own; a figure can be pressed."""
        inner = self._pressed(span, span.text, f"{self._at}/n")
        if span.place is None:
            self._written = None
            return inner
        if span.place != self._written:
            self._written = span.place
            key = self._new_key(f"{self._at}/w")
            self._written_key = key
            self.spots.append(Spot(key, (span.place,)))
        return Markup('<span class="written" data-at="{}">{}</span>').format(self._written_key, inner)

    def cell(self, cell: CellView) -> str:
        """An amount can be pressed."""
        return self._pressed(cell.amount, cell.text, f"{self._at}/{cell.amount.column}") if cell.amount else cell.text

    def figure(self, figure: Figure) -> str:
        """A figure of a goal sheet or of a report can be pressed."""
        return self._pressed(figure, figure.text, f"{self._sheet_key}/{figure.key}")

    def _begin(self, key: str, places: Sequence[Place] = ()) -> str:
        """An element that those after it belong to."""
        self._at = self._new_key(key)
        if places:
            self.spots.append(Spot(self._at, tuple(dict.fromkeys(places))))
        return Markup(' data-at="{}"').format(self._at)

    def _new_key(self, key: str) -> str:
        self._used[key] += 1
        return key if self._used[key] == 1 else f"{key}~{self._used[key]}"

    def _pressed(self, printed: Cell | Span | Figure, text: str, key: str) -> str:
        shown = self._shown.get(identity(printed))
        if shown is None:
            return text
        key = self._new_key(key)
        self.numbers[key] = shown
        if isinstance(printed, Figure):
            self.spots.append(Spot(key, tuple(line.place for line in shown.lines)))
        return Markup('<span class="n" role="button" tabindex="-1" data-at="{}">{}</span>').format(key, text)
