"""What a document is made of once it is laid out: headings, paragraphs, charts, tables and sheets, ready to be set."""

from __future__ import annotations

from dataclasses import dataclass

from discgen.model.disclosure import CatalogueEntry
from discgen.narrative.blocks import Span
from discgen.narrative.evaluations import EvaluationPage, ScoreRow
from discgen.narrative.goal_sheets import GoalSheetPage, IndicatorRow
from discgen.view.groups import Numbered
from discgen.view.table import TableView


@dataclass(frozen=True, slots=True)
class HeadingView:
    """A heading with its anchor and its level in the outline.

    `rank` is the level that the form numbers and sets it as, `page` the kind of page it shares
    with a table right below it.
    """

    anchor: str
    text: str
    level: int
    rank: int
    page: str = ""
    template: str = "heading"


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph as runs of text."""

    spans: tuple[Span, ...]
    template: str = "paragraph"


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart: its title, each part's label, length and figures, and what it says to one who cannot see it."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    shown: tuple[str, ...]
    unit: str
    description: str
    template: str = "chart"


@dataclass(frozen=True, slots=True)
class GoalSheetView:
    """A goal sheet on a page of its own: its heading's `level`, and a `density` that says how small it must be set.

    One that needs more than a page `runs_on`.
    """

    anchor: str
    page: GoalSheetPage
    density: str
    runs_on: bool
    groups: tuple[Numbered[IndicatorRow], ...]
    level: int
    template: str = "goal_sheet"


@dataclass(frozen=True, slots=True)
class AnnexView:
    """An annex as a table: entries with their code in a column and their name in that of their level, by group."""

    anchor: str
    title: str
    levels: tuple[str, ...]
    groups: tuple[tuple[str, tuple[CatalogueEntry, ...]], ...]
    template: str = "annex"


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """A self-evaluation report, beginning on a page of its own."""

    anchor: str
    page: EvaluationPage
    groups: tuple[Numbered[ScoreRow], ...]
    template: str = "evaluation"


Piece = HeadingView | ParagraphView | ChartView | TableView | GoalSheetView | AnnexView | EvaluationView
