"""A chart as one of Word's own: bars with their figures, drawn by whoever opens the file, so that no font is needed here."""

from __future__ import annotations

from decimal import Decimal

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.parts.document import DocumentPart

from discgen.export.word.xml import Element, emus, w
from discgen.view.chart import Bar, ChartView
from discgen.word.templates import part_text


class Charts:
    """Puts charts into a file, numbered in their order."""

    def __init__(self, part: DocumentPart) -> None:
        self._part = part
        self._count = 0

    def draw(self, chart: ChartView, width: float) -> Element:
        """The run that shows a chart, so many points wide."""
        self._count += 1
        package = self._part.package
        assert package is not None
        amounts = [_amount(bar) for bar in chart.bars]
        text = part_text("chart", chart=chart, amounts=amounts, most=f"{_most(chart):.6g}")
        name = PackURI(f"/word/charts/chart{self._count}.xml")
        relation = self._part.relate_to(
            Part(name, CONTENT_TYPE.DML_CHART, text.encode(), package), RELATIONSHIP_TYPE.CHART
        )
        size = {"width": emus(width), "height": emus(chart.height)}
        return w("r", parse_xml(part_text("drawing", chart=chart, number=self._count, relation=relation, **size)))


def _amount(bar: Bar) -> Decimal:
    """The amount as it is printed, in the unit of the chart."""
    return Decimal(bar.figures.partition("（")[0].replace(",", ""))


def _most(chart: ChartView) -> float:
    """The amount at which the room for bars ends: that of the longest leaves its figures their place."""
    longest = max(chart.bars, key=lambda bar: bar.length)
    return float(_amount(longest)) / longest.length * (chart.width - chart.start) if longest.length else 1.0
