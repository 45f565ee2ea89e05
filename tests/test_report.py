from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from discgen.check import FORMATS, report
from discgen.check.as_json import as_json
from discgen.check.as_text import as_text
from discgen.check.listing import summary
from discgen.check.run import check_targets
from discgen.diagnostics import Diagnostic, Fix, Place, Severity, error, has_errors, in_order, show_path, warning
from tests.conftest import Demo

SCHEMA = json.loads((Path(__file__).parents[1] / "schema/findings.schema.json").read_text(encoding="utf-8"))

AMOUNT = error("R001", "收入与支出不等", Place("b.yaml", 10, 3, ("income", 0, "amount")), "核对")
PROSE = warning("P005", "手写了金额", Place("b.yaml", 2, 1))


def test_text_names_place_severity_code_and_what_to_do() -> None:
    assert as_text([AMOUNT, PROSE]) == (
        "b.yaml:10:3 错误 R001 收入与支出不等\n    → 核对\nb.yaml:2:1 警告 P005 手写了金额\n共1个错误、1个警告"
    )


def test_of_many_that_ask_for_the_same_in_a_file_the_first_three_are_shown_in_full() -> None:
    many = [error("P011", "没有填完", Place("b.yaml", line, 3), "填上") for line in range(1, 6)]
    elsewhere = error("P011", "没有填完", Place("c.yaml", 9, 3), "填上")
    assert as_text([*many, elsewhere]).splitlines() == [
        "b.yaml:1:3 错误 P011 没有填完",
        "    → 填上",
        "b.yaml:2:3 错误 P011 没有填完",
        "    → 填上",
        "b.yaml:3:3 错误 P011 没有填完",
        "    → 填上",
        "b.yaml:4:3 错误 P011 没有填完",
        "b.yaml:5:3 错误 P011 没有填完",
        "c.yaml:9:3 错误 P011 没有填完",
        "    → 填上",
        "共6个错误",
    ]


def test_of_many_in_many_files_the_first_six_are_shown_in_full() -> None:
    many = [error("G005", "没有", Place(f"{letter}.yaml"), "补上") for letter in "abcdefghij"]
    assert as_text(many).count("    → 补上") == 6


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
                "fixable": False,
            }
        ],
        "waived": [],
    }


def test_json_is_as_its_schema_says() -> None:
    mendable = error("C002", "名称不对", Place("b.yaml", 1, 1), "改", Fix("a", "b"))
    written = json.loads(as_json([AMOUNT, PROSE, mendable]))
    Draft202012Validator(SCHEMA).validate(written)
    assert [finding["fixable"] for finding in written["findings"]] == [False, False, True]


def test_every_format_reports_what_is_found_and_that_nothing_is(workspace: Demo) -> None:
    clean = check_targets(workspace.workspace, [workspace.target], with_checklist=True)
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    checked = check_targets(workspace.workspace, [workspace.target], with_checklist=True)
    for name in FORMATS:
        assert "R001" in report(checked, name)
        assert "R001" not in report(clean, name)


def test_there_is_no_other_format(workspace: Demo) -> None:
    with pytest.raises(ValueError, match="xml"):
        report(check_targets(workspace.workspace, []), "xml")


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
