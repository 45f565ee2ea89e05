"""Every place of a document that shows an amount: cells of tables, runs of text, goal sheets, self-evaluation reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

from discgen.diagnostics import Place
from discgen.document import Document
from discgen.ledger.facts import Fact
from discgen.model.line import Line, total
from discgen.model.project import FundLevel, Period
from discgen.money import ZERO, percent
from discgen.narrative.blocks import Heading, Paragraph, Span
from discgen.narrative.evaluations import EvaluationPage
from discgen.narrative.goal_sheets import GoalSheetPage
from discgen.tables.heads import column_labels
from discgen.tables.table import Cell, Row, Sum, Table

_BESIDE = 12
"""How many characters of a sentence are quoted on either side of a number."""
_SPENT = ("requested", "approved", "adjusted", "executed")
REPORT_COLUMNS = (*_SPENT, "balance", "rate")
"""The figures of a row of 预算执行情况 in a self-evaluation report, from the left."""


@dataclass(frozen=True, slots=True)
class SheetAmount:
    """An amount of the goal sheet that is written at `sheet`: its period, and its level of funds or "" for the total.

    Of a self-evaluation report: the source of funds written at `sheet`, or all of them, and its column.
    """

    sheet: Place
    period: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An amount where it is printed.

    `address` is how it can be asked for again: `表5/2010306/basic`, or the name of a fact.
    `value` is in 元, for a share in hundredths; `lines` are those it comes from, `operands`
    the facts that it was worked out from, where it is not a sum. `printed` is the very cell or
    span of the document. `additions` are the cells of the same table that a reader can add up to
    it, down the column or along the row: their addresses, noughts left out.
    """

    where: str
    text: str
    address: str
    title: str
    value: Decimal
    lines: tuple[Line, ...]
    operands: tuple[Fact, ...] = ()
    printed: Cell | Span | SheetAmount | None = None
    additions: tuple[tuple[str, ...], ...] = ()


def shown_places(document: Document) -> Iterator[Shown]:
    """All of them, in the order of tables, then of the text, then of the goal sheets and reports."""
    for table in document.tables:
        yield from (place for _, place in places_of_table(table))
    yield from _in_text(document)
    yield from _in_goal_sheets(document)
    yield from _in_evaluations(document)


def places_of_table(table: Table) -> Iterator[tuple[Cell, Shown]]:
    """The cells of a table that show an amount, each with its place."""
    labels = column_labels(table)
    sums: dict[str, list[Sum]] = {}
    for one in table.sums:
        sums.setdefault(one.name, []).append(one)
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


def _additions(table: Table, cell: Cell, named_so: Iterable[Sum]) -> Iterator[tuple[str, ...]]:
    """The addresses of the parts of each addition that makes the cell, where more than one of them is not nothing."""
    for one in named_so:
        # Two blocks may have rows of one name; their answers are not the same object.
        if one.total is cell.answer:
            named = zip(one.part_names, one.parts, strict=True)
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


def _in_evaluations(document: Document) -> Iterator[Shown]:
    trees = {tree.file: tree for tree in document.disclosure.files}
    # A form without reports has no pages of them, whatever files there are.
    for page, evaluation in zip(document.text.evaluations, document.disclosure.evaluations, strict=False):
        tree = trees[evaluation.place.file]
        by_row = [
            {key: Line(getattr(row, key), tree.place((*row.place.path, key))) for key in _SPENT}
            for row in evaluation.spending
        ]
        columns = {key: tuple(row[key] for row in by_row) for key in _SPENT}
        yield from _in_spending(page, 0, evaluation.id, evaluation.spending_place, columns)
        for number, (row, lines) in enumerate(zip(evaluation.spending, by_row, strict=True), start=1):
            own = {key: (line,) for key, line in lines.items()}
            yield from _in_spending(page, number, f"{evaluation.id}.{row.level}", row.place, own)


def _in_spending(
    page: EvaluationPage, number: int, name: str, place: Place, columns: Mapping[str, tuple[Line, ...]]
) -> Iterator[Shown]:
    """A row of 预算执行情况: the amounts that are written, what is left, and the rate where it is printed."""
    titles = {key: f"{page.spending[number][0]}，{_heading(page, key)}" for key in REPORT_COLUMNS}
    facts = {key: Fact(f"evaluation.{name}.{key}", titles[key], total(lines), lines) for key, lines in columns.items()}
    adjusted, executed = facts["adjusted"], facts["executed"]
    worked_out = {
        "balance": ((adjusted.value or ZERO) - (executed.value or ZERO), (adjusted, executed)),
        "rate": (percent(executed.value or ZERO, adjusted.value or ZERO), (executed, adjusted)),
    }
    for key, text in zip(REPORT_COLUMNS, page.spending[number][1:], strict=False):
        where = f"“{page.name}”自评报告，{titles[key]}"
        printed = SheetAmount(place, key)
        if key in facts:
            fact = facts[key]
            yield Shown(where, text, fact.name, fact.title, fact.value or ZERO, fact.lines, (), printed)
        elif text:
            value, operands = worked_out[key]
            lines = (*operands[0].lines, *operands[1].lines)
            yield Shown(where, text, f"evaluation.{name}.{key}", titles[key], value or ZERO, lines, operands, printed)


def _heading(page: EvaluationPage, key: str) -> str:
    return page.labels[key].partition("（元）")[0]
