"""Collapsed borders of tables: resolved by style, and drawn as one line where neighbours are alike.

WeasyPrint asks each cell for the colour, style and width of its four borders, and draws each side of each cell by
itself. The styles of a table's cells are few, and most tables have one kind of line: of those all lines are one path.
Tables in another direction, or with several kinds of lines, are left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from typing import Any, TypeAlias

from weasyprint import draw
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import build
from weasyprint.layout.table import TRANSPARENT

from discgen.render.layout.replacement import replacement

_STYLES = ("none", "inset", "groove", "outset", "ridge", "dotted", "dashed", "solid", "double", "hidden")
"""From the weakest to the strongest (CSS 2.1, 17.6.2.1)."""
_DRAWN_AS = {"inset": "ridge", "outset": "groove"}

_Border: TypeAlias = tuple[tuple[int, float, int], tuple[str, float, Any]]
"""Its rank in a conflict; its style, width in CSS pixels and colour."""
_NONE: _Border = (0, 0, 0), ("none", 0, TRANSPARENT)
_HIDDEN: _Border = (1, 0, len(_STYLES) - 1), ("hidden", 0, TRANSPARENT)
"""Inside a cell that spans."""

_collapse = build.collapse_table_borders
_draw_borders = draw.draw_collapsed_borders


_Line: TypeAlias = list[_Border]


def _collapsed(table: Any, width: int, height: int) -> tuple[list[_Line], list[_Line]]:
    """The vertical and the horizontal borders of a table's grid, row by row; its boxes get the widths of theirs."""
    if not (width and height) or table.style["direction"] != "ltr":
        return tuple(_collapse(table, width, height))
    grid = _Grid(width, height)
    rows = [row for group in table.children for row in group.children]
    cells = [(cell, cell.grid_x, y, cell.colspan, cell.rowspan) for y, row in enumerate(rows) for cell in row.children]
    columns = [column for group in table.column_groups for column in group.children]
    behind = list(_behind_cells(table, rows, columns, width, height))
    only = _only_border([box.style for box, *_ in behind], cells, width * height)
    if only:
        grid.fill(only)
        half = only[1][1] / 2
        for cell, x, y, across, down in cells:
            if across * down > 1:
                grid.hide_inside(x, y, across, down)
            cell.border_top_width = cell.border_bottom_width = cell.border_left_width = cell.border_right_width = half
    else:
        for cell, *place in cells:
            grid.hide_inside(*place)
            grid.settle(cell, *place)
        for box, *place in behind:
            grid.settle(box, *place)
        for cell, *place in cells:
            _set_widths(cell, *grid.around(*place))
    for box in chain(table.children, rows, table.column_groups, columns):
        _set_widths(box, [_NONE], [_NONE], [_NONE], [_NONE])
    # Those at the sides are of the first row alone (CSS 2.1, 17.6.2).
    _set_widths(table, grid.horizontal[0], grid.horizontal[-1], grid.vertical[0][:1], grid.vertical[0][-1:])
    return grid.vertical, grid.horizontal


def _behind_cells(
    table: Any, rows: list[Any], columns: list[Any], width: int, height: int
) -> Iterator[tuple[Any, int, int, int, int]]:
    """The other boxes of a table, from the one that has its way first, each with its place in the grid and its size."""
    for y, row in enumerate(rows):
        yield row, 0, y, width, 1
    y = 0
    for group in table.children:
        yield group, 0, y, width, len(group.children)
        y += len(group.children)
    for column in columns:
        yield column, column.grid_x, 0, 1, height
    for group in table.column_groups:
        yield group, group.grid_x, 0, group.span, height
    yield table, 0, 0, width, height


_Cells: TypeAlias = list[tuple[Any, int, int, int, int]]
"""Cells, each with its column and row, and over how many of both it reaches."""


def _only_border(styles_behind: Iterable[Any], cells: _Cells, size: int) -> _Border | None:
    """The border that all cells ask for on each side, where nothing else asks for any and cells fill the grid."""
    asked = [_sides(style) for style in {id(cell.style): cell.style for cell, *_ in cells}.values()]
    if not asked or not asked[0] or any(map(_sides, styles_behind)):
        return None
    only = asked[0][0][0]
    if any(sides != [(only, only, only, only)] for sides in asked):
        return None
    taken = [
        (right, down)
        for _, x, y, across, deep in cells
        for right in range(x, x + across)
        for down in range(y, y + deep)
    ]
    return only if len(taken) == len(set(taken)) == size else None


class _Grid:
    """The borders between the cells of a table, row by row."""

    def __init__(self, width: int, height: int) -> None:
        self.vertical: list[_Line] = [[_NONE] * (width + 1) for _ in range(height)]
        self.horizontal: list[_Line] = [[_NONE] * width for _ in range(height + 1)]

    def fill(self, border: _Border) -> None:
        """Have the same border everywhere."""
        for line in (*self.vertical, *self.horizontal):
            line[:] = [border] * len(line)

    def hide_inside(self, x: int, y: int, across: int, down: int) -> None:
        """Have no borders inside a cell that spans."""
        for line in self.vertical[y : y + down]:
            line[x + 1 : x + across] = [_HIDDEN] * (across - 1)
        for line in self.horizontal[y + 1 : y + down]:
            line[x : x + across] = [_HIDDEN] * across

    def settle(self, box: Any, x: int, y: int, across: int, down: int) -> None:
        """Set the borders of a box where no stronger ones, nor as strong ones from before, are."""
        for left, right, top, bottom in _sides(box.style):
            for row in self.vertical[y : y + down]:
                row[x], row[x + across] = _stronger(row[x], left), _stronger(row[x + across], right)
            above, below = self.horizontal[y], self.horizontal[y + down]
            for at in range(x, x + across):
                above[at], below[at] = _stronger(above[at], top), _stronger(below[at], bottom)

    def around(self, x: int, y: int, across: int, down: int) -> tuple[_Line, _Line, _Line, _Line]:
        """What is above a cell, below it, and to its left and right."""
        beside = self.vertical[y : y + down]
        left, right = ([row[at] for row in beside] for at in (x, x + across))
        return self.horizontal[y][x : x + across], self.horizontal[y + down][x : x + across], left, right


