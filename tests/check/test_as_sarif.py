"""SARIF 2.1.0. `tests/data/sarif-subset.schema.json` is our own schema of the part that is written.

The schema of the whole format comes from npm, so it is not there where npm is not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator, ValidationError

from discgen.check.as_sarif import FINGERPRINT, as_sarif
from discgen.check.run import check_targets
from discgen.diagnostics import Diagnostic, Place, error, note, warning
from discgen.rules.catalogue import load_rules
from tests.conftest import Demo

SCHEMA = json.loads((Path(__file__).parents[1] / "data/sarif-subset.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
OFFICIAL = Path(__file__).parent / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
PLACE = Place("departments/demo/2023/budget.yaml", 5, 3, ("income", 0))


def log(findings: list[Diagnostic], **options: Any) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(as_sarif(findings, **options))
    VALIDATOR.validate(written)
    return written


def results(findings: list[Diagnostic], **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(findings, **options)["runs"][0]["results"]
    return found


def fingerprints(demo: Demo) -> list[str]:
    checked = check_targets(demo.workspace, [demo.target])
    return [one["partialFingerprints"][FINGERPRINT] for one in results(checked.findings, line_at=checked.line_at)]


def test_a_log_without_findings_is_valid() -> None:
    assert log([])["runs"][0]["results"] == []


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="tools/install-node-packages.sh installs the schema")
def test_logs_are_valid_by_the_official_schema(workspace: Demo) -> None:
    official = Draft4Validator(json.loads(OFFICIAL.read_text(encoding="utf-8")))
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    workspace.edit("2023/narrative.yaml", "压缩用车", "压缩用车3万元")
    checked = check_targets(workspace.workspace, [workspace.target])
    assert len(checked.findings) > 1
    written = log(checked.findings, line_at=checked.line_at)
    official.validate(written)
    with pytest.raises(ValidationError):
        official.validate({**written, "runs": [{"results": []}]})


def test_the_schema_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**log([]), "extra": 1})
    with pytest.raises(ValidationError):
        VALIDATOR.validate(log([]) | {"version": "2.0.0"})


def test_a_result_has_its_rule_level_message_and_region() -> None:
    result = results([error("R001", "收支不等", PLACE, "核对")])[0]
    assert (result["ruleId"], result["level"]) == ("R001", "error")
    assert result["message"]["text"] == "收支不等\n核对"
    where = result["locations"][0]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == PLACE.file
    assert where["region"] == {"startLine": 5, "startColumn": 3}


def test_warnings_and_notes_keep_their_level() -> None:
    found = results([warning("P005", "a", PLACE), note("P004", "b", PLACE)])
    assert [one["level"] for one in found] == ["warning", "note"]


def test_a_rule_has_the_text_of_the_catalogue() -> None:
    page = load_rules()["R001"]
    rule = log([error("R001", "x", PLACE)])["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == page.title
    assert rule["fullDescription"]["text"] == page.checks
    for said in (page.checks, page.reason, page.mend):
        assert said in rule["help"]["text"]
        assert said in rule["help"]["markdown"]
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["properties"]["tags"] == ["勾稽"]


def test_each_rule_is_listed_once_and_results_point_at_theirs() -> None:
    findings = [error("R001", "a", PLACE), error("C001", "b", PLACE), error("R001", "c", PLACE)]
    run = log(findings)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(rules) == ["C001", "R001"]
    assert [rules[one["ruleIndex"]] for one in run["results"]] == ["R001", "C001", "R001"]


def test_a_code_without_a_page_is_still_a_rule() -> None:
    assert log([error("Q999", "a", PLACE)])["runs"][0]["tool"]["driver"]["rules"] == [{"id": "Q999"}]


def test_the_name_of_a_file_is_a_uri() -> None:
    result = results([error("L016", "a", Place("departments/demo/2023/projects/库房 1%.yaml"))])[0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "departments/demo/2023/projects/%E5%BA%93%E6%88%BF%201%25.yaml"


def test_a_fingerprint_stays_when_lines_are_put_in_above(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    before = fingerprints(workspace)
    workspace.edit("2023/budget.yaml", "unit: 万元\n", "unit: 万元\n\n# 备注\n")
    assert before == fingerprints(workspace)
    workspace.edit("2023/budget.yaml", "amount: 101}", "amount: 102}")
    assert before != fingerprints(workspace)


def test_findings_that_are_alike_have_fingerprints_of_their_own() -> None:
    alike = [error("P005", "手写了金额1元", PLACE), error("P005", "手写了金额2元", PLACE)]
    first, second = (one["partialFingerprints"][FINGERPRINT] for one in results(alike))
    assert first != second
