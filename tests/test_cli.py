from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen import __version__
from discgen import cli as module
from discgen.cli import cli, main
from tests.conftest import Demo

ROOT = Path(__file__).parents[1]


def run(demo: Demo, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [command, "-C", str(demo.workspace.root), *arguments])


def warn(demo: Demo) -> None:
    """One warning, P005, and no error."""
    demo.edit("2023/narrative.yaml", "人员增加", "人员增加，收入100万元")


def fail(demo: Demo) -> None:
    """One error, R001."""
    demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")


def test_a_check_without_findings_exits_0_and_says_so(workspace: Demo) -> None:
    done = run(workspace, "check")
    assert (done.exit_code, done.stdout) == (0, "没有发现问题\n")


def test_a_check_with_errors_exits_1_and_shows_place_and_help(workspace: Demo) -> None:
    fail(workspace)
    done = run(workspace, "check", "demo/2023")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "departments/demo/2023/budget.yaml:5:5 错误 R001 一般公共预算当年收入1,010,000元，支出1,000,000元，相差10,000元",
        "    → 核对income和expenditure，每种资金收支相等",
        "共1个错误",
    ]


def test_a_warning_exits_0_unless_strict(workspace: Demo) -> None:
    warn(workspace)
    assert run(workspace, "check").exit_code == 0
    assert "共1个警告" in run(workspace, "check").stdout
    assert run(workspace, "check", "--strict").exit_code == 1


def test_strict_without_findings_exits_0(workspace: Demo) -> None:
    assert run(workspace, "check", "--strict").exit_code == 0


def test_json_is_one_object_of_findings(workspace: Demo) -> None:
    fail(workspace)
    done = run(workspace, "check", "--format", "json")
    assert done.exit_code == 1
    findings = json.loads(done.stdout)["findings"]
    assert findings == [
        {
            "code": "R001",
            "severity": "error",
            "message": "一般公共预算当年收入1,010,000元，支出1,000,000元，相差10,000元",
            "file": "departments/demo/2023/budget.yaml",
            "line": 5,
            "column": 5,
            "path": "income[0]",
            "hint": "核对income和expenditure，每种资金收支相等",
        }
    ]


def test_json_without_findings_is_an_empty_list(workspace: Demo) -> None:
    assert json.loads(run(workspace, "check", "--format", "json").stdout) == {"findings": []}


@pytest.mark.parametrize("command", ["check", "build"])
def test_an_unknown_target_exits_2_with_what_there_is(workspace: Demo, command: str) -> None:
    done = run(workspace, command, "nobody")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "错误：没有“nobody”。可用的有：demo/2023\n"


def test_a_folder_without_departments_exits_2(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["check", "-C", str(tmp_path)])
    assert done.exit_code == 2
    assert "和它的上级文件夹里都没有departments/" in done.stderr


def test_an_unknown_option_exits_2(workspace: Demo) -> None:
    assert run(workspace, "check", "--colour").exit_code == 2
    assert run(workspace, "check", "--format", "xml").exit_code == 2


def test_the_workspace_is_found_from_a_folder_below_it(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.folder / "2023" / "projects")
    assert CliRunner().invoke(cli, ["check", "demo"]).exit_code == 0


def test_help_is_in_chinese_and_names_both_commands() -> None:
    done = CliRunner().invoke(cli, ["--help"])
    assert done.exit_code == 0
    assert "部门预算公开文件生成工具" in done.output
    assert "编制PDF" in done.output
    assert "检查数据" in done.output


def test_the_version_is_the_packages() -> None:
    assert CliRunner().invoke(cli, ["--version"]).output == f"discgen {__version__}\n"


def test_a_build_with_errors_exits_1_and_writes_nothing(workspace: Demo) -> None:
    fail(workspace)
    done = run(workspace, "build")
    assert done.exit_code == 1
    assert "demo/2023 没有编成" in done.stderr
    assert "错误 R001" in done.stderr
    assert not (workspace.workspace.root / "build").exists()


@pytest.mark.slow
def test_a_build_writes_the_pdf_and_exits_0(workspace: Demo) -> None:
    done = run(workspace, "build", "demo")
    assert done.exit_code == 0
    assert "[1/1] demo/2023 → build/demo/2023-budget.pdf" in done.stdout
    assert (workspace.workspace.root / "build/demo/2023-budget.pdf").read_bytes().startswith(b"%PDF")


def test_what_nobody_foresaw_exits_3_and_is_called_our_bug(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(module, "check_targets", broken)
    monkeypatch.setattr(sys, "argv", ["discgen", "check", "-C", str(workspace.workspace.root)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    said = capsys.readouterr().err
    assert "RuntimeError: unforeseen" in said
    assert said.endswith("这是discgen自己的错误，不是数据的问题。请把以上内容发给维护者。\n")


def python(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_module_runs_as_a_program(workspace: Demo) -> None:
    fail(workspace)
    done = python(["-m", "discgen", "check", "-C", str(workspace.workspace.root)])
    assert done.returncode == 1
    assert done.stderr == ""
    assert "错误 R001" in done.stdout


def test_a_check_loads_no_renderer(workspace: Demo) -> None:
    program = """
import sys
from discgen.cli import cli
try:
    cli.main(["check", "-C", sys.argv[1]])
except SystemExit as ended:
    assert ended.code == 0
heavy = [name for name in sys.modules if name.startswith(("weasyprint", "pydyf", "matplotlib", "discgen.render"))]
assert heavy == [], heavy
assert "discgen.narrative.write" in sys.modules
"""
    done = python(["-c", program, str(workspace.workspace.root)])
    assert (done.returncode, done.stderr) == (0, "")