def _sides(style: Any) -> list[tuple[_Border, _Border, _Border, _Border]]:
    """The left, right, top and bottom borders that a style asks for, or nothing where it asks for none."""
    try:
        sides: list[tuple[_Border, _Border, _Border, _Border]] = style.collapsing_sides
    except AttributeError:
        left, right, top, bottom = (_side(style, side) for side in ("left", "right", "top", "bottom"))
        is_plain = all(rank == _NONE[0] for rank, _ in (left, right, top, bottom))
        sides = style.collapsing_sides = [] if is_plain else [(left, right, top, bottom)]
    return sides


def _side(style: Any, side: str) -> _Border:
    drawn, width = style[f"border_{side}_style"], style[f"border_{side}_width"]
    rank = int(drawn == "hidden"), width, _STYLES.index(drawn)
    return rank, (_DRAWN_AS.get(drawn, drawn), width, get_color(style, f"border_{side}_color"))


def _stronger(one: _Border, other: _Border) -> _Border:
    return other if one[0] < other[0] else one


def _set_widths(box: Any, *sides: _Line) -> None:
    box.border_top_width, box.border_bottom_width, box.border_left_width, box.border_right_width = (
        max(width for _, (_, width, _) in borders) / 2 for borders in sides
    )


def _draw(stream: Any, table: Any) -> None:
    rows = [row for group in table.children for row in group.children]
    if not (rows and table.column_widths):
        return
    grid = _on_this_page(table, len(rows))
    kinds = {id(kind): kind for line in chain(*grid) for _, kind in line if kind[1]}
    some = next(iter(kinds.values()), None)
    if some is None:
        return
    style, width, color = some
    is_usual = style == "solid" and color.alpha == 1 and table.style["direction"] == "ltr"
    is_usual &= len(table.column_widths) == len(
        grid[1][0]
    )  # fixed columns are those of the first row, and others have none
    if not is_usual or any(kind != some for kind in kinds.values()):
        _draw_borders(stream, table)
        return
    xs = [*table.column_positions, table.column_positions[-1] + table.column_widths[-1]]
    ys = [*(row.position_y for row in rows), rows[-1].position_y + rows[-1].height]
    vertical, horizontal = ([[bool(kind[1]) for _, kind in line] for line in lines] for lines in grid)
    with stream.artifact(), stream.stacked():
        stream.set_color(color, stroke=True)
        stream.set_line_width(width)
        for y, left, right in _across(table, vertical, horizontal, xs, width / 2):
            stream.move_to(left, ys[y])
            stream.line_to(right, ys[y])
        for x, top, bottom in _down(table, vertical, horizontal, ys, width / 2):
            stream.move_to(xs[x], top)
            stream.line_to(xs[x], bottom)
        stream.stroke()


def _on_this_page(table: Any, height: int) -> tuple[list[_Line], list[_Line]]:
    """The borders of the rows that are on the page: headers, some of the body, footers."""
    vertical, horizontal = table.collapsed_border_grid
    headers = len(table.children[0].children) if table.children[0].is_header else 0
    footers = len(table.children[-1].children) if table.children[-1].is_footer else 0
    skipped = table.skipped_rows - headers if table.skipped_rows else 0

    def row(y: int, headers: int) -> int:
        if y < headers:
            return y
        return y + (len(vertical) - height if footers and y >= height - footers else skipped)

    return (
        [vertical[row(y, headers)] for y in range(height)],
        [horizontal[row(y, headers + 1 if headers else 0)] for y in range(height + 1)],
    )


_Flags: TypeAlias = list[list[bool]]
"""Of a grid, row by row: where there is a line."""


def _across(
    table: Any, vertical: _Flags, horizontal: _Flags, xs: list[float], half: float
) -> Iterator[tuple[int, float, float]]:
    """The horizontal lines: the row that each is above, and its ends, past what it meets there by half its width."""
    for y, line in enumerate(horizontal):
        is_cut = (y == 0 and table.skip_cell_border_top) or (y == len(vertical) and table.skip_cell_border_bottom)
        if not is_cut:
            meets = [any(column) for column in zip(*vertical[max(0, y - 1) : y + 1], strict=True)]
            for start, end in _runs(line):
                yield y, xs[start] - half * meets[start], xs[end] + half * meets[end]


def _down(
    table: Any, vertical: _Flags, horizontal: _Flags, ys: list[float], half: float
) -> Iterator[tuple[int, float, float]]:
    """The vertical lines likewise: the column that each is left of, and its ends."""
    for x, line in enumerate(zip(*vertical, strict=True)):
        meets = [any(row[max(0, x - 1) : x + 1]) for row in horizontal]
        meets[0] &= not table.skip_cell_border_top
        meets[-1] &= not table.skip_cell_border_bottom
        for start, end in _runs(line):
            yield x, ys[start] - half * meets[start], ys[end] + half * meets[end]


def _runs(flags: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """From where to where flags are set."""
    at = 0
    for is_set, run in groupby(flags):
        start, at = at, at + len(list(run))
        if is_set:
            yield start, at


REPLACEMENTS = (
    replacement(build, "collapse_table_borders", _collapsed),
    replacement(draw, "draw_collapsed_borders", _draw),
)
