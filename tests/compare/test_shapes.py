"""What is refused by its shape is told and not walked, whatever it is; git's driver shows it line by line."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discgen.compare.as_html import as_html
from discgen.compare.as_json import as_json
from discgen.compare.as_markdown import as_markdown
from discgen.compare.as_text import as_text
from discgen.compare.change import Comparison
from discgen.compare.files import compare_files, read_files
from discgen.compare.git_driver import State, compare_file
from tests.compare.made import compared, copy_of, git, told
from tests.compare.test_request import EDIT, TOLD, driven
from tests.conftest import Demo

BUDGET = "departments/demo/2023/budget.yaml"
NO_MAPPINGS = [b"hello\n", b"- a\n", b"null\n", b"1\n", b"", b"\xff\xfe\x00", b"\x00\x01", "改".encode("gb18030") * 9]
FILES = ["department.yaml", "2023/budget.yaml", "2023/narrative.yaml", "2023/projects/1-store.yaml"]


@pytest.mark.parametrize("data", NO_MAPPINGS, ids=repr)
@pytest.mark.parametrize("file", [*FILES, "2023/waivers.yaml"])
def test_a_file_that_is_no_mapping_is_told_and_the_others_are_compared(
    workspace: Demo, tmp_path: Path, file: str, data: bytes
) -> None:
    other = copy_of(workspace, tmp_path / "other")
    workspace.write("2023/waivers.yaml", "waivers: []\n")
    (other.folder / file).write_bytes(data)
    other.edit("2023/projects/2-scan.yaml", "target: 方便", "target: 便捷")
    done = compared(workspace, other)
    assert [note for note in done.notes if f"departments/demo/{file}:" in note and note.endswith("；这个文件没有比较")]
    assert told(done.facts) == ["改 项目“档案扫描”/绩效目标表，绩效指标，社会效益指标，利用档案方便 方便 → 便捷"]


def test_what_check_says_of_a_shape_is_said(workspace: Demo, tmp_path: Path) -> None:
    other = copy_of(workspace, tmp_path / "other")
    (other.folder / "2023/narrative.yaml").write_text("hello\n", encoding="utf-8")
    [finding] = other.check()
    assert f"现在的{finding.place} {finding.message}；这个文件没有比较" in compared(workspace, other).notes


def test_a_key_of_another_shape_is_left_out_on_both_sides(workspace: Demo, tmp_path: Path) -> None:
    other = copy_of(workspace, tmp_path / "other")
    other.edit("2023/budget.yaml", "income:\n  - {fund: general, amount: 100}", "income: hello")
    other.edit(*EDIT)
    done = compared(workspace, other)
    assert any("budget.yaml:4:9" in note and note.endswith("；“income”没有比较") for note in done.notes)
    assert told(done.facts) == ["改 支出（按功能分类）/2010301 行政运行，基本支出 61 → 62.5"]


@pytest.mark.parametrize("leads_to", ["/etc/passwd", "nowhere.yaml"])
def test_a_link_out_or_nowhere_is_told(workspace: Demo, tmp_path: Path, leads_to: str) -> None:
    other = copy_of(workspace, tmp_path / "other")
    path = other.folder / "2023/projects/1-store.yaml"
    path.unlink()
    path.symlink_to(leads_to)
    done = compared(workspace, other)
    assert any("1-store.yaml" in note and "这个文件没有比较" in note for note in done.notes)
    assert done.facts == ()


shapes = st.recursive(
    st.sampled_from(["x", "1", "-1.5", "null", "", '""', "2010301", "general", "≥10件"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(
            st.sampled_from(
                ["name", "amount", "target", "fund", "function", "a", "2010301", "code", "at", "unit", "id"]
            ),
            inner,
            max_size=3,
        ).map(lambda items: f"{{{', '.join(f'{key}: {value}' for key, value in items.items())}}}")
    ),
    max_leaves=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_comparing_never_fails_whatever_the_shapes(workspace: Demo, data: st.DataObject) -> None:
    side = read_files(workspace.workspace, workspace.target)
    spoilt = {}
    for name in data.draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=2, unique=True)):
        path = workspace.folder / name
        spoilt[path] = path.read_bytes()
        lines = spoilt[path].decode().splitlines(keepends=True)
        keys = [at for at, line in enumerate(lines) if ": " in line or line.endswith(":\n")]
        if data.draw(st.booleans()):
            path.write_text(data.draw(shapes), encoding="utf-8")
        else:
            at = data.draw(st.sampled_from(keys))
            lines[at] = f"{lines[at].partition(':')[0]}: {data.draw(shapes)}\n"
            path.write_text("".join(lines), encoding="utf-8")
    try:
        other = read_files(workspace.workspace, workspace.target)
        unread = side.unread | other.unread
        for old, new in ((side, other), (other, side), (other, other)):
            changes, _ = compare_files(old.without(unread), new.without(unread))
            done = Comparison("a", "b", tuple(changes), notes=(*old.notes, *new.notes))
            for formatted in (as_text, as_json, as_markdown, as_html):
                assert formatted([done])
        for path, before in spoilt.items():
            (workspace.folder / "before").write_bytes(before)
            assert compare_file(
                path.relative_to(workspace.workspace.root).as_posix(), *states(workspace.folder / "before", path)
            )
    finally:
        for path, before in spoilt.items():
            path.write_bytes(before)


def states(old: Path, new: Path) -> tuple[State, State]:
    return State(old), State(new)


@pytest.mark.parametrize("data", NO_MAPPINGS, ids=repr)
def test_the_driver_shows_lines_of_what_is_no_file_of_facts(workspace: Demo, tmp_path: Path, data: bytes) -> None:
    new = tmp_path / "new"
    new.write_bytes(data)
    shown = compare_file(BUDGET, *states(workspace.folder / "2023/budget.yaml", new))
    assert isinstance(shown, str)
    assert "-year: 2023" in shown or "不是文本，没有逐行比较" in shown


def test_the_driver_shows_lines_where_a_key_has_another_shape(workspace: Demo, tmp_path: Path) -> None:
    other = copy_of(workspace, tmp_path / "other")
    other.edit("2023/budget.yaml", "income:\n  - {fund: general, amount: 100}", "income: hello")
    shown = compare_file(BUDGET, *states(workspace.folder / "2023/budget.yaml", other.folder / "2023/budget.yaml"))
    assert isinstance(shown, str)
    assert "+income: hello\n" in shown


def test_the_driver_reads_texts_in_gbk_for_their_lines(workspace: Demo, tmp_path: Path) -> None:
    old = workspace.folder / "2023/narrative.yaml"
    new = tmp_path / "new"
    new.write_bytes(old.read_text(encoding="utf-8").replace("压缩用车", "减少用车").encode("gb18030"))
    shown = compare_file("departments/demo/2023/narrative.yaml", *states(old, new))
    assert isinstance(shown, str)
    assert [line for line in shown.splitlines()[2:] if line[0] in "+-"] == [
        "-  three_public: 压缩用车",
        "+  three_public: 减少用车",
    ]


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "loop"])
def test_the_driver_says_what_it_cannot_read(workspace: Demo, tmp_path: Path, kind: str) -> None:
    new = tmp_path / "new"
    if kind == "folder":
        new.mkdir()
    elif kind == "pipe":
        os.mkfifo(new)
    elif kind == "loop":
        new.symlink_to(new)
    shown = compare_file(BUDGET, *states(workspace.folder / "2023/budget.yaml", new))
    assert isinstance(shown, str)
    assert shown.startswith(f"b/{BUDGET} ")
    assert shown.endswith("，没有逐行比较\n")


def test_git_diff_goes_on_past_a_file_that_became_a_link(workspace: Demo) -> None:
    root = driven(workspace)
    path = workspace.folder / "2023/projects/1-store.yaml"
    path.unlink()
    path.symlink_to("a: b")
    workspace.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 减少用车")
    workspace.edit(*EDIT)
    shown = git(root, "diff")
    assert TOLD in shown
    assert "+a: b\n" in shown
    assert "【减少】" in shown


def test_git_diff_goes_on_past_a_conflict(workspace: Demo) -> None:
    root = driven(workspace)
    git(root, "checkout", "--quiet", "-b", "other")
    workspace.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 减少用车")
    git(root, "commit", "--quiet", "-am", "one")
    git(root, "checkout", "--quiet", "-")
    workspace.edit("2023/narrative.yaml", "three_public: 压缩用车", "three_public: 少用车")
    git(root, "commit", "--quiet", "-am", "two")
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")
    workspace.edit(*EDIT)
    git(root, "add", "departments/demo/2023/budget.yaml")
    shown = git(root, "diff", "--cached")
    assert "narrative.yaml\n  还没合好：先解决冲突\n" in shown
    assert TOLD in shown


def test_git_diff_shows_no_line_of_a_file_as_a_command_or_a_sign_of_its_own(workspace: Demo) -> None:
    root = driven(workspace)
    (workspace.folder / "2023/narrative.yaml").write_text("a\x1b[2Jb\n::error::forged\n", encoding="utf-8")
    shown = git(root, "diff")
    assert "+a[U+001B][2Jb" in shown
    assert "\x1b" not in shown
