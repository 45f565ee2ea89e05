"""The tables of a document as an Excel workbook, a sheet a table; the same bytes for the same data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from discgen.document import Document
from discgen.export.names import document_name, table_name
from discgen.export.sheet import SheetWriter
from discgen.view.table import view_table

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the library takes times without a zone for UTC
"""A workbook must have a date; any fixed one will do, today's would change the bytes."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first date that an archive can give to what is in it."""
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
    settled = BytesIO()
    with ZipFile(BytesIO(workbook)) as made, ZipFile(settled, "w") as archive:
        for name in made.namelist():
            content = _MODIFIED.sub(rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), made.read(name))
            if name in results:
                content = _with_results(content, results[name])
            archive.writestr(ZipInfo(name, _EARLIEST), content, ZIP_DEFLATED)
    return settled.getvalue()


def _with_results(sheet: bytes, results: Mapping[str, str]) -> bytes:
    return _FORMULA.sub(lambda cell: cell[1] + f"<v>{results[cell[2].decode()]}</v>".encode(), sheet)
