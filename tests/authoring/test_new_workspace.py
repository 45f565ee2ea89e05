"""The copy of the schemas in a workspace: written where there is none, refreshed when asked, read by editors only."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.reference.folders import data_folder
from tests.authoring.test_init import ABOUT, run, told
from tests.conftest import Demo


def refresh(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["init", "--schema", "-C", str(root), *arguments])


def schemas(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.schema.json")}


def test_a_new_workspace_gets_all_schemas_and_is_told_so(tmp_path: Path) -> None:
    done = run(tmp_path, "demo", *ABOUT, *told(2025, "shanxi-budget-2025"))
    assert schemas(tmp_path / "schema") == schemas(data_folder("schema"))
    assert f"写了schema/里的{len(schemas(data_folder('schema')))}个文件" in done.stdout


def test_the_first_line_of_every_file_leads_to_a_schema(tmp_path: Path) -> None:
    run(tmp_path, "demo", *ABOUT, *told(2025, "shanxi-budget-2025"))
    paths = list((tmp_path / "departments").rglob("*.yaml"))
    assert len(paths) == 4
    for path in paths:
        schema = path.read_text(encoding="utf-8").partition("\n")[0].partition("$schema=")[2]
        assert (path.parent / schema).is_file()


def test_schemas_that_are_there_stay(workspace: Demo) -> None:
    own = workspace.workspace.root / "schema" / "budget.schema.json"
    own.parent.mkdir()
    own.write_text("{}", encoding="utf-8")
    done = run(workspace.workspace.root, "demo", *told(2024, "shanxi-budget-2024"))
    assert (done.exit_code, own.read_text(encoding="utf-8")) == (0, "{}")
    assert "schema/里的" not in done.stdout


def test_they_are_refreshed_when_asked_and_other_files_stay(workspace: Demo) -> None:
    folder = workspace.workspace.root / "schema"
    folder.mkdir()
    (folder / "budget.schema.json").write_text("{}", encoding="utf-8")
    (folder / "mine.txt").write_text("x", encoding="utf-8")
    done = refresh(workspace.workspace.root)
    assert (done.exit_code, done.stderr) == (0, "")
    assert schemas(folder) == schemas(data_folder("schema"))
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "x"


def test_a_check_does_not_read_them(workspace: Demo) -> None:
    folder = workspace.workspace.root / "schema"
    folder.mkdir()
    (folder / "budget.schema.json").write_text('{"not": {}}', encoding="utf-8")
    assert workspace.found() == []


@pytest.mark.parametrize("arguments", [("demo",), ("--year", "2024"), ("--unit", "a=b:institution"), ("--code", "026")])
def test_refreshing_goes_with_nothing_else(workspace: Demo, arguments: tuple[str, ...]) -> None:
    done = refresh(workspace.workspace.root, *arguments)
    assert (done.exit_code, "只写schema/" in done.stderr) == (2, True)
    assert not (workspace.workspace.root / "schema").exists()


def test_the_programs_own_are_not_written_over() -> None:
    done = refresh(data_folder("schema").parent)
    assert (done.exit_code, done.stderr) == (2, "错误：这里的schema/就是程序自己的，不用写\n")


def test_a_folder_elsewhere_is_not_written_to(workspace: Demo, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (workspace.workspace.root / "schema").symlink_to(elsewhere)
    done = refresh(workspace.workspace.root)
    assert (done.exit_code, "链接到了工作区之外" in done.stderr) == (2, True)
    assert list(elsewhere.iterdir()) == []
