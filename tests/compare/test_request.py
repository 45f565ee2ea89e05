"""Revisions, years and folders side by side, and git's diff driver, with a real repository."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from discgen.cli import cli
from tests.compare.made import committed, copy_of, git
from tests.conftest import Demo
from tests.readback import ROOT

ATTRIBUTES = "departments/**/*.yaml diff=discgen\n"
EDIT = ("2023/budget.yaml", "2010301, basic: 61,", "2010301, basic: 62.5,")
TOLD = "改 2010301 行政运行，基本支出 61 → 62.5万元，＋1.5万元（＋2.46%）"


@pytest.fixture(autouse=True)
def only_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever repository the tests are run from, git is to look at that of the test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


def diff(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", "-C", str(demo.workspace.root), *arguments])


def test_files_are_compared_with_the_last_commit(workspace: Demo) -> None:
    committed(workspace)
    assert diff(workspace).stdout == "没有变化\n"
    workspace.edit(*EDIT)
    done = diff(workspace)
    assert done.exit_code == 0
    assert TOLD in done.stdout


def test_the_exit_code_is_gits_when_asked_for(workspace: Demo) -> None:
    committed(workspace)
    assert diff(workspace, "--exit-code").exit_code == 0
    workspace.edit(*EDIT)
    assert diff(workspace, "--exit-code").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("HEAD~1",),
        ("HEAD~1", "HEAD"),
        ("HEAD~1..HEAD",),
        ("HEAD~1", "demo"),
        ("HEAD~1", "HEAD", "demo/2023"),
        ("--from", "HEAD~1", "--to", "HEAD"),
        ("--from", "HEAD~1", "demo/2023"),
    ],
    ids=" ".join,
)
def test_revisions_are_compared(workspace: Demo, words: tuple[str, ...]) -> None:
    root = committed(workspace)
    workspace.edit(*EDIT)
    git(root, "commit", "--quiet", "-am", "second")
    assert TOLD in diff(workspace, *words).stdout


def test_the_old_and_the_new_side_are_as_named(workspace: Demo) -> None:
    root = committed(workspace)
    workspace.edit(*EDIT)
    git(root, "commit", "--quiet", "-am", "second")
    assert "62.5 → 61万元，－1.5万元" in diff(workspace, "HEAD", "HEAD~1").stdout


def test_a_workspace_below_the_top_of_a_repository_is_compared(workspace: Demo, tmp_path: Path) -> None:
    inner = copy_of(workspace, tmp_path / "top" / "budget")
    top = tmp_path / "top"
    git(top, "init", "--quiet")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "first")
    inner.edit(*EDIT)
    assert TOLD in diff(inner).stdout


def test_a_new_and_a_lost_year_are_told(workspace: Demo) -> None:
    root = committed(workspace)
    (workspace.folder / "2023").rename(workspace.folder / "2022")
    told = diff(workspace).stdout
    assert "demo/2022\n  注意：新增了这份文件" in told
    assert "demo/2023\n  注意：删去了这份文件" in told
    git(root, "status")


def test_a_path_is_sought_from_the_current_folder(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(workspace)
    workspace.edit(*EDIT)
    monkeypatch.chdir(workspace.folder)
    for name in (".", "2023", "2023/budget.yaml"):
        assert TOLD in CliRunner().invoke(cli, ["diff", name]).stdout


def test_two_years_are_compared(workspace: Demo) -> None:
    shutil.copytree(workspace.folder / "2023", workspace.folder / "2024")
    workspace.edit("2024/budget.yaml", "2010301, basic: 61,", "2010301, basic: 62.5,")
    told = diff(workspace, "demo/2023", "demo/2024").stdout
    assert told.startswith("demo/2023 → demo/2024\n")
    assert TOLD in told


@pytest.mark.parametrize(
    ("below", "names"),
    [("", []), ("", ["demo"]), ("", ["demo/2023"]), ("departments/demo", []), ("departments/demo/2023", [])],
)
def test_two_folders_are_compared_without_a_repository(
    workspace: Demo, tmp_path: Path, below: str, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copy_of(workspace, tmp_path / "other")
    other.edit(*EDIT)
    monkeypatch.chdir(tmp_path)
    sides = [str(demo.workspace.root / below) for demo in (workspace, other)]
    done = CliRunner().invoke(cli, ["diff", *sides, *names])
    assert TOLD in done.stdout, done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody",), "两边都没有“nobody”"),
        (("demo/2023", "demo/2022"), "两边都没有“demo/2022”"),
        (("--from", "nothing"), "git里没有版本“nothing”"),
        (("--from", "--output=x"), "git里没有版本“--output=x”"),
        (("demo/2023", "demo/2023/budget", "demo"), ""),
    ],
    ids=str,
)
def test_what_cannot_be_compared_is_said(workspace: Demo, words: tuple[str, ...], said: str) -> None:
    committed(workspace)
    done = diff(workspace, *words)
    assert said in done.stderr
    assert done.exit_code == (2 if said else 0)
    assert not (workspace.workspace.root / "x").exists()


def test_without_a_repository_it_says_so(workspace: Demo) -> None:
    done = diff(workspace)
    assert (done.exit_code, done.stdout) == (2, "")
    assert (
        "不在git仓库里，没有版本可以比较。不用git也能比较两个年度或两个文件夹，两边都要已经有文件，例如discgen diff 部门/2024 部门/2025"
        in done.stderr
    )


def driven(workspace: Demo) -> Path:
    """The workspace as a repository that shows its YAML by the driver, as the README says."""
    root = committed(workspace)
    (root / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    program = f"{shlex.quote(sys.executable)} -m discgen diff --git-driver"
    git(root, "config", "diff.discgen.command", program)
    return root


def test_git_diff_shows_a_file_in_the_words_of_a_budget(workspace: Demo) -> None:
    root = driven(workspace)
    workspace.edit(*EDIT)
    workspace.edit("2023/projects/1-store.yaml", "target: ≥10件", "target: ≥12件")
    shown = git(root, "diff")
    assert TOLD in shown
    assert "改 绩效目标表，绩效指标，数量指标，件数 ≥10件 → ≥12件" in shown
    assert "\n-  - {" not in shown


def test_git_diff_shows_files_that_are_new_or_gone(workspace: Demo) -> None:
    root = driven(workspace)
    workspace.add_project("3-new", "2010301", "50000", name="新库房")
    (workspace.folder / "2023/projects/2-scan.yaml").unlink()
    git(root, "add", "departments")
    shown = git(root, "diff", "--cached")
    assert "＋ 新增 新库房 50,000元" in shown
    assert "－ 删去 档案扫描 90,000元" in shown


def test_git_diff_shows_a_renamed_project(workspace: Demo) -> None:
    root = driven(workspace)
    git(root, "mv", "departments/demo/2023/projects/1-store.yaml", "departments/demo/2023/projects/5-store.yaml")
    workspace.edit("2023/projects/5-store.yaml", "name: 库房改造", "name: 库房改造工程")
    shown = git(root, "diff", "HEAD", "-M")
    assert "改 改名 库房改造 → 库房改造工程" in shown


def test_git_diff_of_moved_lines_says_that_nothing_differs(workspace: Demo) -> None:
    root = driven(workspace)
    workspace.edit("2023/budget.yaml", "{function: 2010350, project: 9}", "{project: 9, function: 2010350}  # 事业")
    assert "没有变化（只动了写法、次序或备注）" in git(root, "diff")


def test_git_diff_of_a_file_that_cannot_be_read_shows_its_lines(workspace: Demo) -> None:
    root = driven(workspace)
    workspace.edit("2023/narrative.yaml", "offices: [办公室, 保管科]", "offices: [办公室, 保管科")
    shown = git(root, "diff")
    assert "-    offices: [办公室, 保管科]" in shown
    assert "+    offices: [办公室, 保管科" in shown


def test_the_example_workflow_writes_a_comment(workspace: Demo) -> None:
    steps = yaml.safe_load((ROOT / "docs/ci/github-diff.yml").read_text(encoding="utf-8"))["jobs"]["diff"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "比较")
    root = committed(workspace)
    workspace.edit(*EDIT)
    git(root, "commit", "--quiet", "-am", "second")
    program = script.replace("discgen", f"{shlex.quote(sys.executable)} -m discgen", 1)
    environment = os.environ | {"BASE": git(root, "rev-parse", "HEAD~1").strip()}
    subprocess.run(program, shell=True, cwd=root, check=True, env=environment)
    assert "| 改 | 支出（按功能分类），2010301 行政运行，基本支出 | 61 | 62.5 |" in (root / "diff.md").read_text()


def test_the_readme_says_how_git_is_told() -> None:
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    assert ATTRIBUTES.strip() in said
    assert 'git config diff.discgen.command "discgen diff --git-driver"' in said


def test_a_changed_line_is_told_with_the_department_and_what_follows_with_each_unit(units: Demo) -> None:
    committed(units)
    units.edit(
        "2023/budget.yaml",
        "unit: archive, goods: 0, works: 0, services: 2",
        "unit: archive, goods: 0, works: 0, services: 3",
    )
    whole, unit = (diff(units, f"demo/2023/{name}").stdout for name in ("department", "archive"))
    assert "服务 2 → 3万元" in whole
    assert "服务 2 → 3万元" not in unit
    assert "政府采购服务预算" in unit


def test_a_department_is_not_compared_with_a_unit_of_its_own(units: Demo) -> None:
    done = diff(units, "demo/2023", "demo/2023/archive")
    assert "两边有同一份文件：demo/2023/archive" in done.stderr
    assert done.exit_code == 2
