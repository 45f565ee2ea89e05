"""名词解释: of the form's terms, those that the document uses."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.form.form import Form
from discgen.narrative.blocks import Block, Glossary, Heading, Paragraph, Span
from discgen.phrases import numbered
from discgen.tables.table import Table


def with_glossary(blocks: list[Block], form: Form, tables: tuple[Table, ...]) -> list[Block]:
    """The blocks with the glossary's place taken by its entries, numbered as the form does"""
    used = "\n".join([*_texts_of_blocks(blocks), *_texts_of_tables(tables)])
    entries = [entry for entry in form.glossary if entry.used in used]
    paragraphs = [
        Paragraph((Span(numbered(form.glossary_entry, number, term=entry.term, text=entry.text)),))
        for number, entry in enumerate(entries, start=1)
    ]
    return [new for block in blocks for new in (paragraphs if isinstance(block, Glossary) else [block])]


def _texts_of_blocks(blocks: list[Block]) -> Iterator[str]:
    return (block.text for block in blocks if isinstance(block, Heading | Paragraph))


def _texts_of_tables(tables: tuple[Table, ...]) -> Iterator[str]:
    for table in tables:
        yield table.title
        yield from (head.label for row in table.heads for head in row)
        yield from (cell.text for row in table.rows for cell in row.cells)
