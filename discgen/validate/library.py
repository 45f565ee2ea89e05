"""The JSON Schemas in `schema/`, and what they say of a property."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from discgen.resources import data_folder


@cache
def load_schema(name: str) -> dict[str, Any]:
    """The schema in `schema/<name>.schema.json`."""
    path = data_folder("schema") / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def property_schema(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """What a schema says of a property, with what its reference to the common schema says below it."""
    said: dict[str, Any] = schema.get("properties", {}).get(key, {})
    _, _, name = str(said.get("$ref", "")).partition("common.schema.json#/$defs/")
    common: dict[str, Any] = load_schema("common")["$defs"].get(name, {})
    return common | said
