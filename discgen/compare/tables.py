"""What of the tables of a document differs from another's: amounts, and the words beside and over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from discgen.compare.change import Amounts, Change, Mark, mark_of
from discgen.compare.projects import Ids
from discgen.compare.words import without_year
from discgen.document import Document
from discgen.explain.places import Shown, places_of_table
from discgen.tables.heads import column_labels
from discgen.tables.table import Table
from discgen.view.table import view_table

_PROJECT_ROWS = "project"
"""How the ids of rows begin that are projects; behind the colon is the name of the project's file."""
_Row = tuple[str, str, int]
"""A row's id, a column, and which of the rows of that id: one may be printed twice."""


def compare_tables(old: Document, new: Document, ids: Ids) -> tuple[list[Change], list[Change]]:
    """Cells, then totals, that a reader sees otherwise. Words count where the form is the same: another has others."""
    cells: list[Change] = []
    totals: list[Change] = []
    before, after = ({table.id: table for table in document.tables} for document in (old, new))
    for key in before | after:
        left, right = before.get(key), after.get(key)
        if left and right and old.form.name == new.form.name:
            cells += _compare_words(_words(left, old, ids), _words(right, new, {}), _name(right))
        for change, is_total in _compare_amounts(left, right, ids):
            (totals if is_total else cells).append(change)
    return cells, totals


def _name(table: Table) -> str:
    return f"{table.label or f'表{table.number}'} {table.title}"


def _row_id(row: str, ids: Ids) -> str:
    """The row's id on the new side: a project that has moved to another file is still the same row."""
    maker, colon, name = row.partition(":")
    if not maker.startswith(_PROJECT_ROWS):
        return row
    return f"{maker}{colon}{ids.get(('projects', name), name)}"


def _compare_amounts(old: Table | None, new: Table | None, ids: Ids) -> Iterator[tuple[Change, bool]]:
    """The amounts of a table that are shown otherwise, each with whether it is a total of the table."""
    before, after = _amounts(old, ids), _amounts(new, {})
    table = new or old
    assert table is not None
    for key in before | after:
        left, left_is_total = before.get(key, (None, False))
        right, right_is_total = after.get(key, (None, False))
        place = right or left
        assert place is not None
        if left and right and _looks(left, old) == _looks(right, new):
            continue
        if (left is None or right is None) and place.value == 0:
            continue
        shown_in = new if new and right else old
        assert shown_in is not None
        amounts = Amounts(left.value if left else None, right.value if right else None, shown_in.unit)
        old_text, new_text = (side.text if side else "" for side in (left, right))
        if old and left and old.unit != shown_in.unit:
            old_text += old.unit  # the one of the amounts is the new table's
        change = Change(_name(table), place.title, old_text, new_text, mark_of(left, right), amounts)
        yield change, left_is_total or right_is_total


def _looks(shown: Shown, table: Table | None) -> tuple[str, str]:
    """What is read in a cell: another form may write the same amount without separators."""
    return shown.text.replace(",", ""), table.unit if table else ""


def _amounts(table: Table | None, ids: Ids) -> dict[_Row, tuple[Shown, bool]]:
    """The amounts by row and column, each with whether it is a sum that a reader can check."""
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[_Row, tuple[Shown, bool]] = {}
    sums = {one.name for one in table.sums} if table else set()
    for cell, place in places_of_table(table) if table else ():
        row = _row_id(cell.row, ids)
        seen[row, cell.column] += 1
        found[row, cell.column, seen[row, cell.column]] = place, f"{cell.row}/{cell.column}" in sums
    return found


def _compare_words(before: Mapping[_Row, str], after: Mapping[_Row, str], topic: str) -> Iterator[Change]:
    """The words that stand at the same place and differ. Of a row that came or went its amounts are told."""
    for key, right in after.items():
        left = before.get(key)
        if left is not None and left != right:
            yield Change(topic, key[1], left, right, Mark.CHANGED)


def _words(table: Table, document: Document, ids: Ids) -> dict[_Row, str]:
    """What is read over, in the rows of, and under a table, but for its amounts and its own year."""
    view, year = view_table(table, document), document.disclosure.year
    around = {
        "表名": view.title,
        "表头": view.department,
        **{f"第{at}条注": note for at, note in enumerate(view.notes, 1)},
    }
    found = {("", title, 1): without_year(text, year) for title, text in around.items()}
    seen: Counter[tuple[str, str]] = Counter()
    for row, label, text in _texts(table):
        own = _row_id(row, ids)
        seen[own, label] += 1
        found[own, label, seen[own, label]] = without_year(text, year)
    return found


def _texts(table: Table) -> Iterator[tuple[str, str, str]]:
    """The texts of rows with the row's id and the column's label: those to the left of its amounts. 行次 moves on."""
    labels = column_labels(table)
    for row in table.rows:
        held: list[tuple[str, str]] = []
        for at, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
            if cell.answer is not None:
                yield from ((cell.row, label, text) for label, text in held)
                held = []
            elif cell.text and column.show != "line_number":
                held.append((labels[at], cell.text))
