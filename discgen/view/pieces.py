"""What a document is made of once it is laid out, ready to be set: texts, charts, tables and other sheets."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.model.disclosure import CatalogueEntry
from discgen.narrative.blocks import Paragraph
from discgen.view.chart import ChartView
from discgen.view.evaluations import EvaluationView
from discgen.view.goal_sheets import GoalSheetView
from discgen.view.table import TableView


class HeadingView(Struct, frozen=True):
    """A heading with its anchor and its level in the outline.

    `rank` is the level that the form numbers and sets it as, `page` the kind of page it shares
    with a table right below it.
    """

    anchor: str
    text: str
    level: int
    rank: int
    page: str = ""


class AnnexView(Struct, frozen=True):
    """An annex as a table: entries with their code in a column and their name in that of their level, by group."""

    anchor: str
    title: str
    levels: tuple[str, ...]
    groups: tuple[tuple[str, tuple[CatalogueEntry, ...]], ...]
    place: Place | None = None
    paper: str = "portrait"

    @property
    def address(self) -> str:
        """What the annex is called among the sheets of the document."""
        return self.anchor


Sheet = TableView | GoalSheetView | AnnexView | EvaluationView
"""What begins on a page of its own. Each has an `anchor`, an `address` that it keeps while others come and go, the `place`
in YAML where it is written (None where it comes from many), and the kind of `paper` that the style sheet gives it.
"""
Piece = HeadingView | Paragraph | ChartView | Sheet

_TEMPLATES: Mapping[type, str] = {
    HeadingView: "heading",
    Paragraph: "paragraph",
    ChartView: "chart",
    TableView: "table",
    GoalSheetView: "goal_sheet",
    AnnexView: "annex",
    EvaluationView: "evaluation",
}


def template_of(piece: Piece) -> str:
    """The name of the template that sets a piece, in `templates/document/`."""
    return f"{_TEMPLATES[type(piece)]}.html.j2"
