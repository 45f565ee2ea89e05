"""Made-up departments are like real ones: they add up, and can be published."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.diagnostics import has_errors
from discgen.load.workspace import Workspace
from discgen.pipeline import check
from discgen.publish.build import publish
from tools.make_departments import main


def made(folder: Path, count: int, seed: int = 1) -> Workspace:
    main(count, folder, seed)
    return Workspace(folder)


def test_made_up_departments_have_no_errors_and_can_be_published(tmp_path: Path) -> None:
    workspace = made(tmp_path, 5)
    targets = workspace.targets()
    assert len(targets) == 5
    assert not has_errors(check(workspace, targets))
    assert publish(workspace, min(targets, key=lambda target: len(list(workspace.folder(target).rglob("*"))))).path


@pytest.mark.slow
def test_many_made_up_departments_have_no_errors_and_some_have_warnings(tmp_path: Path) -> None:
    workspace = made(tmp_path, 60)
    findings = check(workspace, workspace.targets())
    assert findings
    assert not has_errors(findings)


def test_the_same_seed_makes_the_same_files_and_another_makes_others(tmp_path: Path) -> None:
    contents = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        made(folder, 3, seed)
        contents.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.yaml")})
    assert contents[0] == contents[1] != contents[2]
