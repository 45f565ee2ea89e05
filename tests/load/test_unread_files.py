"""Files that are beside those of a department, and are not read: none is passed over in silence."""

from __future__ import annotations

import pytest

from discgen.pipeline import check
from tests.conftest import Demo


def test_a_year_without_its_facts_is_missed(workspace: Demo) -> None:
    (workspace.folder / "2023" / "budget.yaml").rename(workspace.folder / "2023" / "buget.yaml")
    assert workspace.found("L012", "L018") == ["2023/budget.yaml:1:1 L012", "2023/buget.yaml:1:1 L018"]
    assert [target.year for target in workspace.workspace.targets()] == [2023]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2023/budget.yml", "L016"),
        ("2023/goal_sheet/1.yaml", "L018"),
        ("2023/naratives.yaml", "L018"),
        ("2024年/budget.yaml", "L018"),
    ],
)
def test_what_is_called_otherwise_is_told(workspace: Demo, name: str, found: str) -> None:
    workspace.write(name, "")
    assert workspace.found() == [f"{name}:1:1 {found}"]


@pytest.mark.parametrize("name", ["2023/ERRATA.md", "2023/附件/批复.pdf", "drafts/budget.yaml", "2023/.idea/x.yaml"])
def test_what_nobody_would_take_for_facts_is_left_alone(workspace: Demo, name: str) -> None:
    workspace.write(name, "")
    assert workspace.found() == []


def test_a_folder_has_no_more_files_than_headings_can_be_numbered(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discgen.load.unread_files.MOST_FILES", 2)
    for number in range(4):
        workspace.write(f"2023/projects/9{number}.yaml", "name: 甲\n")
    (found,) = [one for one in check(workspace.workspace, [workspace.target]) if one.code == "L033"]
    assert "个文件，最多2个" in found.message
