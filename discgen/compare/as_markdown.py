"""Comparisons as Markdown, fit for a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from discgen.characters import visible_line
from discgen.compare.change import TOTALS, Change, Comparison
from discgen.compare.texts import Runs, marked
from discgen.compare.wording import NOTHING, by_topic, describe_difference, describe_pages, sections, summary

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")
_MOST_ROWS = 40
"""Rows of a table before the rest is folded away in words: a comment has a limit, and a reader too."""

_MOST_CHARACTERS = 60_000
"""What a comment on GitHub has room for is a little more: 65,536."""
_TOO_LONG = "太长，后面的没有列出：运行`discgen diff`看全部。\n"


def as_markdown(comparisons: Sequence[Comparison]) -> str:
    """A heading for each document and a table for each section; what went is struck out, what came is underlined."""
    if not comparisons:
        return f"## 数据比较\n\n{NOTHING}。\n"
    return "\n".join(
        _fitting(["## 数据比较\n", *(part for comparison in comparisons for part in _document(comparison))])
    )


def _fitting(parts: Sequence[str]) -> Iterator[str]:
    """The parts from the first, as many as a comment has room for; each is whole."""
    room = _MOST_CHARACTERS
    for part in parts:
        room -= len(part)
        if room < 0:
            yield _TOO_LONG
            return
        yield part


def _document(comparison: Comparison) -> Iterator[str]:
    yield f"### {_plain(comparison.title)}\n"
    for note in comparison.notes:
        yield f"> {_plain(note)}\n"
    for heading, changes in sections(comparison):
        yield "\n".join(_section(heading, changes, folded=heading != "事实"))
    if comparison.pages:
        yield f"变的页：{describe_pages(comparison.pages)}\n"


def _section(heading: str, changes: Sequence[Change], *, folded: bool) -> Iterator[str]:
    """Facts are open; what follows from them is folded away."""
    title = f"{heading}（{len(changes)}处）"
    yield f"<details><summary>{title}</summary>\n" if folded else f"**{title}**\n"
    yield "| | 在哪里 | 原来 | 现在 | 增减 |"
    yield "|---|---|---|---|---:|"
    rows = list(_totals(changes)) if heading == TOTALS else [_row(change) for change in changes]
    yield from rows[:_MOST_ROWS]
    if len(rows) > _MOST_ROWS:
        yield f"\n还有{len(rows) - _MOST_ROWS}行，运行`discgen diff`看全部。"
    yield "\n</details>\n" if folded else ""


def _totals(changes: Sequence[Change]) -> Iterator[str]:
    """A row a table."""
    for topic, group in by_topic(changes):
        yield f"| 改 | {_plain(topic)} | | | {_plain(summary(group))} |"


def _row(change: Change) -> str:
    old, new = _before_and_after(change)
    where = "，".join(part for part in (change.topic, change.title) if part)
    return f"| {change.mark.label} | {_plain(where)} | {old} | {new} | {describe_difference(change.amounts)} |"


def _before_and_after(change: Change) -> tuple[str, str]:
    if not change.is_text:
        return _plain(change.before), _plain(change.after)
    old, new = marked(change.before, change.after)
    return _marked(old, "del"), _marked(new, "ins")


def _marked(runs: Runs, tag: str) -> str:
    """What differs in a tag: Markdown's own signs mark nothing where punctuation meets a Chinese character."""
    return "".join(
        f"<{tag}>{_plain(text)}</{tag}>" if differs and text.strip() else _plain(text) for text, differs in runs
    )


def _plain(text: str) -> str:
    """The text with nothing in it that Markdown would take for its own."""
    escaped = _SPECIAL.sub(r"\\\1", visible_line(text.replace("\n", " ")))
    return escaped.replace("&", "&amp;").replace("@", "&#64;")  # neither an entity nor a mention of somebody
