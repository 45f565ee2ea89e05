"""What is replaced in WeasyPrint to make it quicker changes nothing: its own result is the measure."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import css
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.targets import TargetCollector

from discgen.render.layout import cascade
from discgen.render.layout.engine import REPLACEMENTS, laid_out
from discgen.render.layout.parsing import Page
from tests.render.boxes import box_tree, weasyprints_own
from tests.render.pages_made import bodies, pages, sheets, whole

_PSEUDO = (None, "before", "after", "marker", "first-line", "first-letter", "footnote-call", "note-marker")


def trees(html: str) -> list[tuple[Any, ...]]:
    return [box_tree(page._page_box) for page in laid_out(html).pages]  # noqa: SLF001 - they show no boxes


@given(sheets, st.lists(bodies, min_size=2, max_size=2))
@settings(max_examples=8)
def test_pages_laid_out_one_after_the_other_are_as_each_alone(sheet: str, made: list[str]) -> None:
    """A page leaves its styles to the next one under the same style sheet, and nothing else."""
    asked = [whole(sheet, body) for body in (*made, made[0])]
    ours = list(map(trees, asked))
    with weasyprints_own(REPLACEMENTS):
        assert ours == list(map(trees, asked))


def styles(html: str) -> dict[Any, Any]:
    """Each property of each element, pseudo-element and kind of page."""
    page = Page(html)
    style_for = css.get_all_computed_styles(page, page_rules=[], layers=[], target_collector=TargetCollector())
    return {
        (number, pseudo): {name: str(style[name]) for name in INITIAL_VALUES}
        for number, element in enumerate(page.etree_element.iter())
        for pseudo in _PSEUDO
        if (style := style_for(element, pseudo)) is not None
    }


@given(pages)
@settings(max_examples=10)
def test_every_computed_value_is_weasyprints(html: str) -> None:
    ours = styles(html)
    with weasyprints_own(cascade.REPLACEMENTS):
        assert ours == styles(html)
