"""What a place of a YAML file is called in Chinese, by its JSON Schema, and what its value means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from discgen.reference.codes import Classification, OwnCode, load_dictionary, name_in
from discgen.reference.folders import cache_shipped
from discgen.reference.vocabulary import terms
from discgen.validate.library import load_schema, schema_at

Steps = tuple[str, ...]
"""Keywords of a schema that lead to a place, such as `("properties", "income", "items")`."""

_CODE = re.compile(r"[0-9]{3}(?:[0-9]{2}){0,2}")
_ASKED = ("pattern", "enum", "title")
"""What makes `schema_at` follow a reference as far as there is something to know."""


@cache_shipped
def keywords_at(schema: str, steps: Steps) -> Mapping[str, Any]:
    """What a schema says of a place; nothing where it does not speak of it."""
    for asked in _ASKED:
        try:
            return schema_at(schema, (*steps, asked))
        except (KeyError, TypeError):
            continue
    return {}


def title_of(schema: str, steps: Steps, key: str) -> str:
    """The Chinese name of a place; the key itself where the author chose it."""
    if steps[-1:] == ("additionalProperties",):
        return key
    return str(keywords_at(schema, steps).get("title") or key)


def below(schema: str, steps: Steps, key: str) -> Steps:
    """The steps to the place below a key."""
    named = (*steps, "properties", key)
    return named if keywords_at(schema, named) else (*steps, "additionalProperties")


def is_amount(schema: str, steps: Steps) -> bool:
    """Whether an amount of money stands there."""
    return keywords_at(schema, steps).get("pattern") in _patterns("amount", "signed_amount")


def is_prose(schema: str, steps: Steps) -> bool:
    """Whether sentences stand there."""
    return keywords_at(schema, steps).get("pattern") in _patterns("text")


@cache_shipped
def _patterns(*names: str) -> frozenset[str]:
    common = load_schema("common")["$defs"]
    return frozenset(common[name]["pattern"] for name in names)


class Names(Struct, frozen=True):
    """What the names in a file of a year mean: units by their ids, and the workspace's own codes."""

    year: int
    units: Mapping[str, str]
    codes: tuple[OwnCode, ...] = ()


def named_value(schema: str, steps: Steps, value: str, names: Names) -> str:
    """A value with what it means: `2010306 政务公开审批`, `一般公共预算`, the name of a unit."""
    schema_here = keywords_at(schema, steps)
    title = str(schema_here.get("title", ""))
    if "enum" in schema_here:
        term = terms(schema_here["vocabulary"]).get(value) if "vocabulary" in schema_here else None
        return term.name if term else value
    for classification in Classification:
        if title.startswith(classification.label):
            return with_name(value, classification, names)
    return names.units.get(value, value) if steps[-1:] == ("unit",) else value


def plain_value(schema: str, steps: Steps, value: str) -> str:
    """A value as it is compared: a code without the name that may follow it."""
    title = str(keywords_at(schema, steps).get("title", ""))
    is_code = any(title.startswith(classification.label) for classification in Classification)
    return value.partition(" ")[0] if is_code else value


def with_name(code: str, classification: Classification, names: Names) -> str:
    """A code and its name, where it has one."""
    shipped = load_dictionary(classification, names.year).names.get(code, "")
    name = name_in(names.codes, classification, code, names.year) or shipped
    return f"{code} {name}" if name else code


def is_code(key: str) -> bool:
    """Whether a key that an author chose is a code."""
    return bool(_CODE.fullmatch(key))
