"""A finding is shown beside the element that shows the place it points at."""

from __future__ import annotations

import pytest

from discgen.check.listing import lines_of
from discgen.diagnostics import DocumentPath, Place
from discgen.preview.marks import Spot
from discgen.preview.page import make_page
from discgen.preview.panel import spot_of
from tests.conftest import Demo


def at(*path: str | int, file: str = "a.yaml", line: int = 1) -> Place:
    return Place(file, line, 1, path)


def spots(**places: tuple[Place, ...]) -> list[Spot]:
    return [Spot(key, shown) for key, shown in places.items()]


def test_the_element_that_shows_the_very_place_has_it() -> None:
    given = spots(one=(at("reasons", "income"),), other=(at("reasons", "expenditure"),))
    assert spot_of(at("reasons", "expenditure"), given) == "other"


def test_of_several_the_one_that_shows_least_besides_has_it() -> None:
    given = spots(total=(at("income", 0), at("income", 1)), row=(at("income", 1),))
    assert spot_of(at("income", 1, "amount"), given) == "row"


def test_a_finding_about_a_section_belongs_to_what_shows_most_of_it() -> None:
    given = spots(row=(at("income", 0),), total=(at("income", 0), at("income", 1)))
    assert spot_of(at("income"), given) == "total"


def test_a_finding_about_a_row_belongs_to_what_shows_that_row_alone() -> None:
    row = (at("expenditure", 0, "basic"), at("expenditure", 0, "project"))
    given = spots(total=(*row, at("expenditure", 1, "basic")), row=row)
    assert spot_of(at("expenditure", 0), given) == "row"


def test_a_key_that_is_not_shown_belongs_to_its_row() -> None:
    given = spots(first=(at("expenditure", 0, "basic"),), second=(at("expenditure", 1, "basic"),))
    assert spot_of(at("expenditure", 1, "unknown"), given) == "second"


def test_a_sheet_shows_all_of_its_file() -> None:
    given = spots(sheet=(at(file="p.yaml"),), part=(at("goal_sheet", "plan", file="p.yaml"),))
    assert spot_of(at("name", file="p.yaml"), given) == "sheet"
    assert spot_of(at("goal_sheet", "plan", file="p.yaml"), given) == "part"


def test_a_finding_about_a_line_belongs_to_what_is_written_there_or_last_before() -> None:
    given = spots(first=(at("a", line=3),), second=(at("b", line=7),))
    assert [spot_of(at(line=line), given) for line in (1, 3, 6, 9)] == ["first", "first", "first", "second"]


def test_what_no_element_shows_has_no_place() -> None:
    given = spots(one=(at("income", 0),))
    assert spot_of(at("assets", "vehicles"), given) == ""
    assert spot_of(at("income", 0, file="b.yaml"), given) == ""


@pytest.mark.parametrize(
    ("file", "path", "key"),
    [
        ("2023/narrative.yaml", ("overview", "duties", 0), "h:一、本部门职责/p/w"),
        ("2023/budget.yaml", ("expenditure", 2, "basic"), "t1/function_class:208"),
        ("2023/projects/2-scan.yaml", ("goal_sheet", "plan"), "g:2-scan/prose4"),
        ("2023/projects/2-scan.yaml", ("goal_sheet", "indicators", "数量指标", 0), "g:2-scan/indicator0"),
        ("2023/projects/2-scan.yaml", ("goal_sheet", "funds", "annual"), "g:2-scan/total.annual/n"),
        ("2023/projects/2-scan.yaml", ("unit",), "g:2-scan"),
        ("department.yaml", ("units", 0, "name"), "cover"),
    ],
)
def test_a_place_of_the_files_is_found_on_the_page(workspace: Demo, file: str, path: DocumentPath, key: str) -> None:
    page = make_page(workspace.document(), lines_of(workspace.workspace))
    assert spot_of(Place(f"departments/demo/{file}", path=path), page.spots) == key
