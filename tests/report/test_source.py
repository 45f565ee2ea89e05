"""Lines of the files of a workspace, counted as YAML does."""

from __future__ import annotations

import pytest

from discgen.diagnostics import Place
from discgen.load.text import split_lines
from discgen.report.source import lines_of, no_lines
from tests.conftest import Demo

BUDGET = "departments/demo/2023/budget.yaml"


def test_a_line_is_read_by_its_number(workspace: Demo) -> None:
    line_at = lines_of(workspace.workspace)
    assert line_at(Place(BUDGET, 2)) == "year: 2023"
    assert line_at(Place(BUDGET, 5)) == "  - {fund: general, amount: 100}"


def test_a_file_is_read_once(workspace: Demo) -> None:
    line_at = lines_of(workspace.workspace)
    assert line_at(Place(BUDGET, 2)) == "year: 2023"
    (workspace.folder / "2023/budget.yaml").unlink()
    assert line_at(Place(BUDGET, 3)) == "unit: 万元"


@pytest.mark.parametrize("place", [Place(BUDGET, 999), Place("departments/demo/none.yaml"), Place("departments")])
def test_there_is_no_line_where_nothing_can_be_read(workspace: Demo, place: Place) -> None:
    assert lines_of(workspace.workspace)(place) is None
    assert no_lines(place) is None


def test_a_file_that_is_not_text_has_no_lines(workspace: Demo) -> None:
    (workspace.folder / "department.yaml").write_bytes("名称".encode("gbk"))
    assert lines_of(workspace.workspace)(Place("departments/demo/department.yaml")) is None


def test_nothing_is_shown_of_a_file_outside_the_workspace(workspace: Demo) -> None:
    outside = workspace.workspace.root.parent / "secret.yaml"
    outside.write_text("secret: 1\n", encoding="utf-8")
    (workspace.folder / "2023/link.yaml").symlink_to(outside)
    line_at = lines_of(workspace.workspace)
    assert line_at(Place("departments/demo/2023/link.yaml")) is None
    assert line_at(Place("../secret.yaml")) is None


def test_a_link_to_itself_has_no_lines(workspace: Demo) -> None:
    link = workspace.folder / "2023/link.yaml"
    link.symlink_to(link)
    assert lines_of(workspace.workspace)(Place("departments/demo/2023/link.yaml")) is None


def test_lines_end_where_yaml_ends_them() -> None:
    assert split_lines("a\nb\r\nc\rd\x85e\u2028f") == ["a", "b", "c", "d", "e", "f"]
