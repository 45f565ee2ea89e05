"""The report for a person: a line that editors can parse, the source line with its caret, the hint."""

from __future__ import annotations

from discgen.diagnostics import Fix, Place, error, warning
from discgen.report.as_text import as_text
from discgen.report.checked import check_targets
from discgen.report.excerpt import width
from tests.conftest import Demo

PLACE = Place("b.yaml", 10, 5)


def test_the_line_stands_below_the_message_with_a_caret_under_the_column() -> None:
    told = as_text([error("C001", "没有这个科目", PLACE, "相近的有：……")], lambda _: "名称: 2010307")
    assert told.splitlines() == [
        "b.yaml:10:5 错误 C001 没有这个科目",
        "    10 | 名称: 2010307",
        "       |       ^",
        "    → 相近的有：……",
        "共1个错误",
    ]


def test_an_empty_line_is_not_shown() -> None:
    assert as_text([error("S002", "缺少", PLACE)], lambda _: " ").splitlines() == [
        "b.yaml:10:5 错误 S002 缺少",
        "共1个错误",
    ]


def test_colours_go_to_the_parts_and_the_first_line_keeps_its_text() -> None:
    painted = as_text([warning("P005", "手写金额", PLACE)], lambda _: "a: b c", lambda text, part: f"<{part}>{text}</>")
    assert painted.splitlines()[:3] == [
        "<place>b.yaml:10:5</> <warning>警告 P005</> 手写金额",
        "    <aside>10 |</> a: b c",
        "    <aside>   |</>     <caret>^</>",
    ]


def test_it_is_said_how_many_can_be_mended() -> None:
    findings = [error("C002", "a", PLACE, fix=Fix("x", "y")), error("R001", "b", PLACE)]
    assert as_text(findings).splitlines()[-2:] == ["共2个错误", "其中1个可以自动改：discgen check --fix"]


def test_the_place_in_a_long_text_is_shown_and_not_the_beginning_of_its_line(workspace: Demo) -> None:
    long = "收集档案，" * 40
    workspace.edit("2023/narrative.yaml", "收集和保管档案。", f"{long}共3万元。")
    checked = check_targets(workspace.workspace, [workspace.target])
    told = as_text(checked.findings, checked.line_at).splitlines()
    assert told[0].startswith("departments/demo/2023/narrative.yaml:3:208 错误 P004")
    line, caret = told[1].partition("| ")[2], told[2].partition("| ")[2]
    at = next(number for number in range(len(line)) if width(line[:number]) == len(caret) - 1)
    assert line[at:] == "3万元。"
    assert width(line) <= 100 + width("......")
