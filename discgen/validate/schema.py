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
from discgen.validate.library import load_schema, said_of
from discgen.validate.messages import Trouble, explain


@cache
def _validator(name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry(retrieve=_retrieve)  # type: ignore[call-arg]
    return Draft202012Validator(load_schema(name), registry=registry)


def _retrieve(uri: str) -> Resource[Any]:
    """The schema that another refers to, always one of ours."""
    return Resource.from_contents(load_schema(uri.removesuffix(".schema.json")))


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
