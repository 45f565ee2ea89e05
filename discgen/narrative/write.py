"""The whole text of a disclosure: each part's template rendered with facts and prose, read as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import FileSystemLoader

from discgen.diagnostics import Diagnostic, error
from discgen.form.form import Form
from discgen.ledger.facts import FactBook
from discgen.model.disclosure import Disclosure
from discgen.model.line import Category
from discgen.narrative.blocks import Block
from discgen.narrative.expressions import MissingFactError, Words, fact_names, sandbox
from discgen.narrative.glossary import with_glossary
from discgen.narrative.goal_sheets import GoalSheetPage, lay_out
from discgen.narrative.markup import Marker, number_headings, read_blocks
from discgen.narrative.prose import ProseReader
from discgen.tables.table import Table


@dataclass(frozen=True, slots=True)
class ProjectList:
    """The projects of one unit, as the text lists them."""

    unit: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """All text of a document: its blocks, headings numbered, and the pages of its goal sheets."""

    blocks: tuple[Block, ...]
    goal_sheets: tuple[GoalSheetPage, ...]


def write(
    disclosure: Disclosure, form: Form, book: FactBook, tables: tuple[Table, ...]
) -> tuple[Text, list[Diagnostic]]:
    """The text, and what is wrong with the prose."""
    marker = Marker()
    words = Words(form, book, marker)
    facts = fact_names(book)
    reader = ProseReader(sandbox(words), facts, words)
    names = facts | _about(disclosure, form, reader)
    templates = sandbox(words, loader=FileSystemLoader([folder / "narrative" for folder in form.folders]))
    blocks: list[Block] = []
    findings: list[Diagnostic] = []
    for part in form.parts:
        try:
            rendered = templates.get_template(f"{part}.md.j2").render(names)
        except MissingFactError as trouble:
            hint = "这个表式的文字要用它：把它要的那一项补上"
            findings.append(error("P008", f"{trouble}，表式“{form.name}”却要说到它", disclosure.place, hint))
            continue
        blocks += read_blocks(rendered, marker, book.group)
    blocks = with_glossary(blocks, form, tables)
    text = Text(tuple(number_headings(blocks, form)), lay_out(disclosure, form, reader))
    return text, findings + reader.findings


def _about(disclosure: Disclosure, form: Form, reader: ProseReader) -> dict[str, Any]:
    """What templates see besides facts; prose is worked out here."""
    narrative = disclosure.narrative
    return {
        "year": disclosure.year,
        "sections": form.sections,
        "wording": {
            name: words.format(
                year=disclosure.year, prior_year=disclosure.year - 1, department=disclosure.department.name
            )
            for name, words in form.wording.items()
        },
        "department": disclosure.department,
        "duties": [_on_one_line(reader.read(duty)) for duty in narrative.duties],
        "offices": narrative.offices,
        "centres": narrative.centres,
        "reasons": {
            key: _on_one_line(reader.read(reason)).rstrip("。；，") for key, reason in narrative.reasons.items()
        },
        "notes": {key: reader.read(note) for key, note in narrative.notes.items()},
        "assets": disclosure.assets,
        "project_count": len(disclosure.projects),
        "project_counts": {
            category: sum(project.category is category for project in disclosure.projects) for category in Category
        },
        "project_lists": _project_lists(disclosure),
    }


def _on_one_line(text: str) -> str:
    """A text that stands inside a sentence of the form."""
    return "".join(text.splitlines())


def _project_lists(disclosure: Disclosure) -> list[ProjectList]:
    lists = [
        ProjectList(unit.short_name, tuple(p.name for p in disclosure.projects if p.unit == unit.id))
        for unit in disclosure.department.units
    ]
    return [one for one in lists if one.names]
