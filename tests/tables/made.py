"""A table made from a few words of YAML and a few lines, both of which stand in the test."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from discgen.diagnostics import Place
from discgen.form.form import load_form
from discgen.form.table_spec import TableSpec
from discgen.ledger.ledger import Ledger
from discgen.model.disclosure import Disclosure
from discgen.model.line import Line, Source
from discgen.reference.decode import decode
from discgen.tables.build import build_table
from discgen.tables.table import Table
from discgen.yamltext.read import read_yaml


def line(wan: int | str, **dimensions: Any) -> Line:
    """A line of so many 万元."""
    return Line(Decimal(wan) * 10000, Place("b"), **dimensions)


def make(
    disclosure: Disclosure, spec: str, form: str = "shanxi-budget-2023", /, **lines: tuple[Line, ...] | list[Line]
) -> Table:
    """The table of a spec, written as in `tables/*.yaml`; lines by the name of their source."""
    ledger = Ledger({Source(source): tuple(found) for source, found in lines.items()}, disclosure.department)
    tree, findings = read_yaml(spec.encode(), "made.yaml")
    assert tree is not None, findings
    assert isinstance(tree.root, dict)
    if "blocks" not in tree.root:
        places = {("blocks", 0, *path): place for path, place in tree.values.items()}
        tree = replace(tree, root={"title": "表", "blocks": [tree.root]}, values=places)
    elif "title" not in tree.root:
        tree = replace(tree, root={"title": "表", **tree.root})
    return build_table(decode(TableSpec, tree, id="made"), 1, load_form(form), ledger, disclosure)


def texts(table: Table) -> list[list[str]]:
    """What the cells show."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def sums(table: Table) -> list[str]:
    """The names of the additions that a reader can check."""
    return [addition.name for addition in table.sums]
