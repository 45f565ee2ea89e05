"""Hooks of the document templates: attributes and figures, which paper leaves plain and the preview fills."""

from __future__ import annotations

from discgen.diagnostics import Place
from discgen.narrative.blocks import Paragraph, Span
from discgen.view.pieces import HeadingView, Sheet
from discgen.view.sheets import Figure
from discgen.view.table import CellView, RowView


class Marks:
    """The hooks for paper: elements have no attributes, and a figure is its text. The preview overrides them."""

    def cover(self) -> str:
        """Attributes of the cover."""
        return ""

    def contents(self) -> str:
        """Attributes of the contents."""
        return ""

    def heading(self, heading: HeadingView) -> str:  # noqa: ARG002
        """Attributes of a heading."""
        return ""

    def paragraph(self, paragraph: Paragraph) -> str:  # noqa: ARG002
        """Attributes of a paragraph; its spans follow."""
        return ""

    def sheet(self, sheet: Sheet) -> str:  # noqa: ARG002
        """Attributes of a sheet; its rows and parts follow."""
        return ""

    def row(self, row: RowView) -> str:  # noqa: ARG002
        """Attributes of a table's row; its cells follow."""
        return ""

    def part(self, name: str, number: int, place: Place | None) -> str:  # noqa: ARG002
        """Attributes of a sheet's part, the `number`th of its name, from 0, and where it is written, if it is.

        Of a goal sheet `prose`, `goal` and `indicator`; of a report `background`, `goal`, `plan`,
        `spending` (from 0, which is 合计), `score`, `results` and `closing`.
        """
        return ""

    def span(self, span: Span) -> str:
        """A run of text."""
        return span.text

    def cell(self, cell: CellView) -> str:
        """What a cell holds."""
        return cell.text

    def figure(self, figure: Figure) -> str:
        """A figure of a goal sheet or of a report."""
        return figure.text
