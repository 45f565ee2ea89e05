"""Bring the names of values in `schema/*.schema.json` in step with `schema/vocabulary.yaml`.

Run: python tools/vocabulary_schemas.py
Which values a place takes, and in what order, is the schema's `enum`; beside it, `vocabulary` says of what dimension they
are. From that come `enumDescriptions`, which editors show, and the names in a `description` that lists the values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from discgen.reference.folders import data_folder
from discgen.reference.vocabulary import terms

FOLDER = data_folder("schema")


def in_step(text: str) -> str:
    """The text of a schema with the names that the vocabulary has. Raises KeyError for a value that it lacks."""
    for node in named_nodes(json.loads(text)):
        named = terms(node["vocabulary"])
        before, after = node.get("enumDescriptions", []), [named[value].explained for value in node["enum"]]
        description = node["description"]
        for value, old, new in zip(node["enum"], before, after, strict=False):
            description = description.replace(f"{value} {old}", f"{value} {new}")
        text = text.replace(f'"enumDescriptions": {_json(before)}', f'"enumDescriptions": {_json(after)}')
        text = text.replace(_json(node["description"]), _json(description))
    return text


def named_nodes(node: Any) -> Iterator[dict[str, Any]]:
    """All places of a schema whose values the vocabulary names."""
    if isinstance(node, dict):
        if "vocabulary" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for below in node:
            yield from named_nodes(below)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Bring the files up to date and say what changed."""
    for path in sorted(FOLDER.glob("*.schema.json")):
        text = path.read_text(encoding="utf-8")
        if in_step(text) != text:
            path.write_text(in_step(text), encoding="utf-8")
            print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
