from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.export import FORMATS
from discgen.export.save import export_target
from discgen.files import UnwritableError
from tests.conftest import Demo
from tests.test_cli import fail, python, run, warn


def export(demo: Demo, *options: str) -> Result:
    return run(demo, "export", "demo/2023", *options)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("format_name", "files"),
    [
        ("xlsx", ["2023-budget.xlsx"]),
        ("docx", ["2023-budget.docx"]),
        ("json", ["discgen.json"]),
        ("datapackage", ["datapackage/datapackage.json", "datapackage/lines.csv"]),
    ],
)
def test_files_are_written_below_build_and_named(workspace: Demo, format_name: str, files: list[str]) -> None:
    done = export(workspace, "--format", format_name)
    assert (done.exit_code, done.stderr) == (0, "")
    assert sorted(done.stdout.splitlines()) == [f"→ build/demo/2023-budget-export/{name}" for name in files]
    folder = workspace.workspace.root / "build/demo/2023-budget-export"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == files


def test_accounts_have_a_folder_of_their_own(accounts: Demo) -> None:
    done = run(accounts, "export", "demo/2023/accounts", "--format", "json")
    assert done.stdout == "→ build/demo/2023-accounts-export/discgen.json\n"


@pytest.mark.parametrize("format_name", list(FORMATS))
def test_a_target_with_errors_is_refused_with_its_findings(workspace: Demo, format_name: str) -> None:
    fail(workspace)
    done = export(workspace, "--format", format_name)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "错误 R001" in done.stderr
    assert not (workspace.workspace.root / "build").exists()


def test_a_target_that_cannot_be_read_is_refused(workspace: Demo) -> None:
    workspace.write("2023/budget.yaml", "form: [")
    assert export(workspace, "--format", "xlsx").exit_code == 1


def test_a_draft_is_written_all_the_same_and_tells_its_errors(workspace: Demo) -> None:
    fail(workspace)
    done = export(workspace, "--format", "docx", "--draft")
    assert (done.exit_code, done.stdout) == (0, "→ build/demo/2023-budget-export/2023-budget-draft.docx\n")
    assert "错误 R001" in done.stderr


def test_only_a_word_file_may_be_a_draft(workspace: Demo) -> None:
    done = export(workspace, "--format", "xlsx", "--draft")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--draft只和--format docx一起用" in done.stderr


def test_warnings_are_told_and_do_not_stop_it(workspace: Demo) -> None:
    warn(workspace)
    done = export(workspace, "--format", "json")
    assert done.exit_code == 0
    assert "共1个警告" in done.stderr


def test_several_documents_are_too_many(accounts: Demo) -> None:
    done = export(accounts, "--format", "json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "“demo/2023”有2份文件，请写明一份：demo/2023/accounts、demo/2023/budget\n" in done.stderr


def test_a_format_must_be_one_that_there_is(workspace: Demo) -> None:
    assert export(workspace, "--format", "ods").exit_code == 2
    assert export(workspace).exit_code == 2


def test_a_folder_of_the_workspace_may_be_named(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace.workspace.root)
    done = CliRunner().invoke(cli, ["export", "demo/2023", "--format", "json", "-o", "给财政局"])
    assert (done.exit_code, done.stdout) == (0, "→ 给财政局/discgen.json\n")


@pytest.mark.parametrize("folder", ["..", "departments", "departments/demo/2023/projects", "away"])
def test_a_folder_outside_the_workspace_or_among_the_facts_is_refused(
    workspace: Demo, tmp_path_factory: pytest.TempPathFactory, folder: str
) -> None:
    away = tmp_path_factory.mktemp("away")
    (workspace.workspace.root / "away").symlink_to(away)
    done = export(workspace, "--format", "json", "-o", str(workspace.workspace.root / folder))
    assert (done.exit_code, done.stdout) == (2, "")
    assert list(away.iterdir()) == []


def test_a_build_folder_that_leads_out_of_the_workspace_is_refused(
    workspace: Demo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away")
    (workspace.workspace.root / "build").symlink_to(away)
    with pytest.raises(UnwritableError, match="链接到了工作区之外"):
        export_target(workspace.workspace, workspace.target, "json")
    assert list(away.iterdir()) == []


def test_below_build_an_earlier_export_is_replaced(workspace: Demo) -> None:
    export(workspace, "--format", "json")
    path = workspace.workspace.root / "build/demo/2023-budget-export/discgen.json"
    fresh = path.read_bytes()
    path.write_bytes(b"old")
    assert export(workspace, "--format", "json").exit_code == 0
    assert path.read_bytes() == fresh


def test_elsewhere_a_file_that_says_something_else_is_kept(workspace: Demo) -> None:
    folder = workspace.workspace.root / "mine"
    options = ("--format", "datapackage", "-o", str(folder))
    assert [export(workspace, *options).exit_code for _ in range(2)] == [0, 0]
    (folder / "datapackage/datapackage.json").unlink()
    (folder / "datapackage/lines.csv").write_bytes(b"mine")
    done = export(workspace, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "lines.csv 已经有了，不是这条命令写的那种文件" in done.stderr
    assert names(folder / "datapackage") == ["lines.csv"]
    assert (folder / "datapackage/lines.csv").read_bytes() == b"mine"


def test_a_folder_that_is_a_file_is_refused(workspace: Demo) -> None:
    path = workspace.workspace.root / "mine"
    path.write_bytes(b"mine")
    assert export(workspace, "--format", "json", "-o", str(path)).exit_code == 2
    assert path.read_bytes() == b"mine"


def test_a_format_loads_its_own_library_only_and_none_the_renderer(workspace: Demo) -> None:
    program = """
import sys
from discgen.cli import cli
try:
    cli.main(["export", "demo/2023", "--format", sys.argv[2], "-C", sys.argv[1]])
except SystemExit as ended:
    assert ended.code == 0
print([name for name in ("openpyxl", "docx", "weasyprint") if name in sys.modules])
"""
    root = str(workspace.workspace.root)
    said = {name: python(["-c", program, root, name]).stdout.splitlines()[-1] for name in ("json", "xlsx", "docx")}
    assert said == {"json": "[]", "xlsx": "['openpyxl']", "docx": "['docx']"}
