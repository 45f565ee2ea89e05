"""Charts as images inside the page."""

from __future__ import annotations

from base64 import b64decode
from xml.etree import ElementTree as ET

from discgen.render.html import chart_image
from discgen.view.chart import Bar, ChartView

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
