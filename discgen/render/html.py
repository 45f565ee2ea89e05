"""A document's view to one HTML page, styles and charts inside it."""

from __future__ import annotations

import base64
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from discgen.render.charts import bar_chart
from discgen.resources import data_folder
from discgen.view.page import ChartView, DocumentView


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(data_folder("templates") / "document"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["chart_source"] = chart_source
    return environment


def chart_source(chart: ChartView) -> str:
    """The chart as the address of an image."""
    svg = bar_chart(chart.labels, chart.values, chart.shown, chart.unit)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def render_html(view: DocumentView) -> str:
    """The page as text. The same view gives the same text."""
    return _environment().get_template("document.html.j2").render(view=view)
