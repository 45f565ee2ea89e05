"""The schemas themselves, and the published department's files against what only a test can see."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from discgen.reference.codes import Classification, load_dictionary
from discgen.reference.folders import data_folder
from discgen.yamltext.read import read_yaml

ROOT = Path(__file__).parents[1]
SCHEMAS = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "schema").glob("*.json"))}
FILES = sorted((ROOT / "departments").rglob("*.yaml"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def resolved(schema: dict[str, Any], file: str) -> dict[str, Any]:
    """A schema with what its `$ref` says below what it says itself."""
    if "$ref" not in schema:
        return schema
    other, _, pointer = schema["$ref"].partition("#")
    target: Any = SCHEMAS[other or file]
    for step in pointer.strip("/").split("/"):
        target = target[step]
    return resolved(target, other or file) | schema


def nodes(schema: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema in a schema, with where it stands; examples are data and are not entered."""
    if isinstance(schema, dict):
        yield path, schema
        for key, below in schema.items():
            if key != "examples":
                yield from nodes(below, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, below in enumerate(schema):
            yield from nodes(below, f"{path}/{number}")


ALL_NODES = [(file, path, node) for file, schema in SCHEMAS.items() for path, node in nodes(schema, file)]
PROPERTIES = [
    (f"{path}/properties/{name}", resolved(said, file))
    for file, path, node in ALL_NODES
    if isinstance(node.get("properties"), dict) and not path.endswith("/properties")
    for name, said in node["properties"].items()
]


def test_more_than_100_properties_are_seen() -> None:
    assert len(PROPERTIES) > 100


@pytest.mark.parametrize("file", SCHEMAS)
def test_every_schema_is_one(file: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[file])


def test_every_property_has_a_chinese_title_and_description_and_an_example() -> None:
    assert [path for path, said in PROPERTIES if not CHINESE.search(said.get("title", ""))] == []
    assert [path for path, said in PROPERTIES if not CHINESE.search(said.get("description", ""))] == []
    assert [path for path, said in PROPERTIES if not said.get("examples")] == []


def refuses_others(node: dict[str, Any]) -> bool:
    """Whether what an object may further hold is nothing, or has a schema of its own."""
    further = node.get("additionalProperties")
    return further is False or isinstance(further, dict)


def test_every_object_with_properties_refuses_others() -> None:
    objects = [(path, node) for _, path, node in ALL_NODES if "properties" in node and not path.endswith("/properties")]
    assert len(objects) > 20
    assert [path for path, node in objects if not refuses_others(node)] == []


def test_every_pattern_that_a_clerk_may_miss_says_what_is_wanted() -> None:
    patterns = [
        (path, node)
        for file, path, node in ALL_NODES
        if "pattern" in node
        and file in {"budget.schema.json", "common.schema.json", "department.schema.json", "project.schema.json"}
    ]
    assert len(patterns) > 10
    assert [path for path, node in patterns if not CHINESE.search(node.get("patternErrorMessage", ""))] == []


KIND_OF = {
    "projects": "project",
    "goal_sheets": "goal_sheet_file",
    "evaluations": "evaluation",
    "accounts-narrative.yaml": "narrative",
}
"""The schema of a file by its folder or its name, where it is not its stem."""


def test_every_file_of_a_department_names_a_schema_that_is_there() -> None:
    assert len(FILES) > 30
    for path in FILES:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        named = (path.parent / match[1]).resolve()
        assert named.is_file(), path
        kind = KIND_OF.get(path.parent.name) or KIND_OF.get(path.name, path.stem)
        assert named == ROOT / "schema" / f"{kind}.schema.json", path


def test_no_name_of_a_code_is_typed_beside_it() -> None:
    names = {
        name
        for classification in Classification
        for name in load_dictionary(classification, 2023).names.values()
        if len(name) >= 3
    }
    assert "基本工资" in names
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines()
        if path.parent.name == "projects":
            lines = [line for line in lines if line.startswith("function:")]
            assert len(lines) == 1
        elif path.name not in {"budget.yaml", "accounts.yaml"}:
            continue
        facts = [line.partition("#")[0] for line in lines]
        assert [line for line in facts for name in names if name in line] == []


def amounts(path: Path) -> Iterator[tuple[str, list[Decimal]]]:
    """Every column of amounts of a budget, under its name."""
    tree, _ = read_yaml(path.read_bytes(), path.name)
    assert tree is not None
    root: Any = tree.root
    for key, rows in root.items():
        for column in ("amount", "basic", "project"):
            values = [Decimal(row[column]) for row in rows if column in row] if isinstance(rows, list) else []
            yield f"{key}.{column}", [value for value in values if value]


def test_no_amount_is_the_sum_of_the_others_of_its_list() -> None:
    columns = [
        (f"{path}: {name}", values)
        for path in FILES
        if path.name == "budget.yaml"
        for name, values in amounts(path)
        if len(values) > 2
    ]
    assert len(columns) > 1
    assert [name for name, values in columns for value in values if 2 * value == sum(values)] == []


def test_the_data_that_ship_are_found() -> None:
    assert data_folder("schema") == ROOT / "schema"
    with pytest.raises(FileNotFoundError, match="without its folder nothing/"):
        data_folder("nothing")
