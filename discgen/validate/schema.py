"""A located tree against its JSON Schema (draft 2020-12, in `schema/`).

Scalars reach the schema as text; a schema admits both the text and the number that an editor sees, so one schema serves
the editor and the check. That a tree is in order, `jsonschema_rs` says in no time; what is wrong in one that is not,
`failures` says by jsonschema, which is not loaded before. A test holds the two to the same answers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from discgen.diagnostics import Diagnostic
from discgen.reference.folders import cache_shipped
from discgen.validate.library import document, schema_file
from discgen.yamltext.tree import Node, Tree

_BASE = "json-schema:///"
"""What stands before the names of our schemas where these have to be addresses."""
_ENDS = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$")
"""The `$`s of a pattern, and what is passed over on the way to them: escapes and classes."""


def matches(pattern: str, text: str) -> bool:
    """Whether a text has what the `pattern` of a schema says.

    As JSON Schema means it (ECMA 262), `$` is the end of the text, and not what stands before its last line break.
    """
    return bool(_compiled(pattern).search(text))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_ENDS.sub(lambda match: match[1] or r"\Z", pattern))


class _Pattern:
    """The keyword `pattern` by Python's expressions, which are not quite those of Rust."""

    def __init__(self, parent: dict[str, Any], value: str, path: list[str | int]) -> None:  # noqa: ARG002 - as the library calls it
        self._pattern = value

    def validate(self, instance: Any) -> None:
        """Raises ValueError for a text that does not match."""
        if isinstance(instance, str) and not matches(self._pattern, instance):
            raise ValueError(self._pattern)


@cache_shipped
def _validator(name: str) -> Draft202012Validator:
    file = schema_file(name)
    return Draft202012Validator(
        document(file), retriever=_referred, base_uri=f"{_BASE}{file}", keywords={"pattern": _Pattern}
    )


def _referred(address: str) -> dict[str, Any]:
    """The schema that another refers to."""
    return document(address.removeprefix(_BASE))


def validate(tree: Tree, name: str) -> list[Diagnostic]:
    """Every place where `tree` departs from the schema `name`."""
    if is_valid(tree.root, name):
        return []
    # The library of what is wrong takes a tenth of a second to load.
    from discgen.validate.failures import failures

    return list(failures(tree, name))


def is_valid(root: Node, name: str) -> bool:
    """Whether a tree is surely as the schema `name` asks: of what Rust cannot hold, half a surrogate pair, it is not said."""
    try:
        return _validator(name).is_valid(root)
    except ValueError:
        return False
