"""The summary of a check as an Excel workbook: the years, the documents of each, and who is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.check.checklist_book import documents
from discgen.check.summary import YearSummary
from discgen.diagnostics import Severity
from discgen.export.rows_book import Cell, Rows, is_rows_book, rows_book
from discgen.reference.vocabulary import name_of, terms

_TITLE = "检查汇总"
_YEARS = (
    *(("年度", 7), ("种类", 7), ("部门", 7), ("缺", 7)),
    *((term.name, 7) for term in terms("severity").values()),
    ("已豁免", 8),
)
_MISSING = (("年度", 7), ("种类", 7), ("部门编码", 10), ("部门", 40), ("文件夹", 20), ("去年有", 8), ("名单上有", 10))


def summary_book(years: Sequence[YearSummary]) -> bytes:
    """A workbook of three sheets. The same bytes for the same findings."""
    every = (document for year in years for document in year.documents)
    sheets = {"汇总": Rows(_YEARS, map(_row, years)), "部门": documents(every), "缺": Rows(_MISSING, _missing(years))}
    return rows_book(_TITLE, sheets)


def is_summary_book(data: bytes) -> bool:
    """Whether a file is such a workbook, and may be replaced by a newer one."""
    return is_rows_book(data, _TITLE)


def _row(year: YearSummary) -> list[Cell]:
    counts = (year.count(severity) for severity in Severity)
    return [*_of(year), year.departments, len(year.missing), *counts, year.waived]


def _missing(years: Sequence[YearSummary]) -> Iterator[list[Cell]]:
    for year in years:
        for one in year.missing:
            because = (_yes(said=one.had_last_year), _yes(said=one.is_expected))
            folder = "/".join(filter(None, (one.department, one.unit)))
            yield [*_of(year), one.code, one.name, folder, *because]


def _of(year: YearSummary) -> list[Cell]:
    return [year.year, name_of("kind", year.kind)]


def _yes(*, said: bool) -> str:
    return "是" if said else ""
