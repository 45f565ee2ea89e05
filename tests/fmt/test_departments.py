"""The departments that ship are in canonical form, examples included."""

from __future__ import annotations

from pathlib import Path

from discgen.fmt.files import format_files
from discgen.load.workspace import Workspace

ROOT = Path(__file__).parents[2]


def test_fmt_would_change_no_file_of_a_department() -> None:
    names = [path.name for path in sorted((ROOT / "departments").iterdir())]
    done = list(format_files(Workspace(ROOT), names, write=False))
    assert len(done) > 150
    assert [one.file for one in done if one.changed or one.left_alone] == []
