"""What a narrative template writes, read as blocks.

    # heading of a part        ## of a section        ### …
    !chart general.by_class 一般公共预算当年拨款结构图
    !goal-sheets, !tables, !glossary, !annexes, !evaluations
    anything else: text of a paragraph

A heading and a directive take a line each. A paragraph ends with a blank line of its template, or before a heading or a
directive; the line breaks inside it do not count, nor does a line of which a condition leaves nothing. An author's text
is no template: each line of it is a paragraph.

An amount is carried through the template between marks from Unicode's private use area, so
that the span of text it became still knows its fact; an author's prose is carried between two
others, so that it still knows its place; another guards an author's line that looks like markup.
Files that hold such characters are refused when they are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from discgen.diagnostics import Place
from discgen.form.form import Form
from discgen.ledger.facts import Fact
from discgen.narrative.blocks import INSERTIONS, Block, Chart, Heading, Insertion, Paragraph, Span
from discgen.phrases import numbered
from discgen.validate.shipped import ShippedDataError

_OPEN, _MIDDLE, _CLOSE, _GUARD = "\ue000", "\ue001", "\ue002", "\ue003"
_BEGIN, _END, _PARAGRAPH_END = "\ue004", "\ue005", "\ue006"
_MARKED = re.compile(f"{_OPEN}([0-9]+){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")
_WRITTEN = re.compile(f"{_BEGIN}([0-9]+){_MIDDLE}|{_END}")
_MARK = re.compile(f"{_MARKED.pattern}|{_WRITTEN.pattern}")
_HEADING = re.compile(r"(#{1,4}) (.+)")
_TAG_OR_PARAGRAPH_END = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})|(?<=\n)[ \t]*(?=\n|#{1,4} |!)", re.DOTALL)


def mark_paragraph_ends(template: str) -> str:
    """A template with a mark where paragraphs end; a line that comes to nothing when rendered is not one of those places."""
    return _TAG_OR_PARAGRAPH_END.sub(lambda match: match[1] or _PARAGRAPH_END, template)


class Marker:
    """Marks amounts with the fact they show and prose with its place, and finds both again."""

    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._places: list[Place] = []

    def mark(self, fact: Fact, text: str) -> str:
        """`text`, marked as what `fact` looks like."""
        self._facts.append(fact)
        return f"{_OPEN}{len(self._facts) - 1}{_MIDDLE}{text}{_CLOSE}"

    def written(self, place: Place, text: str) -> str:
        """`text`, each line of it marked as written at `place`."""
        self._places.append(place)
        begin = f"{_BEGIN}{len(self._places) - 1}{_MIDDLE}"
        return f"{_PARAGRAPH_END}\n".join(f"{begin}{line}{_END}" if line else line for line in text.split("\n"))

    def spans(self, text: str) -> tuple[Span, ...]:
        """The runs of a marked text."""
        text = text.replace(_GUARD, "")
        spans: list[Span] = []
        place: Place | None = None
        end = 0
        for match in _MARK.finditer(text):
            if match.start() > end:
                spans.append(Span(text[end : match.start()], place=place))
            end = match.end()
            if match[1]:
                spans.append(Span(match[2], self._facts[int(match[1])], place))
            else:
                place = self._places[int(match[3])] if match[3] else None
        if end < len(text):
            spans.append(Span(text[end:]))
        return tuple(spans)


def plain(text: str) -> str:
    """A marked text without its marks."""
    return _WRITTEN.sub("", _MARKED.sub(r"\2", text)).replace(_GUARD, "")


def as_prose(text: str) -> str:
    """An author's text as paragraphs only: no line of it is taken for a heading or a directive."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(_GUARD + line if line.startswith(("#", "!")) else line for line in lines)


def read_blocks(text: str, marker: Marker, chart_parts: Callable[[str], list[Fact]]) -> list[Block]:
    """Blocks of a rendered template; a chart without parts is left out.

    Raises ShippedDataError for a directive or a group of facts that there is none of.
    """
    blocks: list[Block] = []
    paragraph = ""
    for line in (*text.replace(_PARAGRAPH_END, f"\n{_PARAGRAPH_END}\n").splitlines(), _PARAGRAPH_END):
        stripped = line.strip()
        block = _heading_or_figure(stripped, chart_parts)
        if paragraph and (block or stripped == _PARAGRAPH_END):
            blocks.append(Paragraph(marker.spans(paragraph)))
            paragraph = ""
        if block:
            blocks.append(block)
        elif stripped != _PARAGRAPH_END:
            paragraph += stripped
    return [block for block in blocks if not isinstance(block, Chart) or block.parts]


def _heading_or_figure(line: str, chart_parts: Callable[[str], list[Fact]]) -> Block | None:
    """The block of a line that is one by itself; None for text."""
    heading = _HEADING.fullmatch(line)
    if heading:
        return Heading(len(heading[1]), plain(heading[2]))
    if not line.startswith("!"):
        return None
    directive, _, rest = line[1:].partition(" ")
    if directive == "chart":
        group, _, title = rest.partition(" ")
        try:
            return Chart(title, tuple(chart_parts(group)))
        except KeyError as exception:
            raise ShippedDataError(f"模板写了“{line}”，没有“{group}”这一组数") from exception
    if directive in INSERTIONS:
        return Insertion(directive)
    raise ShippedDataError(f"模板写了“{line}”，没有这种图表；有：!chart、!{'、!'.join(INSERTIONS)}")


def number_headings(blocks: list[Block], form: Form) -> list[Block]:
    """Headings with the form's numbers before them, counted anew under each heading above."""
    counts = [0] * len(form.numbering)
    result: list[Block] = []
    for block in blocks:
        if not isinstance(block, Heading):
            result.append(block)
            continue
        depth = block.rank - 1
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        result.append(Heading(block.rank, numbered(form.numbering[depth], counts[depth]) + block.text))
    return result
