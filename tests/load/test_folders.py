"""What lies in the folders of a workspace and is no file that can be read: told at once, and never taken for nothing."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.load.folders import is_litter
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.preview.site import Site, address
from tests.conftest import Demo

NOBODY = 65534


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(demo.workspace.root), *arguments], prog_name="discgen")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def fifo(path: Path) -> None:
    os.mkfifo(path)


def bound_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


NO_FILES = [dangling, Path.mkdir, fifo, bound_socket]


@pytest.mark.parametrize("make", NO_FILES)
@pytest.mark.parametrize(
    "name",
    ["2023/budget.yaml", "2023/narrative.yaml", "2023/projects/1-store.yaml", "2023/waivers.yaml", "department.yaml"],
)
def test_what_bears_the_name_of_a_file_and_is_none_is_an_error(
    workspace: Demo, name: str, make: Callable[[Path], None]
) -> None:
    path = workspace.folder / name
    path.unlink(missing_ok=True)
    make(path)
    code = "L012" if make is dangling else "L013"
    done = run(workspace, "check")
    assert done.exit_code == 1
    assert f"departments/demo/{name}:1:1 错误 {code}" in done.stdout
    assert run(workspace, "fmt", "--check").exit_code == 1


@pytest.mark.parametrize("make", NO_FILES)
def test_facts_that_are_no_file_make_a_target_without_any_prose(workspace: Demo, make: Callable[[Path], None]) -> None:
    shutil.rmtree(workspace.folder / "2023")
    (workspace.folder / "2023").mkdir()
    make(workspace.folder / "2023" / "budget.yaml")
    assert workspace.workspace.targets() == [workspace.target]
    assert run(workspace, "check").exit_code == 1


@pytest.mark.parametrize(
    "name", ["budget.yml", "Budget.yaml", "budget (1).yaml", "budget.yaml.txt", "waivers.yaml", "projects/1.yaml"]
)
def test_a_year_that_holds_anything_of_ours_is_a_target(workspace: Demo, name: str) -> None:
    shutil.rmtree(workspace.folder / "2023")
    workspace.write(f"2023/{name}", "")
    assert workspace.workspace.targets() == [workspace.target]
    assert "2023/budget.yaml:1:1 L012" in workspace.found()


def test_accounts_under_another_name_are_missed_as_accounts(workspace: Demo) -> None:
    shutil.rmtree(workspace.folder / "2023")
    workspace.write("2023/Accounts.yaml", "")
    assert workspace.workspace.targets() == [Target("demo", 2023, "accounts")]


@pytest.mark.parametrize("name", ["budget.yml", "Budget.yaml", "budget (1).yaml"])
def test_a_missing_file_is_looked_for_under_names_like_its_own(workspace: Demo, name: str) -> None:
    (workspace.folder / "2023" / "budget.yaml").rename(workspace.folder / "2023" / name)
    (missing,) = workspace.findings("L012")
    assert missing.hint == f"这里有“{name}”，是它的话，名称改成budget.yaml"


@pytest.mark.parametrize("name", ["budget.yaml", "narrative.yaml"])
def test_an_ending_that_windows_hides_is_named(workspace: Demo, name: str) -> None:
    (workspace.folder / "2023" / name).rename(workspace.folder / "2023" / f"{name}.txt")
    assert workspace.found() == [f"2023/{name}:1:1 L012", f"2023/{name}.txt:1:1 L016"]
    for finding in workspace.findings():
        assert "勾上“文件扩展名”，再把名称改成" in finding.hint
        assert finding.hint.endswith(name)


def test_what_is_optional_is_missed_under_an_ending_that_windows_hides(workspace: Demo) -> None:
    workspace.write("2023/waivers.yaml.txt", "")
    workspace.write("2023/projects/3-more.yaml.txt", "")
    assert workspace.found() == ["2023/projects/3-more.yaml.txt:1:1 L016", "2023/waivers.yaml.txt:1:1 L016"]


LITTER = ["._01.yaml", ".DS_Store", "Thumbs.db", "desktop.ini", "~$预算.docx", ".01.yaml.swp", "01.yaml~", "#01.yaml#"]


@pytest.mark.parametrize("folder", ["", "2023", "2023/projects", "2023/goal_sheets"])
def test_what_systems_and_editors_leave_is_passed_over(workspace: Demo, folder: str) -> None:
    for name in LITTER:
        workspace.write(f"{folder}/{name}".lstrip("/"), "\0\0\0")
    assert workspace.found() == []
    assert run(workspace, "fmt", "--check").stderr.startswith("共5个文件，")


def test_litter_is_neither_compared_nor_carried_into_next_year(workspace: Demo, tmp_path: Path) -> None:
    root = workspace.workspace.root
    shutil.copytree(root / "departments", tmp_path / "before" / "departments")
    for name in LITTER:
        workspace.write(f"2023/projects/{name}", "\0\0\0")
    done = run(workspace, "diff", str(tmp_path / "before"), str(root))
    assert (done.exit_code, "01.yaml" in done.stdout) == (0, False)
    assert run(workspace, "rollover", "demo", "2024").exit_code == 0
    assert not {path.name for path in (workspace.folder / "2024").rglob("*")} & set(LITTER)


@pytest.mark.parametrize("name", ["01.yaml", "Thumbs.yaml", "desktop.yaml", "预算.docx", "01.yaml.bak"])
def test_what_a_person_may_have_put_there_is_no_litter(name: str) -> None:
    assert not is_litter(name)


@pytest.mark.parametrize("folder", ["projects", "goal_sheets"])
def test_names_outside_of_the_workspace_are_not_listed(tmp_path: Path, folder: str) -> None:
    demo = Demo(tmp_path / "inside")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yml").touch()
    shutil.rmtree(demo.folder / "2023" / folder, ignore_errors=True)
    (demo.folder / "2023" / folder).symlink_to(tmp_path / "outside")
    assert demo.found("L011", "L016") == [f"2023/{folder}:1:1 L011"]
    assert "secret" not in run(demo, "check").output


def test_a_folder_beside_ours_that_leads_out_is_left_alone(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "inside")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yaml").touch()
    (demo.folder / "2023" / "附件").symlink_to(tmp_path / "outside")
    (demo.folder / "2024年").symlink_to(tmp_path / "outside")
    assert demo.found() == []


@pytest.mark.parametrize("depth", ["", "2023"])
def test_a_department_or_year_that_leads_out_is_told_once(tmp_path: Path, depth: str) -> None:
    demo = Demo(tmp_path / "inside")
    folder = demo.folder / depth
    folder.rename(tmp_path / "outside")
    folder.symlink_to(tmp_path / "outside")
    (demo.workspace.departments / "other" / "2023").mkdir(parents=True)
    (demo.workspace.departments / "other" / "2023" / "budget.yaml").touch()
    done = run(demo, "check")
    assert done.exit_code == 1
    assert done.stdout.count("L011 文件夹链接到了工作区之外") == 1


def test_a_file_in_place_of_a_folder_is_told(workspace: Demo) -> None:
    shutil.rmtree(workspace.folder / "2023" / "projects")
    workspace.write("2023/projects", "")
    assert "2023/projects:1:1 L013" in workspace.found()


@pytest.fixture
def shared() -> Iterator[Demo]:
    """A workspace where others than its owner get to, beside another department that is in order but for R001."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        demo = Demo(Path(folder))
        other = demo.workspace.departments / "other"
        shutil.copytree(demo.folder, other)
        for name, old, new in (("department.yaml", "档案", "方志"), ("2023/budget.yaml", "amount: 100", "amount: 101")):
            text = (other / name).read_text(encoding="utf-8")
            (other / name).write_text(text.replace(old, new), encoding="utf-8")
        # Nobody may not be allowed to load modules: they are, before we are nobody.
        importlib.import_module("discgen.publish.build")
        for command in (("check",), ("fmt", "--check"), ("diff", folder, folder), ("check", "none")):
            run(demo, *command)
        yield demo


