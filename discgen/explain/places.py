"""Every place of a document that shows an amount: cells of tables, runs of text, goal sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from discgen.ledger.facts import Fact
from discgen.model.line import Line
from discgen.narrative.blocks import Heading, Paragraph, Span
from discgen.pipeline import Document
from discgen.tables.table import Cell, Row, Table

_BESIDE = 12
"""How many characters of a sentence are quoted on either side of a number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An amount where it is printed.

    `address` is how it can be asked for again: `表5/2010306/basic`, or the name of a fact.
    `value` is in 元, for a share in hundredths; `lines` are those it comes from, `operands`
    the facts that it was worked out from, where it is not a sum.
    """

    where: str
    text: str
    address: str
    title: str
    value: Decimal
    lines: tuple[Line, ...]
    operands: tuple[Fact, ...] = ()


def shown_places(document: Document) -> Iterator[Shown]:
    """All of them, in the order of tables, then of the text."""
    for table in document.tables:
        yield from _in_table(table)
    yield from _in_text(document)


def _in_table(table: Table) -> Iterator[Shown]:
    labels = _column_labels(table)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if cell.answer is not None and cell.text:
                name = f"{_row_label(row, at)}，{labels[at]}"
                where = f"表{table.number} {table.title}，{name}"
                yield Shown(where, cell.text, address(table, cell), name, cell.answer.value, cell.answer.lines)


def address(table: Table, cell: Cell) -> str:
    """`表5/2010306/basic`: the table's number, the row's id (a made row's value) and the column's key."""
    return f"表{table.number}/{cell.row.partition(':')[2] or cell.row}/{cell.column}"


def _row_label(row: Row, at: int) -> str:
    """The texts to the left of a cell, back to the amounts of the block before."""
    texts: list[str] = []
    for cell in reversed(row.cells[:at]):
        if cell.answer is None and cell.text:
            texts.insert(0, cell.text)
        elif texts:
            break
    return " ".join(texts)


def _column_labels(table: Table) -> list[str]:
    """The heads over each column, from the top, joined."""
    width = len(table.columns)
    above: list[list[str]] = [[] for _ in range(width)]
    taken = [0] * width
    for level, row in enumerate(table.heads):
        at = 0
        for head in row:
            while at < width and taken[at] > level:
                at += 1
            for column in range(at, at + head.columns):
                above[column].append(head.label)
                taken[column] = level + head.rows
            at += head.columns
    return ["".join(_named(labels)) for labels in above]


def _named(labels: list[str]) -> list[str]:
    """Labels without 栏次, which are numbers."""
    return [label for label in labels if label and not label.isdigit()]


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
                    yield Shown(where, span.text, fact.name, fact.title, fact.value, fact.lines, fact.operands)


def _quoted(spans: tuple[Span, ...], at: int) -> str:
    before = "".join(span.text for span in spans[:at])[-_BESIDE:]
    after = "".join(span.text for span in spans[at + 1 :])[:_BESIDE]
    return f"…{before}[{spans[at].text}]{after}…"
