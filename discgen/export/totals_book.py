"""The main figures of many documents side by side, as an Excel workbook: a row for each document, amounts in 元."""

from __future__ import annotations

from collections.abc import Iterable

from discgen.document import Document
from discgen.export.rows_book import Cell, Rows, is_rows_book, rows_book
from discgen.ledger.facts import FactBook, load_catalogue
from discgen.ledger.ledger import Ledger
from discgen.model.line import STAGES
from discgen.reference.vocabulary import name_of

TOTALS_FILE = "各部门主要数.xlsx"
_TITLE = "各部门主要数"
_OF_DOCUMENT = (("部门编码", 10), ("部门", 30), ("文件夹", 20), ("年度", 7), ("种类", 7))
_WHOLE = {"budget": ("income.total", "expenditure.total"), "accounts": ("received.total", "spent.total")}
"""收入总计 and 支出总计 by the kind of disclosure: those of accounts have in them what was left of last year, and what is left."""
_FACTS = (
    *("income.fiscal", "expenditure.fiscal", "expenditure.basic", "expenditure.project"),
    *("three_public.total", "three_public.overseas_travel", "three_public.vehicles", "three_public.reception"),
    *("agency_operation.total", "procurement.total"),
)
"""The figures by their names in `templates/facts.yaml`, whose titles are the heads."""
_WIDTH = 18


def totals_row(document: Document) -> list[Cell]:
    """The figures of a document; what its lines do not know is empty."""
    disclosure, target = document.disclosure, document.disclosure.target
    facts = FactBook(disclosure, Ledger(disclosure.lines, disclosure.department, STAGES[target.kind]), None)
    values = [facts.this(name).value for name in (*_WHOLE[target.kind], *_FACTS)]
    department = disclosure.department
    called: list[Cell] = [
        department.code,
        department.name,
        target.build_folder,
        target.year,
        name_of("kind", target.kind),
    ]
    known: list[Cell] = ["" if value is None else value for value in values]
    return [*called, *known]


def totals_book(rows: Iterable[list[Cell]]) -> bytes:
    """A workbook of one sheet. The same bytes for the same figures."""
    titles = [load_catalogue().facts[name].title for name in (*_WHOLE["budget"], *_FACTS)]
    columns = (*_OF_DOCUMENT, *((f"{title}（元）", _WIDTH) for title in titles))
    return rows_book(_TITLE, {"主要数": Rows(columns, rows)})


def is_totals_book(data: bytes) -> bool:
    """Whether a file is such a workbook, and may be replaced by a newer one."""
    return is_rows_book(data, _TITLE)
