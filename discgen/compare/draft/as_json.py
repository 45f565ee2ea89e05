"""A judgement as one JSON object, described in `schema/draft.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from discgen.compare.draft.judged import Comment, Judgement, Number, Other, Proposal
from discgen.diagnostics import Place, show_path


def as_json(judgement: Judgement) -> str:
    """Each kind of edit as a list."""
    record = {
        "document": judgement.title,
        "notes": list(judgement.notes),
        "proposals": [_proposal(one) for one in judgement.proposals],
        "numbers": [_number(one) for one in judgement.numbers],
        "derived": [_other(one) for one in judgement.derived],
        "moved": [_other(one) for one in judgement.moved],
        "removed": [_other(one) for one in judgement.removed],
        "added": [_other(one) for one in judgement.added],
        "comments": [_comment(one) for one in judgement.comments],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "where": one.where,
        "before": one.before,
        "after": one.after,
        "at": _at(one.place),
        "lines": list(one.lines),
        "printed": one.printed,
        "others": list(one.others),
        "authors": list(one.authors),
    }


def _number(one: Number) -> dict[str, Any]:
    return {
        "where": one.where,
        "title": one.title,
        "before": one.before,
        "after": one.after,
        "facts": list(one.facts),
        "authors": list(one.authors),
    }


def _other(one: Other) -> dict[str, Any]:
    return {
        "where": one.where,
        "before": one.before,
        "after": one.after,
        "reason": one.reason,
        "at": _at(one.place),
        "authors": list(one.authors),
    }


def _comment(one: Comment) -> dict[str, Any]:
    return {"where": one.where, "author": one.author, "text": one.text, "at": _at(one.place)}


def _at(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"file": place.file, "line": place.line, "column": place.column, "path": show_path(place.path)}
