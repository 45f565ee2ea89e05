from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from discgen import __version__
from discgen.cli import check_command, cli, main
from discgen.files import UnwritableError
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
        "    5 |   - {fund: general, amount: 101}",
        "      |     ^",
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
            "fixable": False,
        }
    ]


def test_json_without_findings_is_an_empty_list(workspace: Demo) -> None:
    assert json.loads(run(workspace, "check", "--format", "json").stdout) == {"findings": [], "waived": []}


@pytest.mark.parametrize(
    ("name", "begins"),
    [("sarif", "{"), ("github", "::error file=departments/demo/2023/"), ("checklist", "公开情况检查表")],
)
def test_every_format_can_be_asked_for_and_keeps_the_exit_code(workspace: Demo, name: str, begins: str) -> None:
    fail(workspace)
    done = run(workspace, "check", "--format", name)
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout.startswith(begins)


@pytest.mark.parametrize(
    "file", ["2023/budget.yaml", "2023/narrative.yaml", "2023/projects/1-store.yaml", "department.yaml"]
)
def test_a_file_stands_for_its_year(workspace: Demo, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(workspace)
    name = f"departments/demo/{file}"
    assert "共1个错误" in run(workspace, "check", name, name).stdout
    assert "共1个错误" in run(workspace, "check", str(workspace.folder / file)).stdout
    monkeypatch.chdir((workspace.folder / file).parent)
    assert "共1个错误" in CliRunner().invoke(cli, ["check", Path(file).name]).stdout


def test_a_file_selects_its_year_and_no_other(workspace: Demo) -> None:
    shutil.copytree(workspace.folder, workspace.folder.parent / "other")
    workspace.edit("department.yaml", "code: 026", "code: 027")
    fail(workspace)
    assert run(workspace, "check", "departments/other/2023/budget.yaml").exit_code == 0
    assert run(workspace, "check", "departments/demo/2023/budget.yaml").exit_code == 1


@pytest.mark.parametrize("name", ["departments/demo/2023/none.yaml", "README.md", "departments", "../outside.yaml"])
def test_a_file_that_is_not_a_departments_is_an_unknown_target(workspace: Demo, name: str) -> None:
    (workspace.workspace.root / "README.md").write_text("x", encoding="utf-8")
    done = run(workspace, "check", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"没有“{name}”" in done.stderr


def test_fix_mends_what_it_can_and_reports_what_is_left(workspace: Demo) -> None:
    fail(workspace)
    workspace.edit("2023/budget.yaml", "function: 2010350", "function: 2010350 事业单位")
    assert "其中1个可以自动改：discgen check --fix" in run(workspace, "check").stdout
    done = run(workspace, "check", "--fix")
    assert (done.exit_code, done.stderr) == (1, "自动改了1处\n")
    assert "R001" in done.stdout
    assert "C002" not in done.stdout


def test_fix_says_when_there_is_nothing_to_mend(workspace: Demo) -> None:
    done = run(workspace, "check", "--fix", "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "没有能自动改的\n")
    assert json.loads(done.stdout) == {"findings": [], "waived": []}


def test_fix_where_nothing_can_be_written_exits_2(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise UnwritableError("budget.yaml 写不进去：No space left on device")

    workspace.edit("2023/budget.yaml", "function: 2010350", "function: 2010350 事业单位")
    monkeypatch.setattr("discgen.check.fixing.rewrite_file", full)
    done = run(workspace, "check", "--fix")
    assert (done.exit_code, done.stderr) == (2, "错误：budget.yaml 写不进去：No space left on device\n")


def on_terminal(demo: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What a check prints where standard output is a terminal."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(SystemExit):
        cli.main(["check", "-C", str(demo.workspace.root)])
    return capsys.readouterr().out


def test_a_terminal_is_shown_colours(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(workspace)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31m\x1b[1m错误 R001\x1b[0m" in on_terminal(workspace, monkeypatch, capsys)


def test_no_color_is_heeded_and_a_pipe_gets_none(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(workspace)
    assert "\x1b" not in run(workspace, "check").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_terminal(workspace, monkeypatch, capsys)


def test_explain_prints_the_page_of_a_code_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["explain", "r001"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("R001 收入总计等于支出总计\n")


def test_explain_of_an_unknown_code_exits_2_with_the_nearest() -> None:
    done = CliRunner().invoke(cli, ["explain", "R0001"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：没有编号“R0001”。相近的有：R001 收入总计等于支出总计、")


def test_explain_of_a_number_tells_its_lines(workspace: Demo) -> None:
    done = run(workspace, "explain", "demo/2023", "income.total")
    assert done.exit_code == 0
    assert "departments/demo/2023/budget.yaml:5" in done.stdout


def test_explain_of_a_number_asks_for_one_document(accounts: Demo) -> None:
    assert run(accounts, "explain", "demo/2023/budget", "income.total").exit_code == 0
    several = run(accounts, "explain", "demo/2023", "income.total")
    assert (several.exit_code, several.stdout) == (2, "")
    assert "“demo/2023”有2份文件，请写明一份：demo/2023/accounts、demo/2023/budget\n" in several.stderr


def test_explain_of_a_number_that_is_not_there_exits_2(workspace: Demo) -> None:
    done = run(workspace, "explain", "demo/2023", "999999.99")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "没有“999999.99”" in done.stderr


def test_explain_of_a_number_in_files_with_errors_exits_2(workspace: Demo) -> None:
    workspace.write("2023/budget.yaml", "form: [")
    done = run(workspace, "explain", "demo/2023", "income.total")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "先运行discgen check demo/2023" in done.stderr


HOOK = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
WORKFLOW = yaml.safe_load((ROOT / "docs/ci/github-actions.yml").read_text(encoding="utf-8"))


def test_the_hook_checks_the_years_of_the_files_it_is_given(workspace: Demo) -> None:
    fail(workspace)
    files = [path.relative_to(workspace.workspace.root).as_posix() for path in workspace.folder.rglob("*.yaml")]
    assert len(files) > 4
    assert all(re.search(HOOK["files"], file) for file in files)
    program, command, *options = HOOK["entry"].split()
    assert program == "discgen"
    assert run(workspace, command, *options, *files).exit_code == 1


def test_the_example_workflow_runs_a_command_that_there_is(workspace: Demo) -> None:
    steps = WORKFLOW["jobs"]["check"]["steps"]
    program, command, *options = next(step["run"] for step in steps if "discgen check" in step.get("run", "")).split()
    fail(workspace)
    assert program == "discgen"
    assert run(workspace, command, *options).stdout.startswith("::error file=")


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


def test_help_is_in_chinese_and_names_every_command() -> None:
    done = CliRunner().invoke(cli, ["--help"])
    assert done.exit_code == 0
    assert "部门预算、部门决算公开文件生成工具" in done.output
    assert "编制PDF" in done.output
    assert "检查数据" in done.output
    assert "说明一个编号" in done.output


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
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(check_command, "check_targets", broken)
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
heavy = [name for name in sys.modules if name.startswith(("weasyprint", "pydyf", "discgen.render"))]
assert heavy == [], heavy
assert "discgen.narrative.write" in sys.modules
"""
    done = python(["-c", program, str(workspace.workspace.root)])
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_waived_is_counted_and_listed_where_asked_for(workspace: Demo) -> None:
    workspace.edit("2023/projects/1-store.yaml", "whole_period: {local: 270000}", "whole_period: {local: 1}")
    row = "{code: G002, at: projects/*, says: '1元，少于年度资金270,000元', reason: 批复就是这样。, until: 2023}"
    workspace.write("2023/waivers.yaml", f"waivers:\n  - {row}\n")
    done = run(workspace, "check")
    assert (done.exit_code, done.stdout) == (
        0,
        "没有发现问题\n另有1条已豁免（discgen check --show-waived 逐条列出）\n",
    )
    listed = run(workspace, "check", "--show-waived").stdout.splitlines()
    assert " 已豁免 G002 " in listed[0]
    assert listed[1:] == ["    理由（到2023年）：批复就是这样。", "没有发现问题", "另有1条已豁免"]
