"""What is wrong in a tree that is not as its JSON Schema asks, by jsonschema, which says it keyword by keyword."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from discgen.diagnostics import Diagnostic
from discgen.reference.folders import cache_shipped
from discgen.validate.library import documents, load_schema, schema_at
from discgen.validate.messages import Failure, explain
from discgen.validate.schema import matches
from discgen.yamltext.tree import Tree


def _pattern(validator: Validator, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "string") and not matches(pattern, instance):
        yield ValidationError(f"not of the pattern {pattern}")


_EcmaValidator: type[Draft202012Validator] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


@cache_shipped
def validator(name: str) -> Draft202012Validator:
    """The schema `name`, to be asked for everything that fails it."""
    return _EcmaValidator(load_schema(name), registry=_registry())


@cache_shipped
def _registry() -> Registry[Any]:
    """All our schemas by the names they refer to each other with, crawled once for all validators."""
    resources = ((file, DRAFT202012.create_resource(schema)) for file, schema in documents().items())
    return Registry[Any]().with_resources(resources).crawl()


def failures(tree: Tree, name: str) -> Iterator[Diagnostic]:
    """Every place where `tree` departs from the schema `name`."""
    for failed in validator(name).iter_errors(tree.root):
        yield from explain(_failure(failed, tree, name))


def _failure(failed: ValidationError, tree: Tree, name: str) -> Failure:
    return Failure(
        is_key="propertyNames" in failed.absolute_schema_path,
        keyword=str(failed.validator),
        wanted=failed.validator_value,
        value=failed.instance,
        path=tuple(failed.absolute_path),
        schema=schema_at(name, failed.absolute_schema_path),
        tree=tree,
    )
