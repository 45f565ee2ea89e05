"""Everything that a clerk writes has a limit, and what is beyond it is told with the limit, what there is, and what to do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from discgen.validate.library import load_schema
from discgen.validate.schema import validate
from discgen.yamltext.compose import MAX_VALUES
from discgen.yamltext.read import read_yaml
from discgen.yamltext.text import MAX_BYTES
from tests.test_schemas import nodes

OF_CLERKS = (
    "accounts",
    "budget",
    "common",
    "department",
    "evaluation",
    "goal_sheet_file",
    "narrative",
    "project",
    "waivers",
)
LIMITS = load_schema("common")["$defs"]
UNBOUNDED = re.compile(r"[+*]|\{\d+,\}")


NODES = [one for name in OF_CLERKS for one in nodes(load_schema(name), name)]


def limited(node: dict[str, Any]) -> dict[str, Any]:
    """A schema with the shared limits that it names."""
    named = [one["$ref"].rpartition("/")[2] for one in node.get("allOf", ()) if one["$ref"].startswith("common")]
    return {key: value for name in named for key, value in LIMITS[name].items()} | node


def is_of(node: dict[str, Any], kind: str) -> bool:
    written = node.get("type")
    return kind == written or (isinstance(written, list) and kind in written)


def test_every_text_has_a_greatest_length() -> None:
    texts = [(path, limited(node)) for path, node in NODES if is_of(node, "string") and "enum" not in node]
    assert len(texts) > 30
    assert [
        path for path, said in texts if "maxLength" not in said and UNBOUNDED.search(said.get("pattern", "+"))
    ] == []


def test_every_list_has_a_greatest_number_of_items() -> None:
    lists = [(path, limited(node)) for path, node in NODES if is_of(node, "array")]
    assert len(lists) > 30
    assert [path for path, said in lists if "maxItems" not in said] == []


def test_every_mapping_whose_keys_are_free_has_a_greatest_number_and_length_of_keys() -> None:
    free = [(path, limited(node)) for path, node in NODES if isinstance(node.get("additionalProperties"), dict)]
    assert len(free) >= 4
    assert [path for path, said in free if "maxProperties" not in said] == []
    keys = {path: said.get("propertyNames", {}) for path, said in free}
    assert [
        path for path, key in keys.items() if "maxLength" not in key and UNBOUNDED.search(key.get("pattern", "+"))
    ] == []


NARRATIVE = "overview:\n  duties:\n"


@pytest.mark.parametrize(
    ("text", "schema", "said", "hint"),
    [
        (f"{NARRATIVE}    - {'长' * 5001}\n", "narrative", "文字）太长：有5001个字，最多5000个", "分成几条"),
        (
            f"{NARRATIVE}" + "".join(f"    - 第{n}项\n" for n in range(301)),
            "narrative",
            "本部门职责）太多：有301项，最多300项",
            "粘贴了几遍",
        ),
        ("income:\n" + "- {amount: 1}\n" * 5001, "budget", "（收入）太多：有5001项，最多5000项", "合成一行"),
        (f"income:\n- {{amount: {'9' * 21}}}\n", "budget", "（金额）太长：有21个字，最多20个", ""),
        (
            "reasons_by_code:\n" + "".join(f"  '{n}': 增\n" for n in range(100, 401)),
            "narrative",
            "太多：有301项，最多300项",
            "",
        ),
        (
            f"goal_sheet:\n  indicators:\n    {'甲' * 101}: []\n",
            "project",
            "键“" + "甲" * 40 + "…”太长：有101个字，最多100个",
            "",
        ),
    ],
)
def test_what_is_beyond_a_limit_is_told(text: str, schema: str, said: str, hint: str) -> None:
    tree, _ = read_yaml(text.encode(), "f.yaml")
    assert tree
    found = [one for one in validate(tree, schema) if one.code == "S008"]
    assert [said in one.message and hint in one.hint for one in found] == [True], found


def test_the_limits_admit_a_file_of_the_greatest_size() -> None:
    """A long list of whole rows is told by its schema, whose message says which list; the reader stops only at nonsense."""
    assert LIMITS["lines"]["maxItems"] * 10 <= MAX_VALUES
    assert LIMITS["text"]["maxLength"] * 3 * 10 < MAX_BYTES


@pytest.mark.parametrize(
    ("value", "schema", "key"),
    [
        ("2010301\\n", "project", "function"),
        ("shanxi-budget-2024\\n", "budget", "form"),
        ("100\\n", "budget", "agency"),
        ("2024-02-06\\n", "budget", "approved_on"),
    ],
)
def test_a_line_break_at_the_end_is_no_part_of_a_pattern(value: str, schema: str, key: str) -> None:
    """`$` of JSON Schema is the end (ECMA 262), that of Python also stands before a last line break."""
    text = f'income: [{{amount: "{value}"}}]\n' if key == "agency" else f'{key}: "{value}"\n'
    tree, _ = read_yaml(text.encode(), "f.yaml")
    assert tree
    assert [one.code for one in validate(tree, schema) if one.code != "S002"] == ["S005"]


def test_a_message_quotes_the_beginning_of_a_long_value() -> None:
    tree, _ = read_yaml(f"form: {'9' * 90}x{'9' * 9}\n".encode(), "f.yaml")
    assert tree
    assert "9" * 90 in next(
        one.message for one in validate(tree, "budget") if one.code == "S005"
    )  # no longer than a name
    tree, _ = read_yaml(f"unit: {'9' * 5000}\n".encode(), "f.yaml")
    assert tree
    said = next(one.message for one in validate(tree, "budget") if one.code == "S006")
    assert said.endswith(f"不能是“{'9' * 40}…”")
