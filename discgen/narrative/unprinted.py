"""What an author wrote beside what became of it: a text that the document prints nowhere is lost without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from discgen.diagnostics import Diagnostic, show_path, warning
from discgen.model.disclosure import Narrative
from discgen.model.prose import Prose
from discgen.narrative.blocks import Block, Paragraph

_HINT = "这个表式没有用它的地方，或要用它的那一句这次不印（例如没有上年数，或这一项没有钱）：还要说的，移到会印出的键下；不要的，删去"


def unprinted(narrative: Narrative, blocks: Iterable[Block], asked: Iterable[str]) -> Iterator[Diagnostic]:
    """P036: each reason, purpose and note, and the introduction, stands somewhere in the document.

    A reason that is the same as another's is printed where that one is. `asked` are the keys of the reasons that the
    form may print.
    """
    paragraphs = (block for block in blocks if isinstance(block, Paragraph))
    printed = {span.place for paragraph in paragraphs for span in paragraph.spans}
    told_once = {prose.text for prose in narrative.reasons.values() if prose.place in printed}
    of_reasons = f"{_HINT}；这个表式会印出的原因有：{'、'.join(asked)}"
    for prose in _optional(narrative):
        is_reason = prose in narrative.reasons.values()
        if prose.place not in printed and not (is_reason and prose.text in told_once):
            hint = of_reasons if is_reason else _HINT
            yield warning("P036", f"{show_path(prose.place.path)}写了，文件里却没有印出来", prose.place, hint)


def _optional(narrative: Narrative) -> Iterator[Prose]:
    """What is written for those forms only that ask for it."""
    if narrative.introduction:
        yield narrative.introduction
    for section in (narrative.reasons, narrative.reasons_by_code, narrative.purposes, narrative.notes):
        yield from section.values()
