"""`discgen fmt`: which files are put in order, which are left alone, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from tests.conftest import Demo

BUDGET = "departments/demo/2023/budget.yaml"


def fmt(demo: Demo, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["fmt", "-C", str(demo.workspace.root), *arguments])


def texts(demo: Demo) -> dict[str, bytes]:
    root = demo.workspace.root
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.yaml")}


@pytest.fixture
def tidy(workspace: Demo) -> Demo:
    """The demonstration, put in order."""
    assert fmt(workspace).exit_code == 0
    return workspace


def test_all_targets_are_put_in_order_and_named(workspace: Demo) -> None:
    done = fmt(workspace)
    assert done.exit_code == 0
    assert f"改了 {BUDGET}\n" in done.stdout
    assert done.stderr == "共5个文件，改了5个\n"
    assert workspace.findings() == []


def test_a_second_time_there_is_nothing_to_do(tidy: Demo) -> None:
    before = texts(tidy)
    done = fmt(tidy)
    assert (done.exit_code, done.stdout) == (0, "")
    assert texts(tidy) == before


def test_check_names_what_would_change_and_changes_nothing(tidy: Demo) -> None:
    tidy.edit("2023/budget.yaml", "form: shanxi-budget-2023\nyear: 2023\n", "year: 2023\nform: shanxi-budget-2023\n")
    before = texts(tidy)
    done = fmt(tidy, "--check")
    assert (done.exit_code, done.stdout) == (1, f"要改 {BUDGET}\n")
    assert texts(tidy) == before


def test_check_of_what_is_in_order_exits_0(tidy: Demo) -> None:
    assert fmt(tidy, "--check").exit_code == 0


def test_a_file_that_cannot_be_read_is_left_alone_and_named(tidy: Demo) -> None:
    tidy.write("2023/budget.yaml", "year: 2023\nform: x\nform: y\n")
    before = texts(tidy)
    done = fmt(tidy)
    assert done.exit_code == 1
    assert f"没有动 {BUDGET}：先改好写法" in done.stderr
    assert "L009" in done.stderr
    assert texts(tidy) == before


def test_a_file_that_cannot_be_proved_is_left_alone_and_named(tidy: Demo) -> None:
    tidy.write("2023/budget.yaml", "{year: 2023, form: x}\n")
    before = texts(tidy)
    done = fmt(tidy)
    assert done.exit_code == 1
    assert f"没有动 {BUDGET}：整个文件不是" in done.stderr
    assert texts(tidy) == before


def test_a_named_file_is_the_only_one(workspace: Demo) -> None:
    before = texts(workspace)
    assert fmt(workspace, BUDGET).exit_code == 0
    assert [name for name, data in texts(workspace).items() if data != before[name]] == [BUDGET]


def test_a_target_is_its_year_and_its_kind(accounts: Demo) -> None:
    done = fmt(accounts, "demo/2023/accounts")
    assert sorted(line.rpartition("/")[2] for line in done.stdout.splitlines()) == [
        "accounts-narrative.yaml",
        "accounts.yaml",
        "department.yaml",
    ]


def test_permissions_stay(workspace: Demo) -> None:
    path = workspace.workspace.root / BUDGET
    path.chmod(0o600)
    fmt(workspace)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["demo/2099", "other.yaml", "departments/demo/2023/other.yaml"])
def test_a_name_that_stands_for_no_data_is_a_wrong_request(workspace: Demo, name: str) -> None:
    (workspace.workspace.root / "other.yaml").write_text("b: 1\na: 1\n", encoding="utf-8")
    workspace.write("2023/other.yaml", "b: 1\na: 1\n")
    done = fmt(workspace, name)
    assert done.exit_code == 2
    assert done.stderr.startswith("错误：")


def test_a_link_out_of_the_workspace_is_not_followed(tidy: Demo, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "budget.yaml"
    outside.write_text("year: 2023\nform: x\n", encoding="utf-8")
    linked = tidy.workspace.root / BUDGET
    linked.unlink()
    linked.symlink_to(outside)
    done = fmt(tidy)
    assert done.exit_code == 1
    assert "L011" in done.stderr
    assert outside.read_text(encoding="utf-8") == "year: 2023\nform: x\n"


def test_a_link_inside_the_workspace_stays_a_link(workspace: Demo) -> None:
    linked, real = workspace.workspace.root / BUDGET, Path("kept.yaml")
    (linked.parent / real).write_bytes(linked.read_bytes())
    linked.unlink()
    linked.symlink_to(real)
    assert fmt(workspace, "demo/2023").exit_code == 0
    assert linked.is_symlink()
    assert linked.read_text(encoding="utf-8").startswith("# yaml-language-server")


@pytest.mark.parametrize("folder", ["2023", "2023/projects"])
def test_a_folder_that_may_not_be_looked_into_is_told_and_not_taken_for_empty(
    tidy: Demo, tmp_path_factory: pytest.TempPathFactory, folder: str
) -> None:
    away = tmp_path_factory.mktemp("away") / "moved"
    (tidy.folder / folder).rename(away)
    (tidy.folder / folder).symlink_to(away)
    done = fmt(tidy, "--check")
    assert done.exit_code == 1
    assert done.stderr.count("L011 文件夹链接到了工作区之外，没有读") == 1
