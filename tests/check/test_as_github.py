"""Workflow commands: one line a finding, nothing in it that ends a value too soon."""

from __future__ import annotations

from discgen.check.as_github import as_github
from discgen.diagnostics import Place, error, note, warning


def test_each_severity_has_its_command_and_the_count_ends_the_log() -> None:
    place = Place("departments/demo/2023/budget.yaml", 5, 3)
    told = as_github(
        [error("R001", "收支不等", place), warning("P005", "手写金额", place), note("Y001", "变化大", place)]
    )
    at = "file=departments/demo/2023/budget.yaml,line=5,col=3"
    assert told.splitlines() == [
        f"::error {at},title=R001::收支不等",
        f"::warning {at},title=P005::手写金额",
        f"::notice {at},title=Y001::变化大",
        "共1个错误、1个警告、1个提示",
    ]


def test_a_hint_is_the_second_line_of_the_message() -> None:
    assert as_github([error("R001", "不等", Place("b.yaml"), "核对")]).splitlines()[0].endswith("::不等%0A核对")


def test_what_would_end_a_property_is_escaped() -> None:
    told = as_github([error("S001", "x", Place("a,b:c%\r\nd.yaml"))])
    assert told.startswith("::error file=a%2Cb%3Ac%25%0D%0Ad.yaml,line=1,col=1,title=S001::x\n")


def test_a_message_keeps_its_colons_and_commas() -> None:
    told = as_github([error("S001", "50%::a,b:c\r\nd", Place("b.yaml"))])
    assert told.splitlines()[0].endswith("title=S001::50%25::a,b:c%0D%0Ad")


def test_nothing_found_is_said() -> None:
    assert as_github([]) == "没有发现问题"
