"""Comparisons for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.characters import visible_line
from discgen.compare.change import TOTALS, Change, Comparison, Mark
from discgen.compare.texts import Runs, marked, shortened
from discgen.compare.wording import NOTHING, by_topic, describe_change, describe_pages, sections, summary

_MOST_QUOTED = 24
"""How many characters are quoted before and after what differs."""


def as_text(comparisons: Sequence[Comparison]) -> str:
    """A paragraph for each document; the parts of a sentence that differ stand in 【】."""
    return "\n\n".join("\n".join(map(_one_line, _document(comparison))) for comparison in comparisons) or NOTHING


def _one_line(line: str) -> str:
    """A line without the line breaks of the text in it."""
    return visible_line(line.replace("\n", " "))


def _document(comparison: Comparison) -> Iterator[str]:
    yield comparison.title
    for note in comparison.notes:
        yield f"  注意：{note}"
    for heading, changes in sections(comparison):
        yield f"  {heading}（{len(changes)}处）"
        for topic, group in by_topic(changes):
            if heading == TOTALS:
                yield f"    {topic}：{summary(group)}"
                continue
            yield f"    {topic}"
            for change in group:
                yield from _sentence(change) if change.is_text else _fact(change)
    if comparison.pages:
        yield f"  变的页：{describe_pages(comparison.pages)}"


def _fact(change: Change) -> Iterator[str]:
    yield f"      {change.mark.label} {' '.join(part for part in (change.title, describe_change(change)) if part)}"


def _sentence(change: Change) -> Iterator[str]:
    """A sentence that came or went, whole; of a changed sentence what differs before and after, where there is any."""
    if change.mark is not Mark.CHANGED:
        title = f" {change.title}" if change.title else ""
        yield f"      {change.mark.label}{title}：{change.before + change.after}"
        return
    both = marked(change.before, change.after)
    old, new = (_marked(shortened(runs, _MOST_QUOTED)) for runs in both)
    gone, come = (any(differs for _, differs in runs) for runs in both)
    yield f"      {change.mark} {change.title or '这一句'}"
    if gone:
        yield f"         {'原' if come else '删去'}：{old}"
    if come:
        yield f"         {'现' if gone else '增加'}：{new}"


def _marked(runs: Runs) -> str:
    return "".join(f"【{text}】" if differs else text for text, differs in runs)
