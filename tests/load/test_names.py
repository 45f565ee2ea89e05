"""Names that are not UTF-8, as an archive packed on Windows leaves them: told with their place, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from discgen.load.workspace import Workspace
from discgen.preview.site import Site, address
from tests.conftest import Demo

GBK = os.fsdecode(b"\xd6\xd0")
"""中 in GBK."""
SHOWN = "[U+DCD6][U+DCD0]"


def discgen(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "discgen", *arguments], cwd=root, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (f"2023/projects/{GBK}.yaml", f"2023/projects/{SHOWN}.yaml:1:1 L026"),
        (f"2023/projects/{GBK}.yml", f"2023/projects/{SHOWN}.yml:1:1 L026"),
        (f"2023/{GBK}.yaml", f"2023/{SHOWN}.yaml:1:1 L026"),
        (f"2023/{GBK}/1.yaml", f"2023/{SHOWN}:1:1 L026"),
        (f"2023{GBK}/budget.yaml", f"2023{SHOWN}:1:1 L026"),
    ],
)
def test_data_of_such_a_name_are_an_error_at_its_place(workspace: Demo, name: str, found: str) -> None:
    workspace.write(name, "")
    assert workspace.found() == [found]
    (finding,) = workspace.findings()
    assert finding.severity == "error"
    assert "改名为“" in finding.hint
    assert "中" in finding.hint


def test_what_holds_no_data_is_a_warning(workspace: Demo) -> None:
    """Nothing is missing from the document, but the name is in nobody's way only until the folder is packed or cloned."""
    workspace.write(f"2023/附件/{GBK}.pdf", "")
    (finding,) = workspace.findings()
    assert (finding.code, finding.severity) == ("L026", "warning")


@pytest.fixture
def misnamed(workspace: Demo) -> Workspace:
    """A project and a whole department of such names."""
    workspace.write(f"2023/projects/{GBK}.yaml", "name: 一\n")
    other = workspace.workspace.departments / f"x{GBK}"
    (other / "2023").mkdir(parents=True)
    for name in ("department.yaml", "2023/budget.yaml", "2023/narrative.yaml"):
        (other / name).write_bytes((workspace.workspace.departments / "demo" / name).read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=workspace.workspace.root, check=True)
    subprocess.run(["git", "add", "."], cwd=workspace.workspace.root, check=True)
    identity = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", *identity, "commit", "-qm", "one"], cwd=workspace.workspace.root, check=True)
    workspace.write("2023/waivers.yaml", "waivers: []\n")
    return workspace.workspace


@pytest.mark.parametrize(
    ("command", "exit_code"),
    [
        ("check", 1),
        ("check --format json", 1),
        ("check --format sarif", 1),
        ("check --format github", 1),
        ("check --format checklist", 1),
        ("check --fix", 1),
        ("fmt --check", 1),
        ("build", 1),
        ("build --draft", 1),
        ("export demo/2023 --format xlsx", 1),
        ("export demo/2023 --format csv", 1),
        ("diff", 0),
        ("diff --format json", 0),
        ("diff --format markdown", 0),
        ("diff --format html -o build/diff.html", 0),
        ("rollover demo 2024", 2),
        ("explain demo/2023 1", 2),
    ],
)
def test_every_command_says_so(misnamed: Workspace, command: str, exit_code: int) -> None:
    done = discgen(misnamed.root, *command.split())
    printed = (done.stdout + done.stderr).decode()
    assert "Traceback" not in printed
    assert done.returncode == exit_code
    if "json" in command or "sarif" in command:
        json.loads(done.stdout)
    if command.startswith(("check", "fmt", "build", "export", "rollover")) and "checklist" not in command:
        assert "L026" in printed


def test_such_a_department_may_be_named(misnamed: Workspace) -> None:
    done = discgen(misnamed.root, "check", f"x{GBK}/2023")
    assert done.stdout.decode().startswith(f"departments/x{SHOWN}:1:1 错误 L026 文件夹的名称不是UTF-8编码")


def test_the_preview_lists_and_shows_it(misnamed: Workspace) -> None:
    site = Site(misnamed)
    target = next(one for one in misnamed.targets() if one.department.startswith("x"))
    assert f"x{SHOWN}" in site.answer("").body.decode()
    assert f"x{SHOWN}" in site.answer(f"{target.department}/2023/budget/").body.decode()
    assert "L026" in site.answer(f"{target.department}/2023/budget/state").body.decode()
    assert address(target) == "x%D6%D0/2023/budget/"


def test_a_workspace_may_lie_in_a_folder_of_such_a_name(workspace: Demo, tmp_path: Path) -> None:
    """The workspace is what is published, not where it lies."""
    root = tmp_path / GBK
    root.mkdir()
    workspace.workspace.departments.rename(root / "departments")
    assert discgen(root, "check", "--format", "json").returncode == 0
    assert discgen(root, "fmt").returncode == 0
