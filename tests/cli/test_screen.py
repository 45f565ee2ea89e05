from __future__ import annotations

import ast
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import discgen
from discgen.cli import cli
from discgen.cli.screen import refused_by_system, say, say_lines
from tests.conftest import Demo

FORGED = r'"x\n::error file=a.yaml,line=1::forged\n##[add-mask]元\e[31m\u202E": 1' + "\n"
"""A key that would be a command to a CI job, colour the terminal, and turn what follows round."""
COMMAND = (sys.executable, "-m", "discgen")


def shell(demo: Demo, script: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a script of the shell in which `$discgen` is the command, in the workspace."""
    settings = {**os.environ, "discgen": " ".join(COMMAND), **environment}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        cwd=demo.workspace.root,
        env=settings,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def forged(workspace: Demo) -> Demo:
    path = workspace.workspace.departments / "demo" / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8") + FORGED, encoding="utf-8")
    return workspace


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "check --format github",
        "check --format checklist",
        "build",
        "fmt --check",
        "export demo/2023 --format csv",
        "diff",
        "diff --format markdown",
    ],
)
def test_what_data_hold_is_no_command_and_moves_no_cursor(forged: Demo, command: str) -> None:
    shell(forged, "git init -q && git add . && git -c user.name=a -c user.email=a@b commit -qm one")
    narrative = forged.workspace.departments / "demo/2023/narrative.yaml"
    narrative.write_text(narrative.read_text(encoding="utf-8") + "#\n", encoding="utf-8")
    done = shell(forged, f"$discgen {command} 2>&1")
    printed = done.stdout.decode()
    lines = printed.splitlines()
    assert printed
    assert "Traceback" not in printed
    assert [
        line for line in lines if line.startswith("::") and "forged" in line.partition("::")[2].partition("::")[0]
    ] == []
    if "github" not in command:
        assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line] == []
    assert not any(sign in printed for sign in "\x1b\u202e\u2028")


def test_a_forged_command_is_shown_in_the_message_it_stands_in(forged: Demo) -> None:
    printed = shell(forged, "$discgen check").stdout.decode()
    assert "“x[U+000A]::error file=a.yaml,line=1::forged[U+000A][U+0023]#[add-mask]元[U+001B][31m[U+202E]”" in printed


def test_a_line_that_would_be_a_command_is_not_one(capsys: pytest.CaptureFixture[str]) -> None:
    say("  ::error::forged")
    say("a\n::b")
    say_lines("topic\n    ::stop-commands::x")
    assert capsys.readouterr().out == "  [U+003A]:error::forged\na[U+000A]::b\ntopic\n    [U+003A]:stop-commands::x\n"


@pytest.mark.parametrize("command", ["##[group]x", "##vso[task.complete result=Succeeded;]", "##teamcity[buildStop]"])
def test_a_command_of_another_make_is_not_one_wherever_it_stands(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(f"键“{command}”")
    assert capsys.readouterr().out == f"键“[U+0023]{command[1:]}”\n"


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_what_the_terminal_cannot_show_is_escaped_and_the_outcome_is_the_same(workspace: Demo, encoding: str) -> None:
    path = workspace.workspace.departments / "demo" / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '"😀é": 1\n', encoding="utf-8")
    done = shell(workspace, "$discgen check", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (1, b"")
    assert rb"\U0001f600" in done.stdout


def test_json_is_utf_8_whatever_the_terminal(workspace: Demo) -> None:
    """RFC 8259, section 8.1; escapes of the terminal's (`\\U0001f600`) would be no JSON."""
    path = workspace.workspace.departments / "demo" / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '"😀é": 1\n', encoding="utf-8")
    done = shell(workspace, "$discgen check --format json", PYTHONIOENCODING="gbk")
    assert "😀é" in json.loads(done.stdout)["findings"][0]["message"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("$discgen check >&-", "标准输出关着"),
        ("$discgen check >/dev/full", "结果没有全部显示出来：磁盘满了"),
        ("$discgen check --format json >/dev/full", "结果没有全部显示出来：磁盘满了"),
        ("$discgen check --help >/dev/full", "结果没有全部显示出来：磁盘满了"),
        ("$discgen explain R001 | true", "结果没有全部显示出来：接收的程序先结束了"),
        ("$discgen init <&-", "没有答完，什么也没有写"),
    ],
)
def test_an_output_or_input_that_is_not_there_is_told_in_a_line(workspace: Demo, script: str, said: str) -> None:
    """A reader that stops early is told of too: exit 0 or 1 would say that all findings were seen."""
    done = shell(workspace, script)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize("script", ["$discgen check nothing 2>/dev/full", "$discgen check nothing 2>&-"])
def test_a_refusal_that_cannot_be_printed_is_told_by_the_exit_code(workspace: Demo, script: str) -> None:
    assert shell(workspace, script).returncode == 2


def test_what_is_named_on_the_command_line_is_made_visible(workspace: Demo) -> None:
    done = shell(workspace, r"""$discgen check $'a\n::error::b\xd6' ; $discgen check --format $'\e[31m'""")
    assert "“a[U+000A]::error::b[U+DCD6]”" in done.stderr.decode()
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *("check @", "build @", "fmt @", "diff @", "diff HEAD @", "explain @ 1", "export @ --format csv", "preview @"),
        *("export demo/2023 --format json -o @", "diff demo/2023 demo/2023 -o @", "-C @ check", "init @ --name a"),
        *("import @/2025 x.csv", "import demo/2024 @", "rollover @ 2025", "diff --git-driver a @ 1 1 @ 1 1"),
    ],
)
@pytest.mark.parametrize("name", ["a" * 300, "abc/" * 1200], ids=["name", "path"])
def test_a_path_that_is_too_long_is_no_bug(workspace: Demo, command: str, name: str) -> None:
    done = CliRunner().invoke(cli, ["-C", str(workspace.workspace.root), *command.replace("@", name).split()])
    assert done.exit_code in (0, 1, 2)
    assert isinstance(done.exception, SystemExit | None)
    assert not done.stderr or "错误：" in done.stderr or "Usage" in done.stderr


def test_a_system_without_room_for_temporary_files_is_no_bug() -> None:
    error = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")
    assert refused_by_system(error) == "没有能写的临时文件夹：用环境变量TMPDIR指一个"


def test_a_file_that_we_should_not_have_asked_for_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError) as bug:
        Path("/nowhere/at/all").read_bytes()
    assert refused_by_system(bug.value) == ""


def test_only_one_module_prints() -> None:
    """Whatever else prints would have to make visible what it prints; the line of a stop is always the same."""
    package = Path(discgen.__file__).parent
    printing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in PRINTERS
    }
    assert printing == {"cli/screen.py", "ending.py"}


PRINTERS = {
    *("print", "click.echo", "click.secho", "traceback.print_exc", "sys.stdout.write", "sys.stderr.write"),
    *("sys.stdout.buffer.write", "sys.stderr.buffer.write", "os.write"),
}
