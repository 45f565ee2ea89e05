from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from discgen.files import UnwritableError, replace_file, replace_files, rewrite_file
from tests.conftest import Demo


def test_all_files_are_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    replace_files({tmp_path / "a": b"new", tmp_path / "below" / "b": b"also"})
    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "below" / "b").read_bytes() == b"also"


def test_where_one_cannot_be_written_all_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").touch()
    with pytest.raises(UnwritableError, match="folder 写不进去：是文件夹"):
        replace_files({tmp_path / "a": b"new", tmp_path / "b": b"new", tmp_path / "folder": b"new"})
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "folder"]


def test_a_file_that_was_changed_after_it_was_read_is_not_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "budget.yaml"
    path.write_bytes(b"saved by hand")
    with pytest.raises(UnwritableError, match="刚刚被改过，没有覆盖"):
        rewrite_file(path, b"new", b"as it was read")
    assert path.read_bytes() == b"saved by hand"
    rewrite_file(path, b"new", b"saved by hand")
    assert path.read_bytes() == b"new"


def test_a_folder_that_is_a_file_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "tables").touch()
    with pytest.raises(UnwritableError, match="路径里有一段不是文件夹"):
        replace_files({tmp_path / "tables" / "1.csv": b""})


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    """Sets the umask for the length of a test."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_follows_the_umask(tmp_path: Path, umask: Callable[[int], int], mask: int, mode: int) -> None:
    umask(mask)
    replace_file(tmp_path / "a", b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o640, 0o755])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, umask: Callable[[int], int], mode: int) -> None:
    umask(0o022)
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(mode)
    replace_files({tmp_path / "a": b"new", tmp_path / "b": b"new"})
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_replaced_file_keeps_its_owner_and_group(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    os.chown(tmp_path / "a", 12345, 54321)
    replace_file(tmp_path / "a", b"new")
    status = (tmp_path / "a").stat()
    assert (status.st_uid, status.st_gid) == (12345, 54321)


def test_a_name_as_long_as_a_file_s_may_be_is_written(tmp_path: Path) -> None:
    replace_file(tmp_path / ("a" * 255), b"new")
    with pytest.raises(UnwritableError, match="名称太长"):
        replace_file(tmp_path / ("a" * 256), b"new")


def test_what_a_killed_run_left_is_swept_by_the_next_that_writes_there(tmp_path: Path) -> None:
    """A younger one may be that of another run at work."""
    old, young, other = (tmp_path / name for name in (".discgen-0.tmp", ".discgen-1.tmp", ".other.tmp"))
    for path in (old, young, other):
        path.touch()
        os.utime(path, (0, 0) if path is not young else None)
    replace_file(tmp_path / "a", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".discgen-1.tmp", ".other.tmp", "a"]


def test_what_a_killed_run_left_is_no_data(workspace: Demo) -> None:
    facts = (workspace.folder / "2023/budget.yaml").read_text(encoding="utf-8")
    for folder in ("", "2023/", "2023/projects/"):
        workspace.write(f"{folder}.discgen-12345678.tmp", facts)
    assert workspace.found() == []
