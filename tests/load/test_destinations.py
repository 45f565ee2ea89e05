"""Where commands write: in the workspace, links followed, over nothing that they did not make."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result

from discgen.files import UnwritableError
from discgen.load.destinations import inside, product
from tests.conftest import Demo
from tests.test_cli import run


@pytest.fixture
def away(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside of the workspace."""
    return tmp_path_factory.mktemp("away")


def diff(demo: Demo, output: str, form: str = "markdown") -> Result:
    demo.write("2024/narrative.yaml", (demo.folder / "2023/narrative.yaml").read_text(encoding="utf-8"))
    facts = (demo.folder / "2023/budget.yaml").read_text(encoding="utf-8").replace("year: 2023", "year: 2024")
    demo.write("2024/budget.yaml", facts)
    path = str(demo.workspace.root / output)
    return run(demo, "diff", "demo/2023", "demo/2024", "--format", form, "-o", path)


@pytest.mark.parametrize("link", ["build", "build/demo"])
def test_a_folder_of_pdfs_that_leads_out_of_the_workspace_is_refused(workspace: Demo, away: Path, link: str) -> None:
    path = workspace.workspace.root / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(away)
    done = run(workspace, "build")
    assert (done.exit_code, list(away.iterdir())) == (2, [])
    assert "build/demo/2023-budget.pdf 链接到了工作区之外" in done.stderr


def test_a_folder_of_pdfs_may_be_a_link_inside_the_workspace(workspace: Demo) -> None:
    root = workspace.workspace.root
    (root / "public").mkdir()
    (root / "build").symlink_to(root / "public")
    place = product(workspace.workspace, root / "build/demo/2023-budget.pdf", bool)
    assert place == root.resolve() / "public/demo/2023-budget.pdf"


@pytest.mark.parametrize(
    "output",
    ["departments/demo/department.yaml", "departments/new.md", "Departments/new.md", ".git/config", ".git/new"],
)
def test_no_comparison_is_written_among_data_or_into_git(workspace: Demo, output: str) -> None:
    path = workspace.workspace.root / output
    (workspace.workspace.root / ".git").mkdir()
    (workspace.workspace.root / ".git/config").touch()
    before = path.read_bytes() if path.exists() else None
    assert diff(workspace, output).exit_code == 2
    assert (path.read_bytes() if path.exists() else None) == before


def test_none_is_written_through_a_link_that_leads_out(workspace: Demo, away: Path) -> None:
    (workspace.workspace.root / "out").symlink_to(away)
    (workspace.workspace.root / "one.md").symlink_to(away / "one.md")
    assert [diff(workspace, name).exit_code for name in ("out/diff.md", "one.md", "../diff.md")] == [2, 2, 2]
    assert list(away.iterdir()) == []


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_a_comparison_takes_the_place_of_an_earlier_one(workspace: Demo, form: str) -> None:
    """A pull request's is made again and again under one name, and a person who asks for another format means it."""
    assert [diff(workspace, "diff", form).exit_code for _ in range(2)] == [0, 0]
    assert diff(workspace, "diff", "html").exit_code == 0


@pytest.mark.parametrize("name", ["README.md", "notes.txt", "tables.json", "empty"])
def test_what_is_no_comparison_is_kept(workspace: Demo, name: str) -> None:
    """The ending says nothing about whose file it is: README.md is Markdown too. An empty file is somebody's as well."""
    path = workspace.workspace.root / name
    path.write_text("" if name == "empty" else '{"mine": 1}\n', encoding="utf-8")
    done = diff(workspace, name)
    assert (done.exit_code, "不是这条命令写的那种文件" in done.stderr) == (2, True)
    assert path.read_text(encoding="utf-8") in ("", '{"mine": 1}\n')


def test_below_build_everything_is_replaced(workspace: Demo) -> None:
    path = workspace.workspace.root / "build/diff.md"
    path.parent.mkdir()
    path.write_bytes(b"old")
    assert diff(workspace, "build/diff.md").exit_code == 0
    assert path.read_bytes() != b"old"


def test_no_export_goes_into_git(workspace: Demo) -> None:
    folder = workspace.workspace.root / ".git"
    folder.mkdir()
    assert run(workspace, "export", "demo/2023", "--format", "json", "-o", str(folder)).exit_code == 2
    assert list(folder.iterdir()) == []


def test_the_csv_of_a_package_and_that_for_spreadsheets_lie_side_by_side(workspace: Demo) -> None:
    """One is inert and bears a mark, the other says what the files say: neither may stand where the other is looked for."""
    for name in ("csv", "datapackage", "csv"):
        assert run(workspace, "export", "demo/2023", "--format", name).exit_code == 0
    folder = workspace.workspace.root / "build/demo/2023-budget-export"
    assert (folder / "lines.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (folder / "datapackage/lines.csv").read_bytes().startswith(b"year,")


@pytest.mark.parametrize("command", ["init demo --year 2024 --form shanxi-budget-2024", "rollover demo 2024"])
def test_no_new_year_is_written_through_a_link_that_leads_out(workspace: Demo, away: Path, command: str) -> None:
    (workspace.folder / "2024").symlink_to(away)
    assert run(workspace, *command.split()).exit_code == 2
    assert list(away.iterdir()) == []


def test_data_that_lie_in_git_s_folder_are_not_rewritten(workspace: Demo) -> None:
    folder = workspace.workspace.root / ".git/2023"
    folder.mkdir(parents=True)
    with pytest.raises(UnwritableError, match="在git自己的文件夹里"):
        inside(workspace.workspace, folder / "budget.yaml")


def test_a_path_that_goes_up_is_outside_and_no_link(workspace: Demo) -> None:
    place = workspace.workspace.root / ".." / "x.html"
    with pytest.raises(UnwritableError, match="在工作区之外，只能写到工作区里"):
        inside(workspace.workspace, place)
