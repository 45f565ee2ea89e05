"""Comparisons as one JSON object, described in `schema/diff.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from discgen.compare.change import Amounts, Change, Comparison, Pages


def as_json(comparisons: Sequence[Comparison]) -> str:
    """`{"documents": […]}`; amounts are text, in 元."""
    return json.dumps(
        {"documents": [_document(comparison) for comparison in comparisons]}, ensure_ascii=False, indent=2
    )


def _document(comparison: Comparison) -> dict[str, Any]:
    consequences = comparison.consequences
    return {
        "old": comparison.old,
        "new": comparison.new,
        "notes": list(comparison.notes),
        "facts": [_change(change) for change in comparison.facts],
        "cells": [_change(change) for change in consequences.cells],
        "totals": [_change(change) for change in consequences.totals],
        "sentences": [_change(change) for change in consequences.sentences],
        "sheets": [_change(change) for change in consequences.sheets],
        "charts": [_change(change) for change in consequences.charts],
        "pages": _pages(comparison.pages) if comparison.pages else None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.mark.kind,
        "topic": change.topic,
        "title": change.title,
        "before": change.before,
        "after": change.after,
        "amounts": _amounts(change.amounts) if change.amounts else None,
    }


def _amounts(amounts: Amounts) -> dict[str, str | None]:
    exact = {"before": amounts.before, "after": amounts.after, "difference": amounts.difference}
    texts = {name: None if amount is None else f"{amount:f}" for name, amount in exact.items()}
    return texts | {"percent": None if amounts.percent is None else f"{amounts.percent:.2f}"}


def _pages(pages: Pages) -> dict[str, Any]:
    return {
        "before": list(pages.before),
        "after": list(pages.after),
        "count_before": pages.count_before,
        "count_after": pages.count_after,
    }
