from __future__ import annotations

from pathlib import Path

import pytest

from discgen.files import UnwritableError, replace_files, rewrite_file


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
