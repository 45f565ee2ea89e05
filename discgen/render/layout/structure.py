"""The structure tree as PDF/UA-1 (ISO 14289-1) wants it, where WeasyPrint's falls short.

Page numbers and leaders become artifacts; the contents are contents and no list; what a figure is called stands within it;
header cells say whether they head a row or a column, and data cells name their headers through every rowspan; figures give
their box in points from the page's foot; links are called by their text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pydyf
from msgspec import Struct
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream, tags

from discgen.render.layout.replacement import replacement

_SCOPES = {"row": "/Row", "rowgroup": "/Row"}
POINTS_PER_PIXEL = 0.75
_PRINTED = 4
"""The flag of an annotation that is on paper as on the screen."""

_build_box_tree = tags._build_box_tree
_marked = stream.Stream.marked


def _marked_or_artifact(self: Any, box: Any, tag: str) -> Any:
    """Replaces `Stream.marked`: the text of an artifact is marked as such."""
    return self.artifact() if getattr(box, "is_artifact", False) else _marked(self, box, tag)


_all_page_references = pydyf.PDF.page_references.fget


def _page_references(pdf: Any) -> Any:
    """Each element asks for that of its page, and pydyf writes those of all pages for it."""
    known = vars(pdf).get("known_references", ())
    if len(known) * 3 != len(pdf.pages["Kids"]):
        known = pdf.known_references = _all_page_references(pdf)
    return known


def _tagged(box: Any, parent: Any, pdf: pydyf.PDF, *rest: Any) -> Iterator[Any]:
    """The elements of a box, none for an artifact."""
    if _is_artifact(box):
        return
    before = len(pdf.objects)
    elements = list(_build_box_tree(box, parent, pdf, *rest))
    retag = _RETAGGING.get(box.element_tag) if elements else None
    if retag:
        retag([item for item in pdf.objects[before:] if isinstance(item, dict) and "S" in item])
    yield from elements


def _as_contents(elements: list[Any]) -> None:
    """A section with a list of links: to contents, entries and references (ISO 32000-1, 14.8.4)."""
    elements[0]["S"] = "/Sect"
    for element in elements:
        element["S"] = _OF_CONTENTS.get(element["S"], element["S"])


def _as_figure(elements: list[Any]) -> None:
    """A figure beside what it is called: to one in the other."""
    by_type = {element["S"]: element for element in elements}
    figure, caption = by_type.get("/Figure"), by_type.get("/Caption")
    if figure and caption:  # a box within that of the figure is of the same element
        elements[0]["K"].remove(caption.reference)
        figure["K"].insert(0, caption.reference)
        caption["P"] = figure.reference


_OF_CONTENTS = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/Reference"}
_RETAGGING = {"nav": _as_contents, "figure": _as_figure}
"""By the name of an element in HTML; the first of its elements of structure is its own."""


def mark_artifacts(document: Any) -> None:
    """Mark what stands in page margins and what leads to a page number, between layout and writing."""
    for page in document.pages:
        for parent in page._page_box.descendants():
            if _is_artifact(parent):
                for box in parent.descendants():
                    box.is_artifact = True


def _is_artifact(box: Any) -> bool:
    return isinstance(box, boxes.MarginBox) or getattr(box, "is_leader", False)


class ElementName(Struct, frozen=True):
    """What an element of the tree is called by others; its number is in it."""

    element: Any


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """The last touch before the objects are kept."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableBox):
                _finish_table(box)
    _finish_figures(pdf)
    _finish_links(document)


def _finish_table(table: Any) -> None:
    """Headers by the row or column that they head, then of each data cell: those to its left, then those above it."""
    cells = list(_placed(list(_rows(table))))
    of_rows: dict[int, list[_Placed]] = {}
    of_columns: dict[int, list[_Placed]] = {}
    for placed in cells:
        row, column, cell = placed
        if cell.element_tag == "th":
            scope = _SCOPES.get(cell.element.get("scope", ""))
            cell.mark["A"]["Scope"] = scope or "/Column"
            cell.mark["ID"] = ElementName(cell.mark)
            headed = of_rows if scope else of_columns
            for place in _span(row, cell.rowspan or 1) if scope else _span(column, cell.colspan):
                headed.setdefault(place, []).append(placed)
    for row, column, cell in cells:
        if cell.element_tag == "td":
            left = [head for head in _each(of_rows, _span(row, cell.rowspan or 1)) if head.column < column]
            above = [head for head in _each(of_columns, _span(column, cell.colspan)) if head.row < row]
            cell.mark["A"]["Headers"] = pydyf.Array([head.cell.mark["ID"] for head in [*left, *above]])


def _span(start: int, length: int) -> range:
    return range(start, start + length)


def _each(heads: Mapping[int, list[_Placed]], places: range) -> list[_Placed]:
    """The headers of some rows or columns, each once, in the order of the table."""
    found = {head[:2]: head for place in places for head in heads.get(place, ())}
    return [found[place] for place in sorted(found)]


class _Placed(NamedTuple):
    """A cell of a table with its row and column, past the cells that reach down from above."""

    row: int
    column: int
    cell: Any


def _rows(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TableRowBox) and child.element_tag == "tr":
            yield child
        elif isinstance(child, boxes.TableBox | boxes.TableRowGroupBox):
            yield from _rows(child)


def _placed(rows: list[Any]) -> Iterator[_Placed]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row.children:
            while (number, column) in taken:
                column += 1
            for down in range(cell.rowspan or len(rows) - number):
                taken.update((number + down, column + right) for right in range(cell.colspan))
            yield _Placed(number, column, cell)
            column += cell.colspan


def _finish_figures(pdf: pydyf.PDF) -> None:
    objects: list[Any] = pdf.objects
    pages: list[Any] = [item for item in objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    heights = {page.reference: page["MediaBox"][3] for page in pages}
    for item in objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and "A" in item:
            left, top, right, bottom = (edge * POINTS_PER_PIXEL for edge in item["A"]["BBox"])
            height = heights[item["Pg"]]
            item["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _finish_links(document: Any) -> None:
    for page in document.pages:
        for kind, _, _, box in page.links:
            if kind == "internal":
                box.link_annotation["Contents"] = pydyf.String("".join(box.element.itertext()))
                box.link_annotation["F"] = _PRINTED


REPLACEMENTS = (
    replacement(tags, "_build_box_tree", _tagged),
    replacement(stream.Stream, "marked", _marked_or_artifact),
    replacement(pydyf.PDF, "page_references", property(_page_references)),
)
