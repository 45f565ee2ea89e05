"""What is replaced in WeasyPrint to make it quicker changes nothing: its own result is the measure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import css
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.targets import TargetCollector

from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.render.html import unit_html
from discgen.render.layout import cascade, faces, stamps, used
from discgen.render.layout.engine import QUICKER, laid_out
from discgen.render.layout.parsing import Page
from discgen.render.layout.unit import lay_out
from discgen.view.page import view_document
from discgen.view.units import units_of
from tests.excerpts import excerpt
from tests.readback import LAID_OUT
from tests.render.boxes import box_tree, weasyprints_own
from tests.render.pages_made import bodies, pages, sheets, whole

_PSEUDO = (None, "before", "after", "marker", "first-line", "first-letter", "footnote-call", "note-marker")


SAME_BYTES = (*cascade.REPLACEMENTS, *used.REPLACEMENTS, *faces.REPLACEMENTS)
WORKSPACE = Workspace(Path(__file__).parents[2])


@pytest.mark.slow
@pytest.mark.parametrize("target", [*LAID_OUT, Target("_example-all", 2025, "accounts")], ids=str)
def test_each_unit_of_an_example_is_the_same_artifact(target: Target) -> None:
    document = compose(WORKSPACE, target).document
    assert document
    view = excerpt(view_document(document))
    pages = [unit_html(view, unit) for unit in units_of(view)]
    ours = list(map(lay_out, pages))
    with weasyprints_own(SAME_BYTES):
        assert ours == list(map(lay_out, pages))


def trees(html: str) -> list[tuple[Any, ...]]:
    with weasyprints_own(stamps.REPLACEMENTS):  # page numbers in other margins than ours are refused
        return [box_tree(page._page_box) for page in laid_out(html).pages]  # noqa: SLF001 - they show no boxes


@given(sheets, st.lists(bodies, min_size=2, max_size=2))
@settings(max_examples=8)
def test_pages_laid_out_one_after_the_other_are_as_each_alone(sheet: str, made: list[str]) -> None:
    """A page leaves its styles to the next one under the same style sheet, and nothing else."""
    asked = [whole(sheet, body) for body in (*made, made[0])]
    ours = list(map(trees, asked))
    with weasyprints_own(QUICKER):
        assert ours == list(map(trees, asked))


def styles(html: str, names: Iterable[str] = INITIAL_VALUES) -> dict[Any, Any]:
    """Each property of each element, pseudo-element and kind of page."""
    page = Page(html)
    style_for = css.get_all_computed_styles(page, page_rules=[], layers=[], target_collector=TargetCollector())
    return {
        (number, pseudo): {name: str(style[name]) for name in names}
        for number, element in enumerate(page.etree_element.iter())
        for pseudo in _PSEUDO
        if (style := style_for(element, pseudo)) is not None
    }


_KINDS = [
    *(
        "td",
        ".a",
        "#one",
        "[class]",
        "[data-x=y]",
        "[data-x^=y]",
        "*",
        ":root",
        ":lang(en)",
        ":not(.a)",
        ":is(.a, td)",
        "td:is(.a)",
    ),
    *(
        "tr > .a",
        "section td",
        "td + td",
        "td ~ .a",
        "tr:first-child td",
        "tr + tr td",
        "tr:nth-child(2n) > td",
        "td:last-child",
    ),
    *(
        "td:empty",
        "tr:has(.a)",
        "tr:has(+ .a)",
        "td:nth-last-child(-n+2)",
        "p:only-child",
        "td:nth-of-type(2)",
        "p:only-of-type",
    ),
    *(
        ":nth-child(1 of .a)",
        "a:link",
        ":is(h2, p) + table",
        ":not(:first-child)",
        ":not(section *)",
        "section:not(:has(table)) p",
    ),
]


@pytest.mark.parametrize("selector", _KINDS)
def test_any_kind_of_selector_finds_what_it_finds_for_weasyprint(selector: str) -> None:
    row = "<tr{}><td>一</td><td{}>二</td><td></td></tr>"
    rows = (
        row.format("", "")
        + row.format(' class="a"', "")
        + row.format("", ' class="a"')
        + row.format("", ' data-x="yz"')
    )
    table = f"<table><tbody>{rows}</tbody></table>"
    body = f'<section lang="en"><h2>一</h2>{table}{table}<p>二 <a href="#one">三</a></p></section><section class="b a"><p>一</p></section>'
    html = whole(f"{selector} {{ color: #c00 }} {selector}::before {{ content: '前' }}", body)
    ours = styles(html, ("color",))
    with weasyprints_own(cascade.REPLACEMENTS):
        assert ours == styles(html, ("color",))


@given(pages)
@settings(max_examples=10)
def test_every_computed_value_is_weasyprints(html: str) -> None:
    ours = styles(html)
    with weasyprints_own(cascade.REPLACEMENTS):
        assert ours == styles(html)
