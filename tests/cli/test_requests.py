"""Requests that cannot be met: each is said in Chinese with what to do, without a traceback, and exits 2."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.errors import Refusal
from tests.conftest import Demo

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="discgen")


def refused(done: Result) -> str:
    """What is said of a request that cannot be met."""
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert re.match(r"错误：.*[\u4e00-\u9fff]", done.stderr)
    return done.stderr


def test_the_workspace_may_be_named_before_or_after_the_command(workspace: Demo, tmp_path: Path) -> None:
    root = str(workspace.workspace.root)
    assert run("-C", root, "check", "demo").exit_code == 0
    assert run("check", "demo", "-C", root).exit_code == 0
    assert run("-C", root, "explain", "demo/2023", "income.total").exit_code == 0
    assert run("-C", str(tmp_path / "none"), "check", "-C", root).exit_code == 0
    assert "tmp" in refused(run("-C", str(tmp_path / "none"), "check"))


@pytest.mark.parametrize("name", ["-", ".", "..", "", "departments", "示范"])
def test_what_is_no_target_is_named_back_with_what_there_is(name: str, workspace: Demo) -> None:
    done = run("check", "-C", str(workspace.workspace.root), name)
    assert f"没有“{name}”。可用的有：demo/2023" in refused(done)


def test_a_target_that_is_nearly_right_is_answered_with_the_nearest(workspace: Demo) -> None:
    for name in ("demo/23", "demo/2022", "dem/2023"):
        assert "相近的有：demo/2023" in refused(run("check", "-C", str(workspace.workspace.root), name))


@pytest.mark.parametrize(
    "name", ["departments/demo", "departments/demo/2023", "departments/demo/2023/projects", "demo/"]
)
def test_a_folder_stands_for_its_department_or_year(name: str, workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    assert "R001" in run("check", "-C", str(workspace.workspace.root), name).stdout


def test_a_form_that_there_is_not_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    done = run("init", "-C", str(tmp_path), "demo", "--form", "shanxi")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "没有表式“shanxi”，可用的有：" in done.stderr


def test_a_folder_that_is_not_there_or_is_a_file_is_said_so(workspace: Demo) -> None:
    root = workspace.workspace.root
    assert "没有这个文件夹；-C后面写" in refused(run("check", "-C", str(root / "none")))
    file = str(workspace.folder / "department.yaml")
    assert "是文件，不是文件夹；-C后面写" in refused(run("check", "-C", file))
    assert f"“{file}”是文件，这里要写文件夹。" in run("init", "-C", file, "demo").stderr


def test_outside_of_a_workspace_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    assert "discgen init" in refused(run("check", "-C", str(tmp_path)))


def test_a_file_outside_of_the_workspace_is_refused(workspace: Demo, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "budget.yaml"
    outside.write_text("year: 2023\n", encoding="utf-8")
    root = str(workspace.workspace.root)
    for command in ("check", "build", "fmt"):
        assert "budget.yaml" in refused(run(command, "-C", root, str(outside)))
    assert outside.read_text(encoding="utf-8") == "year: 2023\n"


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_finding_with_the_reason(workspace: Demo) -> None:
    (workspace.folder / "2023/budget.yaml").chmod(0)
    done = run("check", "-C", str(workspace.workspace.root))
    assert done.exit_code == 1
    assert "读不出来：没有权限" in done.stdout


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said_so(workspace: Demo) -> None:
    workspace.folder.chmod(0o555)
    assert "写不进去：没有权限" in refused(run("rollover", "-C", str(workspace.workspace.root), "demo", "2024"))
    workspace.folder.chmod(0o755)


@pytest.mark.slow
def test_a_file_where_a_folder_is_to_be_is_said_so(workspace: Demo) -> None:
    (workspace.workspace.root / "build").write_text("", encoding="utf-8")
    said = run("build", "-C", str(workspace.workspace.root), "demo").stderr
    assert "写不进去：已经有了" in said or "写不进去：路径里有一段不是文件夹" in said


def test_a_folder_in_place_of_a_file_is_a_finding(workspace: Demo) -> None:
    (workspace.folder / "2023/narrative.yaml").unlink()
    (workspace.folder / "2023/narrative.yaml").mkdir()
    done = run("check", "-C", str(workspace.workspace.root))
    assert done.exit_code == 1
    assert "这是个文件夹，不是文件" in done.stdout


def test_a_year_that_no_folder_can_be_of_is_refused(workspace: Demo) -> None:
    for year in ("0", "-1", "20230"):
        done = run("rollover", "-C", str(workspace.workspace.root), "demo", "--", year)
        assert done.exit_code == 2
        assert "Traceback" not in done.stderr


def test_a_pipe_that_is_closed_is_no_bug(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    command = [sys.executable, "-m", "discgen", "-C", str(workspace.workspace.root), "check"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def test_a_refusal_raised_anywhere_is_said_in_a_line_and_gives_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refused(Refusal):
        exit_code = 1

    def refuse(_: str) -> str:
        raise Refused("说不了：\n换一个")

    monkeypatch.setattr("discgen.cli.explain_command.explain_rule", refuse)
    done = run("explain", "R001")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "错误：说不了：[U+000A]换一个\n")
