"""Links to an editor open files, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from discgen.diagnostics import Place
from discgen.errors import Refusal
from discgen.preview.editor import Editor

PLACE = Place("departments/档案局/2023/budget.yaml", 5, 7)


def test_a_link_has_path_line_and_column(tmp_path: Path) -> None:
    link = Editor("idea://open?file={path}&line={line}&column={column}").link(tmp_path, PLACE)
    assert link == (
        f"idea://open?file={tmp_path.resolve()}/departments/%E6%A1%A3%E6%A1%88%E5%B1%80/2023/budget.yaml&line=5&column=7"
    )


def test_what_looks_like_a_blank_in_a_path_is_part_of_it(tmp_path: Path) -> None:
    assert Editor().link(tmp_path / "{line}", PLACE).count("%7Bline%7D") == 1


def test_without_an_address_there_are_no_links(tmp_path: Path) -> None:
    assert Editor("").link(tmp_path, PLACE) == ""


@pytest.mark.parametrize(
    "address",
    ["javascript:alert('{path}')", "https://example.org/{path}", "data://{path}", "code {path}", "vscode://file"],
)
def test_an_address_that_is_no_editor_is_refused(address: str) -> None:
    with pytest.raises(Refusal, match=r"编辑器|\{path\}"):
        Editor(address)
