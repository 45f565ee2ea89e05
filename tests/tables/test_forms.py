"""Every table of every form, filled for made-up departments: with nothing, with little, and with all there is a place for."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from discgen.check.made_up_departments import target_of, write_department
from discgen.document import Document
from discgen.form.files import form_names
from discgen.form.form import load_form
from discgen.ledger.ledger import Ledger
from discgen.load.workspace import Workspace
from discgen.model.line import STAGES
from discgen.narrative.write import Text
from discgen.pipeline import compose
from discgen.render.html import render_html
from discgen.tables.table import Table
from discgen.view.page import DocumentView, Section
from discgen.view.table import view_table

NOTHING, LITTLE, ALL = "nothing", "little", "all"
AMOUNTS = (NOTHING, LITTLE, ALL)
EVERY = [(name, amounts) for name in form_names() for amounts in AMOUNTS]


@cache
def document(name: str, amounts: str) -> Document:
    form = load_form(name)
    with TemporaryDirectory() as folder:
        write_department(Path(folder), form, full=amounts == ALL, nothing=amounts == NOTHING)
        made = compose(Workspace(Path(folder)), target_of(form)).document
    assert made is not None
    return made


def shown(table: Table) -> list[str]:
    return [cell.text for row in table.rows for cell in row.cells if cell.text]


def set_in_html(document: Document) -> str:
    """The page of the tables alone."""
    bare = Document(document.disclosure, document.form, document.tables, Text((), {}))
    pieces = Section([view_table(table, bare) for table in document.tables])
    return render_html(DocumentView("题", "", (), (), (pieces,), draft=False, findings=()))


@pytest.mark.parametrize(("name", "amounts"), EVERY)
def test_html_says_what_the_tables_say(name: str, amounts: str) -> None:
    made = document(name, amounts)
    html = set_in_html(made)
    # A table without rows is a body of heads.
    bodies = [table.partition("</thead>")[2] for table in re.findall(r"<table.*?</table>", html, re.DOTALL)]
    assert [[unescape(text) for text in re.findall(r"<t[dh][^>]*>([^<]+)</t[dh]>", body)] for body in bodies] == [
        shown(table) for table in made.tables
    ]
    notes = [unescape(note) for note in re.findall(r'<p class="table-note">(.*?)</p>', html)]
    assert notes == [note for table in made.tables for note in table.notes]


@pytest.mark.parametrize(("name", "amounts"), EVERY)
def test_a_table_says_that_it_is_empty_where_there_is_nothing_and_only_there(name: str, amounts: str) -> None:
    made = document(name, amounts)
    said = [
        (spec.empty_note or made.form.notes["empty"]).format(year=made.disclosure.year, scope=made.form.scope.label)
        for spec in made.form.tables
    ]
    empty = {note in table.notes for table, note in zip(made.tables, said, strict=True)}
    assert empty == {NOTHING: {True}, LITTLE: {True, False}, ALL: {False}}[amounts]


@pytest.mark.parametrize(("name", "amounts"), EVERY)
def test_sums_are_there_and_are_exact(name: str, amounts: str) -> None:
    sums = [one for table in document(name, amounts).tables for one in table.sums]
    assert len(sums) > 10
    assert [one.name for one in sums if not one.is_even] == []


@pytest.mark.parametrize("name", form_names())
def test_totals_of_whole_tables_are_those_of_the_lines(name: str) -> None:
    """The total row at the total column of a block that narrows neither is the whole of the block's lines."""
    made = document(name, ALL)
    ledger = Ledger(made.disclosure.lines, made.disclosure.department, STAGES[made.form.kind])
    held = 0
    for spec, table in zip(made.form.tables, made.tables, strict=True):
        cells = {(cell.row, cell.column): cell.answer for cell in table.amounts()}
        if len(spec.blocks) > 1:  # rows and columns of blocks side by side bear the same names
            continue
        (block,) = spec.blocks
        rows = [row.id for row in block.rows if row.kind == "total" and not row.where and not row.sources]
        columns = [one.key for one in block.flat_columns() if one.key == "total" and not one.where and not one.sources]
        for row in rows:
            for column in columns:
                answer = cells[row, column]
                assert answer is not None
                assert answer.value == ledger.ask(block.base).value, table.id
                held += 1
    assert held > 2
