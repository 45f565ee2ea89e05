"""A located tree against its JSON Schema (draft 2020-12, in `schema/`).

Scalars reach the schema as text; a schema admits both the text and the number that an editor
sees, so one schema serves the editor and the check.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from discgen.diagnostics import Diagnostic
from discgen.load.tree import Tree
from discgen.resources import data_folder
from discgen.validate.messages import explain


@cache
def load_schema(name: str) -> dict[str, Any]:
    """The schema in `schema/<name>.schema.json`."""
    path = data_folder("schema") / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def _validator(name: str) -> Draft202012Validator:
    common = Resource.from_contents(load_schema("common"))
    registry: Registry[Any] = Registry().with_resource("common.schema.json", common)
    return Draft202012Validator(load_schema(name), registry=registry)


def validate(tree: Tree, name: str) -> list[Diagnostic]:
    """Every place where `tree` departs from the schema `name`."""
    return [finding for trouble in _validator(name).iter_errors(tree.root) for finding in explain(trouble, tree)]
