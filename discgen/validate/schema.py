"""A located tree against its JSON Schema (draft 2020-12, in `schema/`).

Scalars reach the schema as text; a schema admits both the text and the number that an editor
sees, so one schema serves the editor and the check.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from discgen.diagnostics import Diagnostic
from discgen.load.tree import Tree
from discgen.validate.library import load_schema
from discgen.validate.messages import explain


@cache
def _validator(name: str) -> Draft202012Validator:
    common = Resource.from_contents(load_schema("common"))
    registry: Registry[Any] = Registry().with_resource("common.schema.json", common)
    return Draft202012Validator(load_schema(name), registry=registry)


def validate(tree: Tree, name: str) -> list[Diagnostic]:
    """Every place where `tree` departs from the schema `name`."""
    return [finding for trouble in _validator(name).iter_errors(tree.root) for finding in explain(trouble, tree)]
