"""The data a document was made from, as the JSON that travels inside the PDF."""

from __future__ import annotations

import json
from typing import Any

from discgen.pipeline import Document
from discgen.tables.table import Table


def disclosure_data(document: Document) -> str:
    """`{department, code, year, kind, form, tables: [{id, title, rows: [[text or {yuan, shown}]]}]}`; amounts in 元 as text."""
    disclosure = document.disclosure
    record = {
        "department": disclosure.department.name,
        "code": disclosure.department.code,
        "year": disclosure.year,
        "kind": disclosure.target.kind,
        "form": document.form.name,
        "tables": [_table(table) for table in document.tables],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "number": table.number,
        "title": table.title,
        "unit": table.unit,
        "columns": [column.key for column in table.columns],
        "rows": [
            [
                cell.text if cell.answer is None else {"yuan": str(cell.answer.value), "shown": cell.text}
                for cell in row.cells
            ]
            for row in table.rows
        ],
    }
