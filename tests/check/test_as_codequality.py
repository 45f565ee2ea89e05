"""GitLab's Code Quality report: the fields it needs, and fingerprints that stay while lines move."""

from __future__ import annotations

import json
from typing import Any

from discgen.check.as_codequality import as_codequality
from discgen.diagnostics import Place, error, warning

FILE = "departments/demo/2024/budget.yaml"


def report(*places: Place) -> list[dict[str, Any]]:
    findings = [error("R001", "对不上", place, "核对") for place in places]
    parsed: list[dict[str, Any]] = json.loads(as_codequality(findings, lambda _: "income:"))
    return parsed


def test_a_finding_has_all_that_gitlab_asks_for() -> None:
    [one] = report(Place(FILE, 7, 3, ("income",)))
    assert {key: one[key] for key in one if key != "fingerprint"} == {
        "description": "对不上（核对）",
        "check_name": "R001",
        "severity": "critical",
        "location": {"path": FILE, "lines": {"begin": 7}},
    }


def test_fingerprints_differ_and_stay_while_lines_move() -> None:
    first, second = (one["fingerprint"] for one in report(Place(FILE, 7, 1, ("a",)), Place(FILE, 9, 1, ("b",))))
    assert first != second
    assert report(Place(FILE, 8, 1, ("a",)))[0]["fingerprint"] == first


def test_nothing_found_is_an_empty_list() -> None:
    assert json.loads(as_codequality([])) == []


def test_a_warning_is_no_error() -> None:
    assert json.loads(as_codequality([warning("R001", "看一看", Place(FILE))]))[0]["severity"] == "minor"
