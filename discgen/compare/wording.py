"""A comparison in sections of changes, which every format shows in the same order and with the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from discgen.compare.change import Amounts, Change, Comparison, Mark, Pages
from discgen.money import exact_in_unit, round_half_up

NOTHING = "没有变化"

_LOOKED_AT = 1000
_WRITTEN = re.compile(
    rf'(## 数据比较\n|<!DOCTYPE html>.{{0,300}}<title>数据比较[^<]{{0,600}}</title>|\{{\s*"documents?": |{NOTHING}\n|[\w-]+/20\d\d(/\w+)?( → \S+)?\n|[\w-]+\n  注意：)',
    re.DOTALL,
)
"""How the formats begin. The Markdown of pull requests is often kept under one name, and so is a page that is shown."""


def is_comparison(data: bytes) -> bool:
    """Whether a file holds what one of the formats writes, so that a new comparison may take its place."""
    return bool(_WRITTEN.match(data[:_LOOKED_AT].decode("utf-8", "replace")))


def sections(comparison: Comparison) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """Headings with their changes: the facts first, then what of the document differs."""
    if comparison.facts:
        yield "事实", comparison.facts
    yield from comparison.consequences.sections()


def by_topic(changes: Sequence[Change]) -> Iterator[tuple[str, list[Change]]]:
    """The changes under what they belong to, in their order."""
    for topic, group in groupby(changes, key=lambda change: change.topic):
        yield topic, list(group)


def describe_change(change: Change) -> str:
    """`60,000 → 90,000元，＋30,000元（＋50.00%）`; what came or went without the arrow."""
    unit = change.amounts.unit if change.amounts else ""
    if change.mark is Mark.CHANGED and change.before and not change.after:
        return f"删去：{change.before}{unit}"
    if not (change.before and change.after):
        return f"{change.before or change.after}{unit}"
    tail = f"，{describe_difference(change.amounts)}" if change.amounts else ""
    return f"{change.before} → {change.after}{unit}{tail}"


def summary(totals: Sequence[Change]) -> str:
    """How many totals of a table moved, and the largest of them."""
    largest = max(totals, key=lambda change: _size(change.amounts))
    word = f"{largest.mark.word}的" if largest.mark is not Mark.CHANGED else ""
    return f"{len(totals)}处，其中{word}{largest.title} {describe_change(largest)}"


def _size(amounts: Amounts | None) -> Decimal:
    return (
        max(abs(amount) for amount in (amounts.before, amounts.after, Decimal(0)) if amount is not None)
        if amounts
        else Decimal(0)
    )


def describe_difference(amounts: Amounts | None) -> str:
    """`＋24,000元（＋5.24%）`; empty where no amount moved."""
    if amounts is None:
        return ""
    sign = "－" if amounts.difference < 0 else "＋"
    difference = f"{sign}{exact_in_unit(abs(amounts.difference), amounts.unit, thousands=True)}{amounts.unit}"
    share = amounts.percent
    return difference if share is None else f"{difference}（{sign}{round_half_up(abs(share), 2):f}%）"


def describe_pages(pages: Pages) -> str:
    """Which pages differ: `第5、8—10页（共117页）`."""
    count = f"共{pages.count_after}页"
    if pages.count_before != pages.count_after:
        count = f"原来{pages.count_before}页，现在{pages.count_after}页"
    if not pages.before and not pages.after:
        return f"没有一页变（{count}）"
    if not pages.after:
        return f"去掉原来的第{_ranges(pages.before)}页（{count}）"
    return f"第{_ranges(pages.after)}页（{count}）"


def _ranges(numbers: tuple[int, ...]) -> str:
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs)
