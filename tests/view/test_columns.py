"""Columns take the points a label lacks from columns that have them to spare; amounts are set small enough to fit."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pytest
from msgspec.structs import replace

from discgen.publish.build import render
from discgen.publish.layout import Pdf
from discgen.tables.table import Cell, Column, Head, Row, Table
from discgen.view.columns import amount_size, column_widths
from tests.conftest import Demo

WHOLE = 493.2
"""Points of a portrait page."""


@pytest.fixture
def form_table(workspace: Demo) -> Table:
    return workspace.document().tables[0]


def table(form_table: Table, widths: tuple[float, ...], heads: tuple[str, ...], row: tuple[str, ...]) -> Table:
    """A table on a portrait page: a column of texts, then columns of amounts."""
    columns = tuple(Column(f"c{at}", "" if at else "label", width) for at, width in enumerate(widths))
    return replace(
        form_table,
        orientation="portrait",
        dense=False,
        columns=columns,
        heads=(tuple(Head(head, 1, 1) for head in heads),),
        rows=(Row("line", tuple(map(Cell, row))),),
    )


def points(widths: tuple[float, ...]) -> list[float]:
    return [width / 100 * WHOLE for width in widths]


def test_widths_stay_as_the_form_says_where_no_label_drops_a_character(form_table: Table) -> None:
    shown = table(form_table, (40, 30, 30), ("项目", "金额", "金额"), ("一般公共服务支出", "1.00", "1.00"))
    assert column_widths(shown) == (40, 30, 30)


def test_a_label_of_eight_characters_gets_the_points_that_it_lacks(form_table: Table) -> None:
    shown = table(form_table, (40, 15, 45), ("项目", "国有资本经营预算", "金额"), ("支出", "1.00", "1.00"))
    before, after = points((40, 15, 45)), points(column_widths(shown))
    assert before[1] < 8 * 9 + 6.5 <= after[1]
    assert sum(after) == pytest.approx(WHOLE, abs=0.1)


def test_columns_to_which_the_form_gives_one_width_stay_alike(form_table: Table) -> None:
    shown = table(
        form_table, (40, 15, 15, 30), ("项目", "国有资本经营预算", "金额", "备注"), ("支", "1.00", "1.00", "")
    )
    widths = column_widths(shown)
    assert widths[1] == widths[2] > 15


def test_no_column_gives_what_its_amounts_need(form_table: Table) -> None:
    amount = "1,234,567,890.12"  # 13 digits of half an em, 4 separators of a quarter: 7.25 ems
    shown = table(form_table, (15, 15), ("国有资本经营预算", "金额"), ("支出", amount))
    shown = replace(
        shown, columns=tuple(replace(one, width=width) for one, width in zip(shown.columns, (83, 17), strict=True))
    )
    assert points(column_widths(shown))[1] >= 7.25 * 9 + 6.5


def test_where_nothing_can_be_spared_the_widths_stay(form_table: Table) -> None:
    head = "十三个字的栏目的名称排两行"  # in columns of 12 characters, as wide as their amounts need
    shown = table(form_table, (25, 25, 25, 25), (head, "金额", "金额", "金额"), ("支出", *["1" * 26] * 3))
    assert column_widths(shown) == (25, 25, 25, 25)


def test_no_column_gives_what_a_code_needs(form_table: Table) -> None:
    """Seven digits are one word: a column that has no room for them breaks it."""
    shown = table(form_table, (9, 15, 76), ("编码", "国有资本经营预算", "金额"), ("2010301", "1.00", "1" * 81))
    assert points(column_widths(shown))[0] >= 7 * 0.56 * 9 + 6.5


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
    made = render(replace(document, tables=tables))
    assert isinstance(made, Pdf)
    with pdfplumber.open(BytesIO(made.data)) as pdf:
        printed = [(word, page.edges) for page in pdf.pages for word in page.extract_words() if amount in word["text"]]
    assert len(printed) > len(tables)
    for word, edges in printed:
        middle = (word["top"] + word["bottom"]) / 2
        lines = [edge["x0"] for edge in edges if edge["orientation"] == "v" and edge["top"] <= middle <= edge["bottom"]]
        assert word["text"] == amount
        assert not [line for line in lines if word["x0"] < line < word["x1"]]
