"""What a page for the browser has and paper has not: keys of its elements, and figures that can be pressed.

A key says what an element is (a heading's words, a row's code) rather than how many stand before
it, so that it is still the same element after an edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from markupsafe import Markup

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.explain.places import REPORT_COLUMNS, SheetAmount, Shown
from discgen.model.evaluation import Evaluation
from discgen.model.project import GoalSheet
from discgen.narrative.blocks import Span
from discgen.narrative.evaluations import BACKGROUND, CLOSING, GOALS, EvaluationPage
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.render.charts import chart_size
from discgen.view.marks import Marks
from discgen.view.pieces import AnnexView, ChartView, EvaluationView, GoalSheetView, HeadingView, ParagraphView
from discgen.view.table import CellView, RowView, TableView

_PIXELS = 96
"""To an inch, in CSS."""
_PERIODS = ("whole_period", "annual")


@dataclass(frozen=True, slots=True)
class Spot:
    """An element of the page, and the places in YAML that it shows."""

    key: str
    places: tuple[Place, ...]


class PageMarks(Marks):
    """Marks one document, in the order in which it is rendered, and remembers what it marked.

    `spots` are the elements that show a place of YAML, `numbers` the figures by their address,
    `charts` the charts by the name of their file.
    """

    def __init__(self, document: Document, shown: Iterable[Shown]) -> None:
        self.spots: list[Spot] = []
        self.numbers: dict[str, Shown] = {}
        self.charts: dict[str, ChartView] = {}
        self._document = document
        self._sheets = {sheet.place: sheet for _, sheet in document.disclosure.goal_sheets()}
        # Cells and spans are told apart by being: two of them may look alike.
        self._shown = {_identity(one.printed): one for one in shown}
        self._used: Counter[str] = Counter()
        self._heading = self._at = self._sheet_key = ""
        self._sheet: TableView | GoalSheetView | EvaluationView | AnnexView | None = None
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

    def paragraph(self, paragraph: ParagraphView) -> str:
        """A paragraph is known by its heading and its place below it."""
        self._written = None
        facts = [span.fact for span in paragraph.spans if span.fact]
        return self._begin(f"{self._heading}/p", [line.place for fact in facts for line in fact.lines])

    def sheet(self, sheet: TableView | GoalSheetView | EvaluationView | AnnexView) -> str:
        """A table is known by its number, a sheet of a project by its file."""
        self._sheet = sheet
        file = self._file(sheet)
        self._sheet_key = f"{sheet.anchor[0]}:{PurePosixPath(file).stem}" if file else sheet.anchor
        return self._begin(self._sheet_key, [Place(file)] if file else [])

    def row(self, row: RowView) -> str:
        """A row is known by the row of the form that it is."""
        amounts = [cell.amount for cell in row.cells if cell.amount]
        lines = [line for cell in amounts if cell.answer for line in cell.answer.lines]
        return self._begin(f"{self._sheet_key}/{amounts[0].row if amounts else 'row'}", [line.place for line in lines])

    def part(self, name: str, number: int) -> str:
        """A row of a goal sheet or of a report shows what is written in one place of its file."""
        if isinstance(self._sheet, EvaluationView):
            place = self._report_place(self._sheet, name, number)
        else:
            assert isinstance(self._sheet, GoalSheetView)
            place = self._part_place(self._sheet.page, name, number)
        return self._begin(f"{self._sheet_key}/{name}{number}", [place] if place else [])

    def span(self, span: Span) -> str:
        """What an author wrote is an element of its own; a figure can be pressed."""
        inner = self._pressed(span, span.text)
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
        return self._pressed(cell.amount, cell.text, cell.amount.column) if cell.amount else cell.text

    def fund(self, page: GoalSheetPage, column: int, row: int = 0) -> str:
        """So can one of a goal sheet."""
        assert self._document.form.goal_sheet is not None
        level = ("", *self._document.form.goal_sheet.fund_levels)[row]
        self._at = f"{self._sheet_key}/{level or 'total'}.{_PERIODS[column]}"
        text = super().fund(page, column, row)
        return self._pressed(SheetAmount(page.place, _PERIODS[column], level), text)

    def spent(self, page: EvaluationPage, row: int, column: int) -> str:
        """So can one of a report, and a rate; points cannot."""
        assert isinstance(self._sheet, EvaluationView)
        text = super().spent(page, row, column)
        if column >= len(REPORT_COLUMNS):
            return text
        place, key = self._spending_place(self._sheet, row), REPORT_COLUMNS[column]
        return self._pressed(SheetAmount(place, key), text, key)

    def chart(self, chart: ChartView) -> str:
        """A chart is fetched when it comes into sight; its name says what is on it."""
        drawn = repr((chart.labels, chart.values, chart.shown, chart.unit))
        name = f"{sha256(drawn.encode()).hexdigest()[:16]}.svg"
        self.charts[name] = chart
        width, height = (round(inches * _PIXELS) for inches in chart_size(len(chart.values)))
        return Markup(' src="charts/{}" width="{}" height="{}" loading="lazy"').format(name, width, height)

    def _begin(self, key: str, places: Sequence[Place] = ()) -> str:
        """An element that those after it belong to."""
        self._at = self._new_key(key)
        if places:
            self.spots.append(Spot(self._at, tuple(dict.fromkeys(places))))
        return Markup(' data-at="{}"').format(self._at)

    def _new_key(self, key: str) -> str:
        self._used[key] += 1
        return key if self._used[key] == 1 else f"{key}~{self._used[key]}"

    def _pressed(self, printed: object, text: str, name: str = "n") -> str:
        shown = self._shown.get(_identity(printed))
        if shown is None:
            return text
        address = self._new_key(f"{self._at}/{name}")
        self.numbers[address] = shown
        if isinstance(printed, SheetAmount):
            self.spots.append(Spot(address, tuple(line.place for line in shown.lines)))
        return Markup('<span class="n" role="button" tabindex="-1" data-at="{}">{}</span>').format(address, text)

    def _file(self, sheet: TableView | GoalSheetView | EvaluationView | AnnexView) -> str:
        if isinstance(sheet, GoalSheetView):
            return sheet.page.place.file
        if isinstance(sheet, EvaluationView):
            return self._evaluation(sheet).place.file
        return ""

    def _evaluation(self, sheet: EvaluationView) -> Evaluation:
        return self._document.disclosure.evaluations[int(sheet.anchor[1:]) - 1]

    def _spending_place(self, sheet: EvaluationView, row: int) -> Place:
        evaluation = self._evaluation(sheet)
        return evaluation.spending[row - 1].place if row else evaluation.spending_place

    def _report_place(self, sheet: EvaluationView, name: str, number: int) -> Place | None:
        """Where a part of a report is written; None for a text that its author left out."""
        words, evaluation = self._document.form.evaluation, self._evaluation(sheet)
        assert words is not None
        if name == "score":
            return sheet.page.scores[number].place
        if name == "spending":
            return self._spending_place(sheet, number)
        texts, keys = {
            "background": (evaluation.prose, BACKGROUND),
            "goal": (evaluation.goals, GOALS),
            "plan": (evaluation.prose, ("plan",)),
            "results": (evaluation.results, tuple(words.results)),
            "closing": (evaluation.prose, CLOSING),
        }[name]
        text = texts.get(keys[number])
        return text.place if text else None

    def _part_place(self, page: GoalSheetPage, name: str, number: int) -> Place | None:
        words = self._document.form.goal_sheet
        sheet: GoalSheet = self._sheets[page.place]
        assert words is not None
        if name == "indicator":
            return page.indicators[number].place
        if name == "prose":
            return sheet.prose[tuple(words.prose)[number]].place
        goal = getattr(sheet, words.periods[number]).goal
        return goal.place if goal else None


def _identity(printed: object) -> object:
    return printed if isinstance(printed, SheetAmount) else id(printed)
