"""What templates ask of the medium they set a document for."""

from __future__ import annotations

from abc import ABC, abstractmethod

from discgen.narrative.blocks import Span
from discgen.narrative.evaluations import EvaluationPage
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.view.pieces import AnnexView, ChartView, EvaluationView, GoalSheetView, HeadingView, ParagraphView
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
        """Attributes of a sheet's part, the `number`th of its name, from 0.

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

    def fund(self, page: GoalSheetPage, column: int, row: int = 0) -> str:
        """An amount of a goal sheet: of 实施期 (0) or 年度 (1), in the total's row (0) or a level's."""
        return page.funds[row - 1][1 + column] if row else page.totals[column]

    def spent(self, page: EvaluationPage, row: int, column: int) -> str:
        """A figure of a report's 预算执行情况, rows and columns from 0, the names of the rows left out."""
        return page.spending[row][1 + column]

    @abstractmethod
    def chart(self, chart: ChartView) -> str:
        """Attributes of a chart's image, its address first."""
