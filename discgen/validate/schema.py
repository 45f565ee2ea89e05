"""A located tree against its JSON Schema (draft 2020-12, in `schema/`).

Scalars reach the schema as text; a schema admits both the text and the number that an editor
sees, so one schema serves the editor and the check.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from discgen.diagnostics import Diagnostic
from discgen.load.tree import Tree
from discgen.validate.library import load_schema, said_of, schema_file, schema_names
from discgen.validate.messages import Trouble, explain


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(load_schema(name), registry=_registry())


@cache
def _registry() -> Registry[Any]:
    """All our schemas by the names they refer to each other with, crawled once for all validators."""
    resources = ((schema_file(name), Resource.from_contents(load_schema(name))) for name in schema_names())
    return Registry[Any]().with_resources(resources).crawl()


def validate(tree: Tree, name: str) -> list[Diagnostic]:
    """Every place where `tree` departs from the schema `name`."""
    return [
        finding
        for failed in _validator(name).iter_errors(tree.root)
        for finding in explain(_trouble(failed, tree, name))
    ]


def _trouble(failed: ValidationError, tree: Tree, name: str) -> Trouble:
    return Trouble(
        keyword=str(failed.validator),
        wanted=failed.validator_value,
        found=failed.instance,
        path=tuple(failed.absolute_path),
        said=said_of(name, failed.absolute_schema_path),
        tree=tree,
    )