@contextmanager
def closed(path: Path, mode: int) -> Iterator[None]:
    """As somebody for whom a folder is closed, which none is for root."""
    is_root = os.geteuid() == 0
    before = path.stat().st_mode
    path.chmod(mode)
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
        path.chmod(before)


@pytest.mark.parametrize("mode", [0o000, 0o444], ids=oct)
@pytest.mark.parametrize("name", ["demo", "demo/2023", "demo/2023/projects"])
def test_a_folder_that_is_closed_is_told_and_the_others_are_checked(shared: Demo, name: str, mode: int) -> None:
    with closed(shared.workspace.departments / name, mode):
        done = run(shared, "check")
    assert done.exit_code == 1
    assert f"departments/{name}:1:1 错误 L013 文件夹打不开：没有权限" in done.stdout
    assert "departments/other/2023/budget.yaml:5:5 错误 R001" in done.stdout


@pytest.mark.parametrize("command", [("build", "-j", "1"), ("fmt",)])
def test_every_command_that_goes_through_all_tells_it(shared: Demo, command: tuple[str, ...]) -> None:
    with closed(shared.folder, 0o000):
        done = run(shared, *command)
    assert done.exit_code == 1
    assert "departments/demo:1:1 错误 L013 文件夹打不开：没有权限" in done.stderr


def test_a_closed_department_that_is_asked_for_is_refused(shared: Demo) -> None:
    with closed(shared.folder, 0o000):
        done = run(shared, "check", "demo")
    assert (done.exit_code, done.stderr) == (2, "错误：departments/demo 文件夹打不开：没有权限，检查文件夹的权限\n")


def test_departments_that_may_not_be_listed_are_not_taken_for_none(shared: Demo) -> None:
    with closed(shared.workspace.departments, 0o000):
        done = run(shared, "check")
    assert done.exit_code == 2
    assert "departments 文件夹打不开：没有权限" in done.stderr


@pytest.mark.parametrize("name", ["demo", "demo/2023", "demo/2023/projects"])
def test_a_closed_folder_is_not_compared_and_nothing_has_gone(shared: Demo, name: str) -> None:
    with tempfile.TemporaryDirectory() as before:
        Path(before).chmod(0o755)
        shutil.copytree(shared.workspace.departments, Path(before) / "departments")
        with closed(shared.workspace.departments / name, 0o000):
            done = run(shared, "diff", before, str(shared.workspace.root))
    assert re.search(rf"现在的departments/{name} 文件夹打不开：没有权限.*没有比较", done.stdout)
    assert "－" not in done.stdout
    assert "删去" not in done.stdout


def test_last_year_that_is_closed_is_not_taken_for_none(shared: Demo) -> None:
    shutil.copytree(shared.folder / "2023", shared.folder / "2024")
    shared.edit("2024/budget.yaml", "year: 2023", "year: 2024")
    with closed(shared.folder / "2023", 0o000):
        done = run(shared, "check", "demo/2024")
    assert "departments/demo/2023:1:1 错误 L013" in done.stdout


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
