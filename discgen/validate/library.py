"""The JSON Schemas in `schema/`, and what they say of a property or a place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from discgen.reference.folders import cache_shipped, data_folder

_SUFFIX = ".schema.json"
_CODES = "codes/"
_NAMES_LEFT_OUT: dict[str, Any] = {"$defs": {"5": {}, "7": {}, "35": {}, "357": {}}}
"""Stands for each schema in `codes/`: to go through hundreds of names that refuse nothing would take most of the time."""
_INTO_A_PROPERTY = ("properties", "items", "additionalProperties")


def schema_file(name: str) -> str:
    """The file name by which other schemas refer to the schema `name`."""
    return f"{name}{_SUFFIX}"


def schema_names() -> list[str]:
    """The schemas there are, less those in `codes/`, which name codes to an editor and refuse nothing."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in data_folder("schema").glob(f"*{_SUFFIX}"))


def code_schema_files() -> list[str]:
    """The names by which other schemas refer to those in `codes/`."""
    return sorted(f"{_CODES}{path.name}" for path in (data_folder("schema") / "codes").glob(f"*{_SUFFIX}"))


@cache_shipped
def documents() -> Mapping[str, dict[str, Any]]:
    """All schemas by the file names by which they refer to each other."""
    return {file: document(file) for file in (*map(schema_file, schema_names()), *code_schema_files())}


def document(file: str) -> dict[str, Any]:
    """The schema of a file, without the names of codes where it is one of those in `codes/`."""
    return _NAMES_LEFT_OUT if file.startswith(_CODES) else load_schema(file.removesuffix(_SUFFIX))


@cache_shipped
def load_schema(name: str) -> dict[str, Any]:
    """The schema in `schema/<name>.schema.json`."""
    path = data_folder("schema") / schema_file(name)
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def property_schema(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """What a schema says of a property; what it says itself goes before what its `$ref` to another schema refers to."""
    written: dict[str, Any] = schema.get("properties", {}).get(key, {})
    reference = str(written.get("$ref", ""))
    referred: dict[str, Any] = _referred({}, reference)[1] if _SUFFIX in reference else {}
    return referred | written


def schema_at(name: str, path: Iterable[str | int]) -> dict[str, Any]:
    """What the schema `name` says where a keyword's path ends: title, description and the like.

    What is written next to a `$ref` goes before what it refers to. The path is that of a jsonschema error, which
    passes over references without naming them.
    """
    document = load_schema(name)
    node: Any = document
    nearer: dict[str, Any] = {}
    holder: dict[str, Any] = {}
    for step in path:
        while isinstance(node, dict) and step not in node and "$ref" in node:
            nearer = node | nearer
            document, node = _referred(document, node["$ref"])
        if step in _INTO_A_PROPERTY:
            nearer = {}
        elif step == "allOf" and isinstance(node, dict):
            nearer = node | nearer
        holder = node if isinstance(node, dict) else holder
        node = node[step]
    return holder | {key: value for key, value in nearer.items() if key != "$ref"}


def resolved(name: str, written: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a schema says with what it refers to below it, and the name of the schema that further references start from."""
    below: dict[str, Any] = {}
    nearer: dict[str, Any] = dict(written)
    while "$ref" in nearer:
        reference = str(nearer.pop("$ref"))
        below = nearer | below
        _, node = _referred(load_schema(name), reference)
        name = reference.partition("#")[0].removesuffix(_SUFFIX) or name
        nearer = dict(node)
    return name, nearer | below


def _referred(document: dict[str, Any], reference: str) -> tuple[dict[str, Any], Any]:
    """The document and the node a reference leads to: `#/$defs/x`, or the same in another schema."""
    file, _, pointer = reference.partition("#/")
    if file:
        document = load_schema(file.removesuffix(_SUFFIX))
    node: Any = document
    for step in pointer.split("/"):
        node = node[step]
    return document, node
