"""Lines that a finding gives to paste: pasted, the finding is gone, and the marks are what is left to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.diagnostics import Diagnostic
from discgen.report.as_text import as_text
from tests.conftest import Demo

NARRATIVE = "2023/narrative.yaml"
SHANGHAI = "performance: {units: 2, projects: 2, amount: 36}\nassets: {vehicles: {owned: 2}, equipment: {special_over_1m: 0}}\n"


def of(demo: Demo, code: str) -> list[Diagnostic]:
    return [one for one in demo.findings() if one.code == code]


def paste(demo: Demo, hint: str) -> None:
    """Do as the hint says."""
    said, *lines = hint.split("\n")
    path = demo.folder / NARRATIVE
    text = path.read_text(encoding="utf-8")
    if "末尾" in said:
        path.write_text(text.rstrip("\n") + "\n" + "\n".join([*lines, ""]), encoding="utf-8")
        return
    head = said.partition("“")[2].partition("”")[0]
    assert f"\n{head}\n" in text
    path.write_text(text.replace(f"\n{head}\n", "\n" + "\n".join([head, *lines, ""]), 1), encoding="utf-8")


def in_shanghai(demo: Demo) -> None:
    demo.edit("2023/budget.yaml", "shanxi-budget-2023", "shanghai-budget-2025")
    path: Path = demo.folder / "2023/budget.yaml"
    path.write_text(path.read_text(encoding="utf-8") + SHANGHAI, encoding="utf-8")


@pytest.mark.parametrize("begun", [False, True])
@pytest.mark.parametrize("code", ["P009", "P006"])
def test_pasted_the_lines_make_all_findings_of_the_code_vanish(code: str, begun: bool, workspace: Demo) -> None:  # noqa: FBT001
    in_shanghai(workspace)
    path = workspace.folder / NARRATIVE
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith("reasons:")), len(lines))
    begin = {"P009": "purposes:\n  2010350: 档案扫描\n", "P006": "reasons:\n  reception: 接待增加\n"}[code]
    path.write_text("\n".join(lines[:at]) + "\n" + (begin if begun else ""), encoding="utf-8")
    found = of(workspace, code)
    assert found
    assert {one.hint for one in found} == {found[0].hint}
    paste(workspace, found[0].hint)
    assert of(workspace, code) == []
    assert len([one for one in of(workspace, "P011") if one.place.file.endswith(NARRATIVE)]) == len(found)


def test_the_lines_are_printed_once_and_as_they_are_to_stand(workspace: Demo) -> None:
    in_shanghai(workspace)
    found = of(workspace, "P009")
    printed = as_text(found).split("\n")
    assert printed.count("purposes:") == 1
    assert [line for line in printed if line.startswith("  20")] == found[0].hint.split("\n")[2:]
