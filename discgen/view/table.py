"""A filled table as it is set on the page: rows of cells with their class and span."""

from __future__ import annotations

from msgspec import Struct

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.form.table_spec import LINE_NUMBER
from discgen.phrases import numbered
from discgen.tables.table import Cell, Column, Head, Row, Table
from discgen.view.columns import amount_size, column_widths
from discgen.view.paper import table_widths


class CellView(Struct, frozen=True):
    """A cell as it is set: its text, its class, how many columns it spans, and the amount it shows, if any."""

    text: str
    style: str
    span: int = 1
    amount: Cell | None = None


class RowView(Struct, frozen=True):
    """A row of cells, or a heading across the table."""

    kind: str
    cells: tuple[CellView, ...]


class TableView(Struct, frozen=True):
    """A table on a sheet of its own. `amount_size` is in points, None for the usual one; `widths` are in percent."""

    anchor: str
    label: str
    title: str
    department: str
    unit: str
    orientation: str
    dense: bool
    amount_size: float | None
    heads: tuple[tuple[Head, ...], ...]
    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    rows: tuple[RowView, ...]
    notes: tuple[str, ...]
    contents: str
    place: Place | None = None
    """A table is written in many places: those of its cells' lines."""

    @property
    def paper(self) -> str:
        """The kind of page, as the style sheet calls it."""
        return self.orientation

    @property
    def address(self) -> str:
        """What the table is called among the sheets of the document."""
        return self.anchor


def view_table(table: Table, document: Document) -> TableView:
    """The table of a document, ready to be set."""
    disclosure = document.disclosure
    room = table_widths(document.form.styles)
    widths = column_widths(table, room)
    return TableView(
        f"t{table.number}",
        table.label,
        table.title,
        document.form.table_line["department"].format(department=disclosure.department.name, year=disclosure.year),
        document.form.table_line["unit"].format(unit=table.unit),
        table.orientation,
        table.dense,
        amount_size(table, widths, room),
        table.heads,
        table.columns,
        widths,
        tuple(_row(row, table.columns) for row in table.rows),
        table.notes,
        numbered(document.form.contents_table, table.number, title=table.title, department=disclosure.department.name),
    )


def _row(row: Row, columns: tuple[Column, ...]) -> RowView:
    """The row's cells; the label of a total reaches over the empty text cells beside it."""
    if row.kind == "heading":
        return RowView(row.kind, (CellView("".join(cell.text for cell in row.cells), "", len(columns)),))
    cells: list[CellView] = []
    label_cells: list[Cell] = []
    for cell, column in zip(row.cells, columns, strict=True):
        if row.kind == "total" and column.style != "amount" and column.show != LINE_NUMBER:
            label_cells.append(cell)
            continue
        cells += _label(label_cells)
        label_cells = []
        style = f"indent-{cell.indent}" if column.style == "text" else column.style
        cells.append(CellView(cell.text, style, amount=cell if cell.answer else None))
    return RowView(row.kind, (*cells, *_label(label_cells)))


def _label(cells: list[Cell]) -> list[CellView]:
    """One cell for all where only one of them says anything."""
    texts = [cell.text for cell in cells if cell.text]
    if len(texts) > 1:
        return [CellView(cell.text, "indent-0") for cell in cells]
    return [CellView("".join(texts), "label", len(cells))] if cells else []
