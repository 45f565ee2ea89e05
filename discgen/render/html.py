"""A document's view to HTML, styles and charts inside it: a small page for each unit, or the whole as one page."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from types import MappingProxyType

from jinja2 import FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from discgen.reference.folders import cache_shipped, data_folder
from discgen.sandbox import COMPILED_TEMPLATES, Sandbox
from discgen.view.chart import ChartView
from discgen.view.marks import Marks
from discgen.view.page import DocumentView
from discgen.view.pieces import template_of
from discgen.view.units import Unit, units_of

_MARKS = re.compile("([“”‘’])")


@cache_shipped
def environment(*folders: str) -> Sandbox:
    """Where templates are found and run: in these folders of `templates/`."""
    jinja = Sandbox(
        loader=FileSystemLoader([data_folder("templates") / folder for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED_TEMPLATES,
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


_NONE: Mapping[str, int] = MappingProxyType({})


def unit_html(view: DocumentView, unit: Unit, page_numbers: Mapping[str, int] = _NONE) -> str:
    """The page of a unit of the view as text. The same content gives the same text.

    Only the contents ask for `page_numbers`: those of all their entries, by anchor.
    """
    return _template("unit").render(view=view, unit=unit, page_numbers=page_numbers, marks=Marks())


def sample_html(*, draft: bool) -> str:
    """A page under the style sheet of all units, to get ready by."""
    return _template("sample").render(view={"draft": draft, "styles": ""})


def render_html(view: DocumentView) -> str:
    """The whole document as one page, in which whoever lays it out counts the pages. The same view gives the same text."""
    return _template("document").render(view=view, units=units_of(view), page_numbers=_NONE, marks=Marks())


def render_unit(view: DocumentView, unit: Unit, marks: Marks) -> str:
    """The elements of a unit with their marks, for a page that has the style sheet already."""
    return _template(unit.kind).render(view=view, unit=unit, page_numbers=_NONE, marks=marks)


def _template(name: str) -> Template:
    return environment("document").get_template(f"{name}.html.j2")
