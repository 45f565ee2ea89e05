"""Collapsed borders against WeasyPrint's own: the same widths for layout, the same lines on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from weasyprint import HTML, draw
from weasyprint.draw import draw_collapsed_borders
from weasyprint.formatting_structure import boxes, build
from weasyprint.layout.table import collapse_table_borders
from weasyprint.pdf.stream import Stream

from discgen.render.layout.engine import install
from tests.render.boxes import WITHOUT_SHRINKING

PAGE = """<html lang="zh"><style>@page {{ size: 300px 160px; margin: 10px }} body {{ margin: 0; font-size: 8px }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }} tr {{ break-inside: avoid }}
td, th {{ padding: 1px; border: .5px solid black }} .none {{ border: none }}
.bare {{ border-left: none; border-bottom: hidden }} .row {{ border-top: 1px solid }}
.wide {{ border-top: 2px solid black }} .red {{ border-color: red }} .dashed {{ border-style: dashed }}
.inset {{ border-style: inset }} .grey {{ border-color: #0008 }}</style><body>{}</body></html>"""
PLAIN = st.sampled_from(["", "", "", "none", "bare"])
ROWS = st.sampled_from(["", "", "", "row"])
ANY = st.sampled_from(["", "", "none", "bare", "wide", "red", "dashed", "inset", "grey", "wide red"])


@st.composite
def tables(draw_from: st.DrawFn, classes: st.SearchStrategy[str], rows_are: st.SearchStrategy[str]) -> str:
    columns = draw_from(st.integers(1, 5))
    rows = draw_from(st.integers(1, 30))
    reached = [0] * columns
    html = []
    for row in range(rows):
        cells = []
        column = 0
        while column < columns:
            if reached[column] > row:
                column += 1
                continue
            free = next((at for at in range(column, columns) if reached[at] > row), columns)
            across = draw_from(st.integers(1, free - column))
            down = draw_from(st.integers(1, min(3, rows - row))) if row > 1 else 1
            reached[column : column + across] = [row + down] * across
            cells.append(f'<td class="{draw_from(classes)}" colspan="{across}" rowspan="{down}">甲</td>')
            column += across
        html.append(f'<tr class="{draw_from(rows_are)}">{"".join(cells)}</tr>')
    heads = draw_from(st.integers(0, 1))
    foot = draw_from(st.sampled_from(["", f'<tfoot><tr><td colspan="{columns}">丙</td></tr></tfoot>']))
    return f"<table><thead>{''.join(html[:heads])}</thead><tbody>{''.join(html[heads:])}</tbody>{foot}</table>"


def laid_out(html: str, *, plain: bool = False) -> list[Any]:
    """The tables of a page, and of the pages that it runs on to."""
    install()
    assert build.collapse_table_borders is not collapse_table_borders
    with pytest.MonkeyPatch.context() as patch:
        if plain:
            patch.setattr(build, "collapse_table_borders", collapse_table_borders)
        pages = HTML(string=PAGE.format(html)).render().pages
    found = chain.from_iterable(page._page_box.descendants() for page in pages)  # noqa: SLF001 - what no public name gives
    return [box for box in found if isinstance(box, boxes.TableBox)]


def widths(table: Any) -> list[tuple[float, ...]]:
    sides = ("top", "right", "bottom", "left")
    return [tuple(getattr(box, f"border_{side}_width") for side in sides) for box in table.descendants()]


_LINE = re.compile(r"(\S+) (\S+) m\n(\S+) (\S+) l")


def drawn(table: Any, draw_borders: Any) -> str:
    stream = Stream({}, (0, 0, 300, 160), defaultdict(dict), {}, None, {}, None)
    draw_borders(stream, table)
    return b"\n".join(stream.stream).decode()


def joined(content: str) -> dict[tuple[str, float], list[tuple[float, float]]]:
    """By axis and place, from where to where lines are: those that touch are one."""
    lines = defaultdict(list)
    for match in _LINE.finditer(content):
        x1, y1, x2, y2 = (round(float(number), 3) for number in match.groups())
        lines["y", x1].append((y1, y2)) if x1 == x2 else lines["x", y1].append((x1, x2))
    return {place: list(_joined(sorted(parts))) for place, parts in lines.items()}


def _joined(parts: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    start, end = parts[0]
    for left, right in parts[1:]:
        if left > end + 0.002:
            yield start, end
            start = left
        end = max(end, right) if left <= end + 0.002 else right
    yield start, end


@settings(max_examples=25, phases=WITHOUT_SHRINKING)
@given(st.one_of(tables(st.just(""), st.just("")), tables(PLAIN, st.just("")), tables(ANY, ROWS)))
@example("<table><tr><td>短</td></tr><tr><td>甲</td><td>乙</td></tr></table>")
@example("<table><tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>盖住</td></tr></table>")
def test_borders_are_resolved_as_by_weasyprint(html: str) -> None:
    for mine, own in zip(laid_out(html), laid_out(html, plain=True), strict=True):
        assert mine.collapsed_border_grid == own.collapsed_border_grid
        assert widths(mine) == widths(own)


@settings(max_examples=25, phases=WITHOUT_SHRINKING)
@given(tables(PLAIN, st.just("")))
def test_lines_are_where_weasyprint_draws_them(html: str) -> None:
    for table in laid_out(html):
        assert joined(drawn(table, draw.draw_collapsed_borders)) == joined(drawn(table, draw_collapsed_borders))


def test_equal_neighbours_are_one_line() -> None:
    (table,) = laid_out("<table>" + "<tr><td>甲</td><td>乙</td></tr>" * 3 + "</table>")
    assert len(_LINE.findall(drawn(table, draw.draw_collapsed_borders))) == 4 + 3


@pytest.mark.parametrize(
    "cells", ['<td colspan="9">甲</td>', "<td>甲</td>" * 4, '<td class="none"></td><td colspan="5">甲</td>']
)
def test_columns_beyond_those_that_have_a_width_are_left_to_weasyprint(cells: str) -> None:
    (table,) = laid_out(f"<table><tr><td>甲</td><td>乙</td></tr><tr>{cells}</tr></table>")
    assert drawn(table, draw.draw_collapsed_borders) == drawn(table, draw_collapsed_borders)


@pytest.mark.parametrize("kind", ["wide", "red", "dashed", "inset", "grey"])
def test_lines_of_several_kinds_are_drawn_by_weasyprint(kind: str) -> None:
    (table,) = laid_out(f'<table><tr><td class="{kind}">甲</td><td>乙</td></tr></table>')
    assert drawn(table, draw.draw_collapsed_borders) == drawn(table, draw_collapsed_borders)
