"""Every place of a document that shows an amount: cells of tables, runs of text, goal sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from discgen.diagnostics import Place
from discgen.ledger.facts import Fact
from discgen.model.line import Line, total
from discgen.model.project import FundLevel, Period
from discgen.narrative.blocks import Heading, Paragraph, Span
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.pipeline import Document
from discgen.tables.table import Cell, Row, Table

_BESIDE = 12
"""How many characters of a sentence are quoted on either side of a number."""


@dataclass(frozen=True, slots=True)
class SheetAmount:
    """An amount of the goal sheet that is written at `sheet`: its period, and its level of funds or "" for the total."""

    sheet: Place
    period: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An amount where it is printed.

    `address` is how it can be asked for again: `表5/2010306/basic`, or the name of a fact.
    `value` is in 元, for a share in hundredths; `lines` are those it comes from, `operands`
    the facts that it was worked out from, where it is not a sum. `printed` is the very cell or
    span of the document.
    """

    where: str
    text: str
    address: str
    title: str
    value: Decimal
    lines: tuple[Line, ...]
    operands: tuple[Fact, ...] = ()
    printed: Cell | Span | SheetAmount | None = None


def shown_places(document: Document) -> Iterator[Shown]:
    """All of them, in the order of tables, then of the text, then of the goal sheets."""
    for table in document.tables:
        yield from (place for _, place in places_of_table(table))
    yield from _in_text(document)
    yield from _in_goal_sheets(document)


def places_of_table(table: Table) -> Iterator[tuple[Cell, Shown]]:
    """The cells of a table that show an amount, each with its place."""
    labels = _column_labels(table)
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if cell.answer is not None and cell.text:
                name = f"{_row_label(table, row, at)}，{labels[at]}"
                where = f"表{table.number} {table.title}，{name}"
                value, lines = cell.answer.value, cell.answer.lines
                yield cell, Shown(where, cell.text, address(table, cell), name, value, lines, printed=cell)


def address(table: Table, cell: Cell) -> str:
    """`表5/2010306/basic`: the table's number, the row's id (a made row's value) and the column's key."""
    return f"表{table.number}/{cell.row.partition(':')[2] or cell.row}/{cell.column}"


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
                    yield Shown(where, span.text, fact.name, fact.title, fact.value, fact.lines, fact.operands, span)


def _quoted(spans: tuple[Span, ...], at: int) -> str:
    before = "".join(span.text for span in spans[:at])[-_BESIDE:]
    after = "".join(span.text for span in spans[at + 1 :])[:_BESIDE]
    return f"…{before}[{spans[at].text}]{after}…"


def _in_goal_sheets(document: Document) -> Iterator[Shown]:
    sheets = [sheet for _, sheet in document.disclosure.goal_sheets()]
    # A form without goal sheets has no pages of them, whatever the projects say.
    for page, sheet in zip(document.text.goal_sheets, sheets, strict=False):
        for column, (name, period) in enumerate((("whole_period", sheet.whole_period), ("annual", sheet.annual))):
            yield from _in_period(page, name, period, column, document)


def _in_period(page: GoalSheetPage, name: str, period: Period, column: int, document: Document) -> Iterator[Shown]:
    assert document.form.goal_sheet is not None
    lines = _declared(period, document)
    where = f"“{page.name}”绩效目标表"
    title = page.labels[f"{name}_total"].rstrip("：")
    address = f"project.{PurePosixPath(page.place.file).stem}.{name}"
    of_all = SheetAmount(page.place, name)
    yield Shown(where, page.totals[column], address, title, total(lines.values()), tuple(lines.values()), (), of_all)
    for (level, label), funds in zip(document.form.goal_sheet.fund_levels.items(), page.funds, strict=True):
        if level in lines:
            line, one = lines[FundLevel(level)], SheetAmount(page.place, name, level)
            yield Shown(
                where, funds[1 + column], f"{address}.{level}", f"{title}，{label}", line.amount, (line,), (), one
            )


def _declared(period: Period, document: Document) -> dict[FundLevel, Line]:
    """The amounts of a period as lines: what a goal sheet declares is no money of a ledger."""
    tree = {tree.file: tree for tree in document.disclosure.files}[period.place.file]
    return {level: Line(amount, tree.place((*period.place.path, str(level)))) for level, amount in period.funds.items()}
