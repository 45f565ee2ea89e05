"""Comparisons as one HTML page, side by side, with all it needs inside it."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from discgen.characters import visible
from discgen.compare.change import Comparison
from discgen.compare.texts import marked
from discgen.compare.wording import by_topic, describe_difference, describe_pages, sections
from discgen.reference.folders import data_folder


def as_html(comparisons: Sequence[Comparison]) -> str:
    """The HTML of the page, which loads nothing from the network and runs no script."""
    environment = Environment(
        loader=FileSystemLoader(data_folder("templates") / "compare"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers = {f.__name__: f for f in (sections, by_topic, describe_difference, marked, describe_pages)}
    return environment.get_template("page.html.j2").render(comparisons=comparisons, **helpers)


def _shown(value: object) -> object:
    """A text with invisible characters as numbers: a mark of direction would show a reviewer another sentence."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
