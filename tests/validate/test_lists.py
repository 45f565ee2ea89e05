"""What tells the items of a list apart, as the schemas say it: every list is told so, and every key is a property."""

from __future__ import annotations

from typing import Any

import pytest

from discgen.validate.library import load_schema, resolved
from discgen.validate.lists import KeyedList, keyed_lists, repeats
from discgen.yamltext.read import read_yaml

FILES = (
    *("department", "budget", "accounts", "narrative", "waivers", "project"),
    *("goal_sheet_file", "evaluation"),
)


def arrays(
    schema: str, node: dict[str, Any], path: tuple[str, ...] = ()
) -> list[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """Every list that a file of this schema may have: the schema that says so, the list's path, and what is said."""
    if node.get("type") == "array":
        return [(schema, path, node)]
    inside = {**node.get("properties", {})}
    if isinstance(node.get("additionalProperties"), dict):
        inside["*"] = node["additionalProperties"]
    return [found for name, said in inside.items() for found in arrays(*resolved(schema, said), (*path, name))]


@pytest.mark.parametrize("schema", FILES)
def test_every_list_of_a_department_s_files_says_what_tells_its_items_apart(schema: str) -> None:
    lists = arrays(schema, load_schema(schema))
    assert lists
    assert [path for _, path, said in lists if "itemKey" not in said and not said.get("uniqueItems")] == []


@pytest.mark.parametrize("schema", FILES)
def test_keys_and_amounts_are_properties_of_the_items(schema: str) -> None:
    for inner, path, said in arrays(schema, load_schema(schema)):
        _, item = resolved(inner, said["items"])
        named = {*said.get("itemKey", ()), *said.get("itemAmounts", ())}
        assert named <= set(item.get("properties", {})), path


def list_of(schema: str, *path: str) -> KeyedList:
    return next(one for one in keyed_lists(schema) if one.path == path)


def test_what_is_left_out_counts_as_its_default() -> None:
    assert list_of("budget", "prior", "three_public").defaults == {"nature": "project", "fund": "general"}
    assert list_of("accounts", "prior", "three_public") == list_of("budget", "prior", "three_public")


@pytest.mark.parametrize(
    ("row", "other", "times"),
    [
        ("{function: 2010301, basic: 1}", "{function: 2010301 行政运行, fund: general, basic: 2}", 1),
        ("{function: 2010301, basic: 1}", "{function: 2010301, project: 2}", 0),  # two columns of one line
        ("{function: 2010301, basic: 1}", "{function: 2010301, origin: carryover, basic: 2}", 0),
        ("{function: 2010301, basic: 1}", "{function: 2010302, basic: 1}", 0),
        ("{function: 2010301, basic: 1}", "{function: 2010301, basic: -1}", 0),  # takes back
    ],
)
def test_rows_repeat_each_other_in_an_amount_that_both_have(row: str, other: str, times: int) -> None:
    tree, _ = read_yaml(f"expenditure:\n  - {row}\n  - {other}\n".encode(), "budget.yaml")
    assert tree is not None
    found = list(repeats(tree, "budget"))
    assert [(one.item, one.earlier) for one in found] == [(("expenditure", 1), ("expenditure", 0))] * times
