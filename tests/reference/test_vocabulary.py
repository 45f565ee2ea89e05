from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import discgen
from discgen.diagnostics import Severity
from discgen.load.target import KINDS
from discgen.model.department import Level
from discgen.model.disclosure import Grade
from discgen.model.line import (
    Category,
    Component,
    Fund,
    Nature,
    Origin,
    ProcurementItem,
    Source,
    Stage,
    ThreePublicItem,
    UnitKind,
)
from discgen.model.project import Attribute, FundLevel
from discgen.reference.codes import Classification
from discgen.reference.folders import data_folder
from discgen.reference.vocabulary import Named, terms, vocabulary
from discgen.validate.schema import validate
from discgen.yamltext.read import read_yaml
from tools.vocabulary_schemas import in_step, named_nodes

SCHEMAS = sorted(data_folder("schema").glob("*.schema.json"))
NAMED: dict[str, type[Named]] = {
    "stage": Stage,
    "source": Source,
    "fund": Fund,
    "origin": Origin,
    "nature": Nature,
    "component": Component,
    "category": Category,
    "three_public_item": ThreePublicItem,
    "procurement_item": ProcurementItem,
    "unit_kind": UnitKind,
    "level": Level,
    "fund_level": FundLevel,
    "attribute": Attribute,
    "grade": Grade,
    "classification": Classification,
}


def test_the_vocabulary_is_as_its_schema_asks() -> None:
    tree, findings = read_yaml((data_folder("schema") / "vocabulary.yaml").read_bytes(), "vocabulary.yaml")
    assert tree is not None, findings
    assert validate(tree, "vocabulary") == []


@pytest.mark.parametrize("dimension", NAMED)
def test_an_enumeration_has_the_values_of_its_dimension(dimension: str) -> None:
    members = NAMED[dimension]
    assert set(members) == set(terms(dimension))
    assert [member.term for member in members] == [terms(dimension)[member] for member in members]


def test_what_is_no_enumeration_of_names_has_its_values_in_the_vocabulary_too() -> None:
    assert set(terms("severity")) == set(Severity)
    assert set(terms("kind")) == set(KINDS)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_schemas_are_in_step_with_the_vocabulary(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert in_step(text) == text
    for node in named_nodes(json.loads(text)):
        named = [terms(node["vocabulary"])[value].explained for value in node["enum"]]
        assert node.get("enumDescriptions", node["enum"]) == named


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_a_description_that_lists_values_lists_all_by_their_names(path: Path) -> None:
    for node in named_nodes(json.loads(path.read_text(encoding="utf-8"))):
        for value, name in zip(node["enum"], node.get("enumDescriptions", ()), strict=False):
            assert f"{value} {name}" in node["description"]


def test_a_new_name_goes_into_both_the_list_and_the_description() -> None:
    text = (
        '{"description": "central 国家；other 别的，都算。", "vocabulary": "fund_level",'
        ' "enum": ["central", "other"], "enumDescriptions": ["国家", "别的"]}'
    )
    assert in_step(text) == (
        '{"description": "central 中央；other 其他，都算。", "vocabulary": "fund_level",'
        ' "enum": ["central", "other"], "enumDescriptions": ["中央", "其他"]}'
    )


def test_every_dimension_is_one_of_an_enumeration_or_of_a_schema() -> None:
    used = {
        node["vocabulary"] for path in SCHEMAS for node in named_nodes(json.loads(path.read_text(encoding="utf-8")))
    }
    assert vocabulary().keys() == used | NAMED.keys()


def test_a_value_without_a_name_of_its_own_is_its_name() -> None:
    assert (Level.PROVINCIAL.label, Level.PROVINCIAL.term.short) == ("省级", "省级")


def test_the_short_name_is_the_name_where_there_is_no_other() -> None:
    assert (Origin.CURRENT.term.short, Origin.CARRYOVER.term.short) == ("当年", "上年结转")


def test_no_module_says_the_name_of_a_fund_again() -> None:
    names = {member.label for member in Fund}
    said = {
        (path.name, node.value)
        for path in Path(discgen.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    }
    assert said == set()
