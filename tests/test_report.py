from __future__ import annotations

import json

from discgen.diagnostics import Diagnostic, Place, Severity, error, has_errors, in_order, show_path, warning
from discgen.report import as_json, as_text, summary

AMOUNT = error("R001", "收入与支出不等", Place("b.yaml", 10, 3, ("income", 0, "amount")), "核对")
PROSE = warning("P005", "手写了金额", Place("b.yaml", 2, 1))


def test_text_names_place_severity_code_and_what_to_do() -> None:
    assert as_text([AMOUNT, PROSE]) == (
        "b.yaml:10:3 错误 R001 收入与支出不等\n    → 核对\nb.yaml:2:1 警告 P005 手写了金额\n共1个错误、1个警告"
    )


def test_nothing_found_is_said() -> None:
    assert as_text([]) == "没有发现问题"


def test_the_summary_counts_each_severity() -> None:
    note = Diagnostic("N001", Severity.NOTE, "", Place("b.yaml"))
    assert summary([PROSE, note, PROSE]) == "共2个警告、1个提示"


def test_json_holds_every_field_of_a_finding() -> None:
    assert json.loads(as_json([AMOUNT])) == {
        "findings": [
            {
                "code": "R001",
                "severity": "error",
                "message": "收入与支出不等",
                "file": "b.yaml",
                "line": 10,
                "column": 3,
                "path": "income[0].amount",
                "hint": "核对",
            }
        ]
    }


def test_json_keeps_chinese_readable() -> None:
    assert "收入与支出不等" in as_json([AMOUNT])


def test_findings_are_sorted_by_line_as_a_number_and_shown_once() -> None:
    assert in_order([AMOUNT, PROSE, AMOUNT]) == [PROSE, AMOUNT]


def test_a_path_joins_keys_by_dots_and_brackets_indices() -> None:
    assert show_path(("goal_sheet", "indicators", "数量指标", 0, "name")) == "goal_sheet.indicators.数量指标[0].name"
    assert show_path(()) == ""


def test_only_errors_stop_a_build() -> None:
    assert has_errors([PROSE, AMOUNT])
    assert not has_errors([PROSE])
