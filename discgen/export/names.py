"""What exported tables and documents are called."""

from __future__ import annotations

from discgen.document import Document
from discgen.model.disclosure import Disclosure
from discgen.reference.vocabulary import name_of
from discgen.tables.table import Table

_MOST_CHARACTERS = 31
"""Excel takes no longer name of a sheet."""
_NOT_IN_NAMES = str.maketrans(dict.fromkeys(r":\/?*[]<>|'" + '"', ""))
"""What neither the name of a sheet nor that of a file may hold."""


def fit_for_names(text: str) -> str:
    """The text without what a name may not hold."""
    return text.translate(_NOT_IN_NAMES)


def table_name(table: Table, year: int) -> str:
    """`表1 预算收支总表`: the number and the title without its year; fit for a sheet and for a file."""
    title = fit_for_names(table.title.removeprefix(f"{year}年"))
    return f"表{table.number} {title}"[:_MOST_CHARACTERS].rstrip()


def document_name(document: Document) -> str:
    """`示范市档案局2023年部门预算`, of a unit `示范市档案馆2023年单位预算`."""
    return f"{document.disclosure.department.name}{kind_name(document.disclosure, document.form.scope.label)}"


def kind_name(disclosure: Disclosure, scope: str) -> str:
    """`2023年部门预算`; `scope` is 部门 or 单位."""
    return f"{disclosure.year}年{scope}{name_of('kind', disclosure.target.kind)}"
