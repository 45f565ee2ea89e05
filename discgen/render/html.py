"""A document's view to one HTML page, styles and charts inside it."""

from __future__ import annotations

import base64
import re

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from discgen.reference.folders import cache_shipped, data_folder
from discgen.view.chart import ChartView
from discgen.view.marks import Marks
from discgen.view.page import DocumentView
from discgen.view.pieces import template_of

_MARKS = re.compile("([“”‘’])")


@cache_shipped
def environment(*folders: str) -> ImmutableSandboxedEnvironment:
    """Where templates are found and run: in these folders of `templates/`."""
    jinja = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([data_folder("templates") / folder for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters.update(wide_marks=wide_marks, template=template_of, chart=chart_image)
    return jinja


def wide_marks(text: str) -> Markup:
    """The text with its quotation marks in elements of their own: not every Chinese font has them as wide as a character."""
    return Markup("").join(
        Markup('<span class="quote">{}</span>').format(part) if _MARKS.fullmatch(part) else part
        for part in _MARKS.split(text)
    )


def chart_image(chart: ChartView) -> str:
    """A chart as the address of its image, which holds all of it. The same chart gives the same address."""
    svg = environment("document").get_template("chart.svg.j2").render(chart=chart)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def render_html(view: DocumentView) -> str:
    """The page as text. The same view gives the same text."""
    return environment("document").get_template("document.html.j2").render(view=view, marks=Marks())
