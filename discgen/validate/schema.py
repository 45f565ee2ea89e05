"""A located tree against its JSON Schema (draft 2020-12, in `schema/`).

Scalars reach the schema as text; a schema admits both the text and the number that an editor
sees, so one schema serves the editor and the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from discgen.diagnostics import Diagnostic
from discgen.reference.folders import cache_shipped
from discgen.validate.library import code_schema_files, load_schema, schema_at, schema_file, schema_names
from discgen.validate.messages import Failure, explain
from discgen.yamltext.tree import Tree

_NAMES_LEFT_OUT: dict[str, Any] = {"$defs": {"5": {}, "7": {}, "35": {}, "357": {}}}
"""Stands for each schema in `codes/`: to go through hundreds of names that refuse nothing would take most of the time."""
_ENDS = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$")
"""The `$`s of a pattern, and what is passed over on the way to them: escapes and classes."""


def _pattern(validator: Validator, pattern: str, instance: Any, _: Any) -> Iterator[ValidationError]:
    """`pattern` as JSON Schema means it (ECMA 262): `$` is the end of the text, and not what stands before its last line break."""
    if validator.is_type(instance, "string") and not matches(pattern, instance):
        yield ValidationError(f"not of the pattern {pattern}")


def matches(pattern: str, text: str) -> bool:
    """Whether a text has what the `pattern` of a schema says."""
    return bool(_compiled(pattern).search(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_ENDS.sub(lambda match: match[1] or r"\Z", pattern))


_EcmaValidator: type[Draft202012Validator] = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


@cache_shipped
def _validator(name: str) -> Draft202012Validator:
    return _EcmaValidator(load_schema(name), registry=_registry())


@cache_shipped
def _registry() -> Registry[Any]:
    """All our schemas by the names they refer to each other with, crawled once for all validators."""
    ours = ((schema_file(name), Resource.from_contents(load_schema(name))) for name in schema_names())
    names = ((file, DRAFT202012.create_resource(_NAMES_LEFT_OUT)) for file in code_schema_files())
    return Registry[Any]().with_resources([*ours, *names]).crawl()


def validate(tree: Tree, name: str) -> list[Diagnostic]:
    """Every place where `tree` departs from the schema `name`."""
    return [
        finding
        for failed in _validator(name).iter_errors(tree.root)
        for finding in explain(_failure(failed, tree, name))
    ]


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
