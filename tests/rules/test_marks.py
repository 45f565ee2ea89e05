"""P015, P016, P044: marks where nothing follows, marks in a row, documents cited twice."""

from __future__ import annotations

import pytest

from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
PROJECT = "2023/projects/2-scan.yaml"


def noted(workspace: Demo, text: str) -> list[str]:
    """What is found in a note that says this."""
    narrative = (workspace.folder / NARRATIVE).read_text(encoding="utf-8")
    workspace.write(NARRATIVE, f"{narrative}notes:\n  other: '{text}'\n")
    return [finding.code for finding in workspace.check()]


@pytest.mark.parametrize("mark", ["、", "："])
def test_p015_a_reason_that_breaks_off_is_a_warning(workspace: Demo, mark: str) -> None:
    workspace.edit(NARRATIVE, "人员增加", f"人员增加{mark}")
    assert [(one.code, one.severity, one.place.column) for one in workspace.check()] == [("P015", "warning", 25)]


@pytest.mark.parametrize("mark", ["、", "，", "。", ";"])
def test_p015_a_name_has_no_mark_at_its_end(workspace: Demo, mark: str) -> None:
    workspace.edit(PROJECT, "档案扫描", f"档案扫描{mark}")
    assert workspace.found() == ["2023/projects/2-scan.yaml:1:11 P015"]


@pytest.mark.parametrize("marks", ["。;", "，,", ";。", "。."])
def test_p016_marks_of_either_width_stand_alone(workspace: Demo, marks: str) -> None:
    assert "P016" in noted(workspace, f"收集档案{marks}保管档案。")


@pytest.mark.parametrize("text", ["他问：“几点？！”。", "上午8:30到岗。", "见https://www.gov.cn。", "版本为2.0。"])
def test_p016_what_is_no_run_of_marks_is_accepted(workspace: Demo, text: str) -> None:
    assert noted(workspace, text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("依据《档案法》、《档案法》执行。", ["P044"]),
        ("依据《档案法》《档案法》执行。", ["P044"]),
        ("依据《档案法》（主席令第47号）、《保密法》和《档案法》执行。", ["P044"]),
        ("依据《收费通知》（示财〔2022〕1号）、《收费通知》（示财〔2023〕1号）执行。", []),
        ("依据《档案法》执行，《档案法》没有规定的从其规定。", []),
    ],
)
def test_p044_documents_are_cited_once(workspace: Demo, text: str, codes: list[str]) -> None:
    assert noted(workspace, text) == codes
