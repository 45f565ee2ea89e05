"""A revision laid out to be compared: what git holds, whatever its attributes say, and nothing but plain files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from discgen.cli import cli
from discgen.compare.revision import Checkout, checked_out
from discgen.errors import Refusal
from discgen.yamltext.text import MAX_BYTES
from tests.compare.made import committed, git
from tests.compare.test_request import EDIT, TOLD, diff
from tests.conftest import Demo

SECRET = "＋ 新增 新库房 50,000元"


@pytest.fixture(autouse=True)
def only_this_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)


def commit(root: Path) -> None:
    git(root, "add", "--all", "departments")
    git(root, "commit", "--quiet", "-m", "next")


@contextmanager
def laid(root: Path) -> Iterator[Checkout]:
    with checked_out(root, "HEAD") as checkout:
        yield checkout


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


@pytest.mark.parametrize(
    "attributes",
    [
        "* export-ignore",
        "*.yaml export-subst",
        "*.yaml working-tree-encoding=UTF-16",
        "*.yaml eol=crlf",
        "*.yaml filter=none ident",
    ],
)
@pytest.mark.parametrize("place", [".gitattributes", "departments/demo/.gitattributes", ".git/info/attributes"])
def test_no_attribute_hides_or_rewrites_what_is_compared(workspace: Demo, attributes: str, place: str) -> None:
    root = committed(workspace)
    workspace.edit("2023/budget.yaml", "form:", "# $Id$ $Format:%H$\nform:")
    workspace.add_project("9-secret", "2010301", "50000", name="新库房")
    whole = files(workspace.workspace.departments)
    (root / place).write_text(f"{attributes}\n", encoding="utf-8")
    # What is hidden has to get into the repository as it is, past the attributes themselves.
    tree_of(root, whole)
    with laid(root) as checkout:
        assert files(checkout.workspace.departments) == whole
        assert checkout.skipped == ()
    assert SECRET in diff(workspace, "HEAD~1", "HEAD").stdout


def tree_of(root: Path, contents: dict[str, bytes]) -> None:
    """A commit of these files of `departments/`, whatever attributes would make of them."""
    for name, data in contents.items():
        blob = made(root, "blob", data)
        git(root, "update-index", "--add", "--cacheinfo", f"100755,{blob},departments/{name}")
    git(root, "commit", "--quiet", "--allow-empty", "-m", "next")


def made(root: Path, kind: str, data: bytes) -> str:
    command = ["git", "hash-object", "-w", "--literally", "-t", kind, "--stdin"]
    return subprocess.run(command, cwd=root, input=data, check=True, capture_output=True).stdout.decode().strip()


@pytest.mark.parametrize(
    "leads_to", ["/etc/passwd", "../../../../outside.yaml", "1-store.yaml", "nowhere.yaml", "9.yaml"]
)
def test_a_link_is_told_of_its_department_and_stops_no_other(workspace: Demo, leads_to: str) -> None:
    root = committed(workspace)
    other = workspace.folder.parent / "zz"
    (other / "2023").mkdir(parents=True)
    (other / "2023/9.yaml").symlink_to(leads_to)
    (workspace.folder / "2023/projects/9.yaml").symlink_to(leads_to)
    workspace.edit(*EDIT)
    commit(root)
    done = diff(workspace, "HEAD~1", "HEAD")
    assert done.exit_code == 0
    assert "demo\n  注意：现在的departments/demo/2023/projects/9.yaml 是链接，没有比较\n" in done.stdout
    assert "zz\n  注意：现在的departments/zz/2023/9.yaml 是链接，没有比较\n" in done.stdout
    assert TOLD in done.stdout


def test_a_link_that_the_files_have_too_is_not_told_as_a_new_project(workspace: Demo) -> None:
    root = committed(workspace)
    (workspace.folder / "2023/projects/9.yaml").symlink_to("1-store.yaml")
    commit(root)
    workspace.edit(*EDIT)
    told = diff(workspace).stdout
    assert "原来的departments/demo/2023/projects/9.yaml 是链接，没有比较" in told
    assert "有文件没有比较，表和文字也就没有比较" in told
    assert TOLD in told
    assert "＋" not in told.replace("＋1.5万元", "").replace("＋2.46%", "")


@pytest.mark.parametrize("name", ["demo", "demo/2023", "demo/2023/projects"])
def test_a_folder_that_became_a_link_is_told(workspace: Demo, name: str) -> None:
    root = committed(workspace)
    folder = workspace.workspace.departments / name
    folder.rename(root / "moved")
    folder.symlink_to("/tmp")
    commit(root)
    done = diff(workspace, "HEAD~1", "HEAD")
    assert done.exit_code == 0
    assert f"现在的departments/{name} 是链接，没有比较" in done.stdout
    assert "－ 删去 库房改造" not in done.stdout


def test_another_repository_inside_is_told(workspace: Demo) -> None:
    root = committed(workspace)
    git(
        root, "update-index", "--add", "--cacheinfo", f"160000,{git(root, 'rev-parse', 'HEAD').strip()},departments/sub"
    )
    git(root, "commit", "--quiet", "-m", "next")
    told = diff(workspace, "HEAD~1", "HEAD").stdout
    assert "sub\n  注意：现在的departments/sub 是另一个git仓库（submodule），没有比较" in told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (b"\xd6\xd0.yaml", "departments/demo/2023/projects/[U+DCD6][U+DCD0].yaml 的名称不是UTF-8"),
        (b"a\n::error::b.yaml", "departments/demo/2023/projects/a[U+000A]::error::b.yaml 的名称里有换行或看不见的字符"),
        ("a\u202eb.yaml".encode(), "departments/demo/2023/projects/a[U+202E]b.yaml 的名称里有换行或看不见的字符"),
        (b"..", "departments/demo/2023/projects/.. 的名称是路径，会指到别处"),
        (b"", "departments/demo/2023/projects/ 的名称是路径，会指到别处"),
        (b"../../../../../x.yaml", "的名称是路径，会指到别处"),
        (b"/tmp/discgen-x.yaml", "的名称是路径，会指到别处"),
        (b"..\\x.yaml", "的名称是路径，会指到别处"),
        (b"1-STORE.yaml", "的名称只差大小写"),
        (b"1-store.yaml", "的名称只差大小写"),
        (b"x" * 300 + b".yaml", "的名称太长"),
    ],
    ids=str,
)
def test_a_name_that_is_none_is_told_of_its_department(workspace: Demo, name: bytes, said: str) -> None:
    root = committed(workspace)
    blob = made(root, "blob", b"name: x\n")
    projects = git(root, "rev-parse", "HEAD:departments/demo/2023/projects").strip()
    data = subprocess.run(["git", "cat-file", "tree", projects], cwd=root, check=True, capture_output=True).stdout
    commit_of(
        root, made(root, "tree", data + b"100644 " + name + b"\0" + bytes.fromhex(blob)), "demo", "2023", "projects"
    )
    done = diff(workspace, "HEAD~1", "HEAD")
    assert done.exit_code == 0
    assert done.stdout.startswith("demo\n  注意：现在的")
    assert said in done.stdout
    assert "\n::error" not in done.stdout


def commit_of(root: Path, tree: str, *names: str) -> None:
    """A commit in which `tree` stands for a folder below `departments/`, its names given from the outermost."""
    steps = ("departments", *names)
    for at in reversed(range(len(steps))):
        tree = replaced(root, f"HEAD:{'/'.join(steps[:at])}", steps[at], tree)
    done = git(root, "commit-tree", tree, "-p", "HEAD", "-m", "next").strip()
    git(root, "update-ref", "HEAD", done)


def replaced(root: Path, folder: str, name: str, tree: str) -> str:
    """The tree of a folder with another tree of that name in it."""
    lines = [line for line in git(root, "ls-tree", folder).splitlines() if not line.endswith(f"\t{name}")]
    text = "\n".join([*lines, f"040000 tree {tree}\t{name}", ""])
    return (
        subprocess.run(["git", "mktree"], cwd=root, input=text.encode(), check=True, capture_output=True)
        .stdout.decode()
        .strip()
    )


def test_a_tree_that_holds_itself_many_times_over_is_given_up(workspace: Demo) -> None:
    root = committed(workspace)
    tree = made(root, "tree", b"100644 a.yaml\0" + bytes.fromhex(made(root, "blob", b"")))
    for _ in range(9):
        tree = made(root, "tree", b"".join(b"40000 %d\0" % at + bytes.fromhex(tree) for at in range(10)))
    commit_of(root, tree, "bomb")
    workspace.edit(*EDIT)
    told = diff(workspace).stdout
    assert "原来的departments/bomb 里的文件多于20000个，其余的，没有比较" in told
    assert TOLD in told


def test_a_file_beyond_the_limit_is_told_and_the_rest_is_compared(workspace: Demo) -> None:
    root = committed(workspace)
    (workspace.folder / "2023/projects/1-store.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    workspace.edit(*EDIT)
    commit(root)
    told = diff(workspace, "HEAD~1", "HEAD").stdout
    assert f"现在的departments/demo/2023/projects/1-store.yaml 多于{MAX_BYTES:,}字节，没有比较" in told
    assert TOLD in told


def test_an_object_that_is_lost_is_told_of_its_department(workspace: Demo) -> None:
    root = committed(workspace)
    blob = git(root, "rev-parse", "HEAD:departments/demo/2023/projects/1-store.yaml").strip()
    workspace.edit(*EDIT)
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    told = diff(workspace).stdout
    assert "原来的departments/demo/2023/projects/1-store.yaml 的内容git里没有，没有比较" in told
    assert TOLD in told


def test_a_partial_clone_without_its_origin_says_so(workspace: Demo, tmp_path: Path) -> None:
    root = committed(workspace)
    git(root, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{root}", "clone")
    (tmp_path / "clone/departments").mkdir()
    (root / ".git").rename(root / "gone")
    done = CliRunner().invoke(cli, ["diff", "-C", str(tmp_path / "clone"), "HEAD"])
    assert done.exit_code == 2
    assert "部分克隆而连不上网" in done.stderr


def test_a_shallow_clone_says_how_to_get_the_rest(workspace: Demo, tmp_path: Path) -> None:
    root = committed(workspace)
    workspace.edit(*EDIT)
    commit(root)
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "clone")
    run = ["diff", "-C", str(tmp_path / "clone")]
    assert CliRunner().invoke(cli, run).stdout == "没有变化\n"
    done = CliRunner().invoke(cli, [*run, "--from", "HEAD~1"])
    assert done.exit_code == 2
    assert "git fetch --unshallow" in done.stderr


def test_a_worktree_is_compared_with_its_own_head(workspace: Demo, tmp_path: Path) -> None:
    root = committed(workspace)
    git(root, "worktree", "add", "--quiet", str(tmp_path / "tree"))
    tree = Demo.__new__(Demo)
    tree.workspace, tree.folder = type(workspace.workspace)(tmp_path / "tree"), tmp_path / "tree/departments/demo"
    tree.edit(*EDIT)
    assert TOLD in diff(tree).stdout


def test_a_workspace_beside_a_bare_repository_is_compared(workspace: Demo) -> None:
    root = committed(workspace)
    git(root, "config", "core.bare", "true")
    workspace.edit(*EDIT)
    assert TOLD in diff(workspace).stdout


@pytest.mark.parametrize("hooks", [".git", "{outer}/.git", "{other}/.git"])
def test_a_repository_that_a_hook_names_does_not_lead_astray(
    workspace: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hooks: str
) -> None:
    """Git tells a hook where the hook's repository is; run in a folder below it, or elsewhere, it would believe that."""
    outer, other = tmp_path / "outer", tmp_path / "other"
    shutil.copytree(workspace.workspace.departments, outer / "sub" / "departments")
    for root in (outer, other):
        git(tmp_path, "init", "--quiet", str(root))
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--allow-empty", "-m", "first")
    path = outer / "sub/departments/demo" / EDIT[0]
    path.write_text(path.read_text(encoding="utf-8").replace(*EDIT[1:]), encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", hooks.format(outer=outer, other=other))
    monkeypatch.chdir(outer)
    assert TOLD in CliRunner().invoke(cli, ["diff", "-C", "sub", "HEAD"]).stdout


def test_what_git_replace_lets_stand_for_a_file_hides_nothing(workspace: Demo) -> None:
    root = committed(workspace)
    workspace.edit(*EDIT)
    git(root, "commit", "--quiet", "-am", "next")
    old, new = (git(root, "rev-parse", f"{at}:departments/demo/{EDIT[0]}").strip() for at in ("HEAD~1", "HEAD"))
    git(root, "replace", new, old)
    assert TOLD in diff(workspace, "HEAD~1", "HEAD").stdout


def test_a_repository_of_another_user_says_what_lets_it_be_read(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = committed(workspace)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # as git's own tests have it
    assert f"git config --global --add safe.directory {root}" in diff(workspace).stderr


def test_a_repository_of_longer_ids_is_compared(workspace: Demo) -> None:
    root = workspace.workspace.root
    git(root, "init", "--quiet", "--object-format=sha256")
    git(root, "add", "departments")
    git(root, "commit", "--quiet", "-m", "first")
    workspace.edit(*EDIT)
    assert TOLD in diff(workspace).stdout


@pytest.mark.parametrize("folder", ["missing", "full"])
def test_no_room_for_temporary_files_is_told_in_a_line(
    workspace: Demo, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(workspace)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(2 if folder == "missing" else 28, "x")

    monkeypatch.setattr(
        "discgen.compare.revision.TemporaryDirectory" if folder == "missing" else "pathlib.Path.mkdir", refuse
    )
    done = diff(workspace)
    assert done.exit_code == 2
    assert ("建不了临时文件夹：没有这个文件" if folder == "missing" else "写不进去：磁盘满了") in done.stderr
    assert "TMPDIR" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_departments_that_are_no_folder_are_told(workspace: Demo) -> None:
    root = committed(workspace)
    (root / "departments").rename(root / "elsewhere")
    (root / "departments").symlink_to("elsewhere")
    git(root, "add", "departments")
    git(root, "commit", "--quiet", "-m", "next")
    with pytest.raises(Refusal, match="departments/"), laid(root):
        pass


def test_nothing_is_left_behind(workspace: Demo) -> None:
    root = committed(workspace)
    with laid(root) as checkout:
        folder = checkout.workspace.root
        assert all(path.stat().st_mode & 0o111 == 0 for path in folder.rglob("*.yaml"))
    assert not folder.exists()
