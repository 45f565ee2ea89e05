"""The library that is asked whether a tree is in order says what the one says that is asked what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discgen.validate.failures import validator
from discgen.validate.library import load_schema, resolved, schema_names
from discgen.validate.schema import is_valid
from discgen.yamltext.tree import Node

UNUSUAL = (
    *(
        "",
        " ",
        "\n",
        "1\n",
        "a\n",
        "\x1c",
        "\x1ca",
        "\x85",
        "\ufeff",
        "\ufeffa",
        "\u2028",
        "a\u2028b",
        "a\r",
        "\u3000",
        "\0",
    ),
    *(
        "１２",
        "１２３４",
        "٣",
        "-１",
        "1e3",
        "1.",
        ".5",
        "+1",
        "-0",
        "−1",
        "1_000",
        "NaN",
        "0x1",
        "１.００",
        "00",
        "9" * 400,
    ),
    *(
        "😀",
        "😀😀😀",
        "e\u0301",
        "ſ",
        "K",
        "无",
        "同上",
        "工作需要工作需要",
        "工作，需\x1c要\x85的\ufeff",
        "{",
        "{year}",
        "{year}\n",
    ),
    *(
        "a.b",
        "a.b\n",
        "a[1]",
        "a[100]",
        "20２5",
        "2025-02-30",
        "2010301 行\u2028政",
        "2010301 \n",
        "201",
        "true",
        "null",
    ),
)
"""Texts that Python, Rust and ECMA 262 do not see alike: blanks, digits, line ends, what is more than 16 bits wide."""
HALF = "\ud800"
NODES: st.SearchStrategy[Node] = st.recursive(
    st.none() | st.sampled_from((*UNUSUAL, HALF)) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(UNUSUAL), inner, max_size=3),
    max_leaves=6,
)


_NO_MORE: dict[str, Any] = {"anyOf": (), "oneOf": (), "allOf": ()}


def as_text(value: Any) -> Node:
    """A value of an example as a tree has it: what is no list and no mapping is text."""
    if isinstance(value, dict):
        return {str(key): as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return None if value is None else str(value)


def written(name: str, schema: Mapping[str, Any], depth: int = 3) -> st.SearchStrategy[Node]:
    """What somebody might write where a schema says so: mostly as it asks, by its examples, names and bounds."""
    name, schema = resolved(name, schema)
    known = [as_text(value) for value in (*schema.get("examples", ()), *schema.get("enum", ()))]
    ways = [st.sampled_from(known)] if known else []
    ways += [
        written(name, {**schema, **resolved(name, way)[1], **_NO_MORE}, depth)
        for way in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ()))
    ]
    if depth and "items" in schema:
        least = schema.get("minItems", 0)
        ways.append(st.lists(written(name, schema["items"], depth - 1), min_size=min(least, 3), max_size=3))
    if depth and "properties" in schema:
        below = {key: written(name, said, depth - 1) for key, said in schema["properties"].items()}
        required = {key: below.pop(key) for key in schema.get("required", ()) if key in below}
        ways.append(st.fixed_dictionaries(required, optional=below))
    if depth and isinstance(schema.get("additionalProperties"), dict):
        keys = st.sampled_from(("a", "general", "2023", "产出指标"))
        ways.append(st.dictionaries(keys, written(name, schema["additionalProperties"], depth - 1), max_size=2))
    return st.one_of(ways) if ways else st.sampled_from(UNUSUAL)


def places(node: Node) -> list[tuple[Any, Any]]:
    """Every mapping or list below a node with a key or an index of it."""
    below = list(node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ())
    return [(node, key) for key, _ in below] + [place for _, inner in below for place in places(inner)]


@cache
def whole(name: str) -> st.SearchStrategy[Node]:
    """What somebody might write in a file of a schema."""
    return written(name, load_schema(name))


@st.composite
def trees(draw: st.DrawFn, name: str) -> Node:
    """A tree that is nearly as the schema asks."""
    root = as_text(draw(whole(name)))
    for _ in range(draw(st.integers(0, 2))):
        if there := places(root):
            holder, key = draw(st.sampled_from(there))
            how = draw(st.sampled_from(("other", "gone", "renamed", "twice")))
            if how == "other":
                holder[key] = draw(NODES)
            elif how == "twice" and isinstance(holder, list):
                holder.append(holder[key])
            else:
                value = holder.pop(key)
                if how == "renamed" and isinstance(holder, dict):
                    holder[draw(st.sampled_from(UNUSUAL))] = value
        else:
            root = draw(NODES)
    return root


def has_half(node: Node) -> bool:
    """Whether a text of the tree has half a pair of surrogates."""
    if isinstance(node, dict):
        return any(HALF in key or has_half(inner) for key, inner in node.items())
    return any(map(has_half, node)) if isinstance(node, list) else HALF in (node or "")


@pytest.mark.parametrize("name", schema_names())
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_both_libraries_call_the_same_trees_valid(name: str, data: st.DataObject) -> None:
    root = data.draw(trees(name))
    if not has_half(root) or is_valid(root, name):
        assert is_valid(root, name) == validator(name).is_valid(root)


DEPARTMENT: dict[str, Node] = {
    "code": "026",
    "name": "示例市档案局",
    "short_name": "档案局",
    "region": {"name": "示例市", "level": "市级"},
    "units": [{"id": "agency", "name": "示例市档案局", "kind": "administrative"}],
}


@pytest.mark.parametrize(
    ("name", "right"),
    [("示例市", True), ("\ufeff示例市", True), ("\x1c示例市", False), ("示例市\n", False), (HALF, False)],
)
def test_a_blank_and_the_end_of_a_text_are_what_they_are_to_python(name: str, right: bool) -> None:  # noqa: FBT001
    assert is_valid({**DEPARTMENT, "region": {"name": name, "level": "市级"}}, "department") is right
