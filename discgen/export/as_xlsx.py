"""The tables of a document as an Excel workbook, a sheet a table; the same bytes for the same data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook

from discgen.document import Document
from discgen.export.archive import MADE, repacked
from discgen.export.names import document_name, table_name
from discgen.export.sheet import SheetWriter
from discgen.view.table import view_table

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)')


def as_xlsx(document: Document) -> dict[str, bytes]:
    """`<year>-<kind>.xlsx`: amounts are exact numbers in the table's unit, totals formulas where they can be."""
    disclosure = document.disclosure
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = document_name(document)
    book.properties.creator = disclosure.department.name
    book.properties.created = MADE
    results: dict[str, Mapping[str, str]] = {}
    for number, (table, spec) in enumerate(zip(document.tables, document.form.tables, strict=True), start=1):
        sheet = book.create_sheet(table_name(table, disclosure.year))
        writer = SheetWriter(sheet, table, view_table(table, document), document.form.numbers[spec.numbers])
        writer.write()
        results[f"xl/worksheets/sheet{number}.xml"] = writer.values
    made = BytesIO()
    book.save(made)
    return {f"{disclosure.year}-{disclosure.target.kind}.xlsx": settled(made.getvalue(), results)}


def settled(workbook: bytes, results: Mapping[str, Mapping[str, str]]) -> bytes:
    """The workbook without the time it was made at, and with the results of its formulas by sheet and cell.

    The library writes formulas without results; a viewer that does not calculate would show none.
    """
    stamp = rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode()

    def changed(name: str, content: bytes) -> bytes:
        content = _MODIFIED.sub(stamp, content)
        return _with_results(content, results[name]) if name in results else content

    return repacked(workbook, changed)


def _with_results(sheet: bytes, results: Mapping[str, str]) -> bytes:
    return _FORMULA.sub(lambda cell: cell[1] + f"<v>{results[cell[2].decode()]}</v>".encode(), sheet)
