"""A document ready to be rendered, what became of its target, and the document as the JSON that travels inside its PDF."""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

from discgen.diagnostics import Diagnostic
from discgen.form.form import Form
from discgen.ledger.query import DIMENSIONS
from discgen.load.target import Target
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line
from discgen.model.waiver import Waived
from discgen.narrative.blocks import Heading, Paragraph
from discgen.narrative.write import Text
from discgen.tables.table import Table


class Document(Struct, frozen=True):
    """A disclosure ready to be rendered: its facts, its tables, its text.

    `others` are the disclosures besides it that figures come from.
    """

    disclosure: Disclosure
    form: Form
    tables: tuple[Table, ...]
    text: Text
    others: tuple[Disclosure, ...] = ()


class Result(Struct, frozen=True):
    """What became of a target: its document, unless errors left none, all findings, and what is waived."""

    target: Target
    document: Document | None
    findings: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...] = ()


def disclosure_data(document: Document) -> str:
    """The facts and what was derived from them; amounts in 元 as text.

    `{department, code, year, kind, form, lines: {source: [{amount, at, …}]}, tables: [{id, title,
    rows: [[text or {yuan, shown}]]}], text: […]}`; `at` is the place in the department's files.
    """
    disclosure = document.disclosure
    record = {
        "department": disclosure.department.name,
        "code": disclosure.department.code,
        "year": disclosure.year,
        "kind": disclosure.target.kind,
        "form": document.form.name,
        "lines": {source.value: [_line(line) for line in lines] for source, lines in disclosure.lines.items()},
        "tables": [_table(table) for table in document.tables],
        "text": [block.text for block in document.text.blocks if isinstance(block, Heading | Paragraph)],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _line(line: Line) -> dict[str, str]:
    known = {name: getattr(line, name) for name in DIMENSIONS}
    return {"amount": str(line.amount), "at": str(line.place)} | {
        name: str(value) for name, value in known.items() if value is not None
    }


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
