"""Every place of a document that shows an amount: cells of tables, runs of text, goal sheets, self-evaluation reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from discgen.document import Document
from discgen.ledger.facts import Fact
from discgen.model.line import Line
from discgen.money import ZERO
from discgen.narrative.blocks import Heading, Paragraph, Span
from discgen.tables.heads import column_labels
from discgen.tables.table import Cell, Row, Sum, Table
from discgen.view.evaluations import evaluations
from discgen.view.goal_sheets import goal_sheets
from discgen.view.sheets import Figure

_QUOTED = 12
"""How many characters of a sentence are quoted on either side of a number."""


class Shown(Struct, frozen=True):
    """An amount where it is printed.

    `address` is how it can be asked for again: `表5/2010306/basic`, or the name of a fact.
    `value` is in 元, for a share in hundredths; `lines` are those it comes from, `operands`
    the facts that it was worked out from, where it is not a sum. `printed` is the very cell,
    span or figure of the document. `additions` are the cells of the same table that a reader can
    add up to it, down the column or along the row: their addresses, zeros left out.
    """

    where: str
    text: str
    address: str
    title: str
    value: Decimal
    lines: tuple[Line, ...]
    operands: tuple[Fact, ...] = ()
    printed: Cell | Span | Figure | None = None
    additions: tuple[tuple[str, ...], ...] = ()


def identity(printed: object) -> object:
    """What an amount is known by where it is printed: cells and spans may be equal, so by the object; figures of sheets by
    their place and key.
    """
    return (printed.place, printed.key) if isinstance(printed, Figure) else id(printed)


def shown_places(document: Document) -> Iterator[Shown]:
    """All of them, in the order of tables, then of the text, then of the goal sheets and reports."""
    for table in document.tables:
        yield from (place for _, place in places_of_table(table))
    yield from _in_text(document)
    for sheet in goal_sheets(document):
        yield from (_on_sheet(f"“{sheet.name}”绩效目标表", figure) for figure in sheet.figures if figure.fact)
    for report in evaluations(document):
        for figure in report.figures:
            if figure.fact:
                yield _on_sheet(f"“{report.name}”自评报告，{figure.fact.title}", figure)


def places_of_table(table: Table) -> Iterator[tuple[Cell, Shown]]:
    """The cells of a table that show an amount, each with its place."""
    labels = column_labels(table)
    sums: dict[str, list[Sum]] = {}
    for addition in table.sums:
        sums.setdefault(addition.name, []).append(addition)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if cell.answer is not None and cell.text:
                name = f"{_row_label(table, row, at)}，{labels[at]}"
                where = f"表{table.number} {table.title}，{name}"
                value, lines = cell.answer.value, cell.answer.lines
                yield (
                    cell,
                    Shown(
                        where,
                        cell.text,
                        address(table, cell),
                        name,
                        value,
                        lines,
                        printed=cell,
                        additions=tuple(_additions(table, cell, sums.get(f"{cell.row}/{cell.column}", ()))),
                    ),
                )


def _additions(table: Table, cell: Cell, named_additions: Iterable[Sum]) -> Iterator[tuple[str, ...]]:
    """The addresses of the parts of each addition that makes the cell, where more than one of them is not nothing."""
    for addition in named_additions:
        # Two blocks may have rows of one name; their answers are not the same object.
        if addition.total is cell.answer:
            named = zip(addition.part_names, addition.parts, strict=True)
            parts = [_address(table, *name.rsplit("/", 1)) for name, part in named if part.value]
            if len(parts) > 1:
                yield tuple(parts)


def address(table: Table, cell: Cell) -> str:
    """`表5/2010306/basic`: the table's number, the row's id (a made row's value) and the column's key."""
    return _address(table, cell.row, cell.column)


def _address(table: Table, row: str, column: str) -> str:
    return f"表{table.number}/{row.partition(':')[2] or row}/{column}"


def _row_label(table: Table, row: Row, at: int) -> str:
    """The texts to the left of a cell, back to the amounts of the block before; 行次 is no part of them."""
    texts: list[str] = []
    for cell, column in reversed(list(zip(row.cells[:at], table.columns, strict=False))):
        if column.show == "line_number":
            continue
        if cell.answer is None and cell.text:
            texts.insert(0, cell.text)
        elif texts:
            break
    return " ".join(texts)


def _in_text(document: Document) -> Iterator[Shown]:
    section = ""
    for block in document.text.blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, Paragraph):
            for at, span in enumerate(block.spans):
                fact = span.fact
                if fact is not None and fact.value is not None:
                    where = f"“{section}”：{_quoted(block.spans, at)}"
                    yield Shown(where, span.text, fact.name, fact.title, fact.value, fact.lines, fact.operands, span)


def _quoted(spans: tuple[Span, ...], at: int) -> str:
    before = "".join(span.text for span in spans[:at])[-_QUOTED:]
    after = "".join(span.text for span in spans[at + 1 :])[:_QUOTED]
    return f"…{before}[{spans[at].text}]{after}…"


def _on_sheet(where: str, figure: Figure) -> Shown:
    fact = figure.fact
    assert fact is not None
    value = fact.value or ZERO
    return Shown(where, figure.text, fact.name, fact.title, value, fact.lines, fact.operands, figure)
