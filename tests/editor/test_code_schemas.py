"""The schemas that name codes to an editor: written from the dictionaries, and refusing nothing."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from discgen.authoring.code_schemas import code_schemas
from discgen.reference.codes import Classification
from discgen.validate.library import code_schema_files
from tools.code_schemas import FOLDER

SCHEMAS = {name: json.loads(text) for name, text in code_schemas().items()}


def test_they_are_as_the_dictionaries_are() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.schema.json")}
    assert len(written) == len(Classification)
    assert written == code_schemas(), "schema/codes is stale: run `python tools/code_schemas.py`"


def test_the_check_knows_of_each_of_them() -> None:
    assert code_schema_files() == sorted(f"codes/{name}" for name in SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_code_as_long_as_is_asked_for_is_offered(name: str) -> None:
    digits = "".join(SCHEMAS[name]["$defs"])
    lines = (FOLDER / name.replace(".schema.json", ".csv")).read_text(encoding="utf-8").splitlines()[1:]
    labels = [one["label"] for definition in SCHEMAS[name]["$defs"].values() for one in definition["defaultSnippets"]]
    assert lines
    assert [
        (code, called)
        for code, called, *_ in (line.split(",") for line in lines)
        if str(len(code)) in digits and not any(label.startswith(f"{code} ") and called in label for label in labels)
    ] == []


@pytest.mark.parametrize("value", [2010306, 2019876, "2010306 政务公开审批", "x", None, [3]])
def test_nothing_is_refused_so_the_check_may_leave_them_out(value: object) -> None:
    for schema in SCHEMAS.values():
        Draft202012Validator.check_schema(schema)
        for definition in schema["$defs"].values():
            assert Draft202012Validator(definition).is_valid(value)
