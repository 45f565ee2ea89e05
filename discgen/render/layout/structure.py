"""The structure tree as PDF/UA-1 (ISO 14289-1) wants it, where WeasyPrint's falls short.

Page numbers and leaders become artifacts; header cells say whether they head a row or a column, and data
cells name their headers through every rowspan; figures give their box in points from the
page's foot; links are called by the text they lead to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import stream, tags

_SCOPES = {"row": "/Row", "rowgroup": "/Row"}
_POINTS_PER_PIXEL = 0.75
_PRINTED = 4
"""The flag of an annotation that is on paper as on the screen."""

_build_box_tree = tags._build_box_tree
_marked = stream.Stream.marked


@cache
def install() -> None:
    """Leave artifacts out of the structure tree from now on; their text is to be marked as such."""
    tags._build_box_tree = lambda box, *rest: iter(()) if _is_artifact(box) else _build_box_tree(box, *rest)
    stream.Stream.marked = lambda self, box, tag: (
        self.artifact() if getattr(box, "is_artifact", False) else _marked(self, box, tag)
    )


def mark_artifacts(document: Any) -> None:
    """Mark what stands in page margins and what leads to a page number, between layout and writing."""
    for page in document.pages:
        for parent in page._page_box.descendants():
            if _is_artifact(parent):
                for box in parent.descendants():
                    box.is_artifact = True


def _is_artifact(box: Any) -> bool:
    return isinstance(box, boxes.MarginBox) or getattr(box, "is_leader", False)


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """The last touch before the file is written."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.TableBox):
                _finish_table(box)
    _finish_figures(pdf)
    _finish_links(document, pdf)


def _finish_table(table: Any) -> None:
    cells = list(_placed(list(_rows(table))))
    headers = [placed for placed in cells if placed[2].element_tag == "th"]
    for _, _, cell in headers:
        cell.mark["A"]["Scope"] = _SCOPES.get(cell.element.get("scope", ""), "/Column")
    for row, column, cell in cells:
        if cell.element_tag == "td":
            above = [head for head in headers if _heads_column(head, row, column, cell)]
            left = [head for head in headers if _heads_row(head, row, column, cell)]
            cell.mark["A"]["Headers"] = pydyf.Array([head[2].mark["ID"] for head in [*left, *above]])


def _rows(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TableRowBox) and child.element_tag == "tr":
            yield child
        elif isinstance(child, boxes.TableBox | boxes.TableRowGroupBox):
            yield from _rows(child)


def _placed(rows: list[Any]) -> Iterator[tuple[int, int, Any]]:
    """Cells with their row and column, past the cells that reach down from above."""
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row.children:
            while (number, column) in taken:
                column += 1
            for down in range(cell.rowspan or len(rows) - number):
                taken.update((number + down, column + right) for right in range(cell.colspan))
            yield number, column, cell
            column += cell.colspan


def _is_row_head(cell: Any) -> bool:
    return cell.element.get("scope", "") in _SCOPES


def _heads_row(head: tuple[int, int, Any], row: int, column: int, cell: Any) -> bool:
    at, left, header = head
    return (
        _is_row_head(header)
        and left < column
        and at <= row + (cell.rowspan or 1) - 1
        and row < at + (header.rowspan or 1)
    )


def _heads_column(head: tuple[int, int, Any], row: int, column: int, cell: Any) -> bool:
    at, left, header = head
    return not _is_row_head(header) and at < row and left < column + cell.colspan and column < left + header.colspan


def _finish_figures(pdf: pydyf.PDF) -> None:
    objects: list[Any] = pdf.objects
    pages: list[Any] = [item for item in objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    heights = {page.reference: page["MediaBox"][3] for page in pages}
    for item in objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and "A" in item:
            left, top, right, bottom = (edge * _POINTS_PER_PIXEL for edge in item["A"]["BBox"])
            height = heights[item["Pg"]]
            item["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _finish_links(document: Any, pdf: pydyf.PDF) -> None:
    texts = _anchor_texts(document)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link" and "Dest" in item:
            text = texts.get(item["Dest"].string)
            if text:
                item["Contents"] = pydyf.String(text)
            item["F"] = _PRINTED


def _anchor_texts(document: Any) -> dict[str, str]:
    texts: dict[str, str] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            element = box.element
            if element is not None and element.get("id") and element.get("id") not in texts:
                texts[element.get("id")] = "".join(element.itertext())
    return texts
