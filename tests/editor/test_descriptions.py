"""What the schemas of a department's files say of each key, beyond what `tests/test_schemas.py` asks of every schema."""

from __future__ import annotations

import pytest

from discgen.form.files import form_names
from discgen.form.form import load_form
from tests.test_schemas import ALL_NODES, CHINESE, PROPERTIES

WRITTEN_BY_DEPARTMENTS = (
    "common", "department", "budget", "accounts", "narrative", "project", "goal_sheet_file", "evaluation", "waivers",
)  # fmt: skip
OWN = [(path, said) for path, said in PROPERTIES if path.partition(".")[0] in WRITTEN_BY_DEPARTMENTS]


def referring_to(name: str) -> list[tuple[str, str, list[object]]]:
    """The path, description and examples of each property that is what `common.schema.json` calls `name`."""
    found = [
        (path, said["description"], said["examples"]) for path, said in OWN if said.get("$ref", "").endswith(f"/{name}")
    ]
    assert found
    return found


@pytest.mark.parametrize("name", ["amount", "signed_amount"])
def test_every_amount_says_its_unit(name: str) -> None:
    assert [
        path for path, description, _ in referring_to(name) if "元" not in description and "unit" not in description
    ] == []


def test_every_number_says_what_is_counted() -> None:
    units = ("个", "辆", "台（套）", "人次", "批次")
    assert [
        path for path, description, _ in referring_to("whole_number") if not any(u in description for u in units)
    ] == []


@pytest.mark.parametrize("kind", ["budget", "accounts"])
def test_an_editor_offers_every_form_of_the_kind(kind: str) -> None:
    [offered] = [said["examples"] for path, said in OWN if path == f"{kind}.schema.json/properties/form"]
    assert sorted(offered) == [name for name in form_names() if load_form(name).kind == kind]


def test_no_description_is_a_unit_alone() -> None:
    assert [path for path, said in OWN if len(CHINESE.findall(said["description"])) < 4] == []


def test_every_text_has_an_example_of_its_own() -> None:
    general = next(node for _, path, node in ALL_NODES if path == "common.schema.json/$defs/text")
    assert [path for path, _, examples in referring_to("text") if examples == general["examples"]] == []


def test_every_value_in_english_of_a_fixed_set_has_its_name() -> None:
    sets = [
        (path, node["enum"], node.get("enumDescriptions", []))
        for file, path, node in ALL_NODES
        if file.partition(".")[0] in WRITTEN_BY_DEPARTMENTS and "enum" in node and not CHINESE.search(str(node["enum"]))
    ]
    assert len(sets) > 8
    assert [
        path for path, values, names in sets if len(names) != len(values) or not all(map(CHINESE.search, names))
    ] == []
