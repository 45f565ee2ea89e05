"""Long runs are broken wherever they stand, and what its cell or page does not hold all the same is told."""

from __future__ import annotations

import pytest

from discgen.diagnostics import Severity
from discgen.publish.build import publish
from discgen.render.layout.unit import lay_out
from tests.conftest import Demo
from tests.forms import Forms

PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN"><head><title>页</title><style>
@page {{ size: 300pt 300pt; margin: 50pt; @top-left {{ content: "{head}"; white-space: nowrap; width: 100pt }} }}
body {{ margin: 0; font: 10pt/14pt "Noto Serif CJK SC" }}
table {{ width: 100%; border-collapse: collapse; table-layout: fixed }}
td {{ white-space: nowrap; padding: 0; border: .5pt solid black }}
p {{ margin: 0; white-space: nowrap }}
div {{ margin-top: {down}pt }}
</style></head><body><p>{line}</p><table><tbody><tr><td>{cell}</td><td>旁</td></tr></tbody></table><div>{foot}</div></body></html>
"""
FITS = {"head": "页眉", "line": "一行", "cell": "格子", "down": 0, "foot": "末行"}


def told(**words: object) -> list[tuple[int, str]]:
    return [(line.page, line.text) for line in lay_out(PAGE.format(**{**FITS, **words})).overflows]


def test_what_fits_is_silent() -> None:
    assert told() == []


@pytest.mark.parametrize(("where", "length"), [("line", 21), ("cell", 11), ("head", 9)])
def test_a_line_that_is_wider_than_its_page_cell_or_margin_is_told(where: str, length: int) -> None:
    assert told(**{where: "中" * (length - 1)}) == []
    assert told(**{where: "中" * length}) == [(1, "中" * length)]


def test_the_blank_half_of_a_mark_at_the_end_of_a_line_may_stand_outside() -> None:
    assert told(line="中" * 19 + "a。") == []


def test_a_place_to_break_behind_the_mark_at_the_end_of_a_line_does_not_hide_it() -> None:
    assert told(line="中" * 19 + "a，&#8203;") == []


LONG = "0123456789" * 15


@pytest.fixture
def long_runs(workspace: Demo) -> Demo:
    """Runs without a place to break, as long as the schemas allow, in prose, cells, headings and names."""
    name = LONG[:90]
    workspace.edit("2023/narrative.yaml", "收集和保管档案。", f"见{LONG}{LONG}。")
    workspace.edit("2023/narrative.yaml", "[办公室, 保管科]", f"[办公室, 科{name}]")
    workspace.edit("2023/projects/1-store.yaml", "name: 库房改造", f"name: 库房{name}")
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", f"summary: 见http://example.cn/{LONG}。")
    workspace.edit("2023/projects/1-store.yaml", "name: 件数,", f"name: 件{name},")
    text = (workspace.folder / "department.yaml").read_text(encoding="utf-8")
    workspace.write("department.yaml", text.replace("name: 示范市档案局", f"name: 示范市档案局{name[:80]}"))
    return workspace


def test_runs_without_a_place_to_break_stay_within_their_cells_and_pages(long_runs: Demo) -> None:
    done = publish(long_runs.workspace, long_runs.target, draft=True)
    assert done.path
    assert "F005" not in {finding.code for finding in done.findings}


def test_what_is_not_broken_is_told_where_it_is_written_and_the_document_is_built(
    workspace: Demo, forms: Forms
) -> None:
    css = forms.read("../document/document.css")
    forms.write("../document/document.css", css.replace("html { overflow-wrap: anywhere }", ""))
    workspace.edit("2023/projects/1-store.yaml", "summary: 这是概况。", f"summary: 见{'x' * 150}。")
    done = publish(workspace.workspace, workspace.target, draft=True)
    assert done.path
    [finding] = [finding for finding in done.findings if finding.code == "F005"]
    assert finding.severity is Severity.WARNING
    assert str(finding.place) == "departments/demo/2023/projects/1-store.yaml:12:12"
    assert finding.message.startswith(f"“{'x' * 20}……”超出了格子或页面（PDF第")
