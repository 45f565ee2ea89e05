"""Blocks and cells that hold one text: their lines are made without WeasyPrint's way through inline boxes.

Nine blocks in ten hold nothing but a text. Of those a line is the text box that WeasyPrint splits off, at the place that
its alignment gives it, in a line box as high as the two of them need. Lines with anything else in them, beside floats, in
another direction or in another white space than `normal` and `nowrap` are made by WeasyPrint; where a page ends between
lines is its decision always.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any, TypeAlias

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline

from discgen.render.layout.replacement import replacement

_iter_line_boxes = inline.iter_line_boxes
_NEARLY_ONE = 1 + 1e-9
"""WeasyPrint lets a text be so much too wide."""

_Start: TypeAlias = dict[int, dict[int, None]] | None
"""Where in the first child a line begins, in bytes of UTF-8, as WeasyPrint says it; None is the beginning."""
_END: _Start = {}
_Lines: TypeAlias = Iterator[tuple[Any, _Start]]
_LinesOfText: TypeAlias = Generator[tuple[Any, _Start], None, tuple[float, _Start]]


def _lines(context: Any, line_box: Any, y: float, *rest: Any) -> _Lines:
    """Each line, and where the next one begins: as `iter_line_boxes`."""
    bottom_space, start, container, *out_of_flow, first_letter_style, first_line_style = rest
    is_usual = first_letter_style is None and first_line_style is None and not context.excluded_shapes
    if is_usual and container.style["direction"] == "ltr" and _holds_one_text(line_box):
        y, start = yield from _lines_of_text(context, line_box, y, start, container)
        if start == _END:
            return
    styles = first_letter_style, first_line_style
    yield from _iter_line_boxes(context, line_box, y, bottom_space, start, container, *out_of_flow, *styles)


def _holds_one_text(line_box: Any) -> bool:
    if type(line_box) is not boxes.LineBox or len(line_box.children) != 1:
        return False
    style, (text,) = line_box.style, line_box.children
    return (
        type(text) is boxes.TextBox
        # What is not inherited has its initial value.
        and isinstance(style, AnonymousStyle)
        and isinstance(text.style, AnonymousStyle)
        and style["direction"] == "ltr"
        and style["white_space"] in {"normal", "nowrap"}
        and style["font_size"] > 0
    )


def _lines_of_text(context: Any, line_box: Any, y: float, start: Any, container: Any) -> _LinesOfText:
    """The lines as far as they are usual; where the next one would begin, and its `y`."""
    (text,) = line_box.children
    for box in (line_box, text):
        inline.resolve_percentages(box, container)
    line_box.text_indent = 0
    if start is None:
        inline.resolve_one_percentage(line_box, "text_indent", container.width)
    line_box.position_x = x = container.content_box_x()
    width = x + container.width - x
    end = (x + width) * _NEARLY_ONE
    encoded = text.text.encode()
    while start != _END:
        skipped = _past_spaces(encoded, _bytes_before(start))
        text.position_x = x + line_box.text_indent
        split, resume, is_preserved = inline.split_text_box(context, text, end - text.position_x, skipped)
        if split is None:
            break
        line = line_box.copy_with_children([split])
        line.remove_decoration(start=skipped > 0, end=resume is not None)
        line.width = split.position_x + split.width - x
        _stack(line, split, y)
        if split.text[-1:] in {"", " "}:
            inline.remove_last_whitespace(context, line)
        offset = inline.text_align(context, line, width, last=resume is None or is_preserved)
        line.position_x += offset
        split.position_x += offset
        start = _END if resume is None else {0: {resume: None}}
        yield line, None if resume is None else start
        y += line.height
        line_box.text_indent = 0
    return y, start


def _bytes_before(start: _Start) -> int:
    return next(iter(start[0])) if start else 0


def _past_spaces(text: bytes, start: int) -> int:
    return len(text) - len(text[start:].lstrip(b" "))


def _stack(line: Any, text: Any, y: float) -> None:
    """Put a text on the baseline of its line, and the line, as high as both, at `y`."""
    inline._adjust_line_height(line)
    top, line_top = -text.baseline, -line.baseline
    highest = min(top, line_top)
    lowest = max(top + text.margin_height(), line_top + line.margin_height())
    line.baseline, line.height = -highest, lowest - highest
    line.margin_top = line.margin_bottom = 0
    line.position_y = y
    text.position_y = top + (y - highest)


_block_container_layout = block.block_container_layout
_AS_IN_A_TABLE = {"discard": False, "first_letter_style": None, "first_line_style": None, "max_lines": None}


def _container(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
    """A cell that is usual and whole on its page; all else by `block_container_layout`, whose result this is."""
    if type(box) is boxes.TableCellBox and named.items() >= _AS_IN_A_TABLE.items() and _is_usual(box):
        bottom_space, start = rest
        if start is None and not context.footnotes and (cell := _filled(context, box, bottom_space)):
            return cell, None, {"break": "any", "page": box.style["page"]}, [], False, None
    return _block_container_layout(context, box, *rest, **named)


def _is_usual(cell: Any) -> bool:
    style = cell.style
    return (
        cell.first_letter_style is None
        and cell.first_line_style is None
        and cell.margin_top == 0
        and style["position"] == "static"
        and style["max_lines"] == "none"
        and style["continue"] == "auto"
        and style["box_decoration_break"] == "slice"
        and (not cell.children or _holds_one_text(cell.children[0]))
    )


def _filled(context: Any, cell: Any, bottom_space: float) -> Any:
    """The cell with its lines, or None where it does not end above the end of the page."""
    bottom = cell.content_box_y()
    lines = []
    context.create_block_formatting_context(cell)
    for line_box in cell.children:
        for line, resume_at in _lines(context, line_box, bottom, bottom_space, None, cell, [], [], None, None):
            line.resume_at = resume_at
            lines.append(line)
    context.finish_block_formatting_context()
    if lines:
        bottom = lines[-1].position_y + lines[-1].height
        if context.overflows_page(bottom_space, bottom + cell.padding_bottom + cell.border_bottom_width):
            return None
    filled = cell.copy_with_children(lines)
    if filled.height == "auto":
        filled.height = max(0, bottom - filled.content_box_y())
    filled.height = max(min(filled.height, filled.max_height), filled.min_height)
    return filled


REPLACEMENTS = (
    replacement(block, "iter_line_boxes", _lines),
    replacement(block, "block_container_layout", _container),
)
