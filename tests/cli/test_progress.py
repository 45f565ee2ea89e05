"""How far a command is: on a terminal only, and on standard error."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys

from tests.conftest import Demo


def terminal_shows(demo: Demo, *arguments: str) -> str:
    """What a terminal is sent as standard error of `discgen`."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "discgen", "-C", str(demo.workspace.root), *arguments]
    done = subprocess.run(command, stderr=theirs, stdout=subprocess.PIPE, text=True, check=False)
    shown = os.read(ours, 100_000) if select.select([ours], [], [], 0)[0] else b""
    os.close(theirs)
    os.close(ours)
    assert "检查 [" not in done.stdout
    return shown.decode()


def add_a_department(demo: Demo) -> None:
    other = demo.folder.parent / "other"
    shutil.copytree(demo.folder, other)
    path = other / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("示范市档案局", "示范市气象局"), encoding="utf-8")


def test_each_target_that_is_checked_is_shown_and_gone_at_the_end(workspace: Demo) -> None:
    add_a_department(workspace)
    shown = terminal_shows(workspace, "check", "-j", "1")
    assert shown == "\r\x1b[K检查 [1/2] demo/2023\r\x1b[K检查 [2/2] other/2023\r\x1b[K"


def test_what_is_known_already_takes_no_time_and_is_not_shown(workspace: Demo) -> None:
    add_a_department(workspace)
    terminal_shows(workspace, "check", "-j", "1")
    workspace.edit("2023/budget.yaml", "amount: 40}", "amount: 41}")
    assert terminal_shows(workspace, "check", "-j", "1") == "\r\x1b[K检查 [2/2] demo/2023\r\x1b[K"


def test_one_target_has_no_progress(workspace: Demo) -> None:
    assert terminal_shows(workspace, "check") == ""


def test_a_pipe_is_sent_no_progress(workspace: Demo) -> None:
    add_a_department(workspace)
    command = [sys.executable, "-m", "discgen", "-C", str(workspace.workspace.root), "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_build_says_how_many_are_left(workspace: Demo) -> None:
    add_a_department(workspace)
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    (workspace.folder.parent / "other/2023/budget.yaml").write_text("year: 2023\n", encoding="utf-8")
    shown = terminal_shows(workspace, "build", "-j", "1")
    assert "\r\x1b[K还有1份……\r\x1b[K" in shown
