"""Rules of 文字 (P): punctuation, characters and numbering."""

from __future__ import annotations

import pytest

from discgen.check.fixing import check_and_fix
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


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        (NARRATIVE, "收集和保管", "收集\ufffd和保管", "2023/narrative.yaml:3:9 P038"),
        (NARRATIVE, "人员增加", "人员\u202e增加", "2023/narrative.yaml:10:23 P038"),
        (NARRATIVE, ", 保管科", ", 保管⼀科", "2023/narrative.yaml:5:22 P038"),
        (PROJECT, "档案扫描", "档案\ufe0f扫描", "2023/projects/2-scan.yaml:1:9 P038"),
        ("2023/budget.yaml", "2022年部门预算公开", "2022年部\u200b门预算公开", "2023/budget.yaml:17:17 P038"),
        (NARRATIVE, "人员增加", "人员\ufffc增加", "2023/narrative.yaml:10:23 P038"),
        (NARRATIVE, "人员增加", "人员\u200b增加", "2023/narrative.yaml:10:23 P038"),
        (PROJECT, "档案扫描", "档案\ufeff扫描", "2023/projects/2-scan.yaml:1:9 P038"),
        ("department.yaml", "{name: 示范市, level", "{name: 示⾏范市, level", "department.yaml:5:17 P038"),
    ],
)
def test_it_is_found_in_every_text_at_its_character(workspace: Demo, file: str, old: str, new: str, place: str) -> None:
    workspace.edit(file, old, new)
    assert place in workspace.found()


def test_radicals_are_mended_and_what_is_lost_is_not(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管档案", "收集和保管⽂档\ufffd案")
    check_and_fix(workspace.workspace, [workspace.target])
    assert "收集和保管文档\ufffd案" in (workspace.folder / NARRATIVE).read_text(encoding="utf-8")


def test_a_message_shows_signs_that_are_not_seen(workspace: Demo) -> None:
    workspace.edit(NARRATIVE, "收集和保管", "收集\u202e和保管")
    assert [one.message for one in workspace.check()] == [
        "“收集[U+202E]和保管档案。”里的U+202E是改变文字方向的控制符，印出来的顺序与写的不同"
    ]
