"""Units as pages of their own, and charts as images inside them."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree as ET

import pytest
from jinja2 import UndefinedError

from discgen.document import Document
from discgen.render.html import chart_image, sample_html, unit_html
from discgen.view.chart import Bar, ChartView
from discgen.view.page import view_document
from discgen.view.units import Unit, units_of
from tests.conftest import Demo

BARS = (
    Bar(("一般公共", "服务支出"), "97.00（97.00%）", 200.0, 24.0, 26.0, is_last_year=False),
    Bar(("其他<支出>",), "3.00（3.00%）", 6.2, 50.0, 25.92, is_last_year=True),
)
CHART = ChartView("图", BARS, 60.0, 84.0, "万元", "图：……")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: ChartView) -> str:
    begin, _, image = chart_image(chart).partition(",")
    assert begin == "data:image/svg+xml;base64"
    return b64decode(image).decode()


def test_every_bar_is_written_with_its_label_and_figures() -> None:
    texts = [element.text for element in ET.fromstring(drawn(CHART)).iter(f"{SVG}text")]
    assert texts == ["单位：万元", "一般公共", "服务支出", "97.00（97.00%）", "其他<支出>", "3.00（3.00%）"]


def test_last_years_bar_is_lighter_than_this_years() -> None:
    this, last = ET.fromstring(drawn(CHART)).iter(f"{SVG}rect")
    assert int(this.attrib["fill"][1:3], 16) < int(last.attrib["fill"][1:3], 16)


def test_an_image_asks_for_the_fonts_of_headings_and_is_as_tall_as_its_chart() -> None:
    image = ET.fromstring(drawn(CHART))
    assert image.attrib["font-family"] == "SimHei,'Noto Sans CJK SC',sans-serif"
    assert (image.attrib["width"], image.attrib["height"]) == ("439.2pt", "84.00pt")


def test_the_same_chart_is_the_same_image_and_another_is_another() -> None:
    assert chart_image(CHART) == chart_image(ChartView("图", BARS, 60.0, 84.0, "万元", "图：……"))
    assert chart_image(CHART) != chart_image(ChartView("图", BARS[:1], 60.0, 84.0, "万元", "图：……"))


def units(document: Document) -> list[str]:
    view = view_document(document)
    return [unit_html(view, unit) for unit in units_of(view)]


def test_an_edit_changes_the_units_that_show_it_and_no_other(workspace: Demo) -> None:
    before = units(workspace.document())
    workspace.edit("2023/projects/2-scan.yaml", "summary: 这是概况。", "summary: 这是另一种概况。")
    after = units(workspace.document())
    [changed] = [other for one, other in zip(before, after, strict=True) if one != other]
    assert "档案扫描" in changed
    assert "这是另一种概况。" in changed


def test_the_contents_have_the_page_numbers_that_they_are_given(workspace: Demo) -> None:
    view = view_document(workspace.document())
    numbers = {entry.anchor: number for number, entry in enumerate(view.contents, start=7)}
    html = unit_html(view, Unit("contents"), numbers)
    assert re.findall(r'data-page="(\d+)"', html) == [str(number) for number in numbers.values()]
    del numbers[view.contents[-1].anchor]
    with pytest.raises(UndefinedError):
        unit_html(view, Unit("contents"), numbers)


@pytest.mark.parametrize("draft", [False, True])
def test_a_sample_has_the_style_sheet_of_every_unit(workspace: Demo, draft: bool) -> None:  # noqa: FBT001
    view = view_document(workspace.document(), draft=draft)
    heads = {unit_html(view, unit).partition("<body")[0] for unit in units_of(view)}
    assert heads == {sample_html(draft=draft).partition("<body")[0]}
