"""Line ends: git's default on Windows is to check files out with CRLF, and no command minds them or changes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from discgen.cli import cli
from discgen.compare.git_driver import State, compare_file
from discgen.load.workspace import Workspace
from discgen.pipeline import check
from discgen.yamltext.text import with_line_ends
from tests.compare.made import committed, git
from tests.conftest import Demo
from tests.importing.books import HEADS, PAY, STORE
from tests.importing.workspaces import Empty


def run(root: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [command, "-C", str(root), *arguments])


def crlf(root: Path) -> None:
    """All files of the departments as git for Windows checks them out."""
    for path in root.glob("departments/**/*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def only_crlf(root: Path) -> bool:
    held = [path.read_bytes() for path in root.glob("departments/**/*.yaml")]
    return bool(held) and all(data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r") > 0 for data in held)


@pytest.fixture
def windows(workspace: Demo) -> Demo:
    """The demonstration in order, checked out with CRLF."""
    run(workspace.workspace.root, "fmt")
    crlf(workspace.workspace.root)
    return workspace


def test_files_with_crlf_are_in_order(windows: Demo) -> None:
    root = windows.workspace.root
    for command, more in (("fmt", ["--check"]), ("check", ["--strict"]), ("fmt", []), ("check", ["--fix"])):
        assert run(root, command, *more).exit_code == 0
    assert only_crlf(root)


def test_fmt_keeps_the_line_ends_of_a_file_that_it_changes(windows: Demo) -> None:
    path = windows.folder / "2023/budget.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"year: 2023\r\n", b"year:   2023\r\n"))
    assert run(windows.workspace.root, "fmt").exit_code == 0
    assert path.read_bytes() == before


def test_a_file_of_both_line_ends_is_out_of_order_and_takes_those_of_the_more(windows: Demo) -> None:
    # Git never makes such a file: somebody pasted from elsewhere. Left alone, every later edit would show as more
    # than it is; and to take LF always would turn a file of hundreds of lines round for one line pasted.
    path = windows.folder / "2023/budget.yaml"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"year: 2023\r\n", b"year: 2023\n"))
    assert run(windows.workspace.root, "fmt", "--check").exit_code == 1
    assert run(windows.workspace.root, "fmt").exit_code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("like", "written"),
    [(None, b"a\nb\n"), (b"", b"a\nb\n"), (b"x\r\ny\n", b"a\nb\n"), (b"x\r\ny\r\nz\n", b"a\r\nb\r\n")],
)
def test_new_lines_end_as_most_do(like: bytes | None, written: bytes) -> None:
    assert with_line_ends("a\nb\n", like) == written


def test_the_mark_of_windows_and_a_last_line_without_end_are_read_and_put_in_order(windows: Demo) -> None:
    # Unlike line ends, which git makes and unmakes, both are lasting traces of an editor that other tools stumble over.
    path = windows.folder / "2023/budget.yaml"
    before = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + before.removesuffix(b"\r\n"))
    assert run(windows.workspace.root, "check", "--strict").exit_code == 0
    assert run(windows.workspace.root, "fmt", "--check").exit_code == 1
    assert run(windows.workspace.root, "fmt").exit_code == 0
    assert path.read_bytes() == before


def test_safe_mends_keep_line_ends(windows: Demo) -> None:
    windows.edit("2023/narrative.yaml", "收集和保管档案。", "收集和保管档案，，服务群众。")
    crlf_again(windows.folder / "2023/narrative.yaml")
    run(windows.workspace.root, "check", "--fix")
    assert only_crlf(windows.workspace.root)
    assert "档案，服务" in (windows.folder / "2023/narrative.yaml").read_text(encoding="utf-8")


def crlf_again(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def test_next_year_has_the_line_ends_of_this_one(windows: Demo) -> None:
    root = windows.workspace.root
    assert run(root, "rollover", "demo", "2024").exit_code == 0
    assert (windows.folder / "2024/budget.yaml").exists()
    assert only_crlf(root)


def test_an_import_writes_the_line_ends_of_the_department(tmp_path: Path) -> None:
    empty = Empty(tmp_path)
    crlf(empty.root)
    for amount in ("1000", "2000"):
        empty.take(empty.give("支出.csv", HEADS + PAY.replace("1000", amount) + STORE), force=True)
        assert amount in (empty.folder / "budget.yaml").read_text(encoding="utf-8")
        assert only_crlf(empty.root)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amount: 100}", "amount: 一百}"),
        ("amount: 100}", "amount: 1{{0}"),
        ("收集和保管档案。", "\n      收集和\n      保管　档案，共计12万元，\n      支出{{ nothing }}。"),
        ("three_public: 压缩用车", "three_public: 压缩\x07用车"),
        ("works: 0", "wokrs: 0"),
    ],
)
def test_places_are_the_same(workspace: Demo, tmp_path: Path, old: str, new: str) -> None:
    for path in workspace.folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    other = tmp_path / "other"
    shutil.copytree(workspace.workspace.departments, other / "departments")
    crlf(other)
    found = [check(one, [workspace.target]) for one in (workspace.workspace, Workspace(other))]
    assert found[0]
    assert found[0] == found[1]


def test_no_line_end_is_a_difference(windows: Demo, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(windows.workspace.departments, other / "departments")
    for path in other.glob("departments/**/*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").removesuffix(b"\n"))
    done = CliRunner().invoke(cli, ["diff", str(windows.workspace.root), str(other)])
    assert done.stdout == "没有变化\n"
    name = "departments/demo/2023/budget.yaml"
    told = compare_file(name, State(windows.workspace.root / name), State(other / name))
    assert not isinstance(told, str)
    assert told.is_empty


def test_a_checkout_of_git_for_windows_needs_no_settings(workspace: Demo, tmp_path: Path) -> None:
    # Which is why `init` writes no .gitattributes: it would be one more file that a clerk has to understand, in a
    # folder that need not be the top of a repository, to forbid what does no harm.
    run(workspace.workspace.root, "fmt")
    root = committed(workspace)
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "--quiet", str(root), "clone")
    clone = tmp_path / "clone"
    assert only_crlf(clone)
    assert run(clone, "fmt", "--check").exit_code == 0
    assert run(clone, "diff").stdout == "没有变化\n"
