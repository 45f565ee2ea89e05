"""The whole text of a disclosure: each part's template rendered with facts and prose, read as blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from discgen.diagnostics import Diagnostic, Place, error, show_path, warning
from discgen.form.form import Form
from discgen.ledger.facts import FactBook
from discgen.model.disclosure import Disclosure, Narrative
from discgen.model.prose import Prose
from discgen.narrative.blocks import Block, Heading, Insertion, Paragraph, Span
from discgen.narrative.expressions import Filters, MissingFactError, fact_names, nested, sandbox
from discgen.narrative.markup import Marker, number_headings, read_blocks
from discgen.narrative.names import declared_names
from discgen.narrative.prose import ProseReader
from discgen.narrative.sheet_prose import prose_of_sheets
from discgen.narrative.tail_notes import with_tail_notes
from discgen.narrative.templates import Templates
from discgen.phrases import numbered
from discgen.tables.table import Table


class Text(Struct, frozen=True):
    """All text of a document: its blocks, headings numbered, and the prose of its sheets and reports by its place."""

    blocks: tuple[Block, ...]
    prose: Mapping[Place, Paragraph]


def write_narrative(
    disclosure: Disclosure, form: Form, book: FactBook, tables: tuple[Table, ...]
) -> tuple[Text, list[Diagnostic]]:
    """The text, and what is wrong with the prose. Raises ShippedDataError where a template of the form is wrong."""
    marker = Marker()
    filters = Filters(form, book, marker)
    facts = fact_names(book)
    reader = ProseReader(sandbox(filters), facts, marker)
    names = nested(facts) | declared_names(disclosure, form, reader)
    templates = Templates(form, filters)
    blocks: list[Block] = []
    findings: list[Diagnostic] = []
    for part in form.parts:
        try:
            rendered = templates.render(part, names)
        except MissingFactError as exception:
            hint = "这个表式的文字要用它：把它要的那一项补上"
            findings.append(error("P008", f"{exception}，表式“{form.name}”却要说到它", disclosure.place, hint))
            continue
        blocks += read_blocks(rendered, marker, book.bars)
    reasons = {**form.reasons, **form.large_changes}
    if not findings:  # a part that could not be written would have printed some of it
        findings += unprinted(disclosure.narrative, blocks, (key for key, fact in reasons.items() if fact))
    blocks = with_glossary(with_tail_notes(blocks, form), form, tables)
    text = Text(tuple(number_headings(blocks, form)), prose_of_sheets(disclosure, form, reader))
    return text, findings + reader.findings


def with_glossary(blocks: list[Block], form: Form, tables: tuple[Table, ...]) -> list[Block]:
    """The blocks with the glossary's place taken by its entries, numbered as the form does."""
    used = "\n".join([*_texts_of_blocks(blocks), *_texts_of_tables(tables)])
    entries = [entry for entry in form.glossary if entry.used in used]
    paragraphs = [
        Paragraph((Span(numbered(form.glossary_entry, number, term=entry.term, text=entry.text)),))
        for number, entry in enumerate(entries, start=1)
    ]
    return [new for block in blocks for new in (paragraphs if block == Insertion("glossary") else [block])]


def _texts_of_blocks(blocks: list[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Heading | Paragraph))


def _texts_of_tables(tables: tuple[Table, ...]) -> Iterator[str]:
    for table in tables:
        yield table.title
        yield from (head.label for row in table.heads for head in row)
        yield from (cell.text for row in table.rows for cell in row.cells)


_HINT = "这个表式没有用它的地方，或要用它的那一句这次不印（例如没有上年数，或这一项没有钱）：还要说的，移到会印出的键下；不要的，删去"


def unprinted(narrative: Narrative, blocks: Iterable[Block], asked: Iterable[str]) -> Iterator[Diagnostic]:
    """P036: each reason, purpose and note, and the introduction, stands somewhere in the document.

    A reason that is the same as another's is printed where that one is. `asked` are the keys of the reasons that the
    form may print.
    """
    paragraphs = (block for block in blocks if isinstance(block, Paragraph))
    printed = {span.place for paragraph in paragraphs for span in paragraph.spans}
    printed_reasons = {prose.text for prose in narrative.reasons.values() if prose.place in printed}
    reason_hint = f"{_HINT}；这个表式会印出的原因有：{'、'.join(asked)}"
    for prose in _optional(narrative):
        is_reason = prose in narrative.reasons.values()
        if prose.place not in printed and not (is_reason and prose.text in printed_reasons):
            hint = reason_hint if is_reason else _HINT
            yield warning("P036", f"{show_path(prose.place.path)}写了，文件里却没有印出来", prose.place, hint)


def _optional(narrative: Narrative) -> Iterator[Prose]:
    """What is written for those forms only that ask for it."""
    if narrative.introduction:
        yield narrative.introduction
    for section in (*narrative.explanations(), narrative.purposes, narrative.notes):
        yield from section.values()
