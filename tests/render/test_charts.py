from __future__ import annotations

from pathlib import Path

import pytest

from discgen.render.charts import bar_chart

LABELS = ["一般公共服务支出", "社会保障和就业支出"]


@pytest.fixture(scope="module")
def svg() -> str:
    return bar_chart(LABELS, [97.0, 3.0], ["97.00（97.00%）", "3.00（3.00%）"], "万元")


def test_every_part_is_written_with_its_figures(svg: str) -> None:
    for text in (*LABELS, "97.00（97.00%）", "3.00（3.00%）", "单位：万元"):
        assert text in svg


def test_the_same_data_draw_the_same_chart(svg: str) -> None:
    assert bar_chart(LABELS, [97.0, 3.0], ["97.00（97.00%）", "3.00（3.00%）"], "万元") == svg


def test_other_data_draw_another_chart(svg: str) -> None:
    assert bar_chart(LABELS, [90.0, 10.0], ["90.00", "10.00"], "万元") != svg


def test_a_chart_is_an_svg_without_date_or_address_of_ours(svg: str) -> None:
    assert svg.startswith("<svg")
    assert "dc:date" not in svg
    assert str(Path.cwd()) not in svg
    assert str(Path.home()) not in svg


def test_text_stays_text_and_asks_for_the_fonts_of_headings(svg: str) -> None:
    assert "SimHei" in svg
    assert "Noto Sans CJK SC" in svg


def test_more_parts_make_a_taller_chart(svg: str) -> None:
    def height(drawn: str) -> float:
        return float(drawn.partition('height="')[2].partition("pt")[0])

    taller = bar_chart([*LABELS, "其他支出"], [97.0, 2.0, 1.0], ["97.00", "2.00", "1.00"], "万元")
    assert height(taller) > height(svg)
