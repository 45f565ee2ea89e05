"""What each text of a page comes from, remembered while the page is rendered."""

from __future__ import annotations

from markupsafe import Markup

from discgen.diagnostics import Place
from discgen.narrative.blocks import Paragraph, Span
from discgen.tables.table import Cell
from discgen.view.marks import Marks
from discgen.view.pieces import HeadingView, Sheet
from discgen.view.sheets import Figure
from discgen.view.table import CellView, RowView

Source = Span | Cell | Figure | Place | RowView | Sheet | HeadingView | str
"""What an element shows: a run of a sentence, an amount of a table or of a sheet, what is written at a place, the row or
the sheet that it is of; `cover` and `contents` by their names.
"""
ATTRIBUTE = "data-source"
"""Where an element names its source, by its number among those remembered."""


class SourceMarks(Marks):
    """Marks elements with the number of their source; `sources` are all of them in order."""

    def __init__(self) -> None:
        self.sources: list[Source] = []

    def cover(self) -> str:
        """The cover."""
        return self._of("cover")

    def contents(self) -> str:
        """The contents."""
        return self._of("contents")

    def heading(self, heading: HeadingView) -> str:
        """A heading."""
        return self._of(heading)

    def paragraph(self, paragraph: Paragraph) -> str:  # noqa: ARG002 - its spans know
        """A paragraph has no source of its own."""
        return ""

    def sheet(self, sheet: Sheet) -> str:
        """A sheet."""
        return self._of(sheet)

    def row(self, row: RowView) -> str:
        """A row of a table."""
        return self._of(row)

    def part(self, name: str, number: int, place: Place | None) -> str:  # noqa: ARG002
        """What is written at one place."""
        return self._of(place) if place else ""

    def span(self, span: Span) -> str:
        """A run of a sentence."""
        return self._around(span, span.text)

    def cell(self, cell: CellView) -> str:
        """An amount of a table."""
        return self._around(cell.amount, cell.text) if cell.amount else cell.text

    def figure(self, figure: Figure) -> str:
        """An amount of a sheet."""
        return self._around(figure, figure.text) if figure.fact else figure.text

    def _of(self, source: Source) -> str:
        self.sources.append(source)
        return Markup(' data-source="{}"').format(len(self.sources) - 1)

    def _around(self, source: Source, text: str) -> str:
        return Markup("<span{}>{}</span>").format(self._of(source), text)
