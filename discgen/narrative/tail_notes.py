"""Sums and differences that a reader works out from the text and that miss by rounding: their section says so once.

Nothing is declared: a figure keeps its fact, a fact its exact amount and its lines. Figures that are exactly
a whole together, as they follow one another, are its parts; what is then looked at is the figures as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from discgen.form.form import Form
from discgen.ledger.facts import BUDGET_STAGES, PRIOR_EXECUTED, Fact
from discgen.model.line import Line
from discgen.money import ZERO, NumberStyle
from discgen.narrative.blocks import Block, Heading, Paragraph, Span

_SHOWN = re.compile(r"(-?[\d,]+(?:\.\d+)?)(万元|元|%)")
_PERCENT = "%"
_WHOLE = Decimal(100)
_SECTION = 2
"""Headings down to this level begin a section."""
_KINDS = frozenset({"prior", PRIOR_EXECUTED, "change", *BUDGET_STAGES})
"""First steps of names whose figures are added up apart from this year's."""


class _Figure(Struct, frozen=True):
    """An amount in 元 with what it is printed as; of a share, the amount that has it. `block` is where it stands.

    Only figures of one `kind` are added up: of one year, in one unit, shares of one whole.
    """

    fact: Fact
    kind: tuple[str, ...]
    amount: Decimal
    shown: Decimal
    lines: frozenset[Line]
    block: int


def with_tail_notes(blocks: Sequence[Block], form: Form) -> list[Block]:
    """The blocks with the form's note at the end of each section whose printed figures miss one another by rounding."""
    style = form.numbers["text"]
    misses = (_last_miss(blocks, section, style) for section in _sections(blocks))
    ends = {_end(blocks, last) for last in misses if last is not None}
    result: list[Block] = []
    for number, block in enumerate(blocks):
        result.append(block)
        if number in ends:
            result.append(Paragraph((Span(form.notes["text_tail"]),)))
    return result


def _sections(blocks: Sequence[Block]) -> Iterator[range]:
    begins = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.rank <= _SECTION]
    yield from (range(*bounds) for bounds in zip([0, *begins], [*begins, len(blocks)], strict=True))


def _end(blocks: Sequence[Block], last: int) -> int:
    """The last paragraph before the next heading: what follows it are figures on pages of their own, or a chart."""
    below = range(last + 1, len(blocks))
    heading = next((n for n in below if isinstance(blocks[n], Heading)), len(blocks))
    return max(n for n in range(last, heading) if isinstance(blocks[n], Paragraph))


def _last_miss(blocks: Sequence[Block], section: range, style: NumberStyle) -> int | None:
    """The block of a section in which its last sum or difference that misses is complete."""
    figures = list(_figures(blocks, section))
    return max((*_missed_sums(figures), *_missed_differences(figures, style)), default=None)


def _figures(blocks: Sequence[Block], section: range) -> Iterator[_Figure]:
    """The figures of a section that are not nothing, each fact once in a unit."""
    seen = set()
    for number in section:
        block = blocks[number]
        for span in block.spans if isinstance(block, Paragraph) else ():
            shown = _SHOWN.fullmatch(span.text) if span.fact else None
            if span.fact is None or shown is None or not span.fact.value or (span.fact.name, shown[2]) in seen:
                continue
            seen.add((span.fact.name, shown[2]))
            figure = _figure(span.fact, Decimal(shown[1].replace(",", "")), shown[2], number)
            if figure:
                yield figure


def _figure(fact: Fact, shown: Decimal, unit: str, block: int) -> _Figure | None:
    """The figure; None for a rate of change, which is part of nothing."""
    if unit != _PERCENT:
        first = fact.name.partition(".")[0]
        kind = (unit, first if first in _KINDS else "")
        amount = fact.value or ZERO
        return _Figure(fact, kind, amount, shown.copy_sign(amount), frozenset(fact.lines), block)
    part, whole = fact.operands
    if part.operands or not part.value:
        return None
    return _Figure(fact, (unit, whole.name), part.value, shown, frozenset(part.lines), block)


def _missed_sums(figures: Sequence[_Figure]) -> Iterator[int]:
    """Where the parts of a whole are complete and do not add up to it as they are printed."""
    wholes: dict[tuple[tuple[str, ...], Decimal], list[tuple[Decimal, int]]] = {}
    for figure in figures:
        is_share = figure.kind[0] == _PERCENT
        amount = figure.fact.operands[1].value if is_share else figure.amount
        wholes.setdefault((figure.kind, amount or ZERO), []).append(
            (_WHOLE if is_share else figure.shown, figure.block)
        )
    for start, first in enumerate(figures):
        alike = (figure for figure in figures[start:] if figure.kind == first.kind)
        for amount, shown, end in _running_sums(alike):
            yield from (max(end, block) for whole, block in wholes.get((first.kind, amount), ()) if whole != shown)


def _running_sums(figures: Iterable[_Figure]) -> Iterator[tuple[Decimal, Decimal, int]]:
    """Exact sum, printed sum and block of the last figure, from the second on, of figures that share no line."""
    amount, shown, lines = ZERO, ZERO, frozenset[Line]()
    for number, figure in enumerate(figures):
        if not lines.isdisjoint(figure.lines):
            continue
        amount, shown, lines = amount + figure.amount, shown + figure.shown, lines | figure.lines
        if number:
            yield amount, shown, figure.block


def _missed_differences(figures: Sequence[_Figure], style: NumberStyle) -> Iterator[int]:
    """Where a change is printed that is not the difference of its two years as they are printed.

    Last year's figure may stand in last year's document alone; it was rounded there in the same way.
    """
    by_name = {(figure.fact.name, figure.kind[0]): figure for figure in figures if figure.kind[0] != _PERCENT}
    for change in figures:
        unit, first = change.kind
        if unit == _PERCENT or first != "change":
            continue
        this, before = change.fact.operands
        stated = by_name.get((this.name, unit))
        places = max(_places(change.shown), _places(stated.shown)) if stated else style.places
        rounded = replace(style, unit=unit, places=places).rounded(before.value or ZERO)
        if stated and stated.shown - rounded != change.shown:
            yield max(change.block, stated.block)


def _places(shown: Decimal) -> int:
    """The decimals that a figure is printed with."""
    return -int(shown.as_tuple().exponent)
