"""Comparisons for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.compare.change import TOTALS, Change, Comparison, Mark
from discgen.compare.texts import Runs, marked, shortened
from discgen.compare.wording import NOTHING, by_topic, describe_change, describe_pages, sections, summary
from discgen.load.characters import visible_line

_BESIDE = 24
"""How many characters are quoted on either side of what differs."""


def as_text(comparisons: Sequence[Comparison]) -> str:
    """A paragraph a document; the parts of a sentence that differ stand in 【】."""
    return "\n\n".join("\n".join(map(_shown, _document(one))) for one in comparisons) or NOTHING


def _shown(line: str) -> str:
    """A line as one, whatever breaks the text in it has."""
    return visible_line(line.replace("\n", " "))


def _document(one: Comparison) -> Iterator[str]:
    yield one.title
    for note in one.notes:
        yield f"  注意：{note}"
    for heading, changes in sections(one):
        yield f"  {heading}（{len(changes)}处）"
        for topic, found in by_topic(changes):
            if heading == TOTALS:
                yield f"    {topic}：{summary(found)}"
                continue
            yield f"    {topic}"
            for change in found:
                yield from _sentence(change) if change.is_text else _fact(change)
    if one.pages:
        yield f"  变的页：{describe_pages(one.pages)}"


def _fact(change: Change) -> Iterator[str]:
    yield f"      {change.mark.said} {' '.join(part for part in (change.title, describe_change(change)) if part)}"


def _sentence(change: Change) -> Iterator[str]:
    """A sentence that came or went as it is; of one that differs the part that does, on the sides that have any."""
    if change.mark is not Mark.CHANGED:
        title = f" {change.title}" if change.title else ""
        yield f"      {change.mark.said}{title}：{change.before + change.after}"
        return
    sides = marked(change.before, change.after)
    old, new = (_marked(shortened(runs, _BESIDE)) for runs in sides)
    gone, come = (any(differs for _, differs in runs) for runs in sides)
    yield f"      {change.mark} {change.title or '这一句'}"
    if gone:
        yield f"         {'原' if come else '删去'}：{old}"
    if come:
        yield f"         {'现' if gone else '增加'}：{new}"


def _marked(runs: Runs) -> str:
    return "".join(f"【{text}】" if differs else text for text, differs in runs)
