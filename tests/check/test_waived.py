"""What is waived, in each report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from discgen.check.as_github import as_github
from discgen.check.as_json import as_json
from discgen.check.as_sarif import as_sarif
from discgen.check.as_text import as_text
from discgen.diagnostics import Place, error, warning
from discgen.model.waiver import Waived, Waiver

ROOT = Path(__file__).parents[2]
FOUND = error("R001", "收支不等", Place("b.yaml", 10, 5))
EXCUSED = warning("G013", "资金是0", Place("departments/demo/2023/goal_sheets/a.yaml", 3, 7, ("funds",)), "核对")
ROW = Waiver("G013", "goal_sheets/*", "", 1, "照录公开的表。", 2024, Place("departments/demo/2023/waivers.yaml", 2, 5))
WAIVED = [Waived(EXCUSED, ROW)]


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / name).read_text(encoding="utf-8")))


def test_the_text_counts_what_is_waived_and_says_how_to_see_it() -> None:
    assert as_text([FOUND], waived=WAIVED).splitlines() == [
        "b.yaml:10:5 错误 R001 收支不等",
        "共1个错误",
        "另有1条已豁免（discgen check --show-waived 逐条列出）",
    ]


def test_the_text_lists_what_is_waived_with_its_reason_where_asked_for() -> None:
    assert as_text([], waived=WAIVED, show_waived=True).splitlines() == [
        "departments/demo/2023/goal_sheets/a.yaml:3:7 已豁免 G013 资金是0",
        "    理由（到2024年）：照录公开的表。",
        "没有发现问题",
        "另有1条已豁免",
    ]


def test_nothing_waived_is_not_told() -> None:
    assert as_text([], show_waived=True) == "没有发现问题"


def test_json_lists_it_beside_the_findings_with_reason_and_year() -> None:
    written = json.loads(as_json([FOUND], WAIVED))
    schema("schema/findings.schema.json").validate(written)
    assert [one["code"] for one in written["findings"]] == ["R001"]
    [waived] = written["waived"]
    assert (waived["code"], waived["path"], waived["reason"], waived["until"]) == (
        "G013",
        "funds",
        "照录公开的表。",
        2024,
    )


def test_the_schema_of_json_refuses_what_it_does_not_know() -> None:
    written = json.loads(as_json([FOUND], WAIVED))
    validator = schema("schema/findings.schema.json")
    for part in ("findings", "waived"):
        spoilt = {**written, part: [{**written[part][0], "extra": 1}]}
        assert not validator.is_valid(spoilt)
    assert not validator.is_valid({**written, "waived": written["findings"]})


def sarif(**options: Any) -> list[dict[str, Any]]:
    written = json.loads(as_sarif([FOUND], **options))
    schema("tests/data/sarif-subset.schema.json").validate(written)
    found: list[dict[str, Any]] = written["runs"][0]["results"]
    return found


def test_sarif_suppresses_it_with_the_justification_and_its_place() -> None:
    found, waived = sarif(waived=WAIVED)
    assert found["suppressions"] == []
    [suppression] = waived["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "照录公开的表。（到2024年）"
    assert suppression["location"]["physicalLocation"]["artifactLocation"]["uri"] == ROW.place.file


def test_sarif_counts_columns_in_characters() -> None:
    [found] = sarif()
    assert found["locations"][0]["physicalLocation"]["region"]["startColumn"] == 5
    assert json.loads(as_sarif([]))["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_github_shows_it_as_a_notice() -> None:
    assert as_github([], WAIVED).splitlines() == [
        f"::notice file={EXCUSED.place.file},line=3,col=7,title=G013（已豁免）::资金是0%0A理由（到2024年）：照录公开的表。",
        "没有发现问题",
        "另有1条已豁免",
    ]
