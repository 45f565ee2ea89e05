from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from discgen.narrative.fit import COLUMNS, SIZES, densities, density
from discgen.narrative.goal_sheets import GoalSheetPage, IndicatorRow
from tests.conftest import Demo

NAMES = [size.name for size in SIZES]


@pytest.fixture
def page(workspace: Demo) -> GoalSheetPage:
    return workspace.document().text.goal_sheets[0]


def with_indicators(page: GoalSheetPage, count: int, name: str = "件数") -> GoalSheetPage:
    row = IndicatorRow("产出指标", 0, "数量指标", 0, ((name, "≥1件"), (name, "≥1件")))
    return replace(page, indicators=(row,) * count)


def test_a_short_sheet_is_set_in_the_largest_size(page: GoalSheetPage) -> None:
    assert density(page) == "normal"


def test_more_indicators_are_set_smaller_and_never_larger(page: GoalSheetPage) -> None:
    chosen = [NAMES.index(density(with_indicators(page, count))) for count in range(1, 60)]
    assert chosen == sorted(chosen)
    assert set(chosen) == {0, 1, 2}


def test_neighbours_are_set_in_one_size_but_not_in_the_smallest(page: GoalSheetPage) -> None:
    larger, smaller = (
        next(with_indicators(page, n) for n in range(1, 60) if density(with_indicators(page, n)) == name)
        for name in NAMES[1:]
    )
    assert densities([page, page]) == ["normal", "normal"]
    assert densities([page, larger, smaller]) == ["compact", "compact", "tight"]


def test_longer_prose_is_set_smaller_and_never_larger(page: GoalSheetPage) -> None:
    pages = [replace(page, prose=(("项目概况", "字" * length),)) for length in range(0, 4000, 100)]
    chosen = [NAMES.index(density(longer)) for longer in pages]
    assert chosen == sorted(chosen)
    assert set(chosen) == {0, 1, 2}


def test_what_fits_no_size_is_set_in_the_smallest(page: GoalSheetPage) -> None:
    assert density(with_indicators(page, 500)) == "tight"


def test_latin_letters_take_less_room_than_chinese(page: GoalSheetPage) -> None:
    count = next(n for n in range(1, 60) if density(with_indicators(page, n, "项" * 30)) != "normal")
    assert density(with_indicators(page, count, "x" * 30)) == "normal"


def test_a_sheet_that_fits_no_size_is_a_warning_at_its_place(workspace: Demo) -> None:
    assert workspace.found() == []
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", f"summary: {'这是概况。' * 1000}")
    assert workspace.found() == ["2023/projects/1-store.yaml:7:3 G006"]


def test_the_sizes_are_those_of_the_style_sheet() -> None:
    css = (Path(__file__).parents[2] / "templates" / "document" / "document.css").read_text(encoding="utf-8")
    for size in SIZES:
        prefix = "" if size.name == "normal" else rf"\.{size.name} "
        font = re.search(rf"(?m)^{prefix}\.goal {{ font-size: ([\d.]+)pt; line-height: ([\d.]+)pt", css)
        padding = re.search(rf"(?m)^{prefix}\.goal th, .*padding: ([\d.]+)pt", css)
        assert font is not None
        assert padding is not None
        assert (float(font[1]), float(font[2]), float(padding[1])) == (size.font, size.line, size.padding)


def test_the_columns_are_those_of_the_style_sheet() -> None:
    css = (Path(__file__).parents[2] / "templates" / "document" / "document.css").read_text(encoding="utf-8")
    group, dimension, aspect, name, target = (
        float(re.findall(rf"\.g{number}[^{{]*{{ width: ([\d.]+)%", css)[0]) for number in (1, 2, 3, 4, 5)
    )
    assert group + dimension + 2 * (aspect + name + target) == pytest.approx(100)
    shares = {"label": group + dimension, "dimension": dimension, "aspect": aspect, "name": name, "target": target}
    assert {key: COLUMNS[key] * 100 for key in shares} == pytest.approx(shares)
