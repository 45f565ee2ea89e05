"""The whole text of a disclosure: each part's template rendered with facts and prose, read as blocks."""

from __future__ import annotations

from dataclasses import dataclass

from discgen.diagnostics import Diagnostic, error
from discgen.form.form import Form
from discgen.ledger.facts import FactBook
from discgen.model.disclosure import Disclosure
from discgen.narrative.blocks import Block
from discgen.narrative.evaluations import EvaluationPage, lay_out_evaluations
from discgen.narrative.expressions import MissingFactError, Words, fact_names, sandbox
from discgen.narrative.glossary import with_glossary
from discgen.narrative.goal_sheets import GoalSheetPage, lay_out
from discgen.narrative.markup import Marker, number_headings, read_blocks
from discgen.narrative.names import declared_names
from discgen.narrative.prose import ProseReader
from discgen.narrative.tails import with_tail_notes
from discgen.narrative.templates import Templates
from discgen.narrative.unprinted import unprinted
from discgen.tables.table import Table


@dataclass(frozen=True, slots=True)
class Text:
    """All text of a document: its blocks, headings numbered, its goal sheets and its self-evaluation reports."""

    blocks: tuple[Block, ...]
    goal_sheets: tuple[GoalSheetPage, ...]
    evaluations: tuple[EvaluationPage, ...]


def write(
    disclosure: Disclosure, form: Form, book: FactBook, tables: tuple[Table, ...]
) -> tuple[Text, list[Diagnostic]]:
    """The text, and what is wrong with the prose. Raises FormError where a template of the form is wrong."""
    marker = Marker()
    words = Words(form, book, marker)
    facts = fact_names(book)
    reader = ProseReader(sandbox(words), facts, words)
    names = facts | declared_names(disclosure, form, reader)
    templates = Templates(form, words)
    blocks: list[Block] = []
    findings: list[Diagnostic] = []
    for part in form.parts:
        try:
            rendered = templates.render(part, names)
        except MissingFactError as trouble:
            hint = "这个表式的文字要用它：把它要的那一项补上"
            findings.append(error("P008", f"{trouble}，表式“{form.name}”却要说到它", disclosure.place, hint))
            continue
        blocks += read_blocks(rendered, marker, book.bars)
    reasons = {**form.reasons, **form.large_changes}
    if not findings:  # a part that could not be written would have printed some of it
        findings += unprinted(disclosure.narrative, blocks, (key for key, fact in reasons.items() if fact))
    blocks = with_glossary(with_tail_notes(blocks, form), form, tables)
    text = Text(
        tuple(number_headings(blocks, form)),
        lay_out(disclosure, form, reader),
        lay_out_evaluations(disclosure, form, reader),
    )
    return text, findings + reader.findings
