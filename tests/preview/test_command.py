"""`discgen preview` from the command line."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.preview import server
from discgen.preview.site import Site
from tests.conftest import Demo


def run(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["preview", "-C", str(demo.workspace.root), *arguments])


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the browser was asked to open, by a preview that is over at once."""
    asked: list[str] = []

    def over_at_once(site: Site, port: int, ready: Callable[[str], None]) -> None:
        ready(f"http://127.0.0.1:{port}/{site.home}")

    monkeypatch.setattr(server, "serve", over_at_once)
    monkeypatch.setattr(webbrowser, "open", asked.append)
    return asked


def test_the_browser_is_opened_at_the_printed_address(workspace: Demo, opened: list[str]) -> None:
    done = run(workspace, "demo/2023", "--port", "8000")
    assert (done.exit_code, opened) == (0, ["http://127.0.0.1:8000/demo/2023/budget/"])
    assert opened[0] in done.stdout


def test_it_is_not_where_it_should_not_be(workspace: Demo, opened: list[str]) -> None:
    assert run(workspace, "--no-browser").exit_code == 0
    assert opened == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody",), "没有“nobody”"),
        (("--editor", "https://example.org/{path}"), "浏览器自己打开"),
        (("--editor", "x"), "编辑器的地址"),
    ],
)
def test_what_cannot_be_is_a_request_that_cannot_be_met(workspace: Demo, arguments: tuple[str, ...], said: str) -> None:
    done = run(workspace, *arguments, "--no-browser")
    assert (done.exit_code, said in done.stderr) == (2, True)


def test_a_taken_port_is_said(workspace: Demo) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(workspace, "--no-browser", "--port", str(port))
    assert (done.exit_code, done.stderr) == (2, f"错误：端口{port}已经有别的程序在用：换一个，或不写--port\n")


@pytest.mark.slow
def test_it_runs_until_it_is_interrupted(workspace: Demo) -> None:
    command = [sys.executable, "-m", "discgen", "preview", "--no-browser", "-C", str(workspace.workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert re.fullmatch(r"预览：http://127\.0\.0\.1:\d+/\?token=\S{32}\n", running.stdout.readline())
        assert running.stdout.readline() == "按Ctrl+C停止。\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (0, "预览已停止\n", "")
