"""A number in a cell is not parted from its unit, unless the column is too narrow for both."""

from __future__ import annotations

import pytest

from discgen.render.pdf.units import WORD_JOINER, keep_units, loosened
from tests.render.test_lines import lines_of, written


def cell(text: str, characters: int) -> list[str]:
    return lines_of(written(f"<table><tr><td>{text}</td></tr></table>", characters))


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("面积≥150平方米", 6, ["面积", "≥150平方米"]),
        ("单价不超过≤1500元/套", 7, ["单价不超过", "≤1500元/套"]),
        ("≤129.54万元", 5, ["≤129.54", "万元"]),
        ("≤1800元/平方米", 6, ["≤1800元/", "平方米"]),
        ("15个工作日内", 5, ["15个", "工作日内"]),
        ("实际支出控制在20%以内", 8, ["实际支出控制在", "20%以内"]),
    ],
)
def test_a_quantity_stays_whole_where_the_column_has_room_for_it(text: str, characters: int, lines: list[str]) -> None:
    assert cell(text, characters) == lines


def test_joiners_stand_in_cells_only_and_between_a_number_and_its_unit_only() -> None:
    joined = keep_units("<p>共150平方米</p><td>共150平方米</td><td>第2项和第3项工作都已经完成</td>")
    assert joined.replace(WORD_JOINER, "|") == (
        "<p>共150平方米</p><td>共150|平|方|米</td><td>第2项和第3项工作都已经完成</td>"
    )


def test_an_escaped_sign_is_kept_as_it_is() -> None:
    assert keep_units("<td>&lt;20%</td>").replace(WORD_JOINER, "|") == "<td>&lt;|20%</td>"


def test_loosening_keeps_the_length_in_bytes_by_which_lines_are_counted() -> None:
    text = f"150{WORD_JOINER}米"
    assert len(loosened(text).encode()) == len(text.encode())
