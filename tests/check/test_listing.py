"""A file with hundreds of findings does not bury those of others; what is counted is all of them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from discgen.check.as_github import as_github
from discgen.check.as_json import as_json
from discgen.check.as_sarif import as_sarif
from discgen.check.as_text import as_text
from discgen.check.listing import MOST, lines_of, listed, no_lines
from discgen.diagnostics import Diagnostic, Place, error, in_order, note, warning
from discgen.yamltext.text import split_lines
from tests.conftest import Demo


def warnings(file: str, number: int) -> list[Diagnostic]:
    return [warning("P020", f"第{at}处", Place(file, at)) for at in range(1, number + 1)]


def test_as_many_as_may_be_are_all_listed() -> None:
    found = in_order([*warnings("a.yaml", MOST), *warnings("b.yaml", MOST)])
    assert listed(found) == found


def test_of_a_file_with_more_the_gravest_are_listed_and_the_rest_is_counted() -> None:
    last = error("R001", "最后一处", Place("a.yaml", 999))
    other = note("W001", "别的文件", Place("b.yaml"))
    found = in_order([*warnings("a.yaml", MOST + 5), last, other])
    told = listed(found)
    assert len(told) == MOST + 2
    assert last in told
    assert other in told
    left = next(one for one in told if one.code == "L032")
    assert left.message == "这个文件另有6处没有列出：6个警告"
    assert left.place == Place("a.yaml", MOST)  # the first that is not listed: one gave way to the error
    assert told.index(left) == MOST


@pytest.mark.parametrize("report", [as_text, as_json, as_github, as_sarif])
def test_every_report_lists_as_many_and_says_how_many_more(report: Callable[[list[Diagnostic]], str]) -> None:
    told = report(in_order(warnings("a.yaml", MOST + 5)))
    assert told.count("P020") >= MOST
    assert f"第{MOST}处" in told
    assert f"第{MOST + 1}处" not in told
    assert "另有5处没有列出" in told


def test_the_count_is_of_all() -> None:
    found = in_order(warnings("a.yaml", MOST + 5))
    assert f"共{MOST + 5}个警告" in as_text(found)
    assert f"共{MOST + 5}个警告" in as_github(found)


def test_json_stays_of_its_schema() -> None:
    told = json.loads(as_json(in_order(warnings("a.yaml", MOST + 5))))
    assert [one["code"] for one in told["findings"]][-1] == "L032"


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
