"""Amounts stay within their columns, however many digits they have."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from discgen.publish import render
from discgen.tables.table import Row, Table
from discgen.view.fit_amounts import amount_size
from discgen.view.fit_columns import column_widths
from tests.conftest import Demo

APPROPRIATION = 4
"""财政拨款收支总表, the narrowest columns of the form."""


def showing(table: Table, amount: str) -> Table:
    """The table with the same amount in every cell that shows one."""

    def filled(row: Row) -> Row:
        return replace(
            row, cells=tuple(replace(cell, text=amount) if cell.text and cell.answer else cell for cell in row.cells)
        )

    return replace(table, rows=tuple(map(filled, table.rows)))


def size(table: Table) -> float | None:
    return amount_size(table, column_widths(table))


@pytest.mark.parametrize("amount", ["", "100.00", "123,456.78"])
def test_amounts_that_fit_are_set_as_usual(workspace: Demo, amount: str) -> None:
    assert size(showing(workspace.document().tables[APPROPRIATION - 1], amount)) is None


def test_more_digits_are_set_smaller(workspace: Demo) -> None:
    table = workspace.document().tables[APPROPRIATION - 1]
    sizes = [
        size(showing(table, amount)) or 9.0 for amount in ("100.00", "1,234,567.89", "12,345,678.90", "-12,345,678.90")
    ]
    assert sizes == sorted(set(sizes), reverse=True)


@pytest.mark.parametrize("amount", ["1,234,567.89", "-10,000,000,000.00"])
def test_no_amount_is_printed_over_the_line_beside_it(workspace: Demo, amount: str) -> None:
    document = workspace.document()
    tables = tuple(showing(table, amount) for table in document.tables)
    with pdfplumber.open(BytesIO(render(replace(document, tables=tables)).data)) as pdf:
        printed = [(word, page.edges) for page in pdf.pages for word in page.extract_words() if amount in word["text"]]
    assert len(printed) > len(tables)
    for word, edges in printed:
        middle = (word["top"] + word["bottom"]) / 2
        lines = [edge["x0"] for edge in edges if edge["orientation"] == "v" and edge["top"] <= middle <= edge["bottom"]]
        assert word["text"] == amount
        assert not [line for line in lines if word["x0"] < line < word["x1"]]
