"""What a document of the form needs and an import did not find: which file, which key, what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from discgen.form.form import Form
from discgen.form.printed import printed_keys
from discgen.importing.imported import ImportedFacts
from discgen.ledger.facts import FactBook
from discgen.load.year import YearFiles
from discgen.phrases import few
from discgen.validate.library import load_schema
from discgen.yamltext.edit import EditedFile
from discgen.yamltext.tree import Node

_OF_FACTS = ("procurement", "assets", "performance", "prior")
"""The sections that a workbook of tables and text may fill."""
_DUTIES, _OFFICES = "overview.duties", "overview.organisation"
_MOST_NAMED = 8
_TO_DO = "待补充"


def asked_for(
    year: YearFiles, texts: Mapping[str, str], form: Form, book: FactBook, facts: ImportedFacts
) -> Iterator[str]:
    """What is left to write once the files are as in `texts`; nothing where no text was imported."""
    if facts.prose is None:
        return
    printed = printed_keys(form)
    budget = EditedFile(texts[year.facts.file], year.facts.file)
    narrative = EditedFile(texts[year.narrative.file], year.narrative.file)
    for key in _OF_FACTS:
        if _is_needed(key, form, book) and _is_blank(budget, key):
            yield f"{year.facts.file} 的{key}（{_title(year.facts.schema, key)}）"
    for key in (_DUTIES, _OFFICES):
        if (key == _DUTIES or key in printed) and _is_to_do(narrative.value(*key.split("."))):
            yield f"{narrative.file} 的{key}（{_title(year.narrative.schema, key)}）"
    yield from _clauses(narrative, form, book)
    if "statement" in printed and not any(project.statement for project in facts.projects):
        yield f"{year.file_in('projects', '01-….yaml').file} 的statement（项目经费情况说明）：有要公开说明的项目才写"


def _is_needed(key: str, form: Form, book: FactBook) -> bool:
    if key == "prior":
        return book.prior("income.total").value is None
    return key == "procurement" or any(needed.partition(".")[0] == key for needed in form.needs)


def _is_blank(edited: EditedFile, key: str) -> bool:
    """Whether a section is not there, or is marked as one that `init` wrote."""
    return key not in edited.keys or "待确认" in edited.remark(key)


def _is_to_do(node: Node) -> bool:
    """Whether nothing is written, or only what stands for it."""
    if isinstance(node, dict):
        return all(map(_is_to_do, node.values()))
    if isinstance(node, list):
        return all(map(_is_to_do, node))
    return node is None or str(node).startswith(_TO_DO)


def _clauses(narrative: EditedFile, form: Form, book: FactBook) -> Iterator[str]:
    """The reasons for what changed and the purposes of 科目 that are not written."""
    reasons = [
        f"reasons.{key}（{book.change(fact).title}的主要原因）"
        for key, fact in form.reasons.items()
        if book.change(fact).value and not narrative.value("reasons", key)
    ]
    parts = book.group(form.purposes) if form.purposes else []
    purposes = [f"purposes.{part.key}" for part in parts if not narrative.value("purposes", part.key)]
    for kind in (reasons, purposes):
        if kind:
            yield f"{narrative.file} 的{few(kind, _MOST_NAMED, '处')}"


def _title(schema: str, path: str) -> str:
    """What a key is, as its schema says."""
    node: Any = load_schema(schema)
    for step in path.split("."):
        node = node["properties"][step]
    return str(node.get("title", ""))
