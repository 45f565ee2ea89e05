"""What templates ask of the medium they set a document for."""

from __future__ import annotations

from abc import ABC, abstractmethod

from discgen.narrative.blocks import Span
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.view.page import (
    AnnexView,
    ChartView,
    EvaluationView,
    GoalSheetView,
    HeadingView,
    ParagraphView,
)
from discgen.view.table import CellView, RowView, TableView


class Marks(ABC):
    """Attributes of elements, and how a figure is set: none, and as text, unless the medium has use for more."""

    def cover(self) -> str:
        """Attributes of the cover."""
        return ""

    def contents(self) -> str:
        """Attributes of the contents."""
        return ""

    def heading(self, heading: HeadingView) -> str:  # noqa: ARG002
        """Attributes of a heading."""
        return ""

    def paragraph(self, paragraph: ParagraphView) -> str:  # noqa: ARG002
        """Attributes of a paragraph; its spans follow."""
        return ""

    def sheet(self, sheet: TableView | GoalSheetView | EvaluationView | AnnexView) -> str:  # noqa: ARG002
        """Attributes of a sheet; its rows and parts follow."""
        return ""

    def row(self, row: RowView) -> str:  # noqa: ARG002
        """Attributes of a table's row; its cells follow."""
        return ""

    def part(self, name: str, number: int) -> str:  # noqa: ARG002
        """Attributes of a goal sheet's part: the `number`th of its `prose`, `goal` or `indicator` rows, from 0."""
        return ""

    def span(self, span: Span) -> str:
        """A run of text."""
        return span.text

    def cell(self, cell: CellView) -> str:
        """What a cell holds."""
        return cell.text

    def fund(self, page: GoalSheetPage, column: int, row: int = 0) -> str:
        """An amount of a goal sheet: of 实施期 (0) or 年度 (1), in the total's row (0) or a level's."""
        return page.funds[row - 1][1 + column] if row else page.totals[column]

    @abstractmethod
    def chart(self, chart: ChartView) -> str:
        """Attributes of a chart's image, its address first."""
