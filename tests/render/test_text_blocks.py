"""Lines of blocks and cells that hold one text are where WeasyPrint itself puts them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discgen.render.layout import text_blocks
from discgen.render.layout.engine import laid_out
from tests.render.boxes import WITHOUT_SHRINKING, box_tree, weasyprints_own
from tests.render.test_lines import PAGE
from tests.render.test_shaping import BLOCKS, Block

WHOLE = PAGE.replace("{ size: 480px 600px;", "{ size: 480px 300px;")
"""Pages end between lines."""
UNUSUAL = st.sampled_from(
    (
        *(
            "",
            "",
            "",
            "line-height: 9px",
            "line-height: 2",
            "vertical-align: middle",
            "padding: 3px 7px",
            "height: 70px",
        ),
        *("direction: rtl", "white-space: pre-wrap", "white-space: pre", "float: left", "position: relative; top: 3px"),
        *("orphans: 3; widows: 4", "break-inside: avoid", "font-size: 0", "hyphens: auto", "text-align-last: justify"),
        *("margin: 9px -3px 40px 12px", "border: 2px solid", "overflow: hidden", "max-lines: 2", "vertical-align: top"),
    )
)
UNUSUAL_BLOCKS = st.builds(lambda block, more: Block(block.tag, f"{block.style}; {more}", block.text), BLOCKS, UNUSUAL)


def trees(html: str) -> list[tuple[Any, ...]]:
    return [box_tree(page._page_box) for page in laid_out(html).pages]  # noqa: SLF001 - they show no boxes


@settings(max_examples=15, phases=WITHOUT_SHRINKING)
@given(st.lists(UNUSUAL_BLOCKS, min_size=15, max_size=30))
@example(
    [Block("p", "", text) for text in ("", " ", " 甲", "甲 ", "甲\u2028乙", "\u2028", "甲\n乙", "\xad", "a\xadb" * 40)]
)
@example([Block("p", f"text-indent: {indent}", "收入" * 40) for indent in ("2em", "50%", "-2em", "500px")])
def test_boxes_are_as_weasyprint_places_them(blocks: list[Block]) -> None:
    html = WHOLE % (240, "".join(block.html for block in blocks))
    ours = trees(html)
    with weasyprints_own(text_blocks.REPLACEMENTS):
        assert ours == trees(html)


def test_usual_cells_and_lines_are_not_left_to_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[str] = []

    def noted(layout: Callable[..., Any]) -> Callable[..., Any]:
        def note(context: object, box: Any, *rest: object, **named: object) -> Any:
            left.append(box.element_tag)
            return layout(context, box, *rest, **named)

        return note

    for name in ("_block_container_layout", "_iter_line_boxes"):
        monkeypatch.setattr(text_blocks, name, noted(getattr(text_blocks, name)))
    laid_out(WHOLE % (240, "<table><tr><td>甲</td><td></td></tr></table>"))
    assert left
    assert "td" not in left


@pytest.mark.parametrize(
    "html",
    [
        "<p>甲<b>乙</b></p>",
        '<p style="direction: rtl">甲</p>',
        '<p style="white-space: pre">甲</p>',
        "<style>p::first-line { color: red }</style><p>甲</p>",
        "<style>p::first-letter { color: red }</style><p>甲</p>",
        '<div style="float: left; width: 9px; height: 9px"></div><p>甲</p>',
    ],
)
def test_unusual_lines_are_left_to_weasyprint(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(WHOLE % (240, html))
    taken: list[Any] = []
    monkeypatch.setattr(text_blocks, "_lines_of_text", taken.append)
    laid_out(WHOLE % (240, html))
    assert taken == []
