"""A goal sheet of 160 indicators, read back: every further page has the heads and labels, and nothing is lost between two."""

from __future__ import annotations

from collections import Counter

import pdfplumber
import pytest

from discgen.publish.build import publish
from tests.conftest import Demo

STORE = "2023/projects/1-store.yaml"
INDICATORS = {"数量指标": 60, "质量指标": 60, "社会效益指标": 39, "服务对象满意度指标": 1}
LONG = "库房" + "0123456789" * 9


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[list[list[str]]]:
    """The table of each page of the sheet, as rows of cells."""
    demo = Demo(tmp_path_factory.mktemp("demo"))
    text = (demo.folder / STORE).read_text(encoding="utf-8").partition("  indicators:")[0]
    rows = "".join(
        f"    {aspect}:\n" + "".join(f"      - {{name: {aspect}之{n}, target: ≥{n}件}}\n" for n in range(1, count + 1))
        for aspect, count in INDICATORS.items()
    )
    demo.write(STORE, f"{text}  indicators:\n{rows}".replace("name: 库房改造", f"name: {LONG}"))
    done = publish(demo.workspace, demo.target)
    assert done.path
    assert "F005" not in {finding.code for finding in done.findings}
    with pdfplumber.open(done.path) as pdf:
        tables = [
            [[(cell or "").replace("\n", "") for cell in row] for row in table]
            for page in pdf.pages
            for table in page.extract_tables()
        ]
    return [table for table in tables if any("之" in cell for row in table for cell in row)]


def test_each_page_has_heads_and_the_labels_of_its_rows(sheets: list[list[list[str]]]) -> None:
    assert len(sheets) > 3
    for table in sheets:
        cells = {cell for row in table for cell in row}
        assert {"一级指标", "二级指标", "三级指标", "指标值", "绩效指标"} <= cells
        aspects = {cell.partition("之")[0] for cell in cells if "之" in cell}
        assert aspects <= cells
        assert cells & {"产出指标", "效益指标", "满意度指标"}


def test_no_indicator_is_lost_or_told_twice_between_pages(sheets: list[list[list[str]]]) -> None:
    told = Counter(cell for table in sheets for row in table for cell in row if "之" in cell)
    assert len(told) == sum(INDICATORS.values()) == 160
    assert set(told.values()) == {2}, "once for all years and once for the year"
